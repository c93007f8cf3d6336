import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import type { Decide, Read, Reconfigure, RefusalReason, Request, Slot } from '../messages.js';
import { proposeBatch, room } from './phase2.js';
import { startLearnTimer } from './learning.js';
import { beginReadRound } from './reads.js';
import type { Leader, Proposer, WaitingRequest } from './state.js';

/**
 * A client's command. All that arrive in one turn are proposed in one round, each in a slot of its own; a client elsewhere is
 * told who leads.
 *
 * @paper Paxos Made Simple §3 ("the server … chooses where in the sequence each client command should appear")
 */
export function onRequest(proposer: Proposer, from: Address, request: Request): void {
  const { requestBytes } = proposer.configuration.limits;
  if (request.bytes.length > requestBytes) return refuse(proposer, from, request, 'tooLarge');
  gather(proposer, { from, request, openIn: 0 });
}

function gather(proposer: Proposer, waiting: WaitingRequest): void {
  const { role } = proposer;
  const { gatheredBytes, batchBytes } = proposer.configuration.limits;
  if (role.kind !== 'leader') return refuseWaiting(proposer, waiting, 'notLeader');
  if (role.handOver) return refuseWaiting(proposer, waiting, 'unavailable');
  const size = sizeOf([entryOf(waiting)]);
  if (role.gatheredBytes + size > gatheredBytes) return refuseWaiting(proposer, waiting, 'overloaded');
  if (role.gatheredBytes + size > batchBytes) closeBatch(proposer, role);
  if (role.gathered.length === 0) proposer.out.startTimer('batch', { minMs: 0, maxMs: 0 });
  role.gathered.push(waiting);
  role.gatheredBytes += size;
}

/** It was not proposed now. If it was in another slot as well, before or since, its outcome may be open there. */
function refuseWaiting(proposer: Proposer, { from, request, openIn }: WaitingRequest, reason: RefusalReason): void {
  refuse(proposer, from, request, openIn > 0 ? 'steppedDown' : reason);
}

/** The turn is over: what it gathered becomes a round. */
export function onBatchTimeout(proposer: Proposer): void {
  const { role } = proposer;
  if (role.kind !== 'leader') return;
  closeBatch(proposer, role);
  beginReadRound(proposer, role);
}

/** Proposes what was gathered, as far as there is room in the window; never before everything older is proposed again. */
export function closeBatch(proposer: Proposer, role: Leader): void {
  while (role.gathered.length > 0 && canPropose(proposer, role)) {
    const slots = Math.min(room(proposer, role), proposer.sets!.lastSlotOf(role.next) - role.next + 1);
    const requests = takeGathered(proposer, role, slots);
    proposeBatch(proposer, role, requests.map(entryOf), requests);
  }
}

/** New commands come after all that phase 1 found, in slots whose acceptors have promised. */
export function canPropose(proposer: Proposer, role: Leader): boolean {
  if (role.next <= role.promises.last || room(proposer, role) <= 0) return false;
  return role.promises.isOpen(role.next, proposer.sets!.at(role.next));
}

function takeGathered(proposer: Proposer, role: Leader, slots: number): readonly WaitingRequest[] {
  let bytes = 0;
  let count = 0;
  for (const waiting of role.gathered) {
    const size = sizeOf([entryOf(waiting)]);
    if (count === slots || (count > 0 && bytes + size > proposer.configuration.limits.batchBytes)) break;
    bytes += size;
    count++;
  }
  role.gatheredBytes -= bytes;
  if (count === role.gathered.length) {
    const all = role.gathered;
    role.gathered = [];
    return all;
  }
  return role.gathered.splice(0, count);
}

function entryOf({ from, request }: WaitingRequest): Entry {
  return { kind: 'request', from, bytes: request.bytes };
}

/**
 * Leadership is over. What was only gathered is refused: it has had no effect. What was proposed may still be chosen, in our
 * slots; whoever waits for it is told when we learn what was (`concludeWaiting`), or when that takes too long.
 */
export function releaseClients(proposer: Proposer, role: Leader): void {
  for (const waiting of role.gathered) refuseWaiting(proposer, waiting, 'notLeader');
  if (role.change?.asked) refuse(proposer, role.change.asked.from, role.change.asked.message, 'steppedDown');
  const { gathered, confirming, confirmed } = role.reads;
  const waiting = [...confirmed.flatMap((group) => group.reads), ...(confirming?.reads ?? []), ...gathered];
  for (const { from, read } of waiting) refuse(proposer, from, read, 'notLeader');
  if (proposer.waiting.size > 0) startLearnTimer(proposer);
}

