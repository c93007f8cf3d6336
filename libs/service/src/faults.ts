import type { Deliver, TraceContext, Transport } from '@synod/actor-host';

/**
 * A transport that can be told not to hear some peers and not to reach them: partitions in the local stack, without root.
 * The broker, clients and the admin are not affected.
 */
export class FaultyTransport implements Transport {
  private cut: ReadonlySet<string> = new Set();

  constructor(private readonly inner: Transport) {}

  /** From now on these peers are out of reach, and nobody else. */
  cutOff(peers: readonly string[]): void {
    this.cut = new Set(peers);
  }

  get cutPeers(): readonly string[] {
    return [...this.cut];
  }

  publish(to: string, kind: string, payload: Uint8Array, context?: TraceContext): void {
    if (!this.cut.has(to)) this.inner.publish(to, kind, payload, context);
  }

  listen(deliver: Deliver): void {
    this.inner.listen((delivery) => {
      if (!this.cut.has(delivery.from)) return deliver(delivery);
      return true;
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
