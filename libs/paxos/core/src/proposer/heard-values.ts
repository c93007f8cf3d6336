import type { EntryBatch } from '@synod/log';
import type { Ballot } from '../ballot.js';
import type { Slot } from '../messages.js';

/**
 * What the present leader has proposed, as its phase 2a told us. When it says that a slot is chosen, the value that this very
 * ballot proposed there is what was chosen: within one ballot a slot has one value, and it is the one of every higher ballot
 * once any is chosen (P2b). Bounded: what finds no room is learned later.
 */
export class HeardValues {
  private readonly batches = new Map<Slot, EntryBatch>();
  private bytes = 0;
  private ballot: Ballot = 0;

  constructor(private readonly bytesMax: number) {}

  /** From a leader of this ballot; an older one's are forgotten. */
  put(ballot: Ballot, batch: EntryBatch): void {
    if (ballot > this.ballot) this.clear();
    this.ballot = Math.max(this.ballot, ballot);
    if (ballot < this.ballot || this.batches.has(batch.first) || this.bytes + batch.sizeBytes > this.bytesMax) return;
    this.batches.set(batch.first, batch);
    this.bytes += batch.sizeBytes;
  }

  /** The leader of this ballot says that the slots through here are chosen: the batch that begins at this one, if we have it. */
  take(ballot: Ballot, slot: Slot, through: Slot): EntryBatch | undefined {
    const batch = this.batches.get(slot);
    if (batch === undefined || ballot !== this.ballot || batch.last > through) return undefined;
    this.batches.delete(slot);
    this.bytes -= batch.sizeBytes;
    return batch;
  }

  /** Known by other ways. */
  forgetThrough(slot: Slot): void {
    for (const [first, batch] of this.batches) {
      if (first > slot) continue;
      this.batches.delete(first);
      this.bytes -= batch.sizeBytes;
    }
  }

  clear(): void {
    this.batches.clear();
    this.bytes = 0;
  }
}
