import type { Address } from '@synod/actor';
import type { Deliver, TraceContext, Transport } from '../ports.js';
import type { MemoryLoop } from './loop.js';

export interface Parcel {
  readonly from: Address;
  readonly to: Address;
  readonly kind: string;
  readonly payload: Uint8Array;
  readonly context?: TraceContext | undefined;
}

/**
 * A broker within the process. What it delivers lies in a receive buffer that is overwritten after each callback, so
 * who keeps a view of it instead of a copy is found out.
 */
export class MemoryNetwork {
  private readonly listeners = new Map<Address, Deliver>();
  private readonly groups = new Map<Address, readonly Address[]>();
  /** Everything that was ever published, in order. */
  readonly published: Parcel[] = [];
  /** What its receiver did not take. */
  readonly refused: Parcel[] = [];

  constructor(private readonly loop: MemoryLoop) {}

  /** A multicast name. Nobody hears himself. */
  group(name: Address, members: readonly Address[]): void {
    this.groups.set(name, members);
  }

  transport(self: Address): Transport {
    return {
      publish: (to, kind, payload, context) => this.post({ from: self, to, kind, payload: payload.slice(), context }),
      listen: (deliver) => void this.listeners.set(self, deliver),
      close: async () => void this.listeners.delete(self),
    };
  }

  post(parcel: Parcel): void {
    this.published.push(parcel);
    const receivers = this.groups.get(parcel.to) ?? [parcel.to];
    for (const receiver of receivers)
      if (receiver !== parcel.from) this.loop.poll(() => this.deliver(receiver, parcel));
  }

  private deliver(receiver: Address, parcel: Parcel): void {
    const { from, to, kind, payload, context } = parcel;
    const buffer = Buffer.alloc(payload.length + 16, 0xaa);
    buffer.set(payload, 8);
    const view = buffer.subarray(8, 8 + payload.length);
    const taken = this.listeners.get(receiver)?.({ from, to, kind, payload: view, ...(context && { context }) });
    if (taken === false) this.refused.push(parcel);
    buffer.fill(0xee);
  }
}
