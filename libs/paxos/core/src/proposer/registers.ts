import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { isAmong, promisesNeeded } from '../acceptor-set.js';
import type { AcceptorSet } from '../acceptor-set.js';
import { ballot, roundOfBallot } from '../ballot.js';
import type { Ballot } from '../ballot.js';
import type { Decide, RefusalReason, RegisterAccepted, RegisterNack, RegisterPromised } from '../messages.js';
import { refuse } from './clients.js';
import { askForFounding, persistProposer } from './standing.js';
import { askAcceptorsFor, giveUpRead, onReadsTimeout } from './register-reads.js';
import { giveUpForRoom, insistIfNeeded, lacksRoom, onFull } from './register-room.js';
import type { Proposer } from './state.js';

/*
 * Write-once registers: single-decree Paxos with all its phases for each of them, by whichever proposer a client asks. No leader,
 * no log. Two proposers that want the same register at the same time may preempt each other. Who is preempted leaves the other one alone for
 * a while that doubles each time, until it is longer than a round takes on slow disks.
 */

/** LIMIT: rounds are reserved on disk so many at once, that a register need not wait for a sync of ours. */
const reservedRounds = 1000;

/** LIMIT: attempts before a client is told to come back: something else is wrong then. */
export const mostAttempts = 12;

/** LIMIT: the wait for answers doubles so many times, then stays: 32 heartbeats, soon enough after a partition. */
const mostDoublings = 5;

/** LIMIT: that of who was preempted: 128 heartbeats, two phases on disks that take three seconds for a sync. */
const mostWhenPreempted = 7;

export interface Wish {
  readonly from: Address;
  readonly message: Decide;
}

/** One register's round under way. */
export interface RegisterRound {
  readonly key: string;
  readonly set: AcceptorSet;
  /** 0 when it came to nothing: it waits to begin anew. */
  ballot: Ballot;
  attempt: number;
  /** Since when it waits for answers, or to begin anew. */
  waitsSince: number;
  /** Phase 1: what was promised, by whom. Phase 2: who accepted. */
  readonly promises: Map<Address, RegisterPromised>;
  readonly accepted: Set<Address>;
  /** Undefined in phase 1. */
  proposed: Uint8Array | undefined;
  readonly waiting: readonly Wish[];
  /** Came when promises were asked for already: that those held no value says nothing to them. */
  readonly joined: Wish[];
  /** Acceptors without room for a value that nobody has accepted. */
  readonly full: Set<Address>;
  /** Those of them that were asked to promise all the same. */
  readonly insisted: Set<Address>;
  /** One of its acceptors has refused what is proposed. */
  isOutOfRoom: boolean;
  /** An attempt has proposed a wish of these: somebody may have accepted it, so that it may be chosen yet, by whomever. */
  isOpen: boolean;
}

/**
 * A client's wish for a register. Those for one register share a round: it can have one value only.
 *
 * @paper Paxos Made Simple §2.2; The Part-Time Parliament §2 (the single-decree Synod)
 */
export function onDecide(proposer: Proposer, from: Address, message: Decide): void {
  const { limits } = proposer.configuration;
  if (message.value !== undefined && message.value.length > limits.registerBytes)
    return refuse(proposer, from, message, 'tooLarge');
  const set = proposer.registerSet;
  if (set === undefined || proposer.stopping) return refuse(proposer, from, message, 'unavailable');
  if (!proposer.remembers) {
    askForFounding(proposer);
    return refuse(proposer, from, message, 'unavailable');
  }
  const { registerRounds, registerReads } = proposer;
  const wish = { from, message };
  const decided = proposer.decidedRegisters.at(message.key);
  if (decided !== undefined) return answerWith(proposer, [wish], decided.value, decided.ballot);
  const underWay = registerRounds.get(message.key);
  const round = underWay ?? (message.value === undefined ? registerReads.get(message.key) : undefined);
  // Who joined an attempt waits in the next one.
  const others = round === undefined ? [...firstWishes(proposer)] : [...round.waiting, ...round.joined];
  if (!hasRoomFor(from, others, limits.registerRounds)) return refuse(proposer, from, message, 'overloaded');
  if (underWay !== undefined) join(proposer, underWay, [wish]);
  else if (round !== undefined) round.joined.push(wish);
  else if (message.value === undefined) askAcceptorsFor(proposer, message.key, [wish], 1);
  else begin(proposer, message.key, [wish], 1);
}

