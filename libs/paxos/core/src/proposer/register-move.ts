import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { isAmong, promisesNeeded } from '../acceptor-set.js';
import type { AcceptorSet } from '../acceptor-set.js';
import type { Ballot } from '../ballot.js';
import type { Register, RegistersPage, RegistersStored } from '../messages.js';
import { encodeMove } from '../set-codec.js';
import { canPropose } from './clients.js';
import { isSettled } from './leadership.js';
import { proposeBatch } from './phase2.js';
import { giveUpBallot } from './registers.js';
import { askForFounding } from './standing.js';
import { isSilent } from './state.js';
import type { Leader, Proposer } from './state.js';

/*
 * The acceptors have changed, so the registers move. They are not in the log, hence: (1) a phase-1 quorum of the old acceptors
 * takes part in the old epoch no more and tells what it has: every value that was chosen is among that. (2) A phase-2 quorum of the
 * new ones stores it: every phase-1 quorum of the new epoch finds it there. (3) The log says that the registers have moved, and
 * rounds of the new epoch begin. A leader that fails in between leaves nothing that the next one may not do again.
 */

/** LIMIT: bytes of registers in a message. */
const partBytes = 128 * 1024;

export interface RegisterMove {
  readonly target: AcceptorSet;
  /** How far each old acceptor has told: the last key, or all. */
  readonly told: Map<Address, { readonly disk: number; after: string; isDone: boolean }>;
  readonly registers: Map<string, Register>;
  /** What any of them has promised to all registers. */
  floor: Ballot;
  /** What goes to the new acceptors, once all is told. */
  parts: readonly (readonly Register[])[] | undefined;
  /** How many parts each new acceptor has. */
  readonly stored: Map<Address, { readonly disk: number; parts: number }>;
  /** The slot that says so is proposed. */
  isProposed: boolean;
}

/** With the leader's beat: begins what is due, and asks again for what did not come. */
export function driveMove(proposer: Proposer, role: Leader): void {
  const target = proposer.sets!.at(proposer.chosen.through + 1);
  if (!isSettled(proposer, role) || (!role.move && !isDue(proposer, role, target))) return;
  if (role.move === undefined || role.move.target.version < target.version) {
    role.move = {
      ...{ target, told: new Map(), registers: new Map(), floor: 0, parts: undefined },
      ...{ stored: new Map(), isProposed: false },
    };
  }
  if (role.move.parts === undefined)
    for (const { address } of proposer.registerSet!.acceptors) askPage(proposer, role, address);
  else for (const { address } of role.move.target.acceptors) resendPart(proposer, role, address);
  conclude(proposer, role, role.move); // when all was stored there may have been no room for a slot
}

/** The registers are at other acceptors than the log, or one of the log's was never brought them. */
function isDue({ registerSet }: Proposer, { heard }: Leader, target: AcceptorSet): boolean {
  if (registerSet!.version < target.version) return true;
  return [...heard].some(
    ([address, { disk, registersEpoch }]) => registersEpoch < target.version && isAmong(target, address, disk),
  );
}

function askPage(proposer: Proposer, { move, ballot }: Leader, to: Address): void {
  const told = move!.told.get(to);
  if (told?.isDone) return;
  const { clusterId } = proposer;
  const { version: epoch } = move!.target;
  proposer.out.send(to, { kind: 'freezeRegisters', ballot, epoch, clusterId, after: told?.after ?? '' }, none);
}

/**
 * What an old acceptor has in registers.
 *
 * @paper departure: reconfiguration of registers, which are not in the log (README)
 */
