import type { Timed } from './model.js';
import { sorted } from './sorted.js';

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
  /** The rank is the place that the answers claim. */
  readonly isClaimed: boolean;

  constructor(operations: readonly O[], claimedPlace?: (operation: O) => number | undefined) {
    const count = operations.length;
    const invoked = new Float64Array(count);
    const returned = new Float64Array(count);
    let answered = 0;
    for (let i = 0; i < count; i++) {
      const { invokedAt, returnedAt } = operations[i]!;
      invoked[i] = invokedAt;
      returned[i] = returnedAt ?? Infinity;
      if (returnedAt !== undefined) answered++;
    }
    const byCall = sorted(invoked);
    const byReturn = sorted(returned, byCall);
    this.answered = answered;
    const ordered = new Array<O>(count);
    for (let i = 0; i < count; i++) ordered[i] = operations[byReturn[i]!]!;
    this.operations = ordered;
    this.invokedAt = picked(invoked, byReturn);
    this.returnedAt = picked(returned, byReturn).subarray(0, this.answered);
    const numbers = inverse(byReturn);
    this.byInvocation = byCall.map((i) => numbers[i]!).filter((number) => number < this.answered);
    this.slot = new Int32Array(this.answered);
    this.slots = this.assignSlots();
    const places = this.places(claimedPlace);
    this.isClaimed = places !== undefined;
    this.rank = inverse(sorted(places ?? new Float64Array(this.answered)));
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

  /** Undefined when some answer claims none. */
  private places(claimedPlace?: (operation: O) => number | undefined): Float64Array | undefined {
    const places = new Float64Array(this.answered);
    for (let i = 0; i < places.length; i++) {
      const place = claimedPlace?.(this.operations[i]!);
      if (place === undefined) return undefined;
      places[i] = place;
    }
    return places;
  }
}

function inverse(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) places[order[i]!] = i;
  return places;
}

function picked(values: Float64Array, order: Int32Array): Float64Array {
  const all = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) all[i] = values[order[i]!]!;
  return all;
}
