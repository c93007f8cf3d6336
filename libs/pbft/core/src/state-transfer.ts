import { none } from '@synod/actor';
import type { Address, Chunk } from '@synod/actor';
import { faultOfSnapshot } from './certificates.js';
import { takeCheckpoint } from './checkpoints.js';
import { persist } from './durability.js';
import { execute, executeCommitted, mayExecute } from './execution.js';
import type { TransferFailure, TransferReason } from './events.js';
import { spread } from './delays.js';
import { extendHistory, firstState, manifestDigest } from './history.js';
import type { Manifest, StableSnapshot } from './history.js';
import type { Slot } from './log.js';
import type { History, SnapshotChunk, SnapshotOffer } from './messages.js';
import { reject } from './rejection.js';
import { answerBatch } from './replies.js';
import { chunkBytesFor, mark, passOverDueSnapshot } from './snapshots.js';
import { anySource, turnEnd } from './sources.js';
import type { Pbft } from './state.js';
import type { Digest, Sequence } from './statements.js';

/*
 * A replica whose low water mark is beyond what it executed fetches what it lacks. Whoever gives it may lie, so nothing is used
 * that is not checked against a certificate first: the digests of the batches against the history in the stable checkpoint,
 * each batch against its digest; a snapshot's manifest against f + 1 votes, each chunk against the manifest. A source that
 * is wrong or silent is replaced, and what was right stays.
 *
 * It goes on beside view changes and votes, and cannot conflict with them (trap B28): there is one place that executes, one
 * sequence after the other, and it takes a batch only as the next one, whether it is committed here or fetched.
 */

export interface Transfer {
  /** Whom it asks. */
  source: Address;
  /** The stable checkpoint that the digests lead to, and its history. */
  through: Sequence;
  history: Digest;
  /** Of the batches after what is executed, as far as they have come; believed once they reach `through`. */
  digests: readonly Digest[];
  /** The sequence of the first of them. */
  first: Sequence;
  /** They lead to the certified history. */
  proven: boolean;
  /** The state is to be frozen before more is executed. */
  paused: boolean;
  /** How many sources have had their turn to its end, and until when the present one has it; who is silent or wrong makes no turn longer. */
  turns: number;
  turnEndsAt: number;
  /** Something came of the present source since it was last waited for in vain. */
  hasGiven: boolean;
  snapshot: SnapshotTransfer | undefined;
}

export interface SnapshotTransfer {
  readonly stable: StableSnapshot;
  /** The present source has offered it. */
  isOffered: boolean;
  /** Chunks that are written without a gap. */
  held: number;
  /** The next one to ask for. */
  asked: number;
  /** Writes under way, by id: the place of the chunk. */
  readonly writing: Map<number, number>;
}

export interface Installation {
  readonly id: number;
  readonly manifest: Manifest;
  /** From the journal at a start, or from others. */
  readonly own: boolean;
}

/** Is a stable checkpoint beyond what is executed, and will what is committed here not lead there? */
export function considerTransfer(pbft: Pbft): void {
  if (isReached(pbft)) return endTransfer(pbft);
  if (pbft.transfer !== undefined || pbft.installing !== undefined || pbft.replay.size > 0) return;
  const next = pbft.executed.sequence + 1;
  if (next > pbft.low || pbft.log.at(next)?.committed !== undefined) return;
  if (isAtHand(pbft)) return executeCommitted(pbft);
  const source = anySource(pbft, pbft.self);
  if (source === undefined) return;
  pbft.statistics.transfers++;
  const { sequence: through, history } = pbft.stable.state;
  const nothing = { digests: [], proven: false, paused: false, turns: 0, hasGiven: false, snapshot: undefined };
  pbft.transfer = { source, through, history, first: next, turnEndsAt: turnEnd(pbft, 0), ...nothing };
  pbft.out.observe({ kind: 'transferBegan', from: next, through, source, why: whyBehind(pbft) });
  ask(pbft, pbft.transfer);
}

function whyBehind({ standing }: Pbft): TransferReason {
  return standing === 'recovering' ? 'diskLost' : 'checkpointAhead';
}

/**
 * What is committed or prepared here may be all that leads to the stable checkpoint, and then the checkpoint proves it committed.
 * After many restarts it may be nowhere else in the group: who executed it before it crashed does not know any more that it may.
 */
function isAtHand(pbft: Pbft): boolean {
  const { low, executed, log, standing } = pbft;
  if (standing === 'recovering') return false; // it takes what is committed for a sign that its former life is over
  const slots: Slot[] = [];
  for (let sequence = executed.sequence + 1; sequence <= low; sequence++) {
    const slot = log.at(sequence);
    if (slot === undefined || boundBy(slot) === undefined) return false;
    slots.push(slot);
  }
  if (leadsTo(pbft, slots.map((slot) => boundBy(slot)!.digest)) !== pbft.stable.state.history) return false; // prettier-ignore
  for (const slot of slots) slot.committed = boundBy(slot);
  return true;
}

