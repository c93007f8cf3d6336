import type { EntryBatch } from '@synod/log';
import type { AcceptorState, Ballot, Record, Slot } from '@synod/paxos-core';
import { printOf } from './prints.js';

/** What was accepted in one slot. */
export interface VotePrint {
  readonly ballot: Ballot;
  readonly print: number;
}

/** An acceptor as a sequence of records makes it; kept apart from the core's own bookkeeping on purpose. */
export class AcceptorView {
  state: AcceptorState | undefined;
  promised: Ballot = 0;
  trimmedThrough: Slot = 0;
  /** Of its registers: the last record tells. */
  registersEpoch = 0;
  readonly votes = new Map<Slot, VotePrint>();

  static of(records: Iterable<Record>): AcceptorView {
    const view = new AcceptorView();
    for (const record of records) view.add(record);
    return view;
  }

  get disk(): number {
    return this.state?.disk ?? 0;
  }

  add(record: Record): void {
    if (record.kind === 'vote') this.vote(record.batch);
    else if (record.kind === 'acceptorState') this.become(record);
    else if (record.kind === 'acceptorMark') this.become(record.state);
  }

  private become(state: AcceptorState): void {
    this.state = state;
    this.promised = Math.max(this.promised, state.promised);
    this.trimmedThrough = Math.max(this.trimmedThrough, state.trimmedThrough);
    this.registersEpoch = state.registersEpoch;
  }

  private vote({ era: ballot, first, entries }: EntryBatch): void {
    this.promised = Math.max(this.promised, ballot);
    entries.forEach((entry, i) => this.votes.set(first + i, { ballot, print: printOf(entry) }));
  }
}
