import type { Address, Beat } from '@synod/actor';
import { Awaited } from '@synod/actor';
import { isAmong } from '../acceptor-set.js';
import type { Accept } from '../messages.js';
import { isSettled } from './leadership.js';
import type { Leader, Proposer } from './state.js';

/*
 * How old a state is, told by one clock though the word comes from another machine, and true though the word waited: in a network, in
 * a broker that was stopped, in the socket of a process that slept. When it arrived says nothing, so it says itself of when it is:
 *
 *   A proposer tells the leader its own clock, and the leader's beats repeat to each proposer such a stamp: by that clock the word is
 *   as old as that. It is repeated when a phase-2 quorum has answered a beat that left after the stamp had come, hence had promised no
 *   higher ballot at a moment after it. Every phase-1 quorum of the next slot's acceptors has a member in it: when the other's clock
 *   showed the stamp, no newer leader had had anything chosen beyond what this one knows. And it repeats none before it knows all that
 *   earlier leaders may have had chosen: before what phase 1 found is chosen, its word says nothing.
 *
 *   The leader's own clock needs no detour: its word held all when the beat left that a phase-2 quorum has answered. An acceptor that
 *   promised its ballot had promised no higher one when phase 1 began.
 */

/** A leader's beat: its time, and for each other proposer of that one's clock what is certain by now. */
export function beatOf(proposer: Proposer, role: Leader): Beat {
  const at = ledAt(proposer, role);
  const knowsAll = isSettled(proposer, role);
  const echoes = proposer.others.map((address) => {
    const stamp = role.echoes.get(address)?.settle((since) => at >= since) ?? 0;
    return knowsAll ? stamp : 0;
  });
  return { at: proposer.clock.stamp(proposer.now), echoes };
}

/** Another proposer tells its clock. */
export function hearClock(proposer: Proposer, role: Leader, from: Address, stamp: number): void {
  const echo = role.echoes.get(from) ?? new Awaited(0);
  role.echoes.set(from, echo);
  echo.hear(stamp, proposer.now);
}

/** By the leader's clock: a phase-2 quorum of the next slot's acceptors had promised no higher ballot then. */
function ledAt(proposer: Proposer, role: Leader): number {
  const set = proposer.sets!.at(proposer.chosen.through + 1);
  const shown = [...role.heard].flatMap(([address, { disk, inBallotAt }]) =>
    isAmong(set, address, disk) ? [inBallotAt] : [],
  );
  return shown.sort((a, b) => b - a)[set.phase2 - 1] ?? Number.NEGATIVE_INFINITY;
}

/** A leader's word of how far is chosen. Without an echo of our clock it tells no age; nor when we are behind it. */
export function hearWord(proposer: Proposer, from: Address, { chosenThrough, beat }: Accept): void {
  if (!beat || proposer.lastApplied < chosenThrough) return;
  const place = proposer.configuration.proposers.filter((other) => other !== from).indexOf(proposer.self);
  const at = proposer.clock.timeOf(beat.echoes[place] ?? 0, proposer.now);
  if (at !== undefined) proposer.currentAt = Math.max(proposer.currentAt, at);
}

/** When all that anybody knew to be chosen is what we have executed by now. */
export function currentAt(proposer: Proposer): number {
  const { role, chosen, lastApplied } = proposer;
  if (role.kind === 'leader' && isSettled(proposer, role) && lastApplied >= chosen.through)
    proposer.currentAt = Math.max(proposer.currentAt, ledAt(proposer, role));
  return proposer.currentAt;
}
