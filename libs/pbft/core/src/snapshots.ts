import { DamagedState } from '@synod/actor';
import type { Address, Chunk, Token } from '@synod/actor';
import { accuse } from './accusation.js';
import type { PbftLimits } from './configuration.js';
import { persist } from './durability.js';
import { manifestDigest } from './history.js';
import type { Manifest, StableSnapshot } from './history.js';
import { messageLimits } from './message-limits.js';
import type { Snapshot } from './messages.js';
import { reject } from './rejection.js';
import type { SnapshotMark } from './records.js';
import { standingRecord } from './standing.js';
import type { Pbft } from './state.js';
import type { Digest, Sequence, Signed, StateVote } from './statements.js';

/*
 * The paper's checkpoint is a copy of the state whose digest everybody votes on. Here that is two things (README, departure 4):
 * checkpoints, often and cheap, over the history; and snapshots, seldom, over the bytes of a file, which are what another
 * replica can be given. All members take them at the same places, so a quorum has the very same file.
 */

/** Ours, from when the state was frozen until all of the file has been read back. */
export interface TakenSnapshot {
  readonly sequence: Sequence;
  readonly position: number;
  readonly history: Digest;
  readonly begunAt: number;
  /** Of the write, and then of the chunk that is being read to take its digest. */
  readId: number;
  totalBytes: number;
  readonly chunks: Digest[];
}

/** Our latest file that is whole; it takes a while until all know that it is the right one. */
export interface OwnSnapshot {
  readonly manifest: Manifest;
  readonly digest: Digest;
  /** Others are given as long again as it took us. */
  readonly awaitedUntil: number;
}

/** LIMIT: votes kept of one member. */
const votesOfEach = 2;

/**
 * At a checkpoint: is it one of the places at which a snapshot is due? What decides is the same at all members. The state is
 * frozen as the step leaves it, so nothing is executed beyond it in this step; and while the one before is still being written, not at all:
 * who left a place out would have no snapshot that others have, and nobody could give one to who is behind.
 */
export function considerSnapshot(pbft: Pbft): void {
  const { snapshotAfterBytes, snapshotAfterBatches } = pbft.configuration.limits;
  const { bytes, batches } = pbft.sinceSnapshot;
  if (bytes < snapshotAfterBytes && batches < snapshotAfterBatches) return;
  pbft.sinceSnapshot = { bytes: 0, batches: 0 };
  pbft.snapshotDue = true;
}

/** The step is over. */
export function takeDueSnapshot(pbft: Pbft): void {
  if (!pbft.snapshotDue) return;
  if (pbft.taking !== undefined || isAwaited(pbft)) return pbft.patience.holdUp();
  pbft.snapshotDue = false;
  pbft.patience.goOn(pbft.now);
  pbft.out.startTimer('execute', { minMs: 0, maxMs: 0 });
  const { sequence, position, history } = pbft.executed;
  const readId = pbft.out.takeSnapshot({ index: sequence, era: 0 });
  pbft.taking = { sequence, position, history, begunAt: pbft.now, readId, totalBytes: 0, chunks: [] };
}

/**
 * Others may be slower: our file stays the latest until a quorum has the same one and what came before it is gone, which the next file would
 * keep from going; but a traitor does not keep us from going on.
 */
function isAwaited({ snapshot, stableSnapshot, marked, now }: Pbft): boolean {
  if (snapshot === undefined || now >= snapshot.awaitedUntil) return false;
  return marked !== undefined || snapshot.manifest.sequence > (stableSnapshot?.manifest.sequence ?? 0);
}

/** The state at which it was due is about to be replaced by a later one. */
export function passOverDueSnapshot(pbft: Pbft): void {
  pbft.snapshotDue = false;
  pbft.patience.goOn(pbft.now);
}

/** The file is durable. Its chunks are read back, one at a time, because whoever gets them must be able to check each. */
export function onSnapshotTaken(pbft: Pbft, id: number, sizeBytes: number): void {
  const { taking } = pbft;
  if (taking?.readId !== id) return;
  taking.totalBytes = sizeBytes;
  readNext(pbft, taking);
}

