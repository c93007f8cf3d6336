import type { Timed } from './model.js';

/**
 * The operations of one part in the order in which the search numbers them: answered ones from 0 in the order of their
 * returns, then those of unknown outcome in the order of their invocations.
 */
export class Part<O extends Timed> {
  readonly operations: readonly O[];
  /** How many are answered. */
  readonly answered: number;
  readonly invokedAt: Float64Array;
  /** Of answered ones. */
  readonly returnedAt: Float64Array;
  /** Numbers of the answered operations in the order of their invocations. */
  readonly byInvocation: Int32Array;
  /** Per answered operation a place that no other has that runs at the same time, from 0. */
  readonly slot: Int32Array;
  readonly slots: number;
  /** Per answered operation: when it is tried; a permutation. */
  readonly rank: Int32Array;

  constructor(operations: readonly O[], claimedPlace?: (operation: O) => number | undefined) {
    const unknown = operations.filter(({ returnedAt }) => returnedAt === undefined);
    const answered = operations.filter(({ returnedAt }) => returnedAt !== undefined);
    sortUnlessSorted(unknown, ({ invokedAt }) => invokedAt);
    sortUnlessSorted(answered, ({ returnedAt }) => returnedAt!);
    this.operations = [...answered, ...unknown];
    this.answered = answered.length;
    this.invokedAt = Float64Array.from(this.operations, ({ invokedAt }) => invokedAt);
    this.returnedAt = Float64Array.from(answered, ({ returnedAt }) => returnedAt!);
    this.byInvocation = sortedBy(this.invokedAt.subarray(0, this.answered));
    this.slot = new Int32Array(this.answered);
    this.slots = this.assignSlots();
    this.rank = ranks(answered, claimedPlace);
  }

  /** A slot is free again when its operation has returned before the next one is invoked. */
  private assignSlots(): number {
    const { byInvocation, invokedAt, returnedAt, slot } = this;
    const free: number[] = [];
    let slots = 0;
    let returned = 0;
    for (const operation of byInvocation) {
      while (returnedAt[returned]! < invokedAt[operation]!) free.push(slot[returned++]!);
      slot[operation] = free.pop() ?? slots++;
    }
    return slots;
  }
}

function sortUnlessSorted<T>(things: T[], time: (thing: T) => number): void {
  for (let i = 1; i < things.length; i++) {
    if (time(things[i - 1]!) > time(things[i]!)) {
      things.sort((a, b) => time(a) - time(b));
      return;
    }
  }
}

/** Numbers from 0 in the order of their values; equal values keep their order. */
function sortedBy(values: ArrayLike<number>): Int32Array {
  return Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}

function ranks<O>(answered: readonly O[], claimedPlace?: (operation: O) => number | undefined): Int32Array {
  const places = claimedPlace && answered.map(claimedPlace);
  if (!places || places.includes(undefined)) return Int32Array.from(answered, (_, i) => i);
  const rank = new Int32Array(answered.length);
  sortedBy(places as number[]).forEach((operation, i) => (rank[operation] = i));
  return rank;
}
