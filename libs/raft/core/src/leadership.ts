import { majority } from '@synod/quorum';
import type { Address } from '@synod/actor';
import { shouldYield } from './disk.js';
import { becomeFollower } from './election.js';
import { noteOwnCommit } from './freshness.js';
import { handOver } from './handover.js';
import { Progress } from './progress.js';
import { refuse } from './refusal.js';
import { probeOthers, propose, sendHeartbeat } from './replication.js';
import { resendChunks } from './snapshots.js';
import type { Leader, Raft } from './state.js';

/**
 * Raft §5.2, §5.3: nextIndex starts just after the leader's last entry. The no-op commits what earlier terms left (§5.4.2,
 * thesis §6.4); it is not subject to any limit, or a full leader could never commit.
 */
export function becomeLeader(raft: Raft, completedBy: Address): void {
  const firstOfTerm = raft.log.lastIndex + 1;
  const role: Leader = {
    kind: 'leader',
    firstOfTerm,
    followers: new Map(raft.others.map((address) => [address, new Progress(firstOfTerm, raft.now)])),
    gathered: [],
    gatheredBytes: 0,
    waiting: new Map(),
    asked: new Map(),
    uncommitted: [],
    uncommittedBytes: 0,
    reads: { round: 0, gathered: [], confirming: undefined, confirmed: [] },
    handOver: undefined,
  };
  raft.role = role;
  raft.leader = raft.self;
  raft.out.stopTimer('election');
  raft.out.observe({ kind: 'becameLeader', term: raft.currentTerm, completedBy });
  propose(raft, role, [], [{ kind: 'noOp' }]);
  startHeartbeatTimer(raft);
  if (raft.stopping) handOver(raft, role, 'stopping');
}

function startHeartbeatTimer(raft: Raft): void {
  const { heartbeatMs } = raft.configuration;
  raft.out.startTimer('heartbeat', { minMs: heartbeatMs, maxMs: heartbeatMs });
}

/**
 * The leader's beat: keeps followers from elections, re-drives everything that may have been lost, gives up leadership
 * when no majority answers, and stays silent when its own disk does not keep up with the others', so that another may lead.
 *
 * @paper Raft §5.2; check-quorum: thesis §6.2
 */
export function onHeartbeatTimeout(raft: Raft): void {
  const role = raft.role;
  if (role.kind !== 'leader') return;
  startHeartbeatTimer(raft);
  if (!hearsQuorum(raft, role)) return becomeFollower(raft, undefined, 'lostQuorum');
  if (shouldYield(raft, role)) return handOver(raft, role, 'stalledDisk');
  noteOwnCommit(raft, role);
  sendHeartbeat(raft, role);
  probeOthers(raft, role);
  resendChunks(raft, role);
}

function hearsQuorum(raft: Raft, role: Leader): boolean {
  const since = raft.now - raft.configuration.electionTimeout.maxMs;
  let heard = 1;
  for (const progress of role.followers.values()) if (progress.voting && progress.heardAt >= since) heard++;
  return heard >= majority(raft.configuration.members.length);
}

/**
 * Leadership is over: whoever waits is told at once to ask the next leader. What was proposed may still be committed, and
 * its client is told just that: it repeats the same bytes, its session tells them apart, and the outcome stays open until
 * there is an answer.
 */
export function releaseClients(raft: Raft, role: Leader): void {
  for (const { from, request } of role.waiting.values()) refuse(raft, from, request, 'steppedDown');
  for (const { from, request } of role.gathered) refuse(raft, from, request, 'notLeader');
  const { gathered, confirming, confirmed } = role.reads;
  for (const { from, read } of [
    ...confirmed.flatMap((group) => group.reads),
    ...(confirming?.reads ?? []),
    ...gathered,
  ]) {
    refuse(raft, from, read, 'notLeader');
  }
}
