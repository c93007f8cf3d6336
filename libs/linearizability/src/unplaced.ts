import type { Timed } from './model.js';
import type { Part } from './part.js';

/**
 * The operations without a place in the order yet, in two lists by invocation: answered ones, and those of unknown
 * outcome. Taking one out and putting it back, the last one first, costs nothing.
 *
 * Of twins, operations of unknown outcome that make the same of each state, the one that was invoked first has its place first; no order
 * is missed by that. For take one that explains all answers, in which `late` has a place and its twin `early`, invoked before it, has a
 * later one or none. With `early` in the place of `late`, and `late` in that of `early` or in none, each state is what it was. And real
 * time is respected: whatever stands behind `late` had not returned when that was invoked, so neither when `early` was; and whatever
 * stands behind `early` stands behind `late` as well.
 *
 * A candidate names an operation and one of its alternatives: answered ones by rank, then those of unknown outcome.
 */
export class Unplaced<O extends Timed> {
  /** Above all candidates. */
  readonly end: number;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly placed: Uint8Array;
  private readonly byRank: Int32Array;
  /** Per operation of unknown outcome its twin that was invoked before it; -1: none. */
  private readonly elder: Int32Array;
  /** Where the lists begin and end. */
  private readonly ofAnswered: number;
  private readonly ofUnknown: number;

  constructor(
    private readonly part: Part<O>,
    private readonly alternatives: number,
    twins?: (operation: number) => number,
  ) {
    const { operations, answered, byInvocation, rank } = part;
    const count = operations.length;
    this.end = answered + (count - answered) * alternatives;
    this.ofAnswered = count;
    this.ofUnknown = count + 1;
    this.next = new Int32Array(count + 2);
    this.previous = new Int32Array(count + 2);
    this.placed = new Uint8Array(count);
    this.byRank = new Int32Array(answered);
    for (let operation = 0; operation < answered; operation++) this.byRank[rank[operation]!] = operation;
    this.elder = eldersFrom(answered, count, twins);
    this.link(this.ofAnswered, answered, (i) => byInvocation[i]!);
    this.link(this.ofUnknown, count - answered, (i) => answered + i);
  }

  private link(list: number, count: number, at: (i: number) => number): void {
    let last = list;
    for (let i = 0; i < count; i++) {
      const operation = at(i);
      this.next[last] = operation;
      this.previous[operation] = last;
      last = operation;
    }
    this.next[last] = list;
    this.previous[list] = last;
  }

  /** The least candidate from `from` on that was invoked by `until`; -1: none. What is below `from` has just been tried. */
  candidate(from: number, until: number): number {
    const { answered, invokedAt, rank } = this.part;
    if (from < answered) {
      let least = answered;
      const { next, ofAnswered } = this;
      for (let at = next[ofAnswered]!; at !== ofAnswered && invokedAt[at]! <= until; at = next[at]!) {
        if (rank[at]! >= from && rank[at]! < least) least = rank[at]!;
      }
      if (least < answered) return least;
    }
    return from < this.end ? this.unknownCandidate(Math.max(from, answered), until) : -1;
  }

  private unknownCandidate(from: number, until: number): number {
    const { answered, invokedAt } = this.part;
    const alternative = (from - answered) % this.alternatives;
    const operation = this.operationOf(from);
    const isFirst = operation === answered;
    // The one before was tried just now, so it is in the list; this one may be not.
    let at = alternative > 0 ? operation : this.next[isFirst ? this.ofUnknown : operation - 1]!;
    while (at !== this.ofUnknown && invokedAt[at]! <= until && this.waitsForElder(at)) at = this.next[at]!;
    if (at === this.ofUnknown || invokedAt[at]! > until) return -1;
    return answered + (at - answered) * this.alternatives + alternative;
  }

  private waitsForElder(operation: number): boolean {
    const elder = this.elder[operation - this.part.answered]!;
    return elder >= 0 && !this.isPlaced(elder);
  }

  operationOf(candidate: number): number {
    const { answered } = this.part;
    if (candidate < answered) return this.byRank[candidate]!;
    return answered + Math.floor((candidate - answered) / this.alternatives);
  }

  alternativeOf(candidate: number): number {
    const { answered } = this.part;
    return candidate < answered ? 0 : (candidate - answered) % this.alternatives;
  }

  isPlaced(operation: number): boolean {
    return this.placed[operation] === 1;
  }

  remove(operation: number): void {
    const before = this.previous[operation]!;
    const after = this.next[operation]!;
    this.next[before] = after;
    this.previous[after] = before;
    this.placed[operation] = 1;
  }

  restore(operation: number): void {
    this.next[this.previous[operation]!] = operation;
    this.previous[this.next[operation]!] = operation;
    this.placed[operation] = 0;
  }
}

function eldersFrom(answered: number, count: number, twins: (operation: number) => number = () => -1): Int32Array {
  const youngest = new Map<number, number>();
  const elders = new Int32Array(count - answered).fill(-1);
  for (let operation = answered; operation < count; operation++) {
    const kind = twins(operation);
    if (kind < 0) continue;
    elders[operation - answered] = youngest.get(kind) ?? -1;
    youngest.set(kind, operation);
  }
  return elders;
}
