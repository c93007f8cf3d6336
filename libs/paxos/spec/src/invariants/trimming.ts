import type { Address } from '@synod/actor';
import { decodeSet } from '@synod/paxos-core';
import type { Accept, Accepted, Progress, Slot } from '@synod/paxos-core';
import { electionTimeout } from '../group.js';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import { keyOf } from './group-view.js';
import type { GroupView, WatchedAcceptor, WatchedProposer } from './group-view.js';

/**
 * What acceptors forget: no more than f + 1 proposers have on disk, and two at least, unless silent ones are not waited for any more.
 * And what acceptors must not be needed for any more before they change again.
 */
export class Trimming {
  /** The highest slot through which any leader has let acceptors trim. */
  allowed: Slot = 0;

  constructor(
    private readonly group: GroupView,
    private readonly slots: ChosenSlots,
    /** Bytes that an acceptor may hold for silent proposers. */
    private readonly heldBytesMax: number,
  ) {}

  heard({ words, at, now }: WatchedProposer, from: Address, { ballot, disk, heldBytes }: Accepted): void {
    if (ballot === now.ballot) words.held.set(keyOf(from, disk), { heldBytes, at });
  }

  left(sender: WatchedProposer, message: Accept): void {
    this.trims(sender, message);
    for (const { entries } of message.batches)
      for (const entry of entries) if (entry.kind === 'configuration') this.changes(sender, entry.bytes);
  }

  /** The latest word counts: after one of the life before, its disk, which is lost, is believed in again. */
  received(leader: WatchedProposer, from: Address, { ballot, at }: Progress): void {
    if (ballot !== leader.now.ballot) return;
    leader.words.progress.set(from, leader.at);
    if (this.group.proposers.get(from)?.told.has(at) === true) leader.heardOfLife.add(from);
    else leader.heardOfLife.delete(from);
  }

  /** Acceptors before those of this version may go: so a leader tells whoever operates the group. */
  saidToBeSeenThrough(leader: Address, version: number): void {
    const { newest, newestFrom } = this.slots;
    if (version === newest!.version && newestFrom - 1 > this.allowed)
      fail('seenThrough', `${leader} says that version ${version} of the acceptors is seen through; it begins at slot ${newestFrom}, and acceptors are needed for what is above ${this.allowed}`); // prettier-ignore
  }

  stepped({ address, now }: WatchedAcceptor): void {
    if (now.trimmedThrough > this.allowed)
      fail('trimmed', `${address} has trimmed through ${now.trimmedThrough}; no leader has said so of more than ${this.allowed}`); // prettier-ignore
  }

  private trims(sender: WatchedProposer, { trimThrough, chosenThrough }: Accept): void {
    if (trimThrough <= this.allowed) return;
    const set = this.slots.setAt(chosenThrough + 1)!;
    const wanted = Math.min(Math.max(set.acceptors.length - set.phase2 + 1, 2), this.group.proposers.size);
    const holders = [...this.group.proposers.values()].filter((proposer) => holds(sender, proposer, trimThrough));
    if (holders.length < wanted) this.trimsForRoom(sender, trimThrough, holders, wanted);
    this.allowed = trimThrough;
  }

  /** On fewer disks than wanted only when acceptors hold too much, and then on as many as live, of proposers that live. */
  private trimsForRoom(
    sender: WatchedProposer,
    through: Slot,
    holders: readonly WatchedProposer[],
    wanted: number,
  ): void {
    const waitedFor = this.waitedFor(sender);
    const needed = Math.min(wanted, waitedFor.size);
    const counted = holders.filter(({ address }) => waitedFor.has(address));
    if (counted.length < needed)
      fail('trimmed', `${sender.address} lets acceptors trim through ${through}, which ${counted.length} proposers that count have on disk, ${needed} must`); // prettier-ignore
  }

  /** A change that would be the next one: what was chosen before the last one came into force, nobody needs to ask acceptors for. */
  private changes({ address }: WatchedProposer, bytes: Uint8Array): void {
    const set = decodeSet(bytes);
    const { newest, newestFrom } = this.slots;
    if (set === undefined || set.version !== newest!.version + 1 || newestFrom - 1 <= this.allowed) return;
    fail('seenThrough', `${address} proposes version ${set.version} of the acceptors; version ${newest!.version} begins at slot ${newestFrom}, and acceptors are needed for what is above ${this.allowed}`); // prettier-ignore
  }

  /** Proposers that a leader has heard lately, and itself, when an acceptor that it has heard lately holds too much; else all. */
  private waitedFor({ address, words, at }: WatchedProposer): ReadonlySet<Address> {
    const since = at - 2 * electionTimeout.maxMs;
    const held = [...words.held.values()];
    if (!held.some((word) => word.at >= since && word.heldBytes > this.heldBytesMax))
      return new Set(this.group.proposers.keys());
    const heard = [...words.progress].filter(([, toldAt]) => toldAt >= since);
    return new Set([address, ...heard.map(([other]) => other)]);
  }
}

/** On a disk that lives; or on one that is lost, of which this leader cannot know. */
function holds(leader: WatchedProposer, { address, durable, lost }: WatchedProposer, through: Slot): boolean {
  if (durable.through >= through) return true;
  return lost >= through && address !== leader.address && !leader.heardOfLife.has(address);
}
