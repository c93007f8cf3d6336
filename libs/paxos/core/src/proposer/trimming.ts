import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Progress, Slot } from '../messages.js';
import { hearClock } from './freshness.js';
import { isSilent } from './state.js';
import type { Leader, Proposer } from './state.js';

/** LIMIT: proposers' disks that hold what acceptors forget, if there are so many, though no acceptor may fail where all must accept. */
const leastCopies = 2;

/**
 * What f + 1 proposers have on disk the acceptors need not keep: any f of those may fail, and one is left to tell the others. f
 * is how many acceptors may fail without stopping phase 2. When acceptors hold too much because proposers are silent, those are
 * not waited for: a dead proposer must not fill the acceptors' disks. It gets a snapshot when it is back. Those that live are waited
 * for all the same: only who is silent counts as one of the f that fail, until it has what was trimmed without it. And what it has on
 * disk is no copy then: it may never come back, so as many copies as are wanted, or as live, must be those of proposers that live.
 */
export function decideTrim(proposer: Proposer, role: Leader): void {
  const { heldBytes } = proposer.configuration.limits;
  const wanted = copiesWanted(proposer);
  const told = [...role.progress.values()];
  role.trimThrough = Math.max(role.trimThrough, heldBy(proposer, told, wanted));
  // Of one that is gone nobody knows what it holds, and its disk fills no more.
  const holdsTooMuch = [...role.heard.values()].some((one) => one.heldBytes > heldBytes && !isSilent(proposer, one));
  if (!holdsTooMuch) return;
  const living = told.filter((one) => !isSilent(proposer, one));
  role.trimThrough = Math.max(role.trimThrough, heldBy(proposer, living, Math.min(wanted, living.length + 1)));
}

/** The slots through which so many of these and we have everything on disk. */
function heldBy({ chosen }: Proposer, told: readonly { readonly durableThrough: Slot }[], copies: number): Slot {
  const durable = [chosen.durableThrough, ...told.map(({ durableThrough }) => durableThrough)];
  return durable.sort((a, b) => b - a)[copies - 1] ?? 0;
}

/** f + 1, two at least, if there are so many proposers. */
export function copiesWanted({ sets, chosen, configuration }: Proposer): number {
  const { acceptors, phase2 } = sets!.at(chosen.through + 1);
  return Math.min(Math.max(acceptors.length - phase2 + 1, leastCopies), configuration.proposers.length);
}

/** Proposers that have not told that their disks have what was chosen through this slot. */
export function whoLacks({ self, chosen, others }: Proposer, { progress }: Leader, through: Slot): readonly Address[] {
  const lacking = others.filter((address) => (progress.get(address)?.durableThrough ?? 0) < through);
  return chosen.durableThrough < through ? [self, ...lacking] : lacking;
}

/**
 * Another proposer tells how far its disk has what is chosen.
 *
 * @paper Paxos Made Moderately Complex §4.2 (garbage collection: "once f + 1 replicas have learned …")
 */
export function onProgress(proposer: Proposer, from: Address, { ballot, durableThrough, at }: Progress): void {
  if (!proposer.isProposer(from)) return proposer.reject(from, 'notAProposer');
  const { role } = proposer;
  if (role.kind !== 'leader' || ballot !== role.ballot) return;
  // The latest word counts, not the greatest: one that lost its disk has less than before.
  role.progress.set(from, { durableThrough, at: proposer.now });
  hearClock(proposer, role, from, at);
}

/** With the leader's beat: write what was learned, and say how far we are. */
export function tellProgress(proposer: Proposer, leader: Address): void {
  const { heartbeatMs } = proposer.configuration;
  if (proposer.now - proposer.toldProgressAt < heartbeatMs / 2) return;
  proposer.toldProgressAt = proposer.now;
  const { durableThrough } = proposer.chosen;
  const at = proposer.clock.stamp(proposer.now);
  const { leaderBallot: ballot, clusterId } = proposer;
  proposer.out.send(leader, { kind: 'progress', ballot, durableThrough, at, clusterId }, none);
}
