import type { EntryBatch } from '@synod/log';
import type { Ballot } from '../ballot.js';
import type { Slot } from '../messages.js';

/** LIMIT: batches kept at hand, small ones: each is objects for the garbage collector to visit. */
const recentMax = 4096;

/**
 * LIMIT: what a vote counts for besides its value. Values are on disk, but of each vote there are some 80 bytes in memory, of which there is
 * less: so a gibibyte that is held, of however small values, is some 200 MiB of memory, and a start finds room for it, too.
 */
export const bytesOfVote = 400;

/** What this acceptor has accepted in some slots, and which vote of the journal says so. */
export interface Held {
  readonly first: Slot;
  readonly last: Slot;
  readonly ballot: Ballot;
  /** The vote's number in the journal. */
  readonly number: number;
  readonly bytes: number;
}

/**
 * The accepted (ballot, value) of every slot, without holding the values: they are in the journal, and the youngest are at
 * hand. Slots may have gaps and may be accepted in any order; of several votes for a slot the last one counts, which is the
 * one of the highest ballot.
 *
 * INVARIANT: in the order of their slots, and no slot is in two of them.
 */
export class VoteLog {
  /** The number of the last vote. */
  lastNumber = 0;
  private held: Held[] = [];
  /** Where the first one is: what was trimmed before it is dropped when there is enough of it. */
  private head = 0;
  private readonly recent = new Map<number, EntryBatch>();
  private recentBytes = 0;
  private valueBytes = 0;

  constructor(private readonly recentBytesMax: number) {}

  /** The last slot with an accepted value; 0 when there is none. */
  get lastSlot(): Slot {
    return this.head < this.held.length ? this.held[this.held.length - 1]!.last : 0;
  }

  get size(): number {
    return this.held.length - this.head;
  }

  /** What is held that nobody has let us trim. */
  get heldBytes(): number {
    return this.valueBytes + this.size * bytesOfVote;
  }

  add(number: number, batch: EntryBatch): void {
    this.lastNumber = number;
    this.remember(number, batch);
    const { first, last, era: ballot, sizeBytes: bytes } = batch;
    this.replace({ first, last, ballot, number, bytes });
  }

  /** Whether these very votes were cast before: in this ballot, in all of these slots. */
  holds(ballot: Ballot, first: Slot, last: Slot): boolean {
    let next = first;
    for (let at = this.find(first); at < this.held.length && next <= last; at++) {
      const vote = this.held[at]!;
      if (vote.first > next || vote.ballot !== ballot) return false;
      next = vote.last + 1;
    }
    return next > last;
  }

  /** The votes for slots from here on, in order, up to so many bytes and at least one. */
  from(slot: Slot, maxBytes: number): readonly Held[] {
    const found: Held[] = [];
    let bytes = 0;
    for (let at = this.find(slot); at < this.held.length; at++) {
      const vote = this.held[at]!;
      bytes += vote.bytes;
      if (found.length > 0 && bytes > maxBytes) break;
      found.push(vote);
    }
    return found;
  }

  /** A vote's batch, if it is at hand. */
  batch(number: number): EntryBatch | undefined {
    return this.recent.get(number);
  }

  trim(through: Slot): void {
    for (; this.head < this.held.length; this.head++) {
      const vote = this.held[this.head]!;
      if (vote.last > through) break;
      this.valueBytes -= vote.bytes;
    }
    if (this.head < 1024 || this.head * 4 < this.held.length) return;
    this.held = this.held.slice(this.head);
    this.head = 0;
  }

  /** Votes up to this number are not needed any more. */
  get unneededThrough(): number {
    let least = this.lastNumber + 1;
    for (let at = this.head; at < this.held.length; at++) least = Math.min(least, this.held[at]!.number);
    return least - 1;
  }

  private replace(vote: Held): void {
    const { held } = this;
    this.valueBytes += vote.bytes;
    if (held.length === this.head || held[held.length - 1]!.last < vote.first) return void held.push(vote);
    const at = this.find(vote.first);
    const pieces: Held[] = [];
    let end = at;
    for (; end < held.length && held[end]!.first <= vote.last; end++) {
      const old = held[end]!;
      this.valueBytes -= old.bytes;
      if (old.first < vote.first) pieces.push(clipped(old, old.first, vote.first - 1));
      if (old.last > vote.last) pieces.push(clipped(old, vote.last + 1, old.last));
    }
    for (const piece of pieces) this.valueBytes += piece.bytes;
    const before = pieces.filter((piece) => piece.last < vote.first);
    const after = pieces.filter((piece) => piece.first > vote.last);
    held.splice(at, end - at, ...before, vote, ...after);
  }

  /** The place of the first vote that ends at or after this slot. */
  private find(slot: Slot): number {
    let low = this.head;
    let high = this.held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.held[middle]!.last >= slot) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private remember(number: number, batch: EntryBatch): void {
    this.recent.set(number, batch);
    this.recentBytes += batch.sizeBytes;
    for (const [oldest, { sizeBytes }] of this.recent) {
      const fits = this.recentBytes <= this.recentBytesMax && this.recent.size <= recentMax;
      if (fits || oldest === number) return;
      this.recent.delete(oldest);
      this.recentBytes -= sizeBytes;
    }
  }
}

/** The part of a vote that a later one leaves standing; its bytes by its share of the slots. */
function clipped(vote: Held, first: Slot, last: Slot): Held {
  const share = (last - first + 1) / (vote.last - vote.first + 1);
  return { ...vote, first, last, bytes: Math.ceil(vote.bytes * share) };
}