function boundBy({ committed, prepared }: Slot): Slot['committed'] {
  if (committed !== undefined || prepared === undefined) return committed;
  return { digest: prepared.certificate.proposal.statement.digest, batch: prepared.batch };
}

/** What was to be fetched has been executed, because it was committed here after all. */
function isReached({ transfer, executed, installing }: Pbft): boolean {
  if (transfer === undefined || installing !== undefined) return false;
  const goal = transfer.snapshot?.stable.manifest.sequence ?? transfer.through;
  return executed.sequence >= Math.max(goal, transfer.through);
}

function startTimer(pbft: Pbft): void {
  pbft.out.startTimer('transfer', spread(5 * pbft.configuration.timings.statusMs));
}

function ask(pbft: Pbft, transfer: Transfer): void {
  startTimer(pbft);
  if (pbft.now >= transfer.turnEndsAt) {
    transfer.turns++;
    nextTurn(pbft, transfer);
  }
  if (transfer.snapshot?.isOffered) return askChunks(pbft, transfer, transfer.snapshot);
  const have = transfer.digests.length;
  const { first, through, proven, source } = transfer;
  const from = proven ? pbft.executed.sequence + 1 : first + have;
  pbft.out.send(source, { kind: 'fetch', from, through, what: proven ? 'batches' : 'digests' }, none);
}

/** Of a snapshot, chunks that are written stay, for the source may have the same one; of a history nothing that is not proven. */
function nextTurn(pbft: Pbft, transfer: Transfer): void {
  transfer.source = anySource(pbft, transfer.source) ?? transfer.source;
  transfer.turnEndsAt = turnEnd(pbft, transfer.turns);
  transfer.hasGiven = false;
  if (!transfer.proven) beginAnew(pbft, transfer);
  const { snapshot } = transfer;
  if (snapshot === undefined) return;
  snapshot.isOffered = false;
  snapshot.asked = snapshot.held;
}

/** The source does not answer; or has given as much as it may in a while (`transferBytes`), and will give more. */
export function onTransferTimeout(pbft: Pbft): void {
  const { transfer } = pbft;
  if (transfer === undefined) return;
  if (pbft.snapshotDue && transfer.snapshot === undefined) return startTimer(pbft); // it is not the source that is waited for
  if (!transfer.hasGiven) return fail(pbft, transfer, 'silent');
  transfer.hasGiven = false;
  if (transfer.snapshot !== undefined) transfer.snapshot.asked = transfer.snapshot.held;
  ask(pbft, transfer);
}

/** Another source. */
function fail(pbft: Pbft, transfer: Transfer, why: TransferFailure): void {
  const { source } = transfer;
  nextTurn(pbft, transfer);
  pbft.out.observe({ kind: 'transferFailed', source, why, next: transfer.source });
  ask(pbft, transfer);
}

/** Toward the stable checkpoint as it is now. */
function beginAnew(pbft: Pbft, transfer: Transfer): void {
  const { sequence, history } = pbft.stable.state;
  transfer.first = pbft.executed.sequence + 1;
  transfer.through = sequence;
  transfer.history = history;
  transfer.digests = [];
  transfer.proven = false;
}

/**
 * A source that has the batches is asked for no snapshot, also when another one had offered it.
 *
 * @paper PBFT §4.6; TOCS §5.3
 */
export function onHistory(pbft: Pbft, from: Address, message: History): void {
  const { transfer } = pbft;
  if (transfer === undefined || transfer.source !== from || pbft.installing !== undefined) return;
  if (transfer.snapshot?.isOffered || (transfer.proven ? message.batches : message.digests).length === 0) return;
  transfer.snapshot = undefined;
  if (transfer.proven) takeBatches(pbft, transfer, message);
  else takeDigests(pbft, transfer, message);
}

function takeDigests(pbft: Pbft, transfer: Transfer, { first, digests }: History): void {
  const { through } = transfer;
  if (first !== transfer.first + transfer.digests.length || first + digests.length - 1 > through) return;
  transfer.hasGiven = true;
  transfer.digests = [...transfer.digests, ...digests];
  if (transfer.first + transfer.digests.length - 1 < through) return ask(pbft, transfer);
  if (leadsTo(pbft, transfer.digests) !== transfer.history) return fail(pbft, transfer, 'wrongHistory');
  transfer.proven = true;
  ask(pbft, transfer);
}

function leadsTo(pbft: Pbft, digests: readonly Digest[]): Digest {
  let { history, sequence } = pbft.executed;
  for (const digest of digests) history = extendHistory(pbft.cryptography, history, ++sequence, digest);
  return history;
}

