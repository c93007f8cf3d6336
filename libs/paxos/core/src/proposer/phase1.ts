import type { Address } from '@synod/actor';
import type { Entry } from '@synod/log';
import type { ElectionReason } from '../events.js';
import type { Promised, Slot } from '../messages.js';
import { roundOfBallot } from '../ballot.js';
import { catchUp } from './catch-up.js';
import { becomeLeader, startHeartbeatTimer } from './leadership.js';
import { proposeLostAgain } from './clients.js';
import { goOn, proposeBatch, room } from './phase2.js';
import { PromiseBook } from './promise-book.js';
import { persistProposer, standBack, startElectionTimer } from './standing.js';
import type { Leader, Preparing, Proposer } from './state.js';

/**
 * Phase 1 (a), once for all slots that are not known to be chosen: "a newly chosen leader executes phase 1 for infinitely many
 * instances". The round is on disk before the request leaves, so that no life of ours uses it again.
 *
 * @paper Paxos Made Simple §2.2 Phase 1 (a), §3
 */
export function prepare(proposer: Proposer, why: ElectionReason): void {
  const ballot = proposer.nextBallot;
  proposer.round = roundOfBallot(ballot);
  proposer.highest = ballot;
  proposer.leader = undefined;
  persistProposer(proposer);
  proposer.role = { kind: 'preparing', ballot, promises: new PromiseBook(), since: proposer.now };
  const { clusterId, chosen } = proposer;
  const from = chosen.through + 1;
  proposer.out.observe({ kind: 'preparing', ballot, from, why });
  startElectionTimer(proposer);
  startHeartbeatTimer(proposer);
  proposer.out.send(proposer.configuration.everyone, { kind: 'prepare', ballot, from, clusterId });
}

/**
 * A promise, or the next page of what goes with it. Counts for this very ballot alone, as one of a set of acceptors.
 *
 * @paper Paxos Made Simple §2.2 Phase 1 (b), Phase 2 (a)
 */
export function onPromised(proposer: Proposer, from: Address, message: Promised): void {
  const { role } = proposer;
  if (!proposer.isAcceptor(from)) return proposer.rejectStranger(from, message.disk);
  if ((role.kind !== 'preparing' && role.kind !== 'leader') || message.ballot !== role.ballot) return;
  const next = role.kind === 'leader' ? role.next : proposer.chosen.through + 1;
  if (message.trimmedThrough >= next) {
    // Others have told what is in the next slot: one that comes late and has trimmed it is not needed.
    if (role.kind === 'leader' && role.promises.isOpen(next, proposer.sets!.at(next))) return;
    return fallBehind(proposer, message.trimmedThrough);
  }
  if (!role.promises.take(from, message, next - 1)) return;
  const { ballot, through } = message;
  if (proposer.counts(from, message.disk)) {
    proposer.out.observe({ kind: 'promiseCounted', ballot, acceptor: from, through });
  }
  if (role.kind === 'preparing') lead(proposer, role, from);
  else goOn(proposer, role);
}

/** What is trimmed is chosen, and proposers have it; until we do, we could propose something else there. */
function fallBehind(proposer: Proposer, through: Slot): void {
  proposer.knownThrough = Math.max(proposer.knownThrough, through);
  standBack(proposer, 'behind');
  catchUp(proposer);
}

function lead(proposer: Proposer, { promises }: Preparing, completedBy: Address): void {
  const next = proposer.chosen.through + 1;
  if (!promises.isOpen(next, proposer.sets!.at(next))) return;
  // Another proposer's snapshot is about to say that much more is chosen than we would lead from.
  if (proposer.installing) return standBack(proposer, 'behind');
  becomeLeader(proposer, completedBy);
}

/**
 * Phase 2 (a) for what phase 1 found: in each slot "the value of the highest-numbered proposal among the responses, or any
 * value if the responses reported no proposals"; that is a no-op, so that no gap holds up what comes after it. Before any new
 * command. As far as promises have told and the window goes; asks for the next pages.
 *
 * @paper Paxos Made Simple §2.2 P2c, Phase 2 (a); §3 (gaps: "a special 'no-op' command")
 */
export function adopt(proposer: Proposer, role: Leader): void {
  const { promises } = role;
  const { sets, chosen, configuration } = proposer;
  const top = promises.last;
  while (role.next <= top && room(proposer, role) > 0) {
    const open = promises.openThrough(role.next, sets!);
    const through = Math.min(top, open, sets!.lastSlotOf(role.next), chosen.through + configuration.limits.alpha);
    if (through < role.next) break;
    adoptRun(proposer, role, through);
  }
  if (role.next <= top) return askToPromise(proposer, role, role.next);
  if (role.hasAdopted) return;
  role.hasAdopted = true;
  proposeLostAgain(proposer, role.next);
}

function adoptRun(proposer: Proposer, role: Leader, through: Slot): void {
  const { promises, next: first } = role;
  const entries: Entry[] = [];
  let bytes = 0;
  let noOps = 0;
  for (let slot = first; slot <= through && bytes < proposer.configuration.limits.batchBytes; slot++) {
    const value = promises.valueAt(slot);
    if (value === undefined) noOps++;
    entries.push(value ?? { kind: 'noOp' });
    bytes += value !== undefined && value.kind !== 'noOp' ? value.bytes.length + 48 : 16;
    promises.forget(slot);
  }
  const last = first + entries.length - 1;
  proposer.out.observe({ kind: 'adopted', ballot: role.ballot, first, last, noOps });
  proposeBatch(proposer, role, entries, []);
}

/**
 * Whoever of the slot's acceptors has not told of it is asked for the next page, and whoever has not promised, to do so; until the
 * slot is open.
 */
export function askToPromise(proposer: Proposer, { promises, ballot }: Leader | Preparing, slot: Slot): void {
  const { clusterId, sets } = proposer;
  const set = sets!.at(slot);
  if (promises.isOpen(slot, set)) return;
  for (const { address, disk } of set.acceptors) {
    const from = promises.untoldFrom(slot, address, disk);
    if (from <= slot) proposer.out.send(address, { kind: 'prepare', ballot, from, clusterId });
  }
}
