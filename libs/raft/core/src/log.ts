import { Queue, invariant } from '@synod/actor';
import type { Address, SnapshotId } from '@synod/actor';

/** Raft's logical clock; starts at 0, every election raises it. */
export type Term = number;
/** A position in the log; the first entry is 1, 0 is the empty log. */
export type LogIndex = number;

export type Entry =
  /** Proposed by every new leader (thesis §6.4, step 1). */
  | { readonly kind: 'noOp' }
  /** A client's batch; `from` is the authenticated user. */
  | { readonly kind: 'request'; readonly from: Address; readonly bytes: Uint8Array };

/** Entries of one term at contiguous positions; immutable. A leader's batch, a message's content and a journal frame alike. */
export class EntryBatch {
  /** Encoded form, the same bytes in message and journal; filled by the codec, opaque here. */
  wire: Uint8Array | undefined;

  constructor(
    readonly term: Term,
    readonly first: LogIndex,
    readonly entries: readonly Entry[],
    readonly sizeBytes: number,
  ) {}

  get last(): LogIndex {
    return this.first + this.entries.length - 1;
  }

  /** The part from position `index` on. */
  from(index: LogIndex): EntryBatch {
    if (index <= this.first) return this;
    const entries = this.entries.slice(index - this.first);
    return new EntryBatch(this.term, index, entries, sizeOf(entries));
  }

  /** The part before position `index`. */
  before(index: LogIndex): EntryBatch {
    if (index > this.last) return this;
    const entries = this.entries.slice(0, index - this.first);
    return new EntryBatch(this.term, this.first, entries, sizeOf(entries));
  }
}

/** What an entry counts for against the limits: its bytes and a constant for its frame. */
export function sizeOf(entries: readonly Entry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += entry.kind === 'request' ? entry.bytes.length + 48 : 16;
  return bytes;
}

/** LIMIT: batches kept at hand. A follower further behind reads them from the journal. */
const recentBatchesMax = 4096;

/** Entries from `first` to the next run's first have this term. */
interface TermRun {
  readonly first: LogIndex;
  readonly term: Term;
}

/**
 * What a replica knows of its log without holding it: where it begins and ends, and the term of every position. The
 * entries are in the journal; the last few batches stay at hand for followers in step and for applying.
 *
 * INVARIANT: terms never decrease along the log (Raft §5.3, Log Matching).
 */
export class Log {
  /** The position before the first held entry: the empty log's 0, or where a snapshot allowed the log to be cut. */
  base: SnapshotId = { index: 0, era: 0 };
  lastIndex: LogIndex = 0;
  /** Bytes appended since the last snapshot. */
  bytesSinceSnapshot = 0;
  private runs: TermRun[] = [];
  private readonly recent = new Queue<EntryBatch>();
  private recentBytes = 0;

  constructor(private readonly recentBytesMax: number) {}

  get lastTerm(): Term {
    return this.runs.length > 0 ? this.runs[this.runs.length - 1]!.term : this.base.era;
  }

  /** Undefined for positions before the base and after the end. */
  termAt(index: LogIndex): Term | undefined {
    if (index === this.base.index) return this.base.era;
    if (index < this.base.index || index > this.lastIndex) return undefined;
    return this.runs[this.runOf(index)]!.term;
  }

  append(batch: EntryBatch): void {
    invariant(batch.first === this.lastIndex + 1, `entry ${batch.first} would not follow entry ${this.lastIndex}`);
    invariant(batch.term >= this.lastTerm, `term ${batch.term} would follow term ${this.lastTerm} in the log`);
    if (batch.term > this.lastTerm || this.runs.length === 0) this.runs.push({ first: batch.first, term: batch.term });
    this.lastIndex = batch.last;
    this.bytesSinceSnapshot += batch.sizeBytes;
    this.remember(batch);
    while (this.remembersTooMuch()) this.forgetOldest();
  }