/** In order; those that come again, or too early, are passed over. */
function takeBatches(pbft: Pbft, transfer: Transfer, { first, batches }: History): void {
  const before = pbft.executed.sequence;
  for (const [place, batch] of batches.entries()) {
    const sequence = first + place;
    if (sequence <= pbft.executed.sequence) continue;
    if (sequence !== pbft.executed.sequence + 1 || sequence > transfer.through || !mayTransfer(pbft)) break;
    const digest = transfer.digests[sequence - transfer.first]!;
    if (batch.identity(pbft.cryptography).digest !== digest) return fail(pbft, transfer, 'wrongBatch');
    const token = persist(pbft, { kind: 'batch', sequence, batch, executed: true });
    const isAwaited = batch.identity(pbft.cryptography).requests.some((each) => pbft.waiting.get(each)?.message);
    const answers = execute(pbft, { sequence, digest, batch, token }, 'transferred');
    if (isAwaited) answerBatch(pbft, sequence, answers);
  }
  if (pbft.executed.sequence === before) return;
  transfer.hasGiven = true;
  goOn(pbft);
}

/** A stretch of the transfer is bounded by the message that it came in, not by the turn. */
function mayTransfer(pbft: Pbft): boolean {
  return pbft.installing === undefined && !pbft.snapshotDue;
}

/** More is executed: is the end reached, or what comes next committed here anyway? */
export function goOn(pbft: Pbft): void {
  if (mayExecute(pbft)) executeCommitted(pbft); // which may be the end of the transfer
  const { transfer } = pbft;
  if (transfer === undefined || transfer.snapshot !== undefined) return;
  if (pbft.executed.sequence >= transfer.through) return endTransfer(pbft);
  transfer.paused = pbft.snapshotDue;
  if (!transfer.paused) ask(pbft, transfer);
}

/** The state is frozen: go on. */
export function resume(pbft: Pbft): void {
  if (pbft.transfer?.paused) goOn(pbft);
}

function endTransfer(pbft: Pbft): void {
  pbft.transfer = undefined;
  pbft.out.stopTimer('transfer');
  pbft.out.observe({ kind: 'transferEnded', executed: pbft.executed.sequence });
  if (mayExecute(pbft)) executeCommitted(pbft);
  considerTransfer(pbft);
}

/**
 * The source holds no batches from so far back.
 *
 * @paper PBFT §4.6; TOCS §5.3
 */
export function onSnapshotOffer(pbft: Pbft, from: Address, { stable }: SnapshotOffer): void {
  const { transfer } = pbft;
  if (transfer === undefined || transfer.source !== from || pbft.installing !== undefined) return;
  const { sequence, totalBytes: sizeBytes, chunkBytes } = stable.manifest;
  const { snapshot } = transfer;
  if (sequence <= pbft.executed.sequence) return;
  if (snapshot?.isOffered && sequence <= snapshot.stable.manifest.sequence) return;
  const fault = faultOfSnapshot(pbft.group, pbft.cryptography, stable, pbft.group.weak);
  if (fault !== undefined || chunkBytes !== chunkBytesFor(sizeBytes, pbft.configuration.limits)) {
    reject(pbft, from, fault ?? 'otherChunkBytes');
    return fail(pbft, transfer, 'wrongManifest');
  }
  if (snapshot !== undefined && isSame(pbft, snapshot.stable, stable)) {
    snapshot.isOffered = true;
    return ask(pbft, transfer);
  }
  transfer.snapshot = { stable, isOffered: true, held: 0, asked: 0, writing: new Map() };
  const progress = { from: pbft.executed.sequence + 1, source: from, sizeBytes, why: whyBehind(pbft) };
  pbft.out.observe({ kind: 'snapshotFetching', sequence, ...progress });
  ask(pbft, transfer);
}

function isSame(
  { cryptography }: Pbft,
  { manifest: one }: StableSnapshot,
  { manifest: other }: StableSnapshot,
): boolean {
  return manifestDigest(cryptography, one) === manifestDigest(cryptography, other);
}

function askChunks(pbft: Pbft, { source }: Transfer, snapshot: SnapshotTransfer): void {
  const { chunksInFlight } = pbft.configuration.limits;
  const { sequence, chunks, chunkBytes } = snapshot.stable.manifest;
  const end = Math.min(chunks.length, snapshot.held + chunksInFlight);
  for (; snapshot.asked < end; snapshot.asked++) {
    pbft.out.send(source, { kind: 'fetchChunk', snapshot: sequence, place: snapshot.asked, chunkBytes }, none);
  }
}

/**
 * A CRC tells damage by chance, not a lie: each chunk has the digest that the manifest names, or it is not even written.
 *
 * @paper PBFT §4.6; TOCS §5.3
 */
