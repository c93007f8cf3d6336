import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { VoteSet } from '@synod/quorum';
import { adoptTerm, persistHardState } from './durability.js';
import type { ElectionReason, FollowerReason } from './events.js';
import type { Term } from './log.js';
import type { RequestVote, RequestVoteReply, VotePhase } from './messages.js';
import { becomeLeader, releaseClients } from './leadership.js';
import type { Raft } from './state.js';

/** Raft §5.1: a server that learns of a newer term, of a leader, or that it lost, is a follower. The caller persists the term. */
export function becomeFollower(raft: Raft, leader: Address | undefined, why: FollowerReason): void {
  const was = raft.role;
  raft.role = { kind: 'follower', why };
  raft.leader = leader;
  if (was.kind === 'leader') {
    raft.out.stopTimer('heartbeat');
    raft.out.stopTimer('handOver');
    releaseClients(raft, was);
  }
  raft.out.observe({ kind: 'becameFollower', term: raft.currentTerm, leader, why });
  startElectionTimer(raft);
  if (raft.stopping) raft.out.stop();
}

/** Figure 2, Rules for All Servers: "if RPC request or response contains term T > currentTerm". Says whether it did. */
export function followNewerTerm(raft: Raft, term: Term): boolean {
  if (term <= raft.currentTerm) return false;
  adoptTerm(raft, term);
  becomeFollower(raft, undefined, 'newerTerm');
  persistHardState(raft);
  return true;
}

export function startElectionTimer(raft: Raft): void {
  raft.out.startTimer('election', raft.configuration.electionTimeout);
}

/**
 * Raft §5.2: no leader heard for an election timeout. The timer is not started anew by every heartbeat; instead, when it
 * fires early, it waits for what is left.
 *
 * @paper Raft §5.2; pre-vote: thesis §9.6
 */
export function onElectionTimeout(raft: Raft): void {
  const { minMs, maxMs } = raft.configuration.electionTimeout;
  const silence = raft.now - raft.heardLeaderAt;
  if (silence < minMs) {
    raft.out.startTimer('election', { minMs: minMs - silence, maxMs: maxMs - silence });
    return;
  }
  startElectionTimer(raft);
  if (raft.standing !== 'active' || raft.installing || raft.stopping || raft.role.kind === 'leader') return;
  becomePreCandidate(raft, whyNobodyLeads(raft));
}

function whyNobodyLeads({ leader, role }: Raft): ElectionReason {
  if (leader !== undefined) return 'leaderSilent';
  if (role.kind !== 'follower') return 'undecided';
  const { why } = role;
  return why === 'heardLeader' || why === 'steppedAside' ? 'undecided' : why;
}

/** Asks whether an election could be won, without raising a term that would unseat a leader others still hear. */
function becomePreCandidate(raft: Raft, why: ElectionReason): void {
  raft.leader = undefined;
  const votes = new VoteSet(raft.configuration.members);
  raft.role = { kind: 'preCandidate', votes, why };
  raft.out.observe({ kind: 'becamePreCandidate', term: raft.currentTerm, why });
  votes.record(raft.self, true);
  if (votes.outcome() === 'won') return becomeCandidate(raft, why);
  raft.out.send(raft.configuration.everyone, requestVote(raft, 'preVote', raft.currentTerm + 1, false), none);
}

/** Raft §5.2: "increments its current term and transitions to candidate state … votes for itself". */
export function becomeCandidate(raft: Raft, why: ElectionReason, term: Term = raft.currentTerm + 1): void {
  adoptTerm(raft, term);
  raft.votedFor = raft.self;
  raft.leader = undefined;
  const ownVote = persistHardState(raft);
  raft.role = { kind: 'candidate', votes: new VoteSet(raft.configuration.members), ownVote };
  raft.out.observe({ kind: 'becameCandidate', term, why });
  startElectionTimer(raft);
  // The leader itself wants this election.
  const handover = why === 'handover' || why === 'rejoin';
  if (raft.others.length > 0) raft.out.send(raft.configuration.everyone, requestVote(raft, 'vote', term, handover));
}

function requestVote(raft: Raft, phase: VotePhase, term: Term, handover: boolean): RequestVote {
  const { lastIndex, lastTerm } = raft.log;
  return { kind: 'requestVote', phase, term, lastIndex, lastTerm, handover };
}