/** Of each register that is under way. */
function* firstWishes({ registerRounds, registerReads }: Proposer): Generator<Wish> {
  for (const { waiting } of registerRounds.values()) yield waiting[0]!;
  for (const { waiting } of registerReads.values()) yield waiting[0]!;
}

/** Nobody takes more than he leaves: each that comes finds half as many places as the one before, so that it takes nine of them to fill 256. */
function hasRoomFor(user: Address, others: readonly Wish[], most: number): boolean {
  const own = others.filter(({ from }) => from === user).length;
  return others.length < most && own < most - others.length;
}

export function join(proposer: Proposer, round: RegisterRound, wishes: readonly Wish[]): void {
  for (const { message } of wishes) observeJoined(proposer, round, message);
  round.joined.push(...wishes);
}

function observeJoined({ out }: Proposer, { key, ballot: used, proposed }: RegisterRound, request: Decide): void {
  out.observe({ kind: 'registerJoined', key, ballot: used, hasProposed: proposed !== undefined, request });
}

export function begin(
  proposer: Proposer,
  key: string,
  waiting: readonly Wish[],
  attempt: number,
  isOpen = false,
): void {
  const set = proposer.registerSet!;
  const used = nextRegisterBallot(proposer);
  const round: RegisterRound = {
    ...{ key, set, ballot: used, attempt, waitsSince: proposer.now, isOpen },
    ...{ promises: new Map(), accepted: new Set(), proposed: undefined, waiting, joined: [] },
    ...{ full: new Set(), insisted: new Set(), isOutOfRoom: false },
  };
  proposer.registerRounds.set(key, round);
  const requests = waiting.map(({ message }) => message);
  proposer.out.observe({ kind: 'registerPreparing', key, ballot: used, attempt, requests });
  // Who only asks needs no room.
  prepare(proposer, round, proposer.configuration.everyone, wishIn(round) === undefined);
  startRegisterTimer(proposer);
}

export function prepare({ out, clusterId }: Proposer, round: RegisterRound, to: Address, insists: boolean): void {
  const { key, ballot: used, set } = round;
  out.send(to, { kind: 'registerPrepare', key, ballot: used, epoch: set.version, clusterId, insists });
}

/** The first that wants a value. */
function wishIn({ waiting }: RegisterRound): Uint8Array | undefined {
  return waiting.find(({ message }) => message.value !== undefined)?.message.value;
}

/** Above every ballot that was heard of; its round is reserved on disk before it is used. */
function nextRegisterBallot(proposer: Proposer): Ballot {
  const round = Math.max(proposer.registerRound, roundOfBallot(proposer.highestRegister)) + 1;
  proposer.registerRound = round;
  if (round > proposer.round) {
    proposer.round = round + reservedRounds;
    persistProposer(proposer);
  }
  return ballot(round, proposer.number);
}

/**
 * Phase 1b, and with a phase-1 quorum of them phase 2a: the value of the highest ballot that was accepted, or else the client's.
 *
 * @paper Paxos Made Simple §2.2 P2c, Phase 2 (a)
 */
export function onRegisterPromised(proposer: Proposer, from: Address, message: RegisterPromised): void {
  const round = roundUnderWay(proposer, from, message);
  if (round === undefined || round.proposed !== undefined) return;
  const { key, ballot: used } = message;
  round.promises.set(from, message);
  if (message.isFull) round.full.add(from);
  proposer.out.observe({ kind: 'registerCounted', phase: 'promise', key, ballot: used, acceptor: from });
  if (round.promises.size < promisesNeeded(round.set)) return insistIfNeeded(proposer, round);
  const adopted = highestAccepted(round);
  const value = adopted ?? wishIn(round);
  if (value === undefined) return conclude(proposer, round, undefined);
  if (adopted === undefined && lacksRoom(round)) return giveUpForRoom(proposer, round);
  round.proposed = value;
  round.isOpen ||= adopted === undefined;
  proposer.out.observe({
    ...{ kind: 'registerAccepting', key, ballot: used, adopted: adopted !== undefined, completedBy: from },
  });
  propose(proposer, round, value, adopted !== undefined);
}