/**
 * The digests of all chunks go as one message, and stand in one record: of a larger file the chunks are larger, and no more. The same at every
 * member, as the file is. Three times 64 KiB still fit a message: states up to 1.3 GiB can be fetched.
 */
export function chunkBytesFor(totalBytes: number, { chunkBytes }: PbftLimits): number {
  return chunkBytes * Math.max(1, Math.ceil(totalBytes / (chunkBytes * messageLimits.chunks)));
}

function readNext(pbft: Pbft, snapshot: TakenSnapshot): void {
  const chunkBytes = chunkBytesFor(snapshot.totalBytes, pbft.configuration.limits);
  const offset = snapshot.chunks.length * chunkBytes;
  snapshot.readId = pbft.out.readChunk({ index: snapshot.sequence, era: 0 }, offset, chunkBytes);
}

/** Says whether the chunk was read for this. */
export function onOwnChunkRead(pbft: Pbft, id: number, chunk: Chunk | undefined): boolean {
  const { taking } = pbft;
  if (taking?.readId !== id) return false;
  const { sequence, position, history, begunAt, totalBytes, chunks } = taking;
  const chunkBytes = chunkBytesFor(totalBytes, pbft.configuration.limits);
  const due = Math.min(chunkBytes, totalBytes - chunks.length * chunkBytes);
  if (chunk?.bytes.length !== due) {
    pbft.taking = undefined; // the file is gone: a later one took its place
    return true;
  }
  chunks.push(pbft.cryptography.digest(chunk.bytes));
  if (chunks.length * chunkBytes < totalBytes) readNext(pbft, taking);
  else {
    pbft.taking = undefined;
    vouch(pbft, { sequence, position, history, totalBytes, chunkBytes, chunks }, 2 * pbft.now - begunAt);
  }
  return true;
}

function vouch(pbft: Pbft, manifest: Manifest, awaitedUntil: number): void {
  const { sequence, totalBytes: sizeBytes } = manifest;
  const digest = manifestDigest(pbft.cryptography, manifest);
  pbft.snapshot = { manifest, digest, awaitedUntil };
  pbft.out.observe({ kind: 'snapshotTaken', sequence, sizeBytes, digest });
  if (pbft.votes) {
    const signed = pbft.cryptography.sign({ type: 'snapshot', sequence, digest });
    persist(pbft, { kind: 'vote', vote: signed });
    pbft.out.send(pbft.configuration.everyone, { kind: 'snapshot', signed });
    keep(pbft, signed);
  }
  considerVotes(pbft);
}

/**
 * @paper PBFT §4.3; TOCS §5.3 (the partition tree)
 */
export function onSnapshot(pbft: Pbft, from: Address, { signed }: Snapshot): void {
  const { signer, statement } = signed;
  if (!pbft.group.has(signer)) return reject(pbft, from, 'signerNotAMember');
  if (signer === pbft.self || statement.sequence <= (pbft.stableSnapshot?.manifest.sequence ?? 0)) return;
  const known = pbft.snapshotVotes.get(signer)?.find((vote) => vote.statement.sequence === statement.sequence);
  if (known !== undefined) return accuse(pbft, known, signed);
  keep(pbft, signed);
  considerVotes(pbft);
}

function keep(pbft: Pbft, signed: Signed<StateVote<'snapshot'>>): void {
  const votes = [...(pbft.snapshotVotes.get(signed.signer) ?? []), signed];
  votes.sort((a, b) => a.statement.sequence - b.statement.sequence);
  pbft.snapshotVotes.set(signed.signer, votes.slice(-votesOfEach));
}

/** A quorum has the file that we have: the journal before it, and any older file, may go. */
function considerVotes(pbft: Pbft): void {
  const { snapshot, quorum } = { snapshot: pbft.snapshot, quorum: pbft.group.quorum };
  if (snapshot === undefined) return;
  const { sequence } = snapshot.manifest;
  if (sequence <= (pbft.stableSnapshot?.manifest.sequence ?? 0)) return;
  const { votes, same } = votesFor(pbft, snapshot);
  if (same.length >= quorum) return markStable(pbft, snapshot.manifest, same.slice(0, quorum));
  if (votes.length - same.length >= quorum) {
    throw new DamagedState(`the snapshot at ${sequence} is not the one that a quorum has: it is set aside`);
  }
}

