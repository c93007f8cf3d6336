import type { Address } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { Event, Message, Term } from '@synod/raft-core';
import { fail } from './claims.js';
import type { GroupView, Watched } from './group-view.js';

/** Who votes for whom, and who leads because of it. Votes are remembered over crashes and lost disks. */
export class Elections {
  private readonly votes = new Map<Address, Map<Term, Address>>();
  /** The last entry that each candidate named in its present request. */
  private readonly candidacies = new Map<Address, { readonly term: Term; readonly lastTerm: Term; readonly lastIndex: LogIndex }>(); // prettier-ignore

  constructor(private readonly group: GroupView) {
    for (const address of group.members.keys()) this.votes.set(address, new Map());
  }

  left(sender: Watched, to: readonly Address[], message: Message): void {
    if (message.kind === 'requestVote' && message.phase === 'vote') {
      this.candidacies.set(sender.address, message);
      this.voted(sender, sender.address, message.term);
    } else if (message.kind === 'requestVoteReply' && message.phase === 'vote' && message.granted) {
      this.voted(sender, to[0]!, message.term);
    }
  }

  observed(watched: Watched, event: Event): void {
    if (event.kind === 'becameFollower' || event.kind === 'becameCandidate') watched.leads = false;
    else if (event.kind === 'voted' && event.phase === 'vote' && event.granted) this.checkUpToDate(watched, event);
    else if (event.kind === 'becameLeader') this.lead(watched, event.term);
  }

  /** By Log Matching it is enough to look at the last committed entry. */
  checkComplete({ address, written }: Watched, term: Term, index: LogIndex): void {
    const entry = this.group.committed[index - 1]!;
    if (!written.holds(index, entry.term))
      fail('leaderCompleteness', `${address} leads term ${term} without entry ${index} of term ${entry.term}, committed in term ${entry.by}`); // prettier-ignore
  }

  private voted(voter: Watched, candidate: Address, term: Term): void {
    const { address, durable } = voter;
    const mine = this.votes.get(address)!;
    const before = mine.get(term);
    if (before !== undefined && before !== candidate)
      fail('oneVote', `${address} votes for ${before} and for ${candidate} in term ${term}`);
    mine.set(term, candidate);
    const disk = durable.hardState;
    if (disk === undefined || disk.term < term || (disk.term === term && disk.votedFor !== candidate))
      fail('durable', `${address} votes for ${candidate} in term ${term}; on its disk are term ${disk?.term} and ${disk?.votedFor}`); // prettier-ignore
    voter.spokenTerm = Math.max(voter.spokenTerm, term);
  }

  private checkUpToDate({ address, written }: Watched, { candidate, term }: Extract<Event, { kind: 'voted' }>): void {
    const candidacy = this.candidacies.get(candidate);
    if (candidacy === undefined || candidacy.term !== term) return;
    const { lastIndex } = written;
    const lastTerm = written.termAt(lastIndex) ?? 0;
    const older = candidacy.lastTerm < lastTerm || (candidacy.lastTerm === lastTerm && candidacy.lastIndex < lastIndex);
    if (older)
      fail('upToDate', `${address}, whose log ends with entry ${lastIndex} of term ${lastTerm}, votes for ${candidate}, whose log ends with ${candidacy.lastIndex} of term ${candidacy.lastTerm}`); // prettier-ignore
  }

  private lead(watched: Watched, term: Term): void {
    const { machine, address } = watched;
    const { leaders, committed } = this.group;
    watched.leads = true;
    const before = leaders.get(term);
    if (before !== undefined && (before.address !== address || before.life !== machine.lives))
      fail('electionSafety', `${before.address} and ${address} both lead term ${term}`);
    this.checkElected(address, term);
    leaders.set(term, { address, life: machine.lives });
    let index = committed.length;
    while (index > 0 && committed[index - 1]!.by >= term) index--;
    if (index > 0) this.checkComplete(watched, term, index);
  }

  private checkElected(leader: Address, term: Term): void {
    const voters = [...this.votes].filter(([, votes]) => votes.get(term) === leader).map(([voter]) => voter);
    if (!this.group.isMajority(voters.length))
      fail('elected', `${leader} leads term ${term} with the votes of ${voters.join(', ') || 'nobody'} only`);
  }
}
