import type { Address } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { Event, Term } from '@synod/raft-core';
import { fail } from './claims.js';
import type { Elections } from './elections.js';
import type { GroupView, Watched } from './group-view.js';
import type { EntryPrint, LogView } from './log-view.js';

/** What is committed, by whom, and on how many disks. The cost of a step is what it commits. */
export class Commitment {
  constructor(
    private readonly group: GroupView,
    private readonly elections: Elections,
  ) {}

  observed(watched: Watched, event: Event): void {
    if (event.kind === 'acknowledged') this.checkCounted(watched, event.by, event.index);
    else if (event.kind === 'committed') this.commit(watched, event.index, watched.leads, event.term);
  }

  stepped(watched: Watched): void {
    const { address, written, now } = watched;
    if (written.snapshotIndex > this.group.committed.length)
      fail('stateMachineSafety', `${address} holds a snapshot through ${written.snapshotIndex}; committed is ${this.group.committed.length}`); // prettier-ignore
    this.commit(watched, now.commitIndex, now.role === 'leader', now.term);
  }

  /** The leader counts an acknowledgement: the one who gave it holds the leader's entry on its disk. */
  private checkCounted({ address, written }: Watched, by: Address, index: LogIndex): void {
    const term = written.termAt(index);
    const { durable, lost } = this.group.members.get(by)!;
    if (term !== undefined && !holds(durable, index, term) && !holds(lost, index, term))
      fail('durable', `${address} counts entry ${index} of term ${term} for ${by}, whose disk does not have it`);
  }

  /** Everything through `index` is committed, as `watched` says; what it said before in this life is known. */
  private commit(watched: Watched, index: LogIndex, leads: boolean, term: Term): void {
    const { address, written } = watched;
    const from = Math.max(watched.committed, written.snapshotIndex) + 1;
    if (index < from) return;
    for (let at = from; at <= index; at++) this.commitEntry(watched, at, leads, term);
    watched.committed = index;
    const top = written.termAt(index);
    if (leads && top !== term)
      fail('currentTerm', `${address} leads term ${term} and commits through entry ${index} of term ${top}`);
  }

  private commitEntry({ address, written, machine }: Watched, index: LogIndex, leads: boolean, term: Term): void {
    const { committed, members } = this.group;
    const entry = written.at(index);
    if (entry === undefined) return fail('order', `${address} commits entry ${index}, which it does not have`);
    const before = committed[index - 1];
    if (before !== undefined) {
      if (before.term !== entry.term || before.print !== entry.print)
        fail('stateMachineSafety', `${address} commits entry ${index} of term ${entry.term}; committed there is another, of term ${before.term}`); // prettier-ignore
      return;
    }
    if (!leads) fail('quorum', `${address} commits entry ${index}, which no leader has committed`);
    this.checkOnQuorum(index, entry);
    committed.push({ ...entry, by: term, at: machine.world.timeline.now });
    for (const other of members.values())
      if (other.now.role === 'leader' && other.now.term > term)
        this.elections.checkComplete(other, other.now.term, index);
  }

  private checkOnQuorum(index: LogIndex, { term }: EntryPrint): void {
    let copies = 0;
    for (const { durable, lost } of this.group.members.values())
      if (holds(durable, index, term) || holds(lost, index, term)) copies++;
    if (!this.group.isMajority(copies))
      fail('quorum', `entry ${index} of term ${term} is committed with ${copies} durable copies among ${this.group.members.size} members`); // prettier-ignore
  }
}

function holds(view: LogView | undefined, index: LogIndex, term: number): boolean {
  return view !== undefined && view.lastIndex >= index && view.holds(index, term);
}