/** Phase 2a. */
function propose(
  { out, configuration, clusterId }: Proposer,
  { key, ballot: used, set }: RegisterRound,
  value: Uint8Array,
  adopted: boolean,
): void {
  const accept = { kind: 'registerAccept', key, ballot: used, epoch: set.version, clusterId, value, adopted } as const;
  out.send(configuration.everyone, accept, none);
}

export function highestAccepted({ promises }: RegisterRound): Uint8Array | undefined {
  let highest: RegisterPromised | undefined;
  for (const promise of promises.values()) if (promise.accepted > (highest?.accepted ?? 0)) highest = promise;
  return highest?.value;
}

/**
 * Phase 2b; with a phase-2 quorum the value is chosen.
 *
 * @paper Paxos Made Simple §2.2 Phase 2 (b), §2.3
 */
export function onRegisterAccepted(proposer: Proposer, from: Address, message: RegisterAccepted): void {
  const round = roundUnderWay(proposer, from, message);
  if (round?.proposed === undefined) return;
  const { key, ballot: used } = message;
  round.accepted.add(from);
  proposer.out.observe({ kind: 'registerCounted', phase: 'accept', key, ballot: used, acceptor: from });
  if (round.accepted.size < round.set.phase2) return;
  proposer.out.observe({ kind: 'registerDecided', key, ballot: used, completedBy: from });
  conclude(proposer, round, round.proposed);
}

/** The round that this answers: of this very ballot, from one of its acceptors. */
function roundUnderWay(
  proposer: Proposer,
  from: Address,
  { key, ballot: used, disk }: RegisterPromised | RegisterAccepted,
): RegisterRound | undefined {
  const round = proposer.registerRounds.get(key);
  return round?.ballot === used && isAmong(round.set, from, disk) ? round : undefined;
}

/** Whoever joined the round is asked for anew when it found nothing: a value may have been chosen since its promises were given. */
function conclude(proposer: Proposer, round: RegisterRound, value: Uint8Array | undefined): void {
  const { key, ballot: used, waiting, joined } = round;
  proposer.registerRounds.delete(key);
  if (value === undefined) proposer.out.observe({ kind: 'registerEnded', key, why: 'undecided' });
  else proposer.decidedRegisters.add(key, { value, ballot: used });
  answerWith(proposer, value === undefined ? waiting : [...waiting, ...joined], value, used);
  if (value === undefined && joined.length > 0) findOutAnew(proposer, key, joined);
}

/** Wishes that came while others were being answered. They have their places already, and one answer is good for all of them. */
export function findOutAnew(proposer: Proposer, key: string, wishes: readonly Wish[]): void {
  const round = proposer.registerRounds.get(key);
  if (round !== undefined) return join(proposer, round, wishes);
  if (wishes.some(({ message }) => message.value !== undefined)) return begin(proposer, key, wishes, 1);
  const read = proposer.registerReads.get(key);
  if (read !== undefined) return void read.joined.push(...wishes);
  askAcceptorsFor(proposer, key, wishes, 1);
}

export function answerWith(
  proposer: Proposer,
  wishes: readonly Wish[],
  value: Uint8Array | undefined,
  used: Ballot,
): void {
  for (const { from, message } of wishes) {
    const { client, sequence } = message;
    const answer = { kind: 'decided', value, ballot: used } as const;
    proposer.out.send(from, { kind: 'reply', client, session: 0, sequence, answer }, none);
  }
}

/**
 * Another round has come between, or the registers have moved: again, after a random while, in a higher ballot.
 *
 * @paper Paxos Made Simple §2.2, §2.4
 */
