import type { Address } from '@synod/actor';
import { requestBytes } from './batch.js';
import type { Batch } from './batch.js';
import { accuse } from './accusation.js';
import { countWhenDurable, openSlot, persist } from './durability.js';
import { noteOfProposal } from './clients.js';
import { executeCommitted } from './execution.js';
import type { Slot } from './log.js';
import type { Commit, PrePrepare, Prepare } from './messages.js';
import { reject } from './rejection.js';
import { considerRejoining } from './standing.js';
import type { Pbft } from './state.js';
import type { AnyVote, Proposal, Signed, Vote } from './statements.js';

/**
 * "The primary assigns a sequence number n to the request, multicasts a pre-prepare message with m piggybacked to all the
 * backups, and appends the message to its log." Signed, so durable before it leaves.
 *
 * @paper PBFT §4.2
 */
export function propose(pbft: Pbft, batch: Batch): void {
  const { digest } = batch.identity(pbft.cryptography);
  const sequence = ++pbft.lastProposed;
  const proposal = pbft.cryptography.sign({ type: 'prePrepare', view: pbft.view, sequence, digest });
  const slot = openSlot(pbft, sequence);
  slot.proposal = proposal;
  slot.batch = batch;
  pbft.statistics.proposed++;
  const requests = noteOfProposal(pbft, sequence, batch);
  const event = { kind: 'proposed', view: pbft.view, sequence, digest, sizeBytes: batch.sizeBytes, requests } as const;
  pbft.out.observe(event);
  persist(pbft, { kind: 'accepted', proposal, batch });
  pbft.out.send(pbft.configuration.everyone, { kind: 'prePrepare', signed: proposal, batch });
  checkPrepared(pbft, slot, pbft.self);
}

/**
 * "A backup accepts a pre-prepare message provided: the signatures in the request and the pre-prepare message are correct and
 * d is the digest for m; it is in view v; it has not accepted a pre-prepare message for view v and sequence number n
 * containing a different digest; the sequence number in the pre-prepare message is between a low water mark h, and a high
 * water mark H." Whoever passes it on, it counts for the primary that signed it.
 *
 * @paper PBFT §4.2
 */
export function onPrePrepare(pbft: Pbft, from: Address, { signed, batch }: PrePrepare): void {
  const { view, sequence, digest } = signed.statement;
  if (signed.signer !== pbft.group.primary(view)) return reject(pbft, from, 'proposalNotOfPrimary');
  if (view !== pbft.view || !pbft.active || pbft.isPrimary) return;
  if (sequence <= pbft.low || sequence > pbft.high) return;
  const slot = openSlot(pbft, sequence);
  const accepted = slot.proposal;
  if (accepted !== undefined && accepted.statement.digest !== digest) return accuse(pbft, accepted, signed);
  if (slot.batch !== undefined) return;
  if (isTooLarge(pbft, batch)) return reject(pbft, from, 'batchTooLarge');
  if (batch.identity(pbft.cryptography).digest !== digest) return reject(pbft, from, 'wrongDigest');
  if (accepted !== undefined) return takeMissingBatch(pbft, slot, batch); // a new view named it by its digest
  slot.proposal = signed;
  slot.batch = batch;
  noteOfProposal(pbft, sequence, batch);
  pbft.out.observe({ kind: 'prePrepared', view, sequence, digest, primary: signed.signer });
  persist(pbft, { kind: 'accepted', proposal: signed, batch });
  prepare(pbft, slot, signed);
}

/** A batch closes when the next request would not fit, and one request always fits; none is larger than what clients may ask for. */
export function isTooLarge({ configuration }: Pbft, { sizeBytes, queries, requests }: Batch): boolean {
  const { batchBytes, requestBytes: most, queriesAtOnce } = configuration.limits;
  if (queries > queriesAtOnce || sizeBytes > Math.max(batchBytes, most + 1024)) return true;
  return sizeBytes > most && requests.some((request) => requestBytes(request) > most);
}

/** The batch of a proposal that a new view made by its digest only. */
export function takeMissingBatch(pbft: Pbft, slot: Slot, batch: Batch): void {
  slot.batch = batch;
  noteOfProposal(pbft, slot.sequence, batch);
  persist(pbft, { kind: 'batch', sequence: slot.sequence, batch, executed: false });
  if (pbft.isPrimary) checkPrepared(pbft, slot, pbft.self);
  else prepare(pbft, slot, slot.proposal!);
}

/**
 * "If backup i accepts the pre-prepare message, it enters the prepare phase by multicasting a PREPARE message to all other
 * replicas and adds both messages to its log." Only with the batch in hand: who prepares must be able to give it to others.
 *
 * @paper PBFT §4.2
 */
export function prepare(pbft: Pbft, slot: Slot, proposal: Signed<Proposal>): void {
  castVotes(pbft, slot);
  checkPrepared(pbft, slot, proposal.signer);
}

/**
 * Signs what the slot's state calls for and was not signed yet: a PREPARE for what is pre-prepared, a COMMIT for what is
 * prepared. What it rests on has been persisted. At the stable checkpoint and before it, where a slot may wait to be executed, nobody
 * needs a vote any more, and of who lost its disk a former life may have signed another one.
 */
export function castVotes(pbft: Pbft, slot: Slot): void {
  const { proposal, batch } = slot;
  if (proposal === undefined || batch === undefined || !pbft.votes || slot.sequence <= pbft.low) return;
  const { view, sequence, digest } = proposal.statement;
  if (view < pbft.firstView) return;
  if (slot.ownPrepare === undefined && !pbft.isPrimary) {
    slot.ownPrepare = pbft.cryptography.sign({ type: 'prepare', view, sequence, digest });
    pbft.out.send(pbft.configuration.everyone, { kind: 'prepare', signed: slot.ownPrepare });
    countWhenDurable(pbft, slot.ownPrepare);
  }
  if (slot.ownCommit === undefined && slot.isPrepared) {
    slot.ownCommit = pbft.cryptography.sign({ type: 'commit', view, sequence, digest });
    pbft.out.send(pbft.configuration.everyone, { kind: 'commit', signed: slot.ownCommit });
    countWhenDurable(pbft, slot.ownCommit);
  }
}

