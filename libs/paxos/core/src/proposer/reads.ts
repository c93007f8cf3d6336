import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { isAmong } from '../acceptor-set.js';
import type { Read } from '../messages.js';
import { refuse } from './clients.js';
import { currentAt } from './freshness.js';
import { isSettled, sendHeartbeat } from './leadership.js';
import type { Leader, Proposer } from './state.js';

/**
 * Reads without the log. The leader notes how far is chosen, has a phase-2 quorum confirm that it has promised nothing higher,
 * and answers when the state machine has got that far. A newer leader could have had the next slot chosen only after a phase-1
 * quorum of that slot's acceptors had promised it; every phase-2 quorum of them has a member in it. One round confirms all reads
 * that wait.
 *
 * @paper Paxos Made Live §5.2 (reads and leadership); Flexible Paxos (quorums that meet); the round: as Raft's thesis §6.4
 */
export function onRead(proposer: Proposer, from: Address, read: Read): void {
  if (read.level === 'discover') return describe(proposer, from, read);
  if (proposer.installing || proposer.sets === undefined) return refuse(proposer, from, read, 'unavailable');
  if (read.level === 'stale') return readStale(proposer, from, read);
  const { role } = proposer;
  if (role.kind !== 'leader') return refuse(proposer, from, read, 'notLeader');
  if (role.reads.gathered.length >= proposer.configuration.limits.waitingReads)
    return refuse(proposer, from, read, 'overloaded');
  if (role.reads.gathered.length === 0) proposer.out.startTimer('batch', { minMs: 0, maxMs: 0 });
  role.reads.gathered.push({ from, read });
}

/**
 * Not before everything is known to be chosen that an earlier leader may have had chosen. One round at a time; what comes
 * meanwhile waits for the next.
 */
export function beginReadRound(proposer: Proposer, role: Leader): void {
  const { reads } = role;
  if (reads.gathered.length === 0 || reads.confirming || !isSettled(proposer, role)) return;
  if (reads.confirmed.length > 0) return; // else they would pile up, without a bound, while the state machine is behind
  reads.round++;
  const readSlot = proposer.chosen.through;
  const { round, gathered } = reads;
  reads.confirming = { round, readSlot, set: proposer.sets!.at(readSlot + 1), reads: gathered };
  reads.gathered = [];
  proposer.out.observe({ kind: 'readRoundBegan', ballot: role.ballot, round, reads: gathered.length });
  sendHeartbeat(proposer, role);
}

/** A phase-2 quorum has echoed this very round, so no phase-1 quorum had promised a higher ballot when it began. */
export function confirmRound(proposer: Proposer, role: Leader, completedBy: Address): void {
  const { confirming } = role.reads;
  if (!confirming) return;
  let echoes = 0;
  for (const [address, { disk, round }] of role.heard) {
    if (round >= confirming.round && isAmong(confirming.set, address, disk)) echoes++;
  }
  if (echoes < confirming.set.phase2) return;
  const { round } = confirming;
  role.reads.confirming = undefined;
  role.reads.confirmed.push(confirming);
  proposer.out.observe({ kind: 'readRoundConfirmed', ballot: role.ballot, round, completedBy });
  answerReads(proposer, role);
}

export function answerReads(proposer: Proposer, role: Leader): void {
  const { confirmed } = role.reads;
  while (confirmed.length > 0 && confirmed[0]!.readSlot <= proposer.lastApplied) {
    for (const { from, read } of confirmed.shift()!.reads) answer(proposer, from, read, 0);
  }
  beginReadRound(proposer, role);
}

/** Whatever this proposer has, unless the caller set a bound and that was, for longer, not all that was known to be chosen. */
function readStale(proposer: Proposer, from: Address, read: Read): void {
  const ageMs = Math.ceil(proposer.now - currentAt(proposer));
  if (!Number.isFinite(ageMs) || (read.maxAgeMs > 0 && ageMs > read.maxAgeMs))
    return refuse(proposer, from, read, 'noQuorum');
  answer(proposer, from, read, ageMs);
}

function answer(proposer: Proposer, to: Address, { client, sequence, queries }: Read, ageMs: number): void {
  const results = proposer.service.query(to, queries);
  const { lastApplied: index, leaderBallot: ballot } = proposer;
  const reply = { kind: 'results', results, index, ballot, ageMs } as const;
  proposer.out.send(to, { kind: 'reply', client, session: 0, sequence, answer: reply }, none);
}

/** Who is here, and who leads: what a client asks first. */
function describe(proposer: Proposer, to: Address, { client, sequence }: Read): void {
  const { leader, role, configuration, leaderBallot } = proposer;
  const answer = {
    kind: 'discovery',
    replica: proposer.self,
    role: role.kind,
    leader,
    ballot: leaderBallot,
    members: configuration.proposers,
  } as const;
  proposer.out.send(to, { kind: 'reply', client, session: 0, sequence, answer }, none);
}
