import type { Accept, Slot } from '@synod/paxos-core';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import type { GroupView, WatchedAcceptor, WatchedProposer } from './group-view.js';

/** What acceptors forget: no more than f + 1 proposers have on disk, and two at least, unless silent ones are not waited for any more. */
export class Trimming {
  /** The highest slot through which any leader has let acceptors trim. */
  private allowed: Slot = 0;

  constructor(
    private readonly group: GroupView,
    private readonly slots: ChosenSlots,
    /** Bytes that an acceptor may hold for silent proposers. */
    private readonly heldBytesMax: number,
  ) {}

  left(sender: WatchedProposer, { trimThrough, chosenThrough }: Accept): void {
    if (trimThrough <= this.allowed) return;
    const set = this.slots.setAt(chosenThrough + 1)!;
    const wanted = Math.min(Math.max(set.acceptors.length - set.phase2 + 1, 2), this.group.proposers.size);
    const needed = this.holdsTooMuch() ? 1 : wanted;
    const holders = [...this.group.proposers.values()].filter(
      ({ durable, lost }) => Math.max(durable.through, lost) >= trimThrough,
    );
    if (holders.length < needed)
      fail('trimmed', `${sender.address} lets acceptors trim through ${trimThrough}, which ${holders.length} proposers have on disk, ${needed} must`); // prettier-ignore
    this.allowed = trimThrough;
  }

  stepped({ address, now }: WatchedAcceptor): void {
    if (now.trimmedThrough > this.allowed)
      fail('trimmed', `${address} has trimmed through ${now.trimmedThrough}; no leader has said so of more than ${this.allowed}`); // prettier-ignore
  }

  private holdsTooMuch(): boolean {
    for (const { now, before } of this.group.acceptors.values())
      if (Math.max(now.heldBytes, before.heldBytes) > this.heldBytesMax) this.seen = true;
    return this.seen;
  }

  /** The leader may know of it from a message of a while ago. */
  private seen = false;
}