/**
 * A vote counts in the present view and between the water marks only, one for each replica; the primary has none here: its
 * proposal is its vote.
 *
 * @paper PBFT §4.2
 */
export function onPrepare(pbft: Pbft, from: Address, { signed }: Prepare): void {
  if (signed.signer === pbft.group.primary(signed.statement.view)) return reject(pbft, from, 'prepareOfPrimary');
  const slot = slotFor(pbft, from, signed);
  if (slot === undefined || !isFirst(pbft, slot.prepares, signed)) return;
  slot.prepares.set(signed.signer, signed);
  counted(pbft, signed);
  checkPrepared(pbft, slot, signed.signer);
}

/**
 * @paper PBFT §4.2
 */
export function onCommit(pbft: Pbft, from: Address, { signed }: Commit): void {
  const slot = slotFor(pbft, from, signed);
  if (slot === undefined || !isFirst(pbft, slot.commits, signed)) return;
  slot.commits.set(signed.signer, signed);
  counted(pbft, signed);
  checkCommitted(pbft, slot, signed.signer);
}

/** Our own vote is on our disk. */
export function countOwnVote(pbft: Pbft, vote: AnyVote): void {
  const slot = pbft.log.at(vote.statement.sequence);
  if (slot === undefined) return;
  if (vote === slot.ownPrepare) {
    slot.prepares.set(pbft.self, vote as Signed<Vote<'prepare'>>);
    counted(pbft, vote);
    checkPrepared(pbft, slot, pbft.self);
  } else if (vote === slot.ownCommit) {
    slot.commits.set(pbft.self, vote as Signed<Vote<'commit'>>);
    counted(pbft, vote);
    checkCommitted(pbft, slot, pbft.self);
  }
}

function slotFor(pbft: Pbft, from: Address, signed: AnyVote): Slot | undefined {
  const { view, sequence } = signed.statement;
  if (!pbft.group.has(signed.signer)) {
    reject(pbft, from, 'signerNotAMember');
    return undefined;
  }
  if (signed.signer === pbft.self) return undefined;
  if (view > pbft.view || (view === pbft.view && !pbft.active)) pbft.early.put(signed, pbft.view);
  if (view !== pbft.view || !pbft.active || sequence <= pbft.low || sequence > pbft.high) return undefined;
  return openSlot(pbft, sequence);
}

function isFirst<V extends Vote<'prepare'> | Vote<'commit'>>(
  pbft: Pbft,
  votes: ReadonlyMap<Address, Signed<V>>,
  vote: Signed<V>,
): boolean {
  const first = votes.get(vote.signer);
  if (first !== undefined && first.statement.digest !== vote.statement.digest) accuse(pbft, first, vote);
  return first === undefined;
}

function counted(pbft: Pbft, { signer, statement }: AnyVote): void {
  const { type: phase, view, sequence } = statement;
  pbft.out.observe({ kind: 'voteCounted', phase, view, sequence, by: signer });
}

/**
 * "We define the predicate prepared(m, v, n, i) to be true if and only if replica i has inserted in its log: the request m, a
 * pre-prepare for m in view v with sequence number n, and 2f prepares from different backups that match the pre-prepare."
 * The certificate is durable before the COMMIT leaves: it is what a view change shows.
 *
 * @paper PBFT §4.2
 */
export function checkPrepared(pbft: Pbft, slot: Slot, completedBy: Address): void {
  const { proposal, batch } = slot;
  if (proposal === undefined || batch === undefined || slot.isPrepared) return;
  const prepares = matching(slot.prepares.values(), proposal.statement).slice(0, pbft.group.quorum - 1);
  if (prepares.length < pbft.group.quorum - 1) return;
  const certificate = { proposal, prepares };
  slot.prepared = { certificate, batch };
  pbft.preparedThrough = Math.max(pbft.preparedThrough, slot.sequence);
  const { view, sequence, digest } = proposal.statement;
  pbft.out.observe({ kind: 'prepared', view, sequence, digest, completedBy });
  persist(pbft, { kind: 'certificate', certificate });
  castVotes(pbft, slot);
  checkCommitted(pbft, slot, completedBy);
}

/**
 * "committed-local(m, v, n, i) is true if and only if prepared(m, v, n, i) is true and i has accepted 2f + 1 commits (possibly
 * including its own) from different replicas that match the pre-prepare for m."
 *
 * @paper PBFT §4.2
 */
function checkCommitted(pbft: Pbft, slot: Slot, completedBy: Address): void {
  if (!slot.isPrepared || slot.committed !== undefined) return;
  const { certificate, batch } = slot.prepared!;
  const { view, sequence, digest } = certificate.proposal.statement;
  if (matching(slot.commits.values(), { view, sequence, digest }).length < pbft.group.quorum) return;
  slot.committed = { digest, batch };
  pbft.out.observe({ kind: 'committed', view, sequence, digest, completedBy });
  considerRejoining(pbft);
  executeCommitted(pbft);
}

/** Those of the votes that are for this very digest, in the order in which they came. */
function matching<V extends Vote<'prepare'> | Vote<'commit'>>(
  votes: Iterable<Signed<V>>,
  { digest }: Pick<Proposal, 'digest' | 'view' | 'sequence'>,
): readonly Signed<V>[] {
  return [...votes].filter(({ statement }) => statement.digest === digest);
}
