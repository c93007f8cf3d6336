import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { TakeOver } from '../messages.js';
import { releaseWaiting } from './clients.js';
import { prepare } from './phase1.js';
import { releaseRegisters } from './registers.js';
import { askForFounding, becomeFollower } from './standing.js';
import type { Leader, Proposer } from './state.js';

/** The process is to stop: another proposer takes over first, so that clients wait for no election timeout. */
export function onStopping(proposer: Proposer): void {
  proposer.stopping = true;
  if (proposer.role.kind === 'leader') handOver(proposer, proposer.role);
  else leave(proposer);
}

/** Whoever still waits for us is told before we go. */
export function leave(proposer: Proposer): void {
  releaseWaiting(proposer, proposer.now);
  releaseRegisters(proposer);
  proposer.out.stop();
}

export function handOver(proposer: Proposer, role: Leader): void {
  if (role.handOver) return;
  const to = mostAdvanced(proposer, role);
  if (to === undefined) return becomeFollower(proposer, undefined, 'handedOver');
  role.handOver = { to };
  const { maxMs } = proposer.configuration.electionTimeout;
  proposer.out.startTimer('handOver', { minMs: maxMs, maxMs });
  proposer.out.observe({ kind: 'handingOver', ballot: role.ballot, to });
  proposer.out.send(to, { kind: 'takeOver', ballot: role.ballot, clusterId: proposer.clusterId }, none);
}

function mostAdvanced(proposer: Proposer, { progress }: Leader): Address | undefined {
  const since = proposer.now - proposer.configuration.electionTimeout.maxMs;
  let best: Address | undefined;
  let bestThrough = -1;
  for (const [address, { durableThrough, at }] of progress) {
    if (at < since || durableThrough <= bestThrough) continue;
    best = address;
    bestThrough = durableThrough;
  }
  return best;
}

/** It did not take over in time. */
export function onHandOverTimeout(proposer: Proposer): void {
  if (proposer.role.kind === 'leader') becomeFollower(proposer, undefined, 'handedOver');
}

/**
 * The leader goes and names us: phase 1 at once.
 *
 * @paper departure: the elected leader of Paxos Made Simple §3 is not said to resign
 */
export function onTakeOver(proposer: Proposer, from: Address, { ballot }: TakeOver): void {
  if (from !== proposer.leader || ballot !== proposer.leaderBallot) return proposer.reject(from, 'notOurLeader');
  proposer.takesOverFrom = ballot;
  askForFounding(proposer);
  takeOver(proposer);
}

/** Unless something has changed since we were asked; when we do not know our rounds, as soon as acceptors have told theirs. */
export function takeOver(proposer: Proposer): void {
  const { role, sets, stopping, installing, leaderBallot } = proposer;
  if (proposer.takesOverFrom !== leaderBallot || role.kind !== 'follower') return;
  if (sets === undefined || stopping || installing || !proposer.remembers) return;
  proposer.takesOverFrom = undefined;
  prepare(proposer, 'handover');
}
