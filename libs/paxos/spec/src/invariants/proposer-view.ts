import type { ProposerState, Record, Slot } from '@synod/paxos-core';
import { printOf } from './prints.js';

/** A proposer as a sequence of records makes it; kept apart from the core's own bookkeeping on purpose. */
export class ProposerView {
  state: ProposerState | undefined;
  round = 0;
  snapshotSlot: Slot = 0;
  /** The values that the journal has of what was chosen. */
  readonly chosen = new Map<Slot, number>();
  private last: Slot = 0;

  static of(records: Iterable<Record>): ProposerView {
    const view = new ProposerView();
    for (const record of records) view.add(record);
    return view;
  }

  /** How far this disk has what was chosen. */
  get through(): Slot {
    return Math.max(this.last, this.snapshotSlot);
  }

  add(record: Record): void {
    switch (record.kind) {
      case 'proposerState':
        return this.become(record);
      case 'proposerMark':
        this.become(record.state);
        this.snapshotSlot = Math.max(this.snapshotSlot, record.snapshot.index);
        return;
      case 'chosenValues':
        record.batch.entries.forEach((entry, i) => this.chosen.set(record.batch.first + i, printOf(entry)));
        this.last = Math.max(this.last, record.batch.last);
    }
  }

  private become(state: ProposerState): void {
    this.state = state;
    this.round = Math.max(this.round, state.round);
  }
}