/** We lead no longer and have not learned in an election timeout what became of it: its outcome is open. */
export function releaseLongWaiting(proposer: Proposer): void {
  if (proposer.role.kind === 'leader') return;
  releaseWaiting(proposer, proposer.now - proposer.configuration.electionTimeout.maxMs);
}

/** Of those that wait since then or longer the outcome is open. */
export function releaseWaiting(proposer: Proposer, since: number): void {
  for (const [slot, { from, request, at }] of proposer.waiting) {
    if (at > since) return; // in the order of their slots, and so of their times
    proposer.waiting.delete(slot);
    refuse(proposer, from, request, 'steppedDown');
  }
}

/** A snapshot stands for these slots: what became of commands in them we shall not see. */
export function releaseSkipped(proposer: Proposer, through: Slot): void {
  for (const [slot, { from, request }] of proposer.waiting) {
    if (slot > through) return;
    proposer.waiting.delete(slot);
    refuse(proposer, from, request, 'steppedDown');
  }
}

/**
 * A slot was executed in which we had proposed a client's command: that very command, and it is answered, or another value.
 * Then the command was surely not executed in this slot, and is proposed again: by us, if we lead, else by whoever leads, whom
 * the client is told. Its session sees to it that it is executed once.
 */
export function concludeWaiting(
  proposer: Proposer,
  slot: Slot,
  entry: Entry,
  ballot: number,
  results: Uint8Array | undefined,
): void {
  const waiting = proposer.waiting.get(slot);
  if (waiting === undefined) return;
  proposer.waiting.delete(slot);
  const { from, request } = waiting;
  if (results !== undefined && entry.kind === 'request' && isSame(entry, waiting)) {
    const answer = { kind: 'results', results, index: slot, ballot, ageMs: 0 } as const;
    const { client, session, sequence } = request;
    return proposer.out.send(from, { kind: 'reply', client, session, sequence, answer }, none);
  }
  const again = proposer.role.kind === 'leader';
  proposer.out.observe({ kind: 'lostSlot', slot, again });
  if (again) gather(proposer, waiting);
  else refuseWaiting(proposer, waiting, 'lost');
}

function isSame(entry: Extract<Entry, { kind: 'request' }>, { from, request: { bytes } }: WaitingRequest): boolean {
  if (entry.bytes === bytes) return true;
  return (
    entry.from === from && entry.bytes.length === bytes.length && entry.bytes.every((byte, i) => byte === bytes[i])
  );
}

/**
 * Phase 1 has found nothing in these slots, so what we had proposed in them in earlier ballots is not chosen there: it is proposed
 * again, in others. Until another value is chosen in the old slot, an acceptor that phase 1 did not hear may bring it back.
 */
export function proposeLostAgain(proposer: Proposer, from: Slot): void {
  for (const [slot, waiting] of [...proposer.waiting]) {
    if (slot < from) continue;
    proposer.waiting.delete(slot);
    proposer.out.observe({ kind: 'lostSlot', slot, again: true });
    gather(proposer, { ...waiting, openIn: Math.max(slot, waiting.openIn) });
  }
}

/** A refusal promises nothing, so it waits for no disk. */
export function refuse(
  proposer: Proposer,
  to: Address,
  { client, ...asked }: Request | Read | Reconfigure | Decide,
  reason: RefusalReason,
  detail?: string,
): void {
  const elsewhere = reason === 'notLeader' || reason === 'steppedDown' || reason === 'lost';
  const leader = elsewhere && proposer.leader !== proposer.self ? proposer.leader : undefined;
  const later = reason === 'overloaded' || reason === 'unavailable';
  const retryAfterMs = later ? proposer.configuration.heartbeatMs : undefined;
  const session = asked.kind === 'request' ? asked.session : 0;
  const answer = {
    kind: 'refused',
    reason,
    ballot: proposer.leaderBallot,
    ...(leader && { leader }),
    ...(retryAfterMs && { retryAfterMs }),
    ...(detail && { detail }),
  } as const;
  proposer.out.send(to, { kind: 'reply', client, session, sequence: asked.sequence, answer }, none);
}