export function onRegistersPage(proposer: Proposer, from: Address, message: RegistersPage): void {
  const { role } = proposer;
  if (role.kind !== 'leader' || message.ballot !== role.ballot) return;
  const { move } = role;
  const { epoch, disk, after, registers, isLast } = message;
  const old = proposer.registerSet!;
  if (move?.target.version !== epoch || move.parts !== undefined || !isAmong(old, from, disk)) return;
  const told = move.told.get(from) ?? { disk, after: '', isDone: false };
  if (told.isDone || told.after !== after) return;
  for (const register of registers) merge(move, register);
  move.floor = Math.max(move.floor, message.floor);
  move.told.set(from, { disk, after: registers[registers.length - 1]?.key ?? after, isDone: isLast });
  if (!isLast) return askPage(proposer, role, from);
  if ([...move.told.values()].filter(({ isDone }) => isDone).length < promisesNeeded(old)) return;
  move.parts = partsOf([...move.registers.values()]);
  for (const { address } of move.target.acceptors) sendPart(proposer, role, address);
}

function merge({ registers }: RegisterMove, told: Register): void {
  const known = registers.get(told.key);
  const voted = known === undefined || told.accepted > known.accepted ? told : known;
  registers.set(told.key, { ...voted, promised: Math.max(told.promised, known?.promised ?? 0) });
}

/** At least one, which is empty when there are no registers: the new epoch must reach the new acceptors all the same. */
function partsOf(registers: readonly Register[]): readonly (readonly Register[])[] {
  const parts: Register[][] = [[]];
  let bytes = 0;
  for (const register of registers) {
    bytes += register.value.length + register.key.length + 32;
    if (bytes > partBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1]!.push(register);
  }
  return parts;
}

function sendPart(proposer: Proposer, { move, ballot }: Leader, to: Address): void {
  const part = move!.stored.get(to)?.parts ?? 0;
  const registers = move!.parts![part];
  if (registers === undefined) return;
  const { clusterId } = proposer;
  const { target, floor } = move!;
  const message = { kind: 'storeRegisters', ballot, epoch: target.version, clusterId, part, registers, floor } as const;
  proposer.out.send(to, message, none);
}

/** A part may be large. */
function resendPart(proposer: Proposer, role: Leader, to: Address): void {
  if (!isSilent(proposer, role.heard.get(to))) sendPart(proposer, role, to);
}

/**
 * A new acceptor has a part on disk; with a phase-2 quorum that has them all, the log says that the registers have moved.
 *
 * @paper departure: reconfiguration of registers, which are not in the log (README)
 */
export function onRegistersStored(proposer: Proposer, from: Address, message: RegistersStored): void {
  const { role } = proposer;
  if (role.kind !== 'leader' || message.ballot !== role.ballot) return;
  const { move } = role;
  const { epoch, disk, part } = message;
  if (move?.parts === undefined || move.target.version !== epoch || !isAmong(move.target, from, disk)) return;
  const parts = move.stored.get(from)?.parts ?? 0;
  if (part !== parts) return;
  move.stored.set(from, { disk, parts: parts + 1 });
  sendPart(proposer, role, from);
  conclude(proposer, role, move);
}

function conclude(proposer: Proposer, role: Leader, move: RegisterMove): void {
  const done = [...move.stored.values()].filter(({ parts }) => parts === move.parts?.length).length;
  const isNews = proposer.registerSet!.version < move.target.version;
  if (done >= move.target.phase2 && isNews && !move.isProposed && canPropose(proposer, role)) {
    move.isProposed = true;
    proposeBatch(proposer, role, [{ kind: 'configuration', bytes: encodeMove(move.target) }], []);
  }
  if (done === move.target.acceptors.length && !isNews) role.move = undefined;
}

/** The log says so, or a snapshot of it: from here on rounds belong to the new acceptors, and those of the old ones come to nothing. */
export function noteMove(proposer: Proposer, set: AcceptorSet): void {
  const { registerSet, out, role } = proposer;
  if (set.version <= registerSet!.version) return;
  proposer.registerSet = set;
  for (const round of proposer.registerRounds.values()) giveUpBallot(round, Number.NEGATIVE_INFINITY);
  for (const read of proposer.registerReads.values()) read.waitsSince = Number.NEGATIVE_INFINITY;
  out.observe({ kind: 'registersMoved', set });
  askForFounding(proposer); // the new ones have not told us their ballots
  if (role.kind === 'leader' && role.move) conclude(proposer, role, role.move);
}
