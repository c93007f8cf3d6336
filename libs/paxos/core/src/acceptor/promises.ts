import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Canvass, Prepare } from '../messages.js';
import { report } from './reports.js';
import { persistState } from './state.js';
import type { Acceptor } from './state.js';

/**
 * Phase 1b: "If an acceptor receives a prepare request with number n greater than that of any prepare request to which it
 * has already responded, then it responds with a promise not to accept any more proposals numbered less than n and with the
 * highest-numbered proposal (if any) that it has accepted", for all slots from the asked one on at once (§3). The promise is
 * on disk before the answer leaves (§2.5). The same ballot may ask again: for what was lost, or for the next page.
 *
 * @paper Paxos Made Simple §2.2 P1b, Phase 1 (b); §3
 */
export function onPrepare(acceptor: Acceptor, from: Address, message: Prepare): void {
  const { ballot, from: slot } = message;
  if (!acceptor.mayUse(from, ballot)) return acceptor.reject(from, 'ballotOfAnother');
  if (!acceptor.serves(from, message)) return;
  if (ballot < acceptor.promised) return refuse(acceptor, from, ballot, 'prepare');
  acceptor.heardLeaderAt = acceptor.now;
  if (ballot > acceptor.promised) {
    acceptor.promised = ballot;
    persistState(acceptor);
    acceptor.out.observe({ kind: 'promiseGiven', ballot, proposer: from });
  }
  report(acceptor, from, ballot, slot);
}

/**
 * Would we promise? Not while we hear the proposer that we promised before: one that cannot hear it must not unseat it.
 * Grants nothing and changes nothing. One that is not active yet says what it may: that it has promised nothing. Ballots of registers are told, for one that lost its disk must use none of them again, and
 * refuse nothing: they have promises of their own, and rise with every round of a register, faster than anybody stands again.
 *
 * @paper departure: a quorum-connected failure detector (README); the acceptor's word about founding: Paxos Made Simple §3
 */
export function onCanvass(acceptor: Acceptor, from: Address, { ballot, nonce }: Canvass): void {
  if (!acceptor.mayUse(from, ballot)) return acceptor.reject(from, 'ballotOfAnother');
  const { standing, restoring, promised: ours, highestRegisterBallot, disk, clusterId } = acceptor;
  if (restoring) return; // what registers promised is not known yet
  const isActive = standing === 'active';
  if (!isActive && standing !== 'formed') return;
  const founding = isActive ? acceptor.founding : undefined; // before that, the group may still not come to be
  const promised = Math.max(ours, highestRegisterBallot);
  const hears = acceptor.now - acceptor.heardLeaderAt < acceptor.configuration.electionTimeout.minMs;
  const granted = isActive && ballot > ours && !hears;
  acceptor.out.observe({ kind: 'canvassAnswered', ballot, granted });
  acceptor.out.send(from, { kind: 'canvassReply', nonce, ballot, granted, disk, promised, founding, clusterId });
}

/** The asker learns the higher ballot at once. It promises nothing, so it waits for no disk. */
export function refuse(acceptor: Acceptor, to: Address, ballot: number, phase: 'prepare' | 'accept'): void {
  const { promised, disk, clusterId } = acceptor;
  acceptor.out.observe({ kind: 'refused', phase, ballot, promised });
  acceptor.out.send(to, { kind: 'nack', ballot, promised, disk, clusterId }, none);
}
