import { DamagedState, Queue, invariant } from '@synod/actor';
import type { SnapshotId, Token } from '@synod/actor';
import { RecentBatches } from '@synod/log';
import type { EntryBatch } from '@synod/log';
import type { Slot } from '../messages.js';

/**
 * What this proposer knows to be chosen, slot after slot without a gap: how far, and how much of it is on our own disk. The
 * values are in the journal; the youngest are at hand, and those that are not written yet.
 */
export class ChosenLog {
  /** The slot before the first one that is in the journal: 0, or where a snapshot allowed the log to be cut. */
  base: Slot = 0;
  /** All slots through here are known to be chosen. */
  through: Slot = 0;
  /** How far our own disk has them, in the journal or in a snapshot. */
  durableThrough: Slot = 0;
  /** Bytes learned since the last snapshot. */
  bytesSinceSnapshot = 0;
  unwrittenBytes = 0;
  private unwritten: EntryBatch[] = [];
  /** Writes under way, oldest first. */
  private readonly unsynced = new Queue<{ readonly token: Token; readonly last: Slot }>();
  private readonly recent: RecentBatches;

  constructor(recentBytesMax: number) {
    this.recent = new RecentBatches(recentBytesMax);
  }

  append(batch: EntryBatch): void {
    invariant(batch.first === this.through + 1, `slot ${batch.first} would follow slot ${this.through}`);
    this.through = batch.last;
    this.recent.append(batch);
    this.unwritten.push(batch);
    this.unwrittenBytes += batch.sizeBytes;
    this.bytesSinceSnapshot += batch.sizeBytes;
  }

  /** What is to be written now; it counts as on its way with the tokens that `wrote` is told. */
  takeUnwritten(): readonly EntryBatch[] {
    const { unwritten } = this;
    this.unwritten = [];
    this.unwrittenBytes = 0;
    return unwritten;
  }

  wrote(token: Token, last: Slot): void {
    this.unsynced.put({ token, last });
  }

  synced(token: Token): void {
    while (this.unsynced.size > 0 && this.unsynced.peek()!.token <= token) {
      this.durableThrough = Math.max(this.durableThrough, this.unsynced.take()!.last);
    }
  }

  /** Batches at hand from this slot on; undefined when they must be read from the journal. */
  recentFrom(slot: Slot, maxBytes: number): readonly EntryBatch[] | undefined {
    if (slot > this.through) return [];
    return this.recent.from(slot, maxBytes);
  }

  get tail() {
    return this.recent.tail(10);
  }

  cut(through: Slot): void {
    this.base = Math.max(this.base, through);
    this.recent.cut(through);
  }

  /** The log is now what a snapshot holds, and nothing else. */
  reset(slot: Slot): void {
    this.base = slot;
    this.through = slot;
    this.durableThrough = 0; // until the mark is durable, our disk does not know that the file counts
    this.bytesSinceSnapshot = 0;
    this.unwritten = [];
    this.unwrittenBytes = 0;
    this.recent.clear();
    this.unsynced.clear();
  }

  /** From the journal, oldest record first. A cut took what was before the first one; a snapshot's mark says how far. */
  recover(batch: EntryBatch): void {
    if (batch.first > this.through + 1) this.beginAt(batch.first - 1);
    if (batch.last <= this.through) return;
    const news = batch.from(this.through + 1);
    this.through = news.last;
    this.bytesSinceSnapshot += news.sizeBytes;
    this.recent.append(news);
  }

  recoverMark({ index }: SnapshotId): void {
    this.bytesSinceSnapshot = 0;
    if (index > this.through) this.beginAt(index);
  }

  recovered(snapshot: SnapshotId | undefined): void {
    if (this.base > (snapshot?.index ?? 0)) {
      throw new DamagedState(`slots before ${this.base + 1} are neither in the journal nor in a snapshot`);
    }
    this.durableThrough = this.through;
  }

  private beginAt(slot: Slot): void {
    this.base = slot;
    this.through = slot;
    this.recent.clear();
  }
}
