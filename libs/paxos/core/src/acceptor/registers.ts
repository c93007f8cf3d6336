import { DamagedState, none } from '@synod/actor';
import type { Address, SnapshotInstalled } from '@synod/actor';
import type { Ballot } from '../ballot.js';
import type {
  FreezeRegisters,
  Register,
  RegisterAccept,
  RegisterAsk,
  RegisterNack,
  RegisterPrepare,
  StoreRegisters,
} from '../messages.js';
import { persistState } from './state.js';
import { writtenBytes } from './register-table.js';
import type { Acceptor } from './state.js';

/*
 * Single-decree Paxos, as the textbook has it: an instance for each register. Registers are not in the log, so what the log says
 * of acceptors reaches them as an epoch: the version of the acceptor set whose members they are. When the set changes the leader
 * ends the old epoch at a phase-1 quorum of the old acceptors, and brings what those have to a phase-2 quorum of the new ones,
 * before anybody begins a round in the new epoch.
 */

/**
 * Whether anything is accepted here, as soon as it is on disk. One in another epoch says that it is, as to a round: whoever asks
 * everybody asks spare acceptors, too, and those that were not brought the registers yet.
 *
 * @paper Paxos Made Simple §2.3
 */
export function onRegisterAsk(acceptor: Acceptor, from: Address, message: RegisterAsk): void {
  if (!acceptor.configuration.proposers.includes(from)) return acceptor.reject(from, 'notAProposer');
  const { key, epoch, nonce } = message;
  const { restoring, registersEpoch, disk, clusterId } = acceptor;
  if (!acceptor.serves(from, message) || restoring !== undefined) return;
  if (epoch !== registersEpoch) return refuse(acceptor, from, { key, ballot: 0 }, 0, 'epoch');
  const { accepted } = acceptor.registers.at(key);
  acceptor.out.send(from, { kind: 'registerTold', key, epoch, clusterId, nonce, disk, accepted });
}

/**
 * Without room, and with nothing accepted, we promise only to who insists: a wish for a new register would come to nothing here, and a
 * promise for each of them would push what is promised to all registers ahead of everybody's ballots. Who is refused so counts no promise.
 * It insists when the others are too few: what they have accepted must be found out, and voted for.
 *
 * @paper Paxos Made Simple §2.2 P1b, Phase 1 (b)
 */
export function onRegisterPrepare(acceptor: Acceptor, from: Address, message: RegisterPrepare): void {
  const { key, ballot, epoch } = message;
  const register = mayVote(acceptor, from, message);
  if (register === undefined) return;
  const isFull = lacksRoom(acceptor, register);
  if (isFull && !message.insists) return refuse(acceptor, from, message, 0, 'full');
  if (ballot > register.promised) {
    record(acceptor, { ...register, promised: ballot });
    acceptor.out.observe({ kind: 'registerPromiseGiven', key, ballot });
  }
  const { accepted, value } = register;
  const { disk, clusterId } = acceptor;
  acceptor.out.send(from, { kind: 'registerPromised', key, ballot, epoch, clusterId, disk, accepted, value, isFull });
}

/** There is no room for another value that nobody has accepted. */
function lacksRoom({ registers, configuration }: Acceptor, { accepted }: Register): boolean {
  return accepted === 0 && registers.values >= configuration.limits.registers;
}

/**
 * A value that another acceptor has accepted finds room: it may be chosen, and who has it may be gone. So an acceptor has at most what
 * all of them together took in while they had room.
 *
 * @paper Paxos Made Simple §2.2 P1a, Phase 2 (b)
 */
export function onRegisterAccept(acceptor: Acceptor, from: Address, message: RegisterAccept): void {
  const { key, ballot, epoch, value } = message;
  const register = mayVote(acceptor, from, message);
  if (register === undefined) return;
  if (!message.adopted && lacksRoom(acceptor, register)) return refuse(acceptor, from, message, 0, 'full');
  if (ballot > register.accepted) {
    record(acceptor, { key, promised: ballot, accepted: ballot, value });
    acceptor.out.observe({ kind: 'registerVoteCast', key, ballot });
  }
  const { disk, clusterId } = acceptor;
  acceptor.out.send(from, { kind: 'registerAccepted', key, ballot, epoch, clusterId, disk });
}

/** The register as it is, or an empty one; undefined when this message is refused. */
function mayVote(acceptor: Acceptor, from: Address, message: RegisterPrepare | RegisterAccept): Register | undefined {
  const { key, ballot, epoch } = message;
  if (!acceptor.mayUse(from, ballot)) return void acceptor.reject(from, 'ballotOfAnother');
  if (!acceptor.serves(from, message) || acceptor.restoring !== undefined) return undefined;
  const register = acceptor.registers.at(key);
  const { promised } = register;
  if (epoch !== acceptor.registersEpoch) return void refuse(acceptor, from, message, promised, 'epoch');
  if (ballot < promised) return void refuse(acceptor, from, message, promised, 'promised');
  return register;
}

