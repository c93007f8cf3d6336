import type { Address } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { Accept, Slot } from '../messages.js';
import { applyChosen } from './execution.js';
import { catchUp, noteReached } from './catch-up.js';
import { hearWord } from './freshness.js';
import { noteChange } from './reconfiguration.js';
import { becomeFollower, startElectionTimer } from './standing.js';
import type { Proposer } from './state.js';
import { tellProgress } from './trimming.js';

/**
 * Phase 2a, as the other proposers hear it: a sign of the leader's life, the values it proposes, and how far they are chosen.
 *
 * @paper Paxos Made Simple §2.3 (learners; the distinguished one informs the others), §3
 */
export function onAccept(proposer: Proposer, from: Address, message: Accept): void {
  const { ballot, chosenThrough, batches } = message;
  if (!proposer.mayUse(from, ballot)) return proposer.reject(from, 'ballotOfAnother');
  if (ballot < proposer.leaderBallot) return;
  if (!followLeader(proposer, from, ballot)) return;
  learnHeard(proposer, from, ballot, chosenThrough); // first, so that there is room for as much as the leader's window holds
  for (const batch of batches) {
    if (batch.era === ballot && batch.last > proposer.chosen.through) proposer.heard.put(ballot, batch);
  }
  proposer.knownThrough = Math.max(proposer.knownThrough, chosenThrough);
  learnHeard(proposer, from, ballot, chosenThrough);
  hearWord(proposer, from, message);
  if (proposer.chosen.through < chosenThrough && !proposer.learning) catchUp(proposer);
  tellProgress(proposer, from);
}

/** A leader of this ballot: we follow it, unless we have raised the ballot ourselves; it will hear of that from the acceptors. */
function followLeader(proposer: Proposer, from: Address, ballot: number): boolean {
  const { role } = proposer;
  if ((role.kind === 'preparing' || role.kind === 'leader') && role.ballot > ballot) return false;
  const news = proposer.leader !== from || ballot > proposer.leaderBallot;
  proposer.leaderBallot = ballot;
  proposer.highest = Math.max(proposer.highest, ballot);
  proposer.failures = proposer.refusals = 0;
  if (role.kind === 'canvassing') becomeFollower(proposer, from, 'heardLeader');
  else if (role.kind !== 'follower') becomeFollower(proposer, from, 'preempted', { proposer: from, ballot });
  else if (news) {
    proposer.leader = from;
    proposer.out.observe({ kind: 'becameFollower', ballot, leader: from, why: 'heardLeader' });
    startElectionTimer(proposer);
  }
  proposer.heardLeaderAt = proposer.now;
  return true;
}

/** What this ballot's leader proposed in slots that it says are chosen is what was chosen there. */
function learnHeard(proposer: Proposer, from: Address, ballot: number, chosenThrough: Slot): void {
  for (;;) {
    const batch = proposer.heard.take(ballot, proposer.chosen.through + 1, chosenThrough);
    if (batch === undefined) return;
    learn(proposer, batch, from);
  }
}

/** The next slots are known to be chosen. */
export function learn(proposer: Proposer, batch: EntryBatch, from: Address): void {
  const { chosen } = proposer;
  chosen.append(batch);
  const { first, last } = batch;
  proposer.knownThrough = Math.max(proposer.knownThrough, last);
  proposer.out.observe({ kind: 'learned', first, last, from });
  for (let slot = first; slot <= last; slot++) {
    const entry = batch.entries[slot - first]!;
    if (entry.kind === 'configuration') noteChange(proposer, slot, entry.bytes);
  }
  if (chosen.wantsWriting) writeChosen(proposer);
  else startLearnTimer(proposer);
  noteReached(proposer);
  applyChosen(proposer);
}

export function startLearnTimer(proposer: Proposer): void {
  if (proposer.learnTimerRuns) return;
  proposer.learnTimerRuns = true;
  const { heartbeatMs } = proposer.configuration;
  proposer.out.startTimer('learn', { minMs: heartbeatMs, maxMs: heartbeatMs });
}

/**
 * Behind the others: what is chosen is on a quorum of acceptors already, so nobody waits for our disk. It spares acceptors and
 * those that are behind, once enough proposers have it.
 */
export function writeChosen(proposer: Proposer): void {
  for (const batch of proposer.chosen.takeUnwritten()) {
    proposer.chosen.wrote(proposer.out.persist({ kind: 'chosenValues', batch }), batch.last);
  }
}
