import { Queue } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Entry, EntryBatch, LogIndex } from './entry-batch.js';

/** LIMIT: batches kept at hand. Who is further behind reads them from the journal. */
const batchesMax = 4096;

/** An entry at hand: what it is and whose, never what it holds. */
export interface RecentEntry {
  readonly index: LogIndex;
  readonly era: number;
  readonly kind: Entry['kind'];
  /** Empty when no client's. */
  readonly from: Address;
  readonly sizeBytes: number;
}

/** The newest batches of a log, without a gap between them: the log does not live in the heap, but its end is wanted often. */
export class RecentBatches {
  private readonly batches = new Queue<EntryBatch>();
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  /** Follows the last one. The oldest are forgotten when there are too many; this one stays. */
  append(batch: EntryBatch): void {
    this.remember(batch);
    while (this.remembersTooMuch()) this.forgetOldest();
  }

  /** Voids everything from `index` on. */
  truncate(index: LogIndex): void {
    while (this.batches.size > 0 && this.batches.last!.last >= index) {
      const cut = this.batches.takeLast()!;
      this.bytes -= cut.sizeBytes;
      if (cut.first < index) this.remember(cut.before(index));
    }
  }

  /** Forgets the batches that end at or before `index`. */
  cut(index: LogIndex): void {
    while (this.batches.size > 0 && this.batches.peek()!.last <= index) this.forgetOldest();
  }

  clear(): void {
    this.batches.clear();
    this.bytes = 0;
  }

  /** What there is from position `from` on, at least one batch if any, up to `maxBytes`; undefined when it must be read. */
  from(from: LogIndex, maxBytes: number): readonly EntryBatch[] | undefined {
    const { batches } = this;
    const oldest = batches.peek();
    if (oldest === undefined || oldest.first > from) return undefined;
    if (from > batches.last!.last) return [];
    let at = batches.size - 1;
    while (batches.at(at)!.first > from) at--;
    const found: EntryBatch[] = [];
    let bytes = 0;
    for (; at < batches.size; at++) {
      const batch = batches.at(at)!.from(from);
      if (found.length > 0 && bytes + batch.sizeBytes > maxBytes) break;
      found.push(batch);
      bytes += batch.sizeBytes;
    }
    return found;
  }

  /** The last entries, the newest first. */
  tail(count: number): readonly RecentEntry[] {
    const last: RecentEntry[] = [];
    for (let at = this.batches.size - 1; at >= 0 && last.length < count; at--) {
      const { era, first, entries } = this.batches.at(at)!;
      for (let i = entries.length - 1; i >= 0 && last.length < count; i--) {
        const entry = entries[i]!;
        const from = entry.kind === 'request' ? entry.from : '';
        const sizeBytes = entry.kind === 'noOp' ? 0 : entry.bytes.length;
        last.push({ index: first + i, era, kind: entry.kind, from, sizeBytes });
      }
    }
    return last;
  }

  private remember(batch: EntryBatch): void {
    this.batches.put(batch);
    this.bytes += batch.sizeBytes;
  }

  /** Many small batches weigh more than their bytes: each is objects for the garbage collector to visit. */
  private remembersTooMuch(): boolean {
    const { size } = this.batches;
    return (this.bytes > this.bytesMax && size > 1) || size > batchesMax;
  }

  private forgetOldest(): void {
    this.bytes -= this.batches.take()!.sizeBytes;
  }
}
