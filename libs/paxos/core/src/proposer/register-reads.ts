import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { isAmong } from '../acceptor-set.js';
import type { AcceptorSet } from '../acceptor-set.js';
import type { RegisterTold } from '../messages.js';
import { refuse } from './clients.js';
import { answerWith, begin, mostAttempts, onDecide, startRegisterTimer } from './registers.js';
import type { Wish } from './registers.js';
import type { Proposer } from './state.js';

/*
 * A register that is only asked for. Learning what is chosen needs no ballot (Paxos Made Simple §2.3): acceptors tell what they
 * have accepted, promise nothing and write nothing, so that reading registers that do not exist fills no disk.
 */

/** What acceptors have told of one register so far. */
export interface RegisterRead {
  readonly key: string;
  readonly set: AcceptorSet;
  readonly nonce: number;
  readonly attempt: number;
  readonly startedAt: number;
  readonly told: Map<Address, RegisterTold>;
  readonly waiting: readonly Wish[];
  /** Came when acceptors were asked already: that those had accepted nothing says nothing to them. */
  readonly joined: Wish[];
}

export function askAcceptorsFor(proposer: Proposer, key: string, waiting: readonly Wish[], attempt: number): void {
  const set = proposer.registerSet!;
  const nonce = ++proposer.registerNonce;
  proposer.registerReads.set(key, {
    ...{ key, set, nonce, attempt, startedAt: proposer.now },
    ...{ told: new Map(), waiting, joined: [] },
  });
  proposer.out.send(proposer.configuration.everyone, { kind: 'registerAsk', key, epoch: set.version, nonce }, none);
  startRegisterTimer(proposer);
}

/**
 * "To learn that a value has been chosen, a learner must find out that a proposal has been accepted by a majority of acceptors."
 * Whatever was chosen before they were asked, one of so many has accepted, who meet every quorum, and every one that has left
 * the epoch when registers move. If they have accepted something and it cannot be seen whether that is chosen, a round finds out.
 *
 * @paper Paxos Made Simple §2.3
 */
export function onRegisterTold(proposer: Proposer, from: Address, message: RegisterTold): void {
  const read = proposer.registerReads.get(message.key);
  if (read?.nonce !== message.nonce || !isAmong(read.set, from, message.disk)) return;
  read.told.set(from, message);
  proposer.highestRegister = Math.max(proposer.highestRegister, message.accepted);
  const { key, set, told, waiting, joined } = read;
  const { length } = set.acceptors;
  if (told.size <= length - Math.min(set.phase1, set.phase2)) return;
  const accepted = [...told.values()].filter((each) => each.accepted > 0);
  const chosen = accepted.find(
    (one) => accepted.filter((other) => other.accepted === one.accepted).length >= set.phase2,
  );
  // Once, all may tell first: a round costs syncs.
  if (accepted.length > 0 && chosen === undefined && told.size < length && read.attempt === 1) return;
  proposer.registerReads.delete(key);
  if (chosen !== undefined) return answerWith(proposer, [...waiting, ...joined], chosen.value, chosen.accepted);
  if (accepted.length > 0) return begin(proposer, key, [...waiting, ...joined], 1);
  answerWith(proposer, waiting, undefined, 0);
  for (const { from, message: wish } of joined) onDecide(proposer, from, wish);
}

/** Questions or answers were lost, or the registers have moved. */
export function askAgain(proposer: Proposer): void {
  const { heartbeatMs } = proposer.configuration;
  for (const { key, attempt, startedAt, waiting, joined } of [...proposer.registerReads.values()]) {
    if (proposer.now - startedAt < heartbeatMs * Math.min(attempt, 8)) continue;
    if (attempt < mostAttempts) {
      askAcceptorsFor(proposer, key, [...waiting, ...joined], attempt + 1);
      continue;
    }
    proposer.registerReads.delete(key);
    for (const { from, message } of [...waiting, ...joined]) refuse(proposer, from, message, 'unavailable');
  }
}
