import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { majority } from '@synod/quorum';
import { currentAt } from './freshness.js';
import type { Read } from './messages.js';
import { refuse } from './refusal.js';
import { sendHeartbeat } from './replication.js';
import type { Leader, Raft } from './state.js';

/**
 * Reads without the log: the leader notes its commitIndex, confirms by a round of heartbeats that it still leads, and
 * answers when the state machine has got that far. One round confirms all reads that wait.
 *
 * @paper Raft §8 (last paragraph); thesis §6.4
 */
export function onRead(raft: Raft, from: Address, read: Read): void {
  if (read.level === 'discover') return describe(raft, from, read);
  if (raft.standing !== 'active' || raft.installing) return refuse(raft, from, read, 'unavailable');
  if (read.level === 'stale') return readStale(raft, from, read);
  const role = raft.role;
  if (role.kind !== 'leader') return refuse(raft, from, read, 'notLeader');
  if (role.reads.gathered.length >= raft.configuration.limits.waitingReads)
    return refuse(raft, from, read, 'overloaded');
  if (role.reads.gathered.length === 0) raft.out.startTimer('batch', { minMs: 0, maxMs: 0 });
  role.reads.gathered.push({ from, read });
}

/**
 * Thesis §6.4: 1. wait until an entry of this term is committed; 2. readIndex = commitIndex; 3. a round of heartbeats.
 * One round at a time; what comes meanwhile waits for the next.
 */
export function beginReadRound(raft: Raft, role: Leader): void {
  const { reads } = role;
  if (reads.gathered.length === 0 || reads.confirming || raft.commitIndex < role.firstOfTerm) return;
  if (reads.confirmed.length > 0) return; // else they would pile up, without a bound, while the state machine is behind
  reads.round++;
  reads.confirming = { round: reads.round, readIndex: raft.commitIndex, reads: reads.gathered };
  reads.gathered = [];
  const { round, reads: waiting } = reads.confirming;
  raft.out.observe({ kind: 'readRoundBegan', term: raft.currentTerm, round, reads: waiting.length });
  sendHeartbeat(raft, role);
  confirmRound(raft, role, raft.self);
}

/** A majority has echoed this very round, so no newer leader existed when it began. */
export function confirmRound(raft: Raft, role: Leader, completedBy: Address): void {
  const { confirming } = role.reads;
  if (!confirming) return;
  let echoes = 1;
  for (const progress of role.followers.values()) if (progress.voting && progress.round >= confirming.round) echoes++;
  if (echoes < majority(raft.configuration.members.length)) return;
  role.reads.confirming = undefined;
  role.reads.confirmed.push(confirming);
  raft.out.observe({ kind: 'readRoundConfirmed', term: raft.currentTerm, round: confirming.round, completedBy });
  answerReads(raft, role);
}

/** 4. Wait until lastApplied ≥ readIndex; 5. query the state machine and reply. */
export function answerReads(raft: Raft, role: Leader): void {
  const { confirmed } = role.reads;
  while (confirmed.length > 0 && confirmed[0]!.readIndex <= raft.lastApplied) {
    for (const { from, read } of confirmed.shift()!.reads) answer(raft, from, read, 0);
  }
  beginReadRound(raft, role);
}

/** Whatever this replica has, unless the caller set a bound and that was, for longer, not all that a leader's word told of. */
function readStale(raft: Raft, from: Address, read: Read): void {
  const ageMs = Math.ceil(raft.now - currentAt(raft));
  if (!Number.isFinite(ageMs) || (read.maxAgeMs > 0 && ageMs > read.maxAgeMs))
    return refuse(raft, from, read, 'noQuorum');
  answer(raft, from, read, ageMs);
}

function answer(raft: Raft, to: Address, { client, sequence, queries }: Read, ageMs: number): void {
  const results = raft.service.query(to, queries);
  const answer = { kind: 'results', results, index: raft.lastApplied, term: raft.currentTerm, ageMs } as const;
  raft.out.send(to, { kind: 'reply', client, session: 0, sequence, answer }, none);
}

/** Who is here, and who leads: what a client asks first. */
function describe(raft: Raft, to: Address, { client, sequence }: Read): void {
  const { leader, role, configuration } = raft;
  const answer = {
    kind: 'discovery',
    replica: raft.self,
    role: role.kind,
    leader,
    term: raft.currentTerm,
    members: configuration.members,
  } as const;
  raft.out.send(to, { kind: 'reply', client, session: 0, sequence, answer }, none);
}