/** It promises nothing, so it waits for no disk. */
function refuse(
  { out, clusterId, registersEpoch: epoch }: Acceptor,
  to: Address,
  { key, ballot }: { readonly key: string; readonly ballot: Ballot },
  promised: Ballot,
  why: RegisterNack['why'],
): void {
  out.send(to, { kind: 'registerNack', key, ballot, promised, epoch, clusterId, why }, none);
}

function record(acceptor: Acceptor, register: Register): void {
  const number = ++acceptor.votes.lastNumber;
  acceptor.registers.put(register);
  acceptor.highestRegisterBallot = Math.max(acceptor.highestRegisterBallot, register.promised);
  acceptor.bytesSinceMark += writtenBytes(register);
  acceptor.out.persist({ kind: 'registerVote', number, register });
}

/**
 * The registers move: no older epoch any more, and here is what we have, a page at a time.
 *
 * @paper departure: reconfiguration of registers, which are not in the log (README)
 */
export function onFreezeRegisters(acceptor: Acceptor, from: Address, message: FreezeRegisters): void {
  const { ballot, epoch, after } = message;
  if (!leads(acceptor, from, message)) return;
  if (!enterEpoch(acceptor, epoch, 0)) return;
  const { registers, isLast } = acceptor.registers.after(after, acceptor.configuration.limits.pageBytes);
  const { disk, clusterId } = acceptor;
  const { floor } = acceptor.registers;
  acceptor.out.send(from, { kind: 'registersPage', ballot, epoch, clusterId, disk, after, registers, isLast, floor });
}

/**
 * What the acceptors before us had; of each register the highest promise and the vote of the highest ballot.
 *
 * @paper departure: reconfiguration of registers, which are not in the log (README)
 */
export function onStoreRegisters(acceptor: Acceptor, from: Address, message: StoreRegisters): void {
  const { ballot, epoch, part, registers } = message;
  if (!leads(acceptor, from, message)) return;
  if (!enterEpoch(acceptor, epoch, message.floor)) return;
  for (const register of registers) merge(acceptor, register);
  const { disk, clusterId } = acceptor;
  acceptor.out.send(from, { kind: 'registersStored', ballot, epoch, clusterId, disk, part });
}

/** A leader that we have not promised to disregard may move the registers. */
function leads(acceptor: Acceptor, from: Address, message: FreezeRegisters | StoreRegisters): boolean {
  const { ballot } = message;
  if (!acceptor.mayUse(from, ballot)) {
    acceptor.reject(from, 'ballotOfAnother');
    return false;
  }
  return acceptor.serves(from, message) && acceptor.restoring === undefined && ballot >= acceptor.promised;
}

/**
 * Those before us may have promised something to all registers, also to those of which only we have something. Says whether the epoch
 * is ours now.
 */
function enterEpoch(acceptor: Acceptor, epoch: number, floor: Ballot): boolean {
  const { registers, registersEpoch } = acceptor;
  if (epoch < registersEpoch) return false;
  const isHigher = registers.raiseFloor(floor);
  if (!isHigher && epoch === registersEpoch) return true;
  acceptor.registersEpoch = epoch;
  acceptor.highestRegisterBallot = Math.max(acceptor.highestRegisterBallot, floor);
  persistState(acceptor);
  return true;
}

function merge(acceptor: Acceptor, told: Register): void {
  const ours = acceptor.registers.at(told.key);
  const voted = told.accepted > ours.accepted ? told : ours;
  const promised = Math.max(told.promised, ours.promised);
  if (voted === ours && promised === ours.promised) return;
  record(acceptor, { key: told.key, promised, accepted: voted.accepted, value: voted.value });
}

/** After a start: the snapshot's registers, and what was voted since. */
export function onRegistersRestored(acceptor: Acceptor, { id, ok, why }: SnapshotInstalled): void {
  const { restoring } = acceptor;
  if (restoring?.id !== id) return;
  if (!ok) throw new DamagedState(why ?? 'the registers cannot be restored from their snapshot');
  acceptor.restoring = undefined;
  for (const register of restoring.since) acceptor.registers.put(register);
  const { registers } = acceptor.registers.after('', Number.POSITIVE_INFINITY);
  // Promises that found no place among them are in the floor.
  for (const promised of [acceptor.registers.floor, ...registers.map((register) => register.promised)]) {
    acceptor.highestRegisterBallot = Math.max(acceptor.highestRegisterBallot, promised);
  }
}