export function onSnapshotChunk(pbft: Pbft, from: Address, { chunk }: SnapshotChunk): void {
  const { transfer } = pbft;
  const snapshot = transfer?.snapshot;
  if (transfer === undefined || snapshot === undefined || transfer.source !== from || pbft.installing !== undefined)
    return;
  const place = placeOf(snapshot.stable.manifest, chunk);
  if (place === undefined || place < snapshot.held || [...snapshot.writing.values()].includes(place)) return;
  if (pbft.cryptography.digest(chunk.bytes) !== snapshot.stable.manifest.chunks[place]) {
    return fail(pbft, transfer, 'wrongChunk');
  }
  const next = snapshot.held + snapshot.writing.size;
  if (place === next) snapshot.writing.set(pbft.out.writeChunk(chunk), place);
  else snapshot.asked = Math.min(snapshot.asked, next); // one before it was lost
}

/** Undefined for what is none of the manifest's chunks: of another snapshot, size or place. */
function placeOf({ sequence, totalBytes, chunkBytes, chunks }: Manifest, chunk: Chunk): number | undefined {
  const place = chunk.offset / chunkBytes;
  const { index, era } = chunk.snapshot;
  if (index !== sequence || era !== 0 || chunk.totalBytes !== totalBytes || chunks[place] === undefined)
    return undefined;
  return chunk.bytes.length === Math.min(chunkBytes, totalBytes - chunk.offset) ? place : undefined;
}

/** A chunk is in the file, or was not taken because one before it is missing. */
export function onChunkWritten(pbft: Pbft, id: number, heldBytes: number): void {
  const { transfer } = pbft;
  const snapshot = transfer?.snapshot;
  if (transfer === undefined || snapshot === undefined || !snapshot.writing.delete(id)) return;
  const { manifest } = snapshot.stable;
  const held = Math.floor(heldBytes / manifest.chunkBytes);
  // The disk failed and nothing is held any more. The timer asks anew: at once would be without end while the disk is full.
  if (held < snapshot.held) snapshot.held = held;
  const progress = held > snapshot.held || heldBytes === manifest.totalBytes;
  if (heldBytes === manifest.totalBytes && manifest.sequence <= pbft.executed.sequence)
    return overtaken(pbft, transfer);
  if (heldBytes === manifest.totalBytes) {
    pbft.out.stopTimer('transfer');
    pbft.installing = { id: pbft.out.installSnapshot({ index: manifest.sequence, era: 0 }), manifest, own: false };
    passOverDueSnapshot(pbft);
  } else if (progress) {
    transfer.hasGiven = true;
    snapshot.held = held;
    snapshot.asked = Math.max(snapshot.asked, held);
    ask(pbft, transfer);
  }
}

/** More was executed here meanwhile than the snapshot has: it would take the state back. */
function overtaken(pbft: Pbft, transfer: Transfer): void {
  transfer.snapshot = undefined;
  beginAnew(pbft, transfer);
  goOn(pbft);
}

/** The state machine is the snapshot's; what was executed after it follows. Or the file is not whole: another source. */
export function onSnapshotInstalled(pbft: Pbft, ok: boolean): void {
  const { transfer } = pbft;
  const snapshot = transfer?.snapshot;
  if (transfer === undefined || snapshot === undefined) return;
  transfer.snapshot = undefined;
  if (!ok) return fail(pbft, transfer, 'notInstalled');
  const { sequence, position, history, totalBytes: sizeBytes } = snapshot.stable.manifest;
  pbft.executed = { ...firstState, sequence, position, history };
  pbft.sinceSnapshot = { bytes: 0, batches: 0 };
  pbft.tail.clear();
  pbft.snapshot = pbft.taking = undefined;
  pbft.stableSnapshot = snapshot.stable;
  pbft.out.observe({ kind: 'snapshotInstalled', sequence, sizeBytes });
  mark(pbft);
  forgetAnswered(pbft);
  beginAnew(pbft, transfer);
  takeCheckpoint(pbft);
  goOn(pbft);
}

/**
 * Requests that were executed in what was skipped. Of those that were proposed there and are not known to have been, who asked
 * here waits on, as if they were new; whatever else wanted them is done with them elsewhere.
 */
function forgetAnswered(pbft: Pbft): void {
  for (const waiting of [...pbft.waiting.all]) {
    const { digest, signed, proposedAt, message } = waiting;
    const isSkipped = proposedAt > 0 && proposedAt <= pbft.executed.sequence;
    const isKnown = pbft.service.recall(signed.signer, signed.statement.batch) !== undefined;
    if (isKnown || (isSkipped && message === undefined)) pbft.waiting.take(digest);
    else if (isSkipped) pbft.waiting.unmark(waiting);
  }
}
