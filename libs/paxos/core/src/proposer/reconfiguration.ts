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
import type { Change, Leader, Proposer } from './state.js';

/*
 * "Let the set of servers that execute instance i + α be specified by the state after execution of the ith command" (Paxos Made
 * Simple §3): here by what is chosen, which every proposer reads alike, whether it executes or not.
 */

/**
 * The admin wants other acceptors. Those to be added must have told us their disks: they join, or answer although they were removed.
 *
 * @paper Paxos Made Simple §3
 */
export function onReconfigure(proposer: Proposer, from: Address, message: Reconfigure): void {
  const { role } = proposer;
  if (role.kind !== 'leader') return refuse(proposer, from, message, 'notLeader');
  if (role.handOver || !mayChange(proposer, role)) return refuse(proposer, from, message, 'unavailable');
  const set = wanted(proposer, role, message);
  if (typeof set === 'string') return refuse(proposer, from, message, 'malformed', set);
  propose(proposer, role, set, { from, message });
}

/**
 * One change at a time: the one before is in force, the registers have followed it, and nothing of an earlier leader's may be
 * another.
 */
function mayChange(proposer: Proposer, role: Leader): boolean {
  const { sets, chosen, registerSet } = proposer;
  if (role.change !== undefined || !isSettled(proposer, role)) return false;
  return sets!.newestFrom <= chosen.through + 1 && registerSet!.version === sets!.newest.version;
}

function wanted(
  proposer: Proposer,
  role: Leader,
  { version, add, remove, phase1, phase2 }: Reconfigure,
): AcceptorSet | string {
  const { newest } = proposer.sets!;
  if (version !== newest.version) return `the acceptors are at version ${newest.version}, not ${version}: look again`;
  const stranger = remove.find((address) => !newest.acceptors.some((acceptor) => acceptor.address === address));
  if (stranger !== undefined) return `${stranger} is not one of the acceptors`;
  const acceptors: AcceptorId[] = newest.acceptors.filter(({ address }) => !remove.includes(address));
  for (const address of add) {
    const disk = proposer.joining.get(address) ?? role.heard.get(address)?.disk; // one that was removed does not join
    if (disk === undefined) return `${address} has not been heard: start it first`;
    acceptors.push({ address, disk });
  }
  const set = majorities(acceptors, newest.version + 1);
  const chosen = { ...set, phase1: phase1 ?? set.phase1, phase2: phase2 ?? set.phase2 };
  return quorumFault(chosen) ?? chosen;
}

/**
 * An acceptor has a disk that nobody counts. If its name is among the acceptors, its old disk is lost: the new one takes its
 * place, as another acceptor, in slots that nobody has proposed in. Else it waits to be added.
 *
 * @paper Paxos Made Live §5.1 (disk corruption: such a replica rejoins, and votes only when that is safe)
 */
export function onJoin(proposer: Proposer, from: Address, { disk }: Join): void {
  proposer.joining.set(from, disk);
  while (proposer.joining.size > mostJoining) proposer.joining.delete(proposer.joining.keys().next().value!);
  const { role, sets } = proposer;
  if (role.kind !== 'leader' || role.handOver || sets === undefined) return;
  const { newest } = sets;
  const named = newest.acceptors.some(({ address }) => address === from);
  if (!named || isAmong(newest, from, disk) || !isItsLatest(role, from, disk) || !mayChange(proposer, role)) return;
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
