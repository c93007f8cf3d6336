import type { Entry } from '@synod/log';
import { decodeMove, decodeSet, printBallot } from '@synod/paxos-core';
import type { AcceptorSet, Ballot, Slot } from '@synod/paxos-core';
import { fail } from './claims.js';
import { keyOf } from './group-view.js';
import { printOf } from './prints.js';

export interface Chosen {
  readonly ballot: Ballot;
  readonly print: number;
  readonly entry: Entry;
}

/** Who has a value on disk, of one slot and ballot. */
interface Tally {
  readonly print: number;
  readonly entry: Entry;
  readonly acceptors: Set<string>;
}

/**
 * What is chosen, computed from what acceptors have on their disks and from nothing else: a value is chosen when a phase-2 quorum
 * of its slot's acceptors has voted for it in one ballot, whether anybody knows or not. Once chosen it stays so.
 */
export class ChosenSlots {
  /** Slot i stands at i - 1, without a gap. */
  readonly prefix: Chosen[] = [];
  /** The version of the acceptors to whom the registers have moved, as the log says. */
  registersAt = 1;
  private readonly beyond = new Map<Slot, Chosen>();
  private readonly tallies = new Map<Slot, Map<Ballot, Tally>>();
  private sets: { readonly from: Slot; readonly set: AcceptorSet }[] = [];

  constructor(
    private readonly alpha: number,
    /** The next slot of the prefix. */
    private readonly grown: (slot: Slot, entry: Entry) => void,
  ) {}

  get through(): Slot {
    return this.prefix.length;
  }

  get newest(): AcceptorSet | undefined {
    return this.sets[this.sets.length - 1]?.set;
  }

  /** From where on the newest set is in force. */
  get newestFrom(): Slot {
    return this.sets[this.sets.length - 1]?.from ?? 0;
  }

  get everySet(): readonly AcceptorSet[] {
    return this.sets.map(({ set }) => set);
  }

  founded(set: AcceptorSet): void {
    if (this.sets.length === 0) this.sets = [{ from: 1, set }];
  }

  at(slot: Slot): Chosen | undefined {
    return this.prefix[slot - 1] ?? this.beyond.get(slot);
  }

  setAt(slot: Slot): AcceptorSet | undefined {
    return this.sets.findLast(({ from }) => from <= slot)?.set;
  }

  /** A vote is on this acceptor's disk. */
  voted(acceptor: string, slot: Slot, ballot: Ballot, entry: Entry): void {
    const ofSlot = this.tallies.get(slot) ?? new Map<Ballot, Tally>();
    this.tallies.set(slot, ofSlot);
    const tally = ofSlot.get(ballot) ?? { print: printOf(entry), entry, acceptors: new Set<string>() };
    ofSlot.set(ballot, tally);
    tally.acceptors.add(acceptor);
    this.consider(slot, ballot, tally);
  }

  /** Whether this acceptor ever had that vote on its disk. */
  hasVoted(acceptor: string, slot: Slot, ballot: Ballot): boolean {
    return this.tallies.get(slot)?.get(ballot)?.acceptors.has(acceptor) ?? false;
  }

  private consider(slot: Slot, ballot: Ballot, { print, entry, acceptors }: Tally): void {
    const set = this.setAt(slot);
    if (set === undefined) return;
    let votes = 0;
    for (const { address, disk } of set.acceptors) if (acceptors.has(keyOf(address, disk))) votes++;
    if (votes < set.phase2) return;
    const known = this.at(slot);
    if (known === undefined) this.choose(slot, { ballot, print, entry });
    else if (known.print !== print)
      fail('oneValue', `slot ${slot} has a value chosen in ballot ${printBallot(known.ballot)} and another one in ${printBallot(ballot)}`); // prettier-ignore
  }

  private choose(slot: Slot, chosen: Chosen): void {
    this.beyond.set(slot, chosen);
    for (let next = this.through + 1; this.beyond.has(next); next = this.through + 1) {
      const { entry } = this.beyond.get(next)!;
      this.prefix.push(this.beyond.get(next)!);
      this.beyond.delete(next);
      this.grown(next, entry);
      if (entry.kind === 'configuration') this.decided(next, entry.bytes);
    }
  }

  /** A change of the acceptors: the successor of the newest set, or void. */
  private decided(slot: Slot, bytes: Uint8Array): void {
    this.registersAt = Math.max(this.registersAt, decodeMove(bytes)?.version ?? 0);
    const set = decodeSet(bytes);
    const from = slot + this.alpha;
    if (set === undefined || set.version !== this.newest!.version + 1 || from <= this.newestFrom) return;
    this.sets.push({ from, set });
    for (const [voted, ofSlot] of this.tallies) {
      if (voted < from) continue;
      for (const [ballot, tally] of ofSlot) this.consider(voted, ballot, tally);
    }
  }
}
