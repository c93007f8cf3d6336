import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { Batch, requestBytes, requestDigest } from './batch.js';
import type { Relay, Request } from './messages.js';
import { propose } from './normal-case.js';
import { considerRequestTimer } from './patience.js';
import { answerAtOnce } from './replies.js';
import { refuse } from './refusal.js';
import { reject } from './rejection.js';
import type { Pbft } from './state.js';
import type { Command, Sequence, Signed } from './statements.js';
import type { WaitingRequest } from './waiting.js';

/**
 * A client's request. "If the request has already been processed, the replicas simply re-send the reply"; else it waits to be
 * executed, at a backup too, for that is what its timer is about. All that arrive in one turn become one batch.
 *
 * @paper PBFT §4.1, §4.2
 */
export function onRequest(pbft: Pbft, from: Address, message: Request): void {
  const { signed } = message;
  if (signed.signer !== from) return reject(pbft, from, 'requestOfAnother');
  const { limits } = pbft.configuration;
  if (!pbft.follows || pbft.stopping) return refuse(pbft, signed, 'unavailable');
  if (requestBytes(signed) > limits.requestBytes) return refuse(pbft, signed, 'tooLarge');
  const { holds, batch } = signed.statement;
  const known = holds === 'operations' && pbft.replay.size === 0 ? pbft.service.recall(from, batch) : undefined;
  if (known !== undefined) return answerAtOnce(pbft, signed, known);
  const digest = requestDigest(pbft.cryptography, signed);
  const waiting = pbft.waiting.get(digest);
  if (waiting?.message !== undefined) return; // said again: it has its place
  if (!hasPlace(pbft, signed)) return waiting === undefined ? refuse(pbft, signed, 'overloaded') : undefined;
  if (waiting !== undefined) return pbft.waiting.ask(waiting, message);
  pbft.waiting.put(digest, signed, message, pbft.now);
  startWaiting(pbft);
}

/**
 * Who asks for more than the group can do waits by himself: in a list that all share, everybody would wait behind him, longer than a
 * primary may take, and one after the other would be replaced for it.
 */
function hasPlace({ configuration, waiting }: Pbft, { signer, statement }: Signed<Command>): boolean {
  const { waitingRequests, userRequests, queriesAtOnce } = configuration.limits;
  if (waiting.ofClients.requests >= waitingRequests) return false;
  const { requests, queries } = waiting.ofUser(signer);
  return requests < userRequests && (statement.holds === 'operations' || queries < queriesAtOnce);
}

/**
 * "If the replica is not the primary, it relays the request to the primary." Where clients fill the primary's list, another one has its
 * own filled by others of them; so that what it waits for longest has its turn, each member has a share that clients do not get.
 * It gets no more than that: a member that has a client's key could fill the memory of others, and leave no room for clients. And
 * nobody else has a use for it: who is primary next is relayed to what waits then.
 *
 * @paper PBFT §4.1
 */
export function onRelay(pbft: Pbft, from: Address, { signed }: Relay): void {
  const { limits } = pbft.configuration;
  if (!pbft.follows || !pbft.isPrimary || pbft.stopping) return;
  if (requestBytes(signed) > limits.requestBytes) return reject(pbft, from, 'requestTooLarge');
  if (!hasShareLeft(pbft, from, requestBytes(signed))) return;
  const { holds, batch } = signed.statement;
  if (holds === 'operations' && pbft.service.recall(signed.signer, batch) !== undefined) return;
  const digest = requestDigest(pbft.cryptography, signed);
  if (pbft.waiting.get(digest) !== undefined) return;
  pbft.waiting.put(digest, signed, undefined, pbft.now, from);
  startWaiting(pbft);
}

/** One at least, of as many as may wait here from clients; of their bytes, too, or as much as one turn of relaying brings. */
function hasShareLeft({ configuration, others, waiting }: Pbft, member: Address, more: number): boolean {
  const { waitingRequests, clientBytes, batchBytes } = configuration.limits;
  const { requests, bytes } = waiting.relayedBy(member);
  const bytesMost = Math.max(clientBytes / others.length, batchBytes);
  return requests === 0 || (requests < waitingRequests / others.length && bytes + more <= bytesMost);
}

/** It waits now: the timer may be about it, and the primary has something to propose. */
function startWaiting(pbft: Pbft): void {
  considerRequestTimer(pbft);
  considerBatch(pbft);
}