/**
 * Grants at most one vote per term, first come first served, to a candidate whose log is at least as up-to-date. A server
 * that hears a leader disregards candidates, so that one who cannot hear it does not unseat it; unless the leader itself
 * asked for the election.
 *
 * @paper Raft §5.2, §5.4.1, §6 (last paragraph); thesis §4.2.3, §9.6; Figure 2, RequestVote RPC
 */
export function onRequestVote(raft: Raft, from: Address, message: RequestVote): void {
  const sticky = hearsLeader(raft) && !message.handover;
  const votes = raft.standing === 'active' && !sticky;
  const asked = { phase: message.phase, candidate: from } as const;
  if (message.phase === 'preVote') {
    const granted = votes && message.term > raft.currentTerm && isUpToDate(raft, message);
    raft.out.observe({ kind: 'voted', ...asked, term: message.term, granted });
    return replyToVote(raft, from, 'preVote', granted ? message.term : raft.currentTerm, granted);
  }
  // 1. Reply false if term < currentTerm.
  if (!votes || message.term < raft.currentTerm) return replyToVote(raft, from, 'vote', raft.currentTerm, false);
  const newer = message.term > raft.currentTerm;
  if (newer) {
    adoptTerm(raft, message.term);
    becomeFollower(raft, undefined, 'newerTerm');
  }
  // 2. votedFor is null or candidateId, and the candidate's log is at least as up-to-date: grant.
  const granted = (raft.votedFor === undefined || raft.votedFor === from) && isUpToDate(raft, message);
  const news = granted && raft.votedFor === undefined;
  if (granted) raft.votedFor = from;
  if (newer || news) persistHardState(raft);
  if (news) startElectionTimer(raft);
  raft.out.observe({ kind: 'voted', ...asked, term: message.term, granted });
  replyToVote(raft, from, 'vote', raft.currentTerm, granted);
}

function replyToVote(raft: Raft, to: Address, phase: VotePhase, term: Term, granted: boolean): void {
  raft.out.send(to, { kind: 'requestVoteReply', phase, term, granted });
}

/** Raft §5.4.1: later term in the last entry, or the same and at least as long. */
function isUpToDate(raft: Raft, { lastTerm, lastIndex }: RequestVote): boolean {
  return lastTerm > raft.log.lastTerm || (lastTerm === raft.log.lastTerm && lastIndex >= raft.log.lastIndex);
}

/** A leader was heard within the minimum election timeout; a leader hears itself as long as check-quorum holds. */
function hearsLeader(raft: Raft): boolean {
  if (raft.role.kind === 'leader') return true;
  return raft.leader !== undefined && raft.now - raft.heardLeaderAt < raft.configuration.electionTimeout.minMs;
}

/**
 * Votes count as a set of voters, for the very phase and term that is under way.
 *
 * @paper Raft §5.2; thesis §9.6
 */
export function onRequestVoteReply(raft: Raft, from: Address, message: RequestVoteReply): void {
  const { phase, term, granted } = message;
  if (!granted && followNewerTerm(raft, term)) return;
  const role = raft.role;
  if (phase === 'preVote' && role.kind === 'preCandidate' && (!granted || term === raft.currentTerm + 1)) {
    role.votes.record(from, granted);
  } else if (phase === 'vote' && role.kind === 'candidate' && term === raft.currentTerm) {
    role.votes.record(from, granted);
  } else return;
  raft.out.observe({ kind: 'voteCounted', phase, term, voter: from, granted });
  concludeElection(raft, from);
}

/** Our own vote counts when our own disk has it. */
export function countOwnVote(raft: Raft): void {
  const role = raft.role;
  if (role.kind !== 'candidate' || raft.durableToken < role.ownVote || role.votes.granted.includes(raft.self)) return;
  role.votes.record(raft.self, true);
  raft.out.observe({ kind: 'voteCounted', phase: 'vote', term: raft.currentTerm, voter: raft.self, granted: true });
  concludeElection(raft, raft.self);
}

function concludeElection(raft: Raft, completedBy: Address): void {
  const role = raft.role;
  if (role.kind !== 'preCandidate' && role.kind !== 'candidate') return;
  const outcome = role.votes.outcome();
  if (outcome === 'lost') becomeFollower(raft, undefined, 'lostElection');
  else if (outcome === 'won' && role.kind === 'preCandidate') becomeCandidate(raft, role.why);
  // What a leader sends waits for no disk, so its term has to be there. Votes are asked for after that, so none comes earlier; but
  // that is a peer's word, and what two leaders in a term would cost is ours.
  else if (outcome === 'won' && role.kind === 'candidate' && raft.durableToken >= role.ownVote)
    becomeLeader(raft, completedBy);
}
