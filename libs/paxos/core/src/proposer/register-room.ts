import type { Address } from '@synod/actor';
import { promisesNeeded } from '../acceptor-set.js';
import { findOutAnew, giveUp, highestAccepted, prepare } from './registers.js';
import type { RegisterRound } from './registers.js';
import type { Proposer } from './state.js';

/*
 * Acceptors that have no room for another register. They refuse phase 1 without a promise, until a proposer insists.
 */

/**
 * It has promised nothing. When so many have no room that a new value could not be chosen, and none is known that was accepted, nothing is
 * proposed. One that has no room for what is proposed already the others can do without; if not, the next attempt hears what there is.
 */
export function onFull(proposer: Proposer, round: RegisterRound, from: Address): void {
  if (round.proposed !== undefined) return void (round.isOutOfRoom ||= highestAccepted(round) === undefined);
  round.full.add(from);
  if (lacksRoom(round) && highestAccepted(round) === undefined) return giveUpForRoom(proposer, round);
  insistIfNeeded(proposer, round);
}

/** Those that have room are too few to promise, or have accepted something: the others must promise, too. */
export function insistIfNeeded(proposer: Proposer, round: RegisterRound): void {
  const { promises, full, set, insisted } = round;
  const silent = [...full].filter((address) => !promises.has(address));
  if (promises.size + silent.length < promisesNeeded(set)) return;
  for (const address of silent) {
    if (insisted.has(address)) continue;
    insisted.add(address);
    prepare(proposer, round, address, true);
  }
}

/** `tooLarge` says that it will never be accepted: of what was proposed before nobody knows. */
export function giveUpForRoom(proposer: Proposer, round: RegisterRound): void {
  const why = round.isOpen ? 'unavailable' : 'tooLarge';
  const wishes = [...round.waiting, ...round.joined];
  const asking = wishes.filter(({ message }) => message.value === undefined);
  const waiting = wishes.filter(({ message }) => message.value !== undefined);
  giveUp(proposer, { ...round, waiting, joined: [] }, why, 'the acceptors have no room for another register');
  if (asking.length > 0) findOutAnew(proposer, round.key, asking); // who only asks needs no room
}

/** So many have no room for a value that nobody has accepted that no phase-2 quorum is left. */
export function lacksRoom({ full, set }: RegisterRound): boolean {
  return set.acceptors.length - full.size < set.phase2;
}
