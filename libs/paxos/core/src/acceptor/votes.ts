import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import { isAmong } from '../acceptor-set.js';
import type { Accept } from '../messages.js';
import { decodeMove } from '../set-codec.js';
import { waitsToBeCounted } from './first-start.js';
import { refuse } from './promises.js';
import { persistState } from './state.js';
import type { Acceptor } from './state.js';
import { trim } from './trimming.js';

/**
 * Phase 2b: "If an acceptor receives an accept request for a proposal numbered n, it accepts the proposal unless it has
 * already responded to a prepare request having a number greater than n". To accept is to promise as well: otherwise an older
 * prepare could be answered afterwards. A heartbeat, which carries no value, renews just the promise.
 *
 * @paper Paxos Made Simple §2.2 P1a, Phase 2 (b); §2.5
 */
export function onAccept(acceptor: Acceptor, from: Address, message: Accept): void {
  const { ballot, batches } = message;
  if (!acceptor.mayUse(from, ballot)) return acceptor.reject(from, 'ballotOfAnother');
  if (!acceptor.serves(from, message)) return;
  if (ballot < acceptor.promised) return refuse(acceptor, from, ballot, 'accept');
  if (!isContiguous(message)) return acceptor.reject(from, 'slotsNotContiguous');
  acceptor.heardLeaderAt = acceptor.now;
  if (waitsToBeCounted(acceptor)) noteThatItCounts(acceptor, batches);
  for (const batch of batches) vote(acceptor, from, batch);
  if (ballot > acceptor.promised) {
    acceptor.promised = ballot;
    persistState(acceptor);
  }
  trim(acceptor, message.trimThrough);
  reply(acceptor, from, message);
}

/** That registers have moved to a set is proposed when the set is in force, and no sooner. */
function noteThatItCounts(acceptor: Acceptor, batches: readonly EntryBatch[]): void {
  for (const { entries } of batches) {
    for (const entry of entries) {
      const moved = entry.kind === 'configuration' ? decodeMove(entry.bytes) : undefined;
      if (moved !== undefined && isAmong(moved, acceptor.self, acceptor.disk)) acceptor.isCounted = true;
    }
  }
}

function isContiguous({ ballot, batches }: Accept): boolean {
  let next = batches[0]?.first ?? 0;
  for (const batch of batches) {
    if (batch.first !== next || batch.entries.length === 0 || batch.era !== ballot) return false;
    next = batch.last + 1;
  }
  return true;
}

/** What is trimmed is chosen, and this is the value: there is nothing to write. Nor for a vote that was cast before. */
function vote(acceptor: Acceptor, proposer: Address, batch: EntryBatch): void {
  const { votes, trimmedThrough } = acceptor;
  if (batch.last <= trimmedThrough) return;
  const { era: ballot, first, last } = batch;
  if (votes.holds(ballot, Math.max(first, trimmedThrough + 1), last)) return;
  const number = votes.lastNumber + 1;
  votes.add(number, batch);
  acceptor.bytesSinceMark += batch.sizeBytes;
  const token = acceptor.out.persist({ kind: 'vote', number, batch });
  if (ballot > acceptor.promised) {
    acceptor.promised = ballot;
    acceptor.promiseToken = token;
  }
  acceptor.out.observe({ kind: 'voteCast', ballot, first, last, proposer });
}

/** Votes leave when they are on disk. A heartbeat's answer says only that our promise stands, so it waits for that alone. */
function reply(acceptor: Acceptor, to: Address, { ballot, round, batches, beat }: Accept): void {
  const { disk, promiseToken, durableToken, registersEpoch, clusterId } = acceptor;
  const { heldBytes } = acceptor.votes;
  const newest = batches[batches.length - 1];
  const first = batches[0]?.first ?? 0;
  const last = newest?.last ?? 0;
  const promiseOnly = promiseToken > durableToken ? promiseToken : none;
  const echo = beat?.at ?? 0;
  const slots = { first, last, heldBytes, registersEpoch };
  const message = { kind: 'accepted', ballot, disk, round, ...slots, echo, clusterId } as const;
  if (newest === undefined) acceptor.out.send(to, message, promiseOnly);
  else acceptor.out.send(to, message);
}
