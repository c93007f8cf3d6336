import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Entry } from '@synod/log';
import { isAmong, majorities, quorumFault } from '../acceptor-set.js';
import type { AcceptorId, AcceptorSet } from '../acceptor-set.js';
import type { Join, Reconfigure, Slot } from '../messages.js';
import { decodeMove, decodeSet, encodeSet } from '../set-codec.js';
import { canPropose, refuse } from './clients.js';
import { isSettled } from './leadership.js';
import { askToPromise } from './phase1.js';
import { proposeBatch, room } from './phase2.js';
import { noteMove } from './register-move.js';
import { isSilent } from './state.js';
import type { Change, Leader, Proposer } from './state.js';
import { copiesWanted, whoLacks } from './trimming.js';

/*
 * "Let the set of servers that execute instance i + α be specified by the state after execution of the ith command" (Paxos Made
 * Simple §3): here by what is chosen, which every proposer reads alike, whether it executes or not.
 */

/**
 * The admin wants other acceptors. Those to be added must have told us their disks: they answer, whether they wait to be added or were
 * removed.
 *
 * @paper Paxos Made Simple §3
 */
export function onReconfigure(proposer: Proposer, from: Address, message: Reconfigure): void {
  const { role } = proposer;
  if (role.kind !== 'leader') return refuse(proposer, from, message, 'notLeader');
  const later = (awaited: string): void => refuse(proposer, from, message, 'unavailable', awaited);
  const first = awaitedOfOthers(proposer, role);
  if (first !== undefined) return later(first);
  const disks = message.add.map((address) => diskOf(proposer, role, address, message.force === true));
  const unheard = message.add.find((_, i) => disks[i] === undefined);
  if (unheard !== undefined) return later(whyNot(role, unheard));
  const set = wanted(proposer, message, disks as number[]);
  if (typeof set === 'string') return refuse(proposer, from, message, 'malformed', set);
  const then = awaitedByChange(proposer, role);
  if (then !== undefined) return later(then);
  propose(proposer, role, set, { from, message });
}

/** One change at a time: what, for people, may bring another one; undefined: nothing, and we know who the acceptors are. */
function awaitedOfOthers(proposer: Proposer, role: Leader): string | undefined {
  if (role.handOver) return 'the leader is about to stop';
  if (role.change !== undefined) return 'another change is under way';
  return isSettled(proposer, role) ? undefined : 'what earlier leaders have proposed is not all chosen yet';
}

/**
 * What the newest change waits for, for people; undefined: it is seen through, and the acceptors before it may go. In force: the slots
 * before are chosen. The registers have followed. And nobody needs to ask the acceptors before it for those slots any more: so many
 * proposers have them on disk that acceptors may forget them. Until then a disk that the change replaced is one of the f that may be
 * lost, whatever the new one has by now; with a second change there would be slots whose votes are left on too few.
 *
 * @paper Paxos Made Simple §3; Paxos Made Moderately Complex §4.2
 */
export function awaitedByChange(proposer: Proposer, role: Leader): string | undefined {
  const { sets, chosen, registerSet } = proposer;
  const { newest, newestFrom } = sets!;
  const version = `version ${newest.version} of the acceptors`;
  if (newestFrom > chosen.through + 1) return `${version} is not in force yet`;
  if (registerSet!.version !== newest.version) return `the registers have not moved to ${version} yet`;
  if (role.trimThrough >= newestFrom - 1) return undefined;
  const lacking = whoLacks(proposer, role, newestFrom - 1);
  return `what was chosen before slot ${newestFrom}, where ${version} begins, must be on the disks of ${copiesWanted(proposer)} proposers first; ${lacking.join(', ')} ${lacking.length === 1 ? 'has' : 'have'} not told that it is`;
}

/** The version of the newest acceptors that those before are not needed any more for. */
export function settledVersion(proposer: Proposer, role: Leader): number {
  const { version } = proposer.sets!.newest;
  return awaitedByChange(proposer, role) === undefined ? version : version - 1; // the one before was, or this one were not there
}

/** Of an acceptor that is to be added, if it answers: a quorum with one that is silent might not. Forced: the last that was heard of. */
function diskOf(proposer: Proposer, role: Leader, address: Address, forced: boolean): number | undefined {
  const heard = role.heard.get(address);
  if (forced) return heard?.disk ?? proposer.joining.get(address); // one that was removed does not join
  return isSilent(proposer, heard) ? undefined : heard?.disk;
}

function whyNot({ heard }: Leader, address: Address): string {
  return `${address} ${heard.has(address) ? 'is silent' : 'has not been heard'}: start it first`;
}

