import type { Address } from '@synod/actor';
import type { Quota } from './limits.js';

/** What a queued message costs beside its payload: objects, strings, queue slots. */
const overheadBytes = 256;

interface Usage {
  count: number;
  bytes: number;
}

export type Room = 'free' | 'tight' | 'senderFull' | 'allFull';

/** Who has how much waiting in the mailbox. One for peers and one for clients, so that neither starves the other. */
export class Quotas {
  private readonly senders = new Map<Address, Usage>();
  private readonly total: Usage = { count: 0, bytes: 0 };

  constructor(
    private readonly perSender: Quota,
    private readonly together: Quota,
  ) {}

  get count(): number {
    return this.total.count;
  }

  room(from: Address, payloadBytes: number): Room {
    const bytes = payloadBytes + overheadBytes;
    if (exceeds(this.total, bytes, this.together, 1)) return 'allFull';
    const usage = this.senders.get(from);
    if (usage && exceeds(usage, bytes, this.perSender, 1)) return 'senderFull';
    const tight = exceeds(this.total, bytes, this.together, 2) || (usage && exceeds(usage, bytes, this.perSender, 2));
    return tight ? 'tight' : 'free';
  }

  take(from: Address, payloadBytes: number): void {
    let usage = this.senders.get(from);
    if (!usage) this.senders.set(from, (usage = { count: 0, bytes: 0 }));
    add(usage, 1, payloadBytes + overheadBytes);
    add(this.total, 1, payloadBytes + overheadBytes);
  }

  release(from: Address, payloadBytes: number): void {
    add(this.total, -1, -payloadBytes - overheadBytes);
    const usage = this.senders.get(from);
    if (!usage) return;
    add(usage, -1, -payloadBytes - overheadBytes);
    if (usage.count === 0) this.senders.delete(from);
  }
}

/** Whether one more message of this size goes beyond the given part of the quota. */
function exceeds(usage: Usage, bytes: number, quota: Quota, part: 1 | 2): boolean {
  return (usage.count + 1) * part > quota.count || (usage.bytes + bytes) * part > quota.bytes;
}

function add(usage: Usage, count: number, bytes: number): void {
  usage.count += count;
  usage.bytes += bytes;
}
