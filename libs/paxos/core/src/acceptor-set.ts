import { majority } from '@synod/quorum';
import type { Address } from '@synod/actor';
import type { Slot } from './messages.js';
import { mostAcceptors } from './set-codec.js';

/**
 * An acceptor is a disk: one that lost it comes back under its name with another number and is another acceptor, for its
 * former life may have promised and accepted what nobody remembers. The disks that a group was formed with are 0.
 */
export interface AcceptorId {
  readonly address: Address;
  readonly disk: number;
}

/**
 * The acceptors of some slots and their quorums. Any phase-1 quorum meets any phase-2 quorum: phase1 + phase2 > n, and
 * nothing else is asked of them (Flexible Paxos, Howard, Malkhi and Spiegelman 2016).
 */
export interface AcceptorSet {
  /** Grows by one with every change; the founding set is 1. */
  readonly version: number;
  readonly acceptors: readonly AcceptorId[];
  /** How many acceptors are a phase-1 quorum, and a phase-2 quorum. */
  readonly phase1: number;
  readonly phase2: number;
}

/** What is wrong with these quorums, for people; undefined when nothing is. */
export function quorumFault({ acceptors, phase1, phase2 }: Omit<AcceptorSet, 'version'>): string | undefined {
  const n = acceptors.length;
  if (n === 0) return 'a group needs an acceptor';
  if (n > mostAcceptors) return `${n} acceptors; at most ${mostAcceptors} are possible`;
  if (new Set(acceptors.map(({ address }) => address)).size < n) return 'an acceptor is named twice';
  for (const size of [phase1, phase2]) {
    if (!Number.isInteger(size) || size < 1 || size > n) return `a quorum of ${size} among ${n} acceptors`;
  }
  if (phase1 + phase2 <= n) {
    return `phase-1 quorums of ${phase1} and phase-2 quorums of ${phase2} need not meet among ${n} acceptors: their sum must be above ${n}`;
  }
  return undefined;
}

/**
 * So many promises end a register's phase 1: a phase-1 quorum, and enough to meet every other one. When registers move, whoever
 * is left tells what so many have promised and accepted, and the new acceptors must not be told less than any round was promised.
 */
export function promisesNeeded({ acceptors, phase1 }: AcceptorSet): number {
  return Math.max(phase1, acceptors.length - phase1 + 1);
}

/** So many of the set's acceptors meet every phase-1 and every phase-2 quorum: whatever one of those knows, one of them knows. */
export function meetsEveryQuorum(count: number, { acceptors, phase1, phase2 }: AcceptorSet): boolean {
  return count > acceptors.length - Math.min(phase1, phase2);
}

/** Majorities in both phases. */
export function majorities(acceptors: readonly AcceptorId[], version: number): AcceptorSet {
  const quorum = majority(acceptors.length);
  return { version, acceptors, phase1: quorum, phase2: quorum };
}

export function isAmong({ acceptors }: AcceptorSet, address: Address, disk: number): boolean {
  return acceptors.some((acceptor) => acceptor.address === address && acceptor.disk === disk);
}

/**
 * Which set is responsible for which slot. A change that is decided in slot s takes effect at s + α, so a proposer that knows
 * what is chosen through s knows the sets of all slots through s + α, and proposes none beyond (Paxos Made Simple §3;
 * Paxos Made Moderately Complex §4.2).
 */
export class AcceptorSets {
  /** In the order of their slots; the first one is in force at the earliest slot that still matters. */
  private sets: { readonly from: Slot; readonly set: AcceptorSet }[];

  constructor(founding: AcceptorSet, from: Slot = 1) {
    this.sets = [{ from, set: founding }];
  }

  at(slot: Slot): AcceptorSet {
    for (let i = this.sets.length - 1; i > 0; i--) if (this.sets[i]!.from <= slot) return this.sets[i]!.set;
    return this.sets[0]!.set;
  }

  /** The last slot, at or after this one, of the set that is responsible for it; infinite for the last set known. */
  lastSlotOf(slot: Slot): Slot {
    for (const { from } of this.sets) if (from > slot) return from - 1;
    return Number.POSITIVE_INFINITY;
  }

  get newest(): AcceptorSet {
    return this.sets[this.sets.length - 1]!.set;
  }

  /** From where the newest set is in force. */
  get newestFrom(): Slot {
    return this.sets[this.sets.length - 1]!.from;
  }

  /** A change was decided: it is the successor of the newest, or one that raced it and is void. Says which. */
  decided(set: AcceptorSet, from: Slot): boolean {
    if (set.version !== this.newest.version + 1 || from <= this.newestFrom || quorumFault(set) !== undefined)
      return false;
    this.sets.push({ from, set });
    return true;
  }

  /** Sets that no slot from here on needs. */
  forgetBefore(slot: Slot): void {
    while (this.sets.length > 1 && this.sets[1]!.from <= slot) this.sets.shift();
  }

  /** All that are known, for records and other proposers. */
  get known(): readonly { readonly from: Slot; readonly set: AcceptorSet }[] {
    return this.sets;
  }

  static of(known: readonly { readonly from: Slot; readonly set: AcceptorSet }[]): AcceptorSets {
    const sets = new AcceptorSets(known[0]!.set, known[0]!.from);
    sets.sets = [...known];
    return sets;
  }
}
