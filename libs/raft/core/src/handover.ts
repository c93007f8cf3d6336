import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { closeBatch } from './clients.js';
import { becomeCandidate } from './election.js';
import type { TimeoutNow } from './messages.js';
import type { HandOver, Leader, Raft } from './state.js';

/**
 * Leadership transfer: stop taking requests, wait until the target holds the whole log on its disk, tell it to start an
 * election at once.
 *
 * @paper thesis §3.10
 */
export function handOver(raft: Raft, role: Leader, why: HandOver['why']): void {
  if (role.handOver) return;
  closeBatch(raft, role);
  const to = bestTarget(raft, role);
  if (to === undefined) return why === 'stopping' ? raft.out.stop() : undefined;
  role.handOver = { to, why, asked: false };
  raft.out.observe({ kind: 'handingOver', term: raft.currentTerm, to, why });
  const { maxMs } = raft.configuration.electionTimeout;
  raft.out.startTimer('handOver', { minMs: maxMs, maxMs });
  askAfterMatch(raft, role, to);
}

/** The voting follower that is furthest and was heard within an election timeout. */
function bestTarget(raft: Raft, role: Leader): Address | undefined {
  let best: Address | undefined;
  let match = -1;
  for (const [address, progress] of role.followers) {
    const heard = raft.now - progress.heardAt < raft.configuration.electionTimeout.minMs;
    if (!progress.voting || !heard || progress.state === 'snapshot' || progress.match <= match) continue;
    best = address;
    match = progress.match;
  }
  return best;
}

/** The target must have acknowledged, so flushed, the last entry; else it could not win. */
export function askAfterMatch(raft: Raft, role: Leader, from: Address): void {
  const { handOver } = role;
  if (!handOver || handOver.asked || handOver.to !== from || role.followers.get(from)!.match < raft.log.lastIndex)
    return;
  handOver.asked = true;
  raft.out.send(from, { kind: 'timeoutNow', term: raft.currentTerm }, none);
}

/** It did not take over within an election timeout: go on, or stop all the same. */
export function onHandOverTimeout(raft: Raft): void {
  const role = raft.role;
  if (role.kind !== 'leader' || !role.handOver) return;
  raft.out.observe({ kind: 'handOverFailed', term: raft.currentTerm, to: role.handOver.to });
  role.handOver = undefined;
  if (raft.stopping) raft.out.stop();
}

/**
 * The leader hands over to us: an election at once, without a pre-vote, which voters would refuse while the leader lives.
 *
 * @paper thesis §3.10
 */
export function onTimeoutNow(raft: Raft, from: Address, message: TimeoutNow): void {
  const fromLeader = message.term === raft.currentTerm && raft.leader === from && raft.role.kind === 'follower';
  if (!fromLeader || raft.standing !== 'active' || raft.installing || raft.stopping) return;
  becomeCandidate(raft, 'handover');
}

/** The process is asked to stop. */
export function onStopping(raft: Raft): void {
  raft.stopping = true;
  if (raft.role.kind === 'leader') handOver(raft, raft.role, 'stopping');
  else raft.out.stop();
}
