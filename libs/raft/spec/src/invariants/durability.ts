import type { AppendEntriesReply, Message, Term } from '@synod/raft-core';
import { fail } from './claims.js';
import type { GroupView, Watched } from './group-view.js';

/** Nothing leaves before what it promises is on the sender's disk. Votes are checked where they are counted. */
export class Durability {
  constructor(private readonly group: GroupView) {}

  left(sender: Watched, message: Message): void {
    switch (message.kind) {
      case 'appendEntries':
      case 'installSnapshot':
      case 'timeoutNow':
      case 'rejoin':
        return checkTerm(sender, message.kind === 'rejoin' ? message.floor : message.term);
      case 'appendEntriesReply':
        return this.checkAppendReply(sender, message);
      case 'installSnapshotReply':
        checkTerm(sender, message.term);
        if (message.state === 'installed' && sender.durable.lastIndex < message.snapshot.index)
          fail('durable', `${sender.address} says that snapshot ${message.snapshot.index} is installed; its disk ends at ${sender.durable.lastIndex}`); // prettier-ignore
        return;
      case 'form':
      case 'formed':
        if (sender.durable.hardState?.clusterId !== message.clusterId)
          fail('durable', `${sender.address} says that it recorded cluster ${message.clusterId}; on its disk is ${sender.durable.hardState?.clusterId}`); // prettier-ignore
        return;
      case 'reply':
        if (message.answer.kind === 'results' && message.answer.index > this.group.committed.length)
          fail('answered', `${sender.address} answers from entry ${message.answer.index}; committed is ${this.group.committed.length}`); // prettier-ignore
    }
  }

  private checkAppendReply(sender: Watched, { term, outcome }: AppendEntriesReply): void {
    checkTerm(sender, term);
    if (outcome.kind !== 'matched') return;
    const { address, durable } = sender;
    const { index } = outcome;
    if (durable.lastIndex < index)
      fail('durable', `${address} acknowledges entry ${index}; its disk ends at ${durable.lastIndex}`);
    const leading = this.group.leaders.get(term);
    const leader = leading === undefined ? undefined : this.group.members.get(leading.address);
    if (leader === undefined || leader.now.role !== 'leader' || leader.now.term !== term) return;
    const theirs = leader.written.at(index)?.term;
    const ours = durable.at(index)?.term;
    if (theirs !== undefined && ours !== undefined && theirs !== ours)
      fail('truthful', `${address} acknowledges entry ${index} of term ${ours}; the leader of term ${term} has term ${theirs} there`); // prettier-ignore
  }
}

function checkTerm(sender: Watched, term: Term): void {
  const onDisk = sender.durable.hardState?.term ?? 0;
  if (onDisk < term) fail('durable', `${sender.address} speaks in term ${term}; on its disk is term ${onDisk}`);
  if (term > sender.spokenTerm) sender.spokenTerm = term;
}
