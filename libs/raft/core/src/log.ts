import { invariant } from '@synod/actor';
import type { SnapshotId } from '@synod/actor';
import { RecentBatches } from '@synod/log';
import type { EntryBatch, LogIndex, RecentEntry } from '@synod/log';

/** Raft's logical clock; starts at 0, every election raises it. */
export type Term = number;

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
  private readonly recent: RecentBatches;

  constructor(recentBytesMax: number) {
    this.recent = new RecentBatches(recentBytesMax);
  }

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
    invariant(batch.era >= this.lastTerm, `term ${batch.era} would follow term ${this.lastTerm} in the log`);
    if (batch.era > this.lastTerm || this.runs.length === 0) this.runs.push({ first: batch.first, term: batch.era });
    this.lastIndex = batch.last;
    this.bytesSinceSnapshot += batch.sizeBytes;
    this.recent.append(batch);
  }

  /** Voids everything from `index` on. */
  truncate(index: LogIndex): void {
    invariant(index > this.base.index, `entry ${index} is in a snapshot and cannot be truncated`);
    this.lastIndex = Math.min(this.lastIndex, index - 1);
    while (this.runs.length > 0 && this.runs[this.runs.length - 1]!.first >= index) this.runs.pop();
    this.recent.truncate(index);
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
    this.recent.cut(index);
  }

  /** The log is now what a snapshot holds and nothing else. */
  reset(snapshot: SnapshotId): void {
    this.base = snapshot;
    this.lastIndex = snapshot.index;
    this.runs = [];
    this.recent.clear();
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
    return this.recent.from(from, maxBytes);
  }

  /** The last entries at hand, the newest first: what they are and whose, never what they hold. */
  tail(count: number): readonly (Omit<RecentEntry, 'era'> & { readonly term: Term })[] {
    return this.recent.tail(count).map(({ index, era, ...entry }) => ({ index, term: era, ...entry }));
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