/** All that there are of its sequence; and those for the very same file. */
function votesFor(pbft: Pbft, { manifest: { sequence }, digest }: OwnSnapshot) {
  const votes = pbft.group.members.flatMap((member) => {
    const vote = pbft.snapshotVotes.get(member)?.find(({ statement }) => statement.sequence === sequence);
    return vote ?? [];
  });
  return { votes, same: votes.filter(({ statement }) => statement.digest === digest) };
}

/**
 * What who is behind can get: the stable snapshot while what follows it is at hand; else our latest one, as soon as f + 1 vouch for it.
 * One of those is correct, so it is the right file; a quorum is needed only to let go of what came before. f members that vote for
 * everything but snapshots, while another one is away for longer than batches are kept, would else keep that one away for ever.
 *
 * @paper TOCS §5.3: a weak certificate is enough for what is fetched
 */
export function offered(pbft: Pbft): StableSnapshot | undefined {
  const { stableSnapshot: stable, snapshot, group } = pbft;
  if (snapshot === undefined || (stable !== undefined && isFollowed(pbft, stable))) return stable;
  const { same } = votesFor(pbft, snapshot);
  return same.length >= group.weak ? { manifest: snapshot.manifest, votes: same.slice(0, group.weak) } : stable;
}

function isFollowed({ executed, tail }: Pbft, { manifest: { sequence } }: StableSnapshot): boolean {
  return executed.sequence <= sequence || tail.at(sequence + 1) !== undefined;
}

function markStable(pbft: Pbft, manifest: Manifest, votes: readonly Signed<StateVote<'snapshot'>>[]): void {
  pbft.stableSnapshot = { manifest, votes };
  pbft.out.observe({ kind: 'snapshotStable', sequence: manifest.sequence });
  mark(pbft);
}

/** A stable snapshot is on our disk: everything that is not about what came after it is said again in one record. */
export function mark(pbft: Pbft): void {
  const snapshot = pbft.stableSnapshot!;
  const { sequence } = snapshot.manifest;
  const ownVotes = [...(pbft.checkpointVotes.get(pbft.self) ?? []), ...(pbft.snapshotVotes.get(pbft.self) ?? [])];
  const record: SnapshotMark = {
    kind: 'snapshotMark',
    snapshot,
    standing: standingRecord(pbft),
    stable: pbft.stable,
    viewChange: pbft.ownViewChange,
    newView: pbft.newView,
    votes: ownVotes.map((vote) => ({ kind: 'vote', vote })),
  };
  pbft.marked = { token: persist(pbft, record), sequence };
  pbft.tail.discardThrough(sequence);
}

/**
 * The mark is durable, and so is the proof of the low water mark: up to there slots are forgotten at once, but who wakes up without the proof
 * needs their records. No other file stays, so one that is being written or fetched has to be whole first, and
 * what is executed again has to be where we know its records.
 */
export function cutAfterMark(pbft: Pbft): void {
  const { marked, installing, transfer, snapshot, taking, replay } = pbft;
  if (marked === undefined || pbft.durableToken < Math.max(marked.token, pbft.stableToken)) return;
  if (installing !== undefined || transfer?.snapshot !== undefined || replay.size > 0) return;
  if (taking !== undefined || (snapshot !== undefined && snapshot.manifest.sequence > marked.sequence)) return; // a later mark will cut
  const keep = oldestNeeded(pbft, marked.sequence, marked.token);
  if (keep === undefined) return;
  pbft.marked = undefined;
  pbft.out.cut(marked.sequence, keep, { index: marked.sequence, era: 0 });
}

/** The first record about what is not in the snapshot; undefined when we do not know any more which one it is. */
function oldestNeeded(pbft: Pbft, sequence: Sequence, mark: Token): Token | undefined {
  const { first } = pbft.tail;
  const isWhole = first !== undefined ? first.sequence === sequence + 1 : pbft.executed.sequence <= sequence;
  if (!isWhole) return undefined;
  let oldest = Math.min(mark, first?.token ?? mark);
  for (const { token } of pbft.log.all) oldest = Math.min(oldest, token);
  return oldest;
}
