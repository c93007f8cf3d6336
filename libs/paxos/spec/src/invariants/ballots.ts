import type { Address } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import { printBallot } from '@synod/paxos-core';
import type { Accept, AcceptorSet, Ballot, Message, Promised, Slot } from '@synod/paxos-core';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import { keyOf } from './group-view.js';
import type { WatchedProposer } from './group-view.js';
import { printOf } from './prints.js';

/** What one acceptor has told with its promises of one ballot: of which slots, and in which ballot each was accepted. */
class Told {
  readonly votes = new Map<Slot, Ballot>();
  private readonly pages: { readonly from: Slot; readonly through: Slot }[] = [];

  add({ from, through, last, batches }: Promised): void {
    this.pages.push({ from, through: through >= last ? Number.POSITIVE_INFINITY : through });
    for (const { era, first, entries } of batches) entries.forEach((_, i) => this.votes.set(first + i, era));
  }

  isOf(slot: Slot): boolean {
    return this.pages.some(({ from, through }) => from <= slot && slot <= through);
  }
}

/** A ballot from outside: who uses it, who promised it what, how far it has proposed. */
class Use {
  readonly promises = new Map<string, Told>();
  /** The last slot it proposed in. */
  last: Slot | undefined;

  constructor(
    readonly address: Address,
    readonly life: number,
  ) {}
}

/** Who uses which ballot, what it proposes, and whether the promises it was given allow that. */
export class Ballots {
  private readonly uses = new Map<Ballot, Use>();
  private readonly proposals = new Map<Slot, Map<Ballot, number>>();
  /** Values that clients asked for, and no-ops. */
  private readonly asked = new Set<number>([0]);

  constructor(
    private readonly slots: ChosenSlots,
    private readonly alpha: number,
  ) {}

  received(message: Message, from: Address): void {
    if (message.kind === 'request') this.asked.add(printOf({ kind: 'request', from, bytes: message.bytes }));
  }

  /** What this ballot proposed in this slot. */
  proposal(slot: Slot, ballot: Ballot): number | undefined {
    return this.proposals.get(slot)?.get(ballot);
  }

  proposerLeft(sender: WatchedProposer, message: Message): void {
    // The ballots of registers are reserved many at once: whether one was used again cannot be seen, but whether it may have been.
    if (message.kind === 'registerPrepare' && sender.durable.state?.remembers !== true)
      fail('oneLife', `${sender.address} uses ballot ${printBallot(message.ballot)} for register ${message.key} before it knows those of its former lives`); // prettier-ignore
    if (message.kind !== 'prepare' && message.kind !== 'accept') return;
    const use = this.use(sender, message.ballot);
    if (message.kind === 'accept') for (const batch of message.batches) this.propose(sender, use, message, batch);
  }

  /** A promise leaves for the proposer of its ballot. */
  promiseLeft(acceptor: string, message: Promised): void {
    const { ballot } = message;
    const use = this.uses.get(ballot);
    if (use === undefined) return fail('oneLife', `${acceptor} promises ballot ${printBallot(ballot)}, which nobody has used`); // prettier-ignore
    const told = use.promises.get(acceptor) ?? new Told();
    use.promises.set(acceptor, told);
    told.add(message);
  }

  private use({ address, machine }: WatchedProposer, ballot: Ballot): Use {
    const known = this.uses.get(ballot);
    if (known?.address === address && known.life === machine.lives) return known;
    if (known !== undefined)
      fail('oneLife', `${address} uses ballot ${printBallot(ballot)} in its life ${machine.lives}; ${known.address} used it in its life ${known.life}`); // prettier-ignore
    const use = new Use(address, machine.lives);
    this.uses.set(ballot, use);
    return use;
  }

  private propose(sender: WatchedProposer, use: Use, { ballot }: Accept, { first, entries }: EntryBatch): void {
    entries.forEach((entry, i) => {
      const [slot, print] = [first + i, printOf(entry)];
      const known = this.proposal(slot, ballot);
      if (known === print) return;
      if (known !== undefined)
        fail('oneProposal', `${sender.address} proposes two values in slot ${slot} of ballot ${printBallot(ballot)}`);
      if (entry.kind === 'request' && !this.asked.has(print))
        fail('proposed', `${sender.address} proposes in slot ${slot} what no client has asked for`);
      this.checkPlace(sender, use, ballot, slot);
      this.checkP2c(sender, use, ballot, slot, print);
      const ofSlot = this.proposals.get(slot) ?? new Map<Ballot, number>();
      this.proposals.set(slot, ofSlot.set(ballot, print));
      use.last = slot;
    });
  }

  /** A ballot's slots follow one another, from the first one that was not known to be chosen. */
  private checkPlace({ address }: WatchedProposer, use: Use, ballot: Ballot, slot: Slot): void {
    const { through } = this.slots;
    if (use.last === undefined ? slot > through + 1 : slot !== use.last + 1)
      fail('gap', `${address} proposes in slot ${slot} of ballot ${printBallot(ballot)}, where ${use.last ?? through} is the last slot before`); // prettier-ignore
    if (slot > through + this.alpha)
      fail('alpha', `${address} proposes in slot ${slot}; ${through} is the last that is chosen, and α is ${this.alpha}`); // prettier-ignore
  }

  /** The value of the highest ballot that some phase-1 quorum has reported for this slot, or any when that reported none. */
  private checkP2c({ address }: WatchedProposer, use: Use, ballot: Ballot, slot: Slot, print: number): void {
    const set = this.slots.setAt(slot);
    if (set === undefined) return fail('phase1', `${address} proposes in slot ${slot} before the group is founded`);
    const reported = reportsOf(use, set, slot);
    const where = `slot ${slot} of ballot ${printBallot(ballot)}`;
    if (reported.length < set.phase1)
      fail('phase1', `${address} proposes in ${where}; ${reported.length} of its acceptors have promised and told of it, ${set.phase1} must`); // prettier-ignore
    const highest = this.highestReported(use, slot, print);
    const allowing = reported.filter((accepted) => accepted <= highest).length;
    if (allowing < set.phase1)
      fail('p2c', `${address} proposes in ${where} another value than that of the highest ballot, ${printBallot(Math.max(...reported))}, that was reported`); // prettier-ignore
  }

  /** The highest ballot in which this very value was reported to be accepted in the slot; 0 when it was not. */
  private highestReported({ promises }: Use, slot: Slot, print: number): Ballot {
    let highest = 0;
    for (const { votes } of promises.values()) {
      const accepted = votes.get(slot);
      if (accepted !== undefined && accepted > highest && this.proposal(slot, accepted) === print) highest = accepted;
    }
    return highest;
  }
}

/** Of each of the slot's acceptors that told of it, the ballot of what it accepted there; 0 for nothing. */
function reportsOf({ promises }: Use, { acceptors }: AcceptorSet, slot: Slot): readonly Ballot[] {
  return acceptors.flatMap(({ address, disk }) => {
    const told = promises.get(keyOf(address, disk));
    return told?.isOf(slot) ? [told.votes.get(slot) ?? 0] : [];
  });
}