/** Requests of a batch are not proposed again in this view, and wait to be executed wherever they are known. */
export function noteOfProposal(
  pbft: Pbft,
  sequence: Sequence,
  batch: Batch,
): readonly { readonly from: Address; readonly request: Request }[] {
  if (sequence <= pbft.executed.sequence) return [];
  const requests = [];
  const digests = batch.identity(pbft.cryptography).requests;
  for (const [place, signed] of batch.requests.entries()) {
    const digest = digests[place]!;
    const waiting = pbft.waiting.get(digest) ?? pbft.waiting.put(digest, signed, undefined, pbft.now);
    pbft.waiting.markProposed(waiting, sequence);
    if (waiting.message) requests.push({ from: signed.signer, request: waiting.message });
  }
  considerRequestTimer(pbft);
  return requests;
}

/** The turn is over, or there is room in the window again: is there something to propose? */
export function considerBatch(pbft: Pbft): void {
  if (mayPropose(pbft)) pbft.out.startTimer('batch', { minMs: 0, maxMs: 0 });
}

/** Few batches on their way close with whatever is there; more of them only when they are worth their signatures. */
function mayPropose(pbft: Pbft): boolean {
  const { unproposedBytes } = pbft.waiting;
  if (!pbft.active || !pbft.isPrimary || !pbft.votes || pbft.stopping || unproposedBytes === 0) return false;
  const { inFlight, inFlightSmall, batchBytes } = pbft.configuration.limits;
  const onTheirWay = pbft.lastProposed - pbft.executed.sequence;
  if (pbft.lastProposed >= pbft.high || onTheirWay >= inFlight) return false;
  return onTheirWay < inFlightSmall || unproposedBytes >= batchBytes / 2;
}

export function onBatchTimeout(pbft: Pbft): void {
  while (mayPropose(pbft)) propose(pbft, closeBatch(pbft));
}

/** The oldest requests that are not proposed yet, as many as fit; operations do not wait for more queries than go into one batch. */
function closeBatch(pbft: Pbft): Batch {
  const { batchBytes, queriesAtOnce } = pbft.configuration.limits;
  const requests: Signed<Command>[] = [];
  let bytes = 0;
  let queries = 0;
  for (const { proposedAt, signed } of pbft.waiting.all) {
    const isQuery = signed.statement.holds === 'queries';
    if (proposedAt > 0 || (isQuery && queries >= queriesAtOnce)) continue;
    bytes += requestBytes(signed);
    if (requests.length > 0 && bytes > batchBytes) break;
    requests.push(signed);
    if (isQuery) queries++;
  }
  return new Batch(requests);
}

/**
 * Requests that wait long go to the primary, in case it does not have them, the oldest of them, no more than fit a batch, and at least one: soon enough that a primary which
 * only then gets them is not taken for a slow one.
 */
export function relayRequests(pbft: Pbft): void {
  if (!pbft.active || pbft.isPrimary) return;
  const patience = pbft.configuration.timings.slowMs / 2;
  const { batchBytes, relays } = pbft.configuration.limits;
  let relayed = 0;
  let relayedBytes = 0;
  for (const waiting of [...pbft.waiting.all]) {
    if (relayed >= relays) return;
    if (waiting.proposedAt > 0 || pbft.now - waiting.relayedAt < patience || answerKnown(pbft, waiting)) continue;
    const bytes = requestBytes(waiting.signed);
    if (relayed > 0 && relayedBytes + bytes > batchBytes) return;
    relayed++;
    relayedBytes += bytes;
    waiting.relayedAt = pbft.now;
    pbft.out.send(pbft.primary, { kind: 'relay', signed: waiting.signed }, none);
  }
}

/**
 * The same batch may have been executed under other bytes, as when a client signed it twice: nobody proposes it any more, and no
 * primary is to blame. Who asked here is answered.
 */
function answerKnown(pbft: Pbft, { digest, signed, message }: WaitingRequest): boolean {
  const { holds, batch } = signed.statement;
  if (holds !== 'operations' || pbft.replay.size > 0 || pbft.installing !== undefined) return false;
  const known = pbft.service.recall(signed.signer, batch);
  if (known === undefined) return false;
  pbft.waiting.take(digest);
  considerRequestTimer(pbft);
  if (message !== undefined) answerAtOnce(pbft, signed, known);
  return true;
}