function wanted(
  proposer: Proposer,
  { version, add, remove, phase1, phase2 }: Reconfigure,
  disks: readonly number[],
): AcceptorSet | string {
  const { newest } = proposer.sets!;
  if (version !== newest.version) return `the acceptors are at version ${newest.version}, not ${version}: look again`;
  const stranger = remove.find((address) => !newest.acceptors.some((acceptor) => acceptor.address === address));
  if (stranger !== undefined) return `${stranger} is not one of the acceptors`;
  const acceptors: AcceptorId[] = newest.acceptors.filter(({ address }) => !remove.includes(address));
  add.forEach((address, i) => acceptors.push({ address, disk: disks[i]! }));
  const set = majorities(acceptors, newest.version + 1);
  const chosen = { ...set, phase1: phase1 ?? set.phase1, phase2: phase2 ?? set.phase2 };
  return quorumFault(chosen) ?? chosen;
}

/**
 * An acceptor has a disk that nobody counts. If its name is among the acceptors, its old disk is lost: the new one takes its
 * place, as another acceptor, in slots that nobody has proposed in. Else it waits to be added. It asks again until it is counted.
 *
 * @paper Paxos Made Live §5.1 (disk corruption: such a replica rejoins, and votes only when that is safe)
 */
export function onJoin(proposer: Proposer, from: Address, { disk }: Join): void {
  proposer.joining.set(from, disk);
  while (proposer.joining.size > mostJoining) proposer.joining.delete(proposer.joining.keys().next().value!);
  const { role, sets } = proposer;
  if (role.kind !== 'leader' || sets === undefined) return;
  const { newest } = sets;
  const named = newest.acceptors.some(({ address }) => address === from);
  if (!named || isAmong(newest, from, disk) || !isItsLatest(role, from, disk)) return;
  if ((awaitedOfOthers(proposer, role) ?? awaitedByChange(proposer, role)) !== undefined) return;
  const acceptors = newest.acceptors.map((acceptor) =>
    acceptor.address === from ? { address: from, disk } : acceptor,
  );
  propose(proposer, role, { ...newest, version: newest.version + 1, acceptors }, undefined);
}

/** A word that it joins may be late, of a disk that is lost again: it is one whose disk has answered the latest beat that any has. */
function isItsLatest({ heard }: Leader, acceptor: Address, disk: number): boolean {
  return heard.get(acceptor)?.disk === disk;
}

/** LIMIT: acceptors that wait to be added. */
const mostJoining = 64;

function propose(proposer: Proposer, role: Leader, set: AcceptorSet, asked: Change['asked']): void {
  if (!canPropose(proposer, role)) {
    if (asked) refuse(proposer, asked.from, asked.message, 'unavailable');
    return;
  }
  role.change = { slot: role.next, set, asked };
  proposeBatch(proposer, role, [{ kind: 'configuration', bytes: encodeSet(set) }], []);
}

/** A change is chosen, and comes into force without waiting for clients' commands: the slots before it get no-ops. */
export function fillUntilInForce(proposer: Proposer, role: Leader): void {
  const { newestFrom } = proposer.sets!;
  while (role.next < newestFrom && canPropose(proposer, role)) {
    const through = Math.min(proposer.sets!.lastSlotOf(role.next), role.next + room(proposer, role) - 1);
    const noOps = Array.from({ length: through - role.next + 1 }, (): Entry => ({ kind: 'noOp' }));
    proposeBatch(proposer, role, noOps, []);
  }
}

/** A change is chosen: every proposer learns it in this very slot. One whose turn it was not is void. */
export function noteChange(proposer: Proposer, slot: Slot, bytes: Uint8Array): void {
  const move = decodeMove(bytes);
  if (move !== undefined) return noteMove(proposer, move);
  const set = decodeSet(bytes);
  const from = slot + proposer.configuration.limits.alpha;
  if (set === undefined || !proposer.sets!.decided(set, from)) return;
  proposer.out.observe({ kind: 'reconfigured', set, from });
  if (proposer.role.kind !== 'leader') return;
  askToPromise(proposer, proposer.role, from);
  fillUntilInForce(proposer, proposer.role);
}

/** The slot of our change was executed: whoever asked is told from where on it is in force. */
export function concludeChange(proposer: Proposer, role: Leader, slot: Slot, entry: Entry): void {
  const { change } = role;
  if (change?.slot !== slot) return;
  role.change = undefined; // the next one waits until this one is in force
  if (change.asked) tell(proposer, change, entry.kind === 'configuration');
}

function tell(proposer: Proposer, { slot, set, asked }: Change, done: boolean): void {
  const { from, message } = asked!;
  if (!done) return refuse(proposer, from, message, 'lost');
  const { client, sequence } = message;
  const answer = { kind: 'reconfigured', set, from: slot + proposer.configuration.limits.alpha } as const;
  proposer.out.send(from, { kind: 'reply', client, session: 0, sequence, answer }, none);
}
