import type { Entry } from '@synod/log';
import { printBallot } from '@synod/paxos-core';
import type { Event, Message, Record, Slot } from '@synod/paxos-core';
import type { ReplicatedService } from '@synod/state-machine';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import type { WatchedProposer } from './group-view.js';
import { printOf } from './prints.js';

const growing = ['round', 'base', 'snapshotSlot', 'lastApplied', 'chosenThrough'] as const;

/** What proposers learn and execute. An honest state machine of the checker's own executes what is chosen beside them. */
export class Learners {
  /** The state behind each slot. */
  private readonly states: string[] = [];

  constructor(
    private readonly slots: ChosenSlots,
    private readonly reference: ReplicatedService,
  ) {}

  /** The next slot is chosen. */
  chosen(slot: Slot, entry: Entry): void {
    if (entry.kind === 'request') this.reference.apply(slot, entry.from, entry.bytes);
    this.states[slot] = this.reference.hash();
  }

  persisted({ address, written }: WatchedProposer, record: Record): void {
    written.add(record);
    if (record.kind !== 'chosenValues') return;
    record.batch.entries.forEach((entry, i) => {
      const slot = record.batch.first + i;
      const chosen = this.slots.prefix[slot - 1];
      if (chosen?.print !== printOf(entry))
        fail('learned', `${address} has learned a value of slot ${slot}; ${chosen === undefined ? 'none' : 'another one'} is chosen there`); // prettier-ignore
    });
  }

  observed({ address }: WatchedProposer, event: Event): void {
    if (event.kind !== 'valueChosen') return;
    for (let slot = event.first; slot <= event.last; slot++)
      if (this.slots.at(slot) === undefined)
        fail('quorum', `${address} takes slot ${slot} to be chosen in ballot ${printBallot(event.ballot)}; no phase-2 quorum has it on disk`); // prettier-ignore
  }

  left(sender: WatchedProposer, message: Message): void {
    const { address, durable } = sender;
    const { through } = this.slots;
    if (message.kind === 'reply' && message.answer.kind === 'results' && message.answer.index > through)
      fail('answered', `${address} answers from slot ${message.answer.index}; ${through} is the last that is chosen`);
    if (message.kind === 'progress' && message.durableThrough > durable.through)
      fail('durable', `${address} says that its disk has what is chosen through ${message.durableThrough}; it has it through ${durable.through}`); // prettier-ignore
    if (message.kind !== 'prepare' && message.kind !== 'accept') return;
    const round = Math.floor(message.ballot / 64);
    if (durable.round < round) fail('durable', `${address} uses round ${round}; on its disk is round ${durable.round}`);
    sender.spokenRound = Math.max(sender.spokenRound, round);
  }

  stepped(proposer: WatchedProposer, hash: () => string): void {
    const { address, now } = proposer;
    checkOrder(proposer);
    if (now.chosenThrough > this.slots.through)
      fail('learned', `${address} takes slots through ${now.chosenThrough} to be chosen; they are through ${this.slots.through}`); // prettier-ignore
    this.checkState(proposer, hash);
  }

  private checkState({ address, now, before }: WatchedProposer, hash: () => string): void {
    const { lastApplied } = now;
    const moved = lastApplied !== before.lastApplied || (before.installing && !now.installing);
    if (!moved || lastApplied === 0 || now.installing) return;
    const state = hash();
    if (state !== this.states[lastApplied])
      fail('execution', `${address} executed through slot ${lastApplied} and has state ${state}; what is chosen makes ${this.states[lastApplied]}`); // prettier-ignore
  }
}

/** How a proposer's own positions stand to each other, and that none of them ever goes back. */
function checkOrder({ address, now, before, spokenRound }: WatchedProposer): void {
  const { base, snapshotSlot, lastApplied, chosenThrough, installing } = now;
  const restored = installing || snapshotSlot <= lastApplied;
  if (base > snapshotSlot || !restored || snapshotSlot > chosenThrough || lastApplied > chosenThrough)
    fail('order', `${address}: cut ${base}, snapshot ${snapshotSlot}, executed ${lastApplied}, chosen ${chosenThrough}`); // prettier-ignore
  for (const name of growing)
    if (now[name] < before[name]) fail('monotonic', `${address}: ${name} goes back from ${before[name]} to ${now[name]}`); // prettier-ignore
  if (now.round < spokenRound) fail('monotonic', `${address} is in round ${now.round} and has used round ${spokenRound}`); // prettier-ignore
}
