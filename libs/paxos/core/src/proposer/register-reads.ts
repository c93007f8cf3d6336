import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { isAmong, meetsEveryQuorum } from '../acceptor-set.js';
import type { AcceptorSet } from '../acceptor-set.js';
import type { RegisterTold } from '../messages.js';
import { answerWith, begin, findOutAnew, isPatient, join, mostAttempts, refuseAll, startRegisterTimer } from './registers.js'; // prettier-ignore
import type { Wish } from './registers.js';
import type { Proposer } from './state.js';

/*
 * A register that is only asked for. That nothing is chosen needs no ballot to learn: acceptors tell that they have accepted
 * nothing, promise nothing and write nothing, so that reading registers that do not exist fills no disk.
 */

/** What acceptors have told of one register so far. */
export interface RegisterRead {
  readonly key: string;
  readonly set: AcceptorSet;
  readonly nonce: number;
  attempt: number;
  waitsSince: number;
  readonly told: Map<Address, RegisterTold>;
  readonly waiting: readonly Wish[];
  /** Came when acceptors were asked already: that those had accepted nothing says nothing to them. */
  readonly joined: Wish[];
}

export function askAcceptorsFor(proposer: Proposer, key: string, waiting: readonly Wish[], attempt: number): void {
  const set = proposer.registerSet!;
  const nonce = ++proposer.registerNonce;
  const told = new Map<Address, RegisterTold>();
  const read: RegisterRead = { key, set, nonce, attempt, waitsSince: proposer.now, told, waiting, joined: [] };
  proposer.registerReads.set(key, read);
  const requests = waiting.map(({ message }) => message);
  proposer.out.observe({ kind: 'registerAsking', key, attempt, requests });
  ask(proposer, read);
  startRegisterTimer(proposer);
}

function ask({ out, clusterId, configuration }: Proposer, { key, set, nonce }: RegisterRead): void {
  out.send(configuration.everyone, { kind: 'registerAsk', key, epoch: set.version, clusterId, nonce }, none);
}

/**
 * Whatever was chosen before they were asked, one of so many has accepted, for they meet every quorum, and all that have left the
 * epoch when registers move. When they have accepted nothing, nothing was chosen. Else a round has something chosen: what they have
 * accepted says nothing itself, for a vote that was brought from other acceptors looks like one that was cast.
 *
 * @paper Paxos Made Simple §2.3 ("a learner can have a proposer issue a proposal")
 */
export function onRegisterTold(proposer: Proposer, from: Address, message: RegisterTold): void {
  const read = proposer.registerReads.get(message.key);
  if (read?.nonce !== message.nonce || !isAmong(read.set, from, message.disk)) return;
  read.told.set(from, message);
  proposer.highestRegister = Math.max(proposer.highestRegister, message.accepted);
  const { key, set, told, waiting, joined } = read;
  proposer.out.observe({ kind: 'registerAskCounted', key, acceptor: from });
  if (!meetsEveryQuorum(told.size, set)) return;
  const isAccepted = [...told.values()].some(({ accepted }) => accepted > 0);
  end(proposer, key, isAccepted ? 'accepted' : 'nothing');
  if (isAccepted) return findOut(proposer, key, [...waiting, ...joined]);
  answerWith(proposer, waiting, undefined, 0);
  if (joined.length > 0) findOutAnew(proposer, key, joined);
}

function end(proposer: Proposer, key: string, why: 'nothing' | 'accepted' | 'unavailable'): void {
  proposer.registerReads.delete(key);
  proposer.out.observe({ kind: 'registerAskEnded', key, why });
}

function findOut(proposer: Proposer, key: string, wishes: readonly Wish[]): void {
  const decided = proposer.decidedRegisters.at(key);
  if (decided !== undefined) return answerWith(proposer, wishes, decided.value, decided.ballot);
  const round = proposer.registerRounds.get(key);
  if (round === undefined) return begin(proposer, key, wishes, 1);
  join(proposer, round, wishes);
}

export function onReadsTimeout(proposer: Proposer): void {
  for (const read of [...proposer.registerReads.values()]) if (!isPatient(proposer, read)) askAgain(proposer, read);
}

/** Questions or answers were lost, or the registers have moved. Those who have told are counted on: they were asked after the wish came. */
function askAgain(proposer: Proposer, read: RegisterRead): void {
  const { key, set, attempt, waiting, joined } = read;
  if (attempt >= mostAttempts) return giveUpRead(proposer, read);
  if (set !== proposer.registerSet) return askAcceptorsFor(proposer, key, [...waiting, ...joined], attempt + 1);
  read.attempt++;
  read.waitsSince = proposer.now;
  ask(proposer, read);
}

export function giveUpRead(proposer: Proposer, read: RegisterRead): void {
  end(proposer, read.key, 'unavailable');
  refuseAll(proposer, read, 'unavailable');
}
