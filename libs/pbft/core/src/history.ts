import type { Cryptography } from './cryptography.js';
import { bytesOfDigests, zeroDigest } from './digests.js';
import type { Digest, Sequence, Signed, StateVote } from './statements.js';

/**
 * What all correct replicas agree on when they have executed everything through `sequence`. The state follows from the
 * history, and the history is a chain of digests: so `history` vouches for every batch up to here, and `state` shows when
 * two replicas that executed the same came to different states, which would be a defect.
 */
export interface CheckpointState {
  readonly sequence: Sequence;
  /** Requests executed so far; each gets the next number, its position. */
  readonly position: number;
  /** Chain over the digests of all batches. */
  readonly history: Digest;
  /** The replicated service's own hash over sessions and state. */
  readonly state: string;
}

export const firstState: Omit<CheckpointState, 'state'> = { sequence: 0, position: 0, history: zeroDigest };

/** What a snapshot file at a checkpoint consists of. Every chunk can be checked by itself, wherever it came from. */
export interface Manifest {
  readonly sequence: Sequence;
  readonly position: number;
  readonly history: Digest;
  readonly totalBytes: number;
  /** Of every chunk but the last. */
  readonly chunkBytes: number;
  readonly chunks: readonly Digest[];
}

/** The paper's proof that a checkpoint is stable: a quorum of votes (§4.3); with the state that they mean. */
export interface StableCheckpoint {
  readonly state: CheckpointState;
  readonly votes: readonly Signed<StateVote<'checkpoint'>>[];
}

/** A quorum holds this very snapshot file; or f + 1 do, which is enough for who has to catch up (`offered`). */
export interface StableSnapshot {
  readonly manifest: Manifest;
  readonly votes: readonly Signed<StateVote<'snapshot'>>[];
}

/** One link more: `batch` is the digest of what was executed at `sequence`. */
export function extendHistory(cryptography: Cryptography, history: Digest, sequence: Sequence, batch: Digest): Digest {
  return cryptography.digest(fields('history', [sequence]), bytesOfDigests([history, batch]));
}

export function checkpointDigest(cryptography: Cryptography, checkpoint: CheckpointState): Digest {
  const { sequence, position, history, state } = checkpoint;
  return cryptography.digest(fields('checkpoint', [sequence, position]), bytesOfDigests([history]), ascii(state));
}

export function manifestDigest(cryptography: Cryptography, manifest: Manifest): Digest {
  const { sequence, position, history, totalBytes, chunkBytes, chunks } = manifest;
  const numbers = fields('snapshot', [sequence, position, totalBytes, chunkBytes, chunks.length]);
  return cryptography.digest(numbers, bytesOfDigests([history, ...chunks]));
}

/** A name of its own, so that no bytes mean two things; then eight bytes for each number. */
export function fields(name: string, numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(name.length + 1 + 8 * numbers.length);
  bytes.set(ascii(name));
  const view = new DataView(bytes.buffer, name.length + 1);
  numbers.forEach((number, place) => {
    view.setUint32(8 * place, Math.floor(number / 0x100000000));
    view.setUint32(8 * place + 4, number % 0x100000000);
  });
  return bytes;
}

/** Names and hashes of our own making. */
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
