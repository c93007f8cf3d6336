import type { EntryBatch } from '@synod/log';
import { printBallot } from '@synod/paxos-core';
import type { Accepted, Message, Promised, Record, Slot } from '@synod/paxos-core';
import type { Ballots } from './ballots.js';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import { keyOf } from './group-view.js';
import type { WatchedAcceptor } from './group-view.js';
import { printOf } from './prints.js';

/** What acceptors promise and accept, when they say so, and what they report. */
export class Acceptors {
  constructor(
    private readonly slots: ChosenSlots,
    private readonly ballots: Ballots,
  ) {}

  /** A record is written; it may be lost yet. */
  persisted(acceptor: WatchedAcceptor, record: Record): void {
    const { address, written } = acceptor;
    if (record.kind === 'vote') this.checkVote(acceptor, record.batch);
    const state = record.kind === 'acceptorMark' ? record.state : record;
    if (state.kind === 'acceptorState' && state.promised < written.promised)
      fail('promise', `${address} takes its promise of ${printBallot(written.promised)} back to ${printBallot(state.promised)}`); // prettier-ignore
    written.add(record);
  }

  /** A record is known to be on the disk. */
  found({ address, durable }: WatchedAcceptor, record: Record): void {
    if (record.kind === 'acceptorState' && record.founding !== undefined) this.slots.founded(record.founding);
    if (record.kind !== 'vote') return;
    const { era, first, entries } = record.batch;
    const key = keyOf(address, durable.disk);
    entries.forEach((entry, i) => this.slots.voted(key, first + i, era, entry));
  }

  /** It says this when what the message rests on is durable. */
  says(acceptor: WatchedAcceptor, message: Message): void {
    if (message.kind === 'promised') checkReport(acceptor, message);
    if (message.kind === 'canvassReply' && message.promised < acceptor.spoken)
      fail('remembered', `${acceptor.address} says it promised ${printBallot(message.promised)}; it has promised ${printBallot(acceptor.spoken)}`); // prettier-ignore
  }

  left(acceptor: WatchedAcceptor, message: Message): void {
    const { address, durable } = acceptor;
    switch (message.kind) {
      case 'promised':
        this.spoke(acceptor, message.ballot);
        return this.ballots.promiseLeft(keyOf(address, message.disk), message);
      case 'accepted':
        this.spoke(acceptor, message.ballot);
        return this.checkAccepted(acceptor, message);
      case 'form':
      case 'formed':
        if (durable.state?.clusterId !== message.clusterId)
          fail('durable', `${address} says that it recorded cluster ${message.clusterId}; on its disk is ${durable.state?.clusterId}`); // prettier-ignore
        return;
      case 'join':
        if (durable.disk !== message.disk)
          fail('durable', `${address} joins as disk ${message.disk}; on its disk is ${durable.disk}`);
    }
  }

  stepped({ address, now, before, spoken }: WatchedAcceptor): void {
    if (now.promised < before.promised || now.trimmedThrough < before.trimmedThrough)
      fail('monotonic', `${address} goes back from ${printBallot(before.promised)}, trimmed ${before.trimmedThrough}, to ${printBallot(now.promised)}, trimmed ${now.trimmedThrough}`); // prettier-ignore
    if (now.standing === 'active' && now.promised < spoken)
      fail('remembered', `${address} has promised ${printBallot(now.promised)} and had spoken of ${printBallot(spoken)}`); // prettier-ignore
  }

  private checkVote({ address, written }: WatchedAcceptor, { era, first, entries }: EntryBatch): void {
    if (era < written.promised)
      fail('promise', `${address} accepts slot ${first} in ballot ${printBallot(era)}, having promised ${printBallot(written.promised)}`); // prettier-ignore
    entries.forEach((entry, i) => {
      if (this.ballots.proposal(first + i, era) !== printOf(entry))
        fail('proposed', `${address} accepts in slot ${first + i} what ballot ${printBallot(era)} did not propose there`); // prettier-ignore
    });
  }

  /** Its disk must know of the promise. */
  private spoke(acceptor: WatchedAcceptor, ballot: number): void {
    const { address, durable } = acceptor;
    if (durable.promised < ballot)
      fail('durable', `${address} promises ballot ${printBallot(ballot)}; on its disk is ${printBallot(durable.promised)}`); // prettier-ignore
    acceptor.spoken = Math.max(acceptor.spoken, ballot);
  }

  /** Votes for the slots of the answered message are on its disk; what is trimmed is chosen. */
  private checkAccepted({ address, durable, now }: WatchedAcceptor, { ballot, disk, first, last }: Accepted): void {
    if (last === 0) return;
    if (disk !== durable.disk) fail('durable', `${address} votes as disk ${disk}; on its disk is ${durable.disk}`);
    const key = keyOf(address, disk);
    for (let slot = first; slot <= last; slot++)
      if (slot > now.trimmedThrough && !this.slots.hasVoted(key, slot, ballot))
        fail('durable', `${address} says it accepted slot ${slot} in ballot ${printBallot(ballot)}; its disk has no such vote`); // prettier-ignore
  }
}

/** Every slot's vote from the asked one on, or that it is trimmed. A vote of the asker's own ballot it need not be told. */
function checkReport({ address, written, now }: WatchedAcceptor, message: Promised): void {
  const { ballot, from, through, last, trimmedThrough, batches } = message;
  const told = new Map<Slot, { readonly ballot: number; readonly print: number }>();
  for (const batch of batches)
    batch.entries.forEach((entry, i) => told.set(batch.first + i, { ballot: batch.era, print: printOf(entry) }));
  for (const [slot, vote] of written.votes) {
    if (slot < from || slot <= trimmedThrough || vote.ballot === ballot) continue;
    if (slot > through) {
      if (slot > last) fail('report', `${address} tells of slots through ${last} and has accepted slot ${slot}`);
      continue;
    }
    const reported = told.get(slot);
    if (reported?.ballot !== vote.ballot || reported.print !== vote.print)
      fail('report', `${address} promises ballot ${printBallot(ballot)} and does not tell what it accepted in slot ${slot} in ballot ${printBallot(vote.ballot)}`); // prettier-ignore
  }
  if (trimmedThrough > Math.max(now.trimmedThrough, written.trimmedThrough))
    fail('report', `${address} says that slots through ${trimmedThrough} are trimmed; they are through ${now.trimmedThrough}`); // prettier-ignore
}