export function onRegisterNack(proposer: Proposer, from: Address, message: RegisterNack): void {
  const { key, ballot: used, promised, why } = message;
  if (used === 0) return; // to a question: the others can do without it, or the registers have moved, and then we ask again
  if (!proposer.isAcceptor(from)) return proposer.reject(from, 'notAnAcceptor');
  proposer.highestRegister = Math.max(proposer.highestRegister, promised);
  const round = proposer.registerRounds.get(key);
  // One that waits to be a member, or was one, is in another epoch and says so before anybody's disk has the promise.
  if (round?.ballot !== used || !round.set.acceptors.some(({ address }) => address === from)) return;
  if (why === 'full') return onFull(proposer, round, from);
  // It was not brought the registers yet; the others can do without it.
  if (why === 'epoch' && message.epoch < round.set.version) return;
  if (why === 'promised') proposer.out.observe({ kind: 'registerPreempted', key, ballot: used, by: promised });
  giveUpBallot(round, proposer.now);
}

/** No answer counts any more; it begins anew when it has left others alone for a while from then on. */
export function giveUpBallot(round: RegisterRound, waitsSince: number): void {
  round.ballot = 0;
  round.waitsSince = waitsSince;
}

export function startRegisterTimer(proposer: Proposer): void {
  if (proposer.registerTimerRuns) return;
  proposer.registerTimerRuns = true;
  const { heartbeatMs } = proposer.configuration;
  proposer.out.startTimer('registers', { minMs: heartbeatMs / 10, maxMs: 2 * heartbeatMs });
}

/** Rounds that lost messages say the same again, in the same ballot; those that lost against others begin anew. */
export function onRegistersTimeout(proposer: Proposer): void {
  proposer.registerTimerRuns = false;
  for (const round of [...proposer.registerRounds.values()]) {
    const { key, waiting, joined, attempt, isOpen } = round;
    if (isPatient(proposer, round)) continue;
    if (attempt >= mostAttempts) giveUp(proposer, round, 'unavailable');
    else if (maySayAgain(round)) sayAgain(proposer, round);
    else begin(proposer, key, [...waiting, ...joined], attempt + 1, isOpen);
  }
  onReadsTimeout(proposer);
  if (proposer.registerRounds.size + proposer.registerReads.size > 0) startRegisterTimer(proposer);
}

/** A value without room here finds it when the next round hears that it was accepted there. */
function maySayAgain({ ballot: used, isOutOfRoom }: RegisterRound): boolean {
  return used !== 0 && !isOutOfRoom;
}

/** Whoever has written it to its disk already answers at once: what slow disks have done is not done again. */
function sayAgain(proposer: Proposer, round: RegisterRound): void {
  round.attempt++;
  round.waitsSince = proposer.now;
  if (round.proposed !== undefined) {
    return propose(proposer, round, round.proposed, highestAccepted(round) !== undefined);
  }
  prepare(proposer, round, proposer.configuration.everyone, wishIn(round) === undefined);
  for (const address of round.insisted) if (!round.promises.has(address)) prepare(proposer, round, address, true);
}

/** The register may have a value by now, or get one: whoever asks again is told. */
export function giveUp(
  proposer: Proposer,
  round: RegisterRound,
  why: 'tooLarge' | 'unavailable',
  detail?: string,
): void {
  const { key } = round;
  proposer.registerRounds.delete(key);
  proposer.out.observe({ kind: 'registerEnded', key, why });
  refuseAll(proposer, round, why, detail);
}

/** We go. Whoever waits is told, and asks another proposer: what was proposed may be chosen yet. */
export function releaseRegisters(proposer: Proposer): void {
  for (const round of [...proposer.registerRounds.values()]) giveUp(proposer, round, 'unavailable');
  for (const read of [...proposer.registerReads.values()]) giveUpRead(proposer, read);
}

type Waiting = Pick<RegisterRound, 'waiting' | 'joined'>;

export function refuseAll(proposer: Proposer, { waiting, joined }: Waiting, why: RefusalReason, detail?: string): void {
  for (const { from, message } of [...waiting, ...joined]) refuse(proposer, from, message, why, detail);
}

/** It still waits: twice as long with each attempt. The timer adds a random while to it. */
export function isPatient(
  { now, configuration }: Proposer,
  { attempt, waitsSince, ballot: used }: Pick<RegisterRound, 'attempt' | 'waitsSince'> & { readonly ballot?: Ballot },
): boolean {
  const most = used === 0 ? mostWhenPreempted : mostDoublings;
  return now - waitsSince < configuration.heartbeatMs * 2 ** Math.min(attempt - 1, most);
}