  /** Voids everything from `index` on. */
  truncate(index: LogIndex): void {
    invariant(index > this.base.index, `entry ${index} is in a snapshot and cannot be truncated`);
    this.lastIndex = Math.min(this.lastIndex, index - 1);
    while (this.runs.length > 0 && this.runs[this.runs.length - 1]!.first >= index) this.runs.pop();
    while (this.recent.size > 0 && this.recent.last!.last >= index) {
      const cut = this.recent.takeLast()!;
      this.recentBytes -= cut.sizeBytes;
      if (cut.first < index) this.remember(cut.before(index));
    }
  }

  /** Forgets the positions up to `index`; their term stays known at the boundary (trap: the prev check there). */
  cut(index: LogIndex): void {
    if (index <= this.base.index) return;
    const era = this.termAt(index);
    invariant(era !== undefined, `the log cannot be cut at ${index}: it ends at ${this.lastIndex}`);
    const run = this.runOf(index);
    this.runs.splice(0, run);
    const first = this.runs[0]!;
    if (this.runs[1]?.first === index + 1 || index === this.lastIndex) this.runs.shift();
    else this.runs[0] = { first: index + 1, term: first.term };
    this.base = { index, era };
    while (this.recent.size > 0 && this.recent.peek()!.last <= index) this.forgetOldest();
  }

  /** The log is now what a snapshot holds and nothing else. */
  reset(snapshot: SnapshotId): void {
    this.base = snapshot;
    this.lastIndex = snapshot.index;
    this.runs = [];
    this.recent.clear();
    this.recentBytes = 0;
    this.bytesSinceSnapshot = 0;
  }

  /**
   * The last position at or before `index` whose term is at most `term`: where two logs may agree (both sides of §5.3's
   * hint). One before the base when that is not known here any more.
   */
  lastIndexOfTermAtMost(term: Term, index: LogIndex): LogIndex {
    let at = Math.min(index, this.lastIndex);
    while (at > this.base.index) {
      const run = this.runs[this.runOf(at)]!;
      if (run.term <= term) return at;
      at = run.first - 1;
    }
    return index >= this.base.index && this.base.era <= term ? this.base.index : this.base.index - 1;
  }

  /** Batches at hand from position `from` on, at least one if any, up to `maxBytes`; undefined when they must be read. */
  recentFrom(from: LogIndex, maxBytes: number): readonly EntryBatch[] | undefined {
    const { recent } = this;
    const oldest = recent.peek();
    if (oldest === undefined || oldest.first > from) return undefined;
    let at = recent.size - 1;
    while (recent.at(at)!.first > from) at--;
    const batches: EntryBatch[] = [];
    let bytes = 0;
    for (; at < recent.size; at++) {
      const batch = recent.at(at)!.from(from);
      if (batches.length > 0 && bytes + batch.sizeBytes > maxBytes) break;
      batches.push(batch);
      bytes += batch.sizeBytes;
    }
    return batches;
  }

  /** The last entries at hand, the newest first: what they are and whose, never what they hold. */
  tail(
    count: number,
  ): readonly { index: LogIndex; term: Term; kind: Entry['kind']; from: Address; sizeBytes: number }[] {
    const last = [];
    for (let at = this.recent.size - 1; at >= 0 && last.length < count; at--) {
      const { term, first, entries } = this.recent.at(at)!;
      for (let i = entries.length - 1; i >= 0 && last.length < count; i--) {
        const entry = entries[i]!;
        const [from, sizeBytes] = entry.kind === 'request' ? [entry.from, entry.bytes.length] : ['', 0];
        last.push({ index: first + i, term, kind: entry.kind, from, sizeBytes });
      }
    }
    return last;
  }

  private remember(batch: EntryBatch): void {
    this.recent.put(batch);
    this.recentBytes += batch.sizeBytes;
  }

  /** Many small batches weigh more than their bytes: each is objects for the garbage collector to visit. */
  private remembersTooMuch(): boolean {
    const { size } = this.recent;
    return (this.recentBytes > this.recentBytesMax && size > 1) || size > recentBatchesMax;
  }

  private forgetOldest(): void {
    this.recentBytes -= this.recent.take()!.sizeBytes;
  }

  private runOf(index: LogIndex): number {
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.runs[middle]!.first <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
