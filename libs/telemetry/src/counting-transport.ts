import type { Deliver, TraceContext, Transport } from '@synod/actor-host';
import type { ReplicaMetrics, Traffic } from './replica-metrics.js';

/** Counts messages and payload bytes by kind around any transport. */
export class CountingTransport implements Transport {
  constructor(
    private readonly inner: Transport,
    private readonly metrics: ReplicaMetrics,
  ) {}

  publish(to: string, kind: string, payload: Uint8Array, context?: TraceContext): void {
    count(this.metrics.sent, kind, payload.length);
    this.inner.publish(to, kind, payload, context);
  }

  listen(deliver: Deliver): void {
    this.inner.listen((delivery) => {
      count(this.metrics.received, delivery.kind, delivery.payload.length);
      return deliver(delivery);
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

/** A reply's kind ends with its client, who must not become a label. */
function count({ messages, bytes }: Traffic, kind: string, length: number): void {
  const dot = kind.indexOf('.');
  const label = dot < 0 ? kind : kind.slice(0, dot);
  messages.of(label).value++;
  bytes.of(label).value += length;
}
