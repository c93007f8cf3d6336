import type { Address } from '@synod/actor';
import { byzantineFaults, byzantineQuorum } from '@synod/quorum';
import type { View } from './statements.js';

/** Who takes part, and how many of them are enough for what. The same list, in the same order, at every replica and client. */
export class Group {
  /** How many may be faulty: n ≥ 3f + 1 (§2). */
  readonly f: number;
  /** Two of these share a correct member: ⌈(n+f+1)/2⌉, which is 2f + 1 when n = 3f + 1. */
  readonly quorum: number;
  /** At least one of these is correct: the paper's weak certificate. */
  readonly weak: number;
  private readonly places: ReadonlyMap<Address, number>;

  constructor(readonly members: readonly Address[]) {
    this.f = byzantineFaults(members.length);
    this.quorum = byzantineQuorum(members.length, this.f);
    this.weak = this.f + 1;
    this.places = new Map(members.map((member, place) => [member, place]));
  }

  get n(): number {
    return this.members.length;
  }

  /** "p = v mod |R|" (§4). */
  primary(view: View): Address {
    return this.members[view % this.members.length]!;
  }

  has(address: Address): boolean {
    return this.places.has(address);
  }

  /** -1 for who is no member. */
  placeOf(address: Address): number {
    return this.places.get(address) ?? -1;
  }
}
