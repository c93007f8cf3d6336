import type { Address, Delay, Vocabulary } from './vocabulary.js';

/** Names a `persist` of this life of the actor; grows by one each time, never reused. */
export type Token = number;

/** For a send that rests on nothing of our own disk. */
export const none: Token = 0;

/** A snapshot is named by the last log position it contains. `era` is the term, ballot round or view. */
export interface SnapshotId {
  readonly index: number;
  readonly era: number;
}

/** A stretch of a snapshot file on its way to another replica. */
export interface Chunk {
  readonly snapshot: SnapshotId;
  readonly offset: number;
  readonly totalBytes: number;
  readonly bytes: Uint8Array;
  /** CRC-32 of `bytes`, computed where they were read from disk, checked where they are written. */
  readonly checksum: number;
}

/**
 * Everything an actor can ask of the world.
 *
 * The law: a `send` leaves only when the persist named by `after`, and all before it, are durable.
 * Effects of one kind keep their order.
 */
export type Effect<V extends Vocabulary> =
  | { readonly kind: 'persist'; readonly token: Token; readonly record: V['record'] }
  | { readonly kind: 'send'; readonly to: Address; readonly message: V['message']; readonly after: Token }
  /** Starting a running timer starts it anew. */
  | { readonly kind: 'startTimer'; readonly timer: V['timer']; readonly delay: Delay }
  | { readonly kind: 'stopTimer'; readonly timer: V['timer'] }
  | { readonly kind: 'observe'; readonly event: V['event'] }
  /** Log positions `from` to `through`, as many whole batches as fit `maxBytes`, at least one. Answered by `logRead`. */
  | {
      readonly kind: 'readLog';
      readonly id: number;
      readonly from: number;
      readonly through: number;
      readonly maxBytes: number;
    }
  /** Freezes the state machine as this step leaves it and writes it aside. Answered by `snapshotTaken`. */
  | { readonly kind: 'takeSnapshot'; readonly id: number; readonly snapshot: SnapshotId }
  | {
      readonly kind: 'readChunk';
      readonly id: number;
      readonly snapshot: SnapshotId;
      readonly offset: number;
      readonly maxBytes: number;
    }
  | { readonly kind: 'writeChunk'; readonly id: number; readonly chunk: Chunk }
  /** Checks the whole file, makes it durable under its name and replaces the state machine's state by it. */
  | { readonly kind: 'installSnapshot'; readonly id: number; readonly snapshot: SnapshotId }
  /**
   * Log positions up to `through` are not needed any more, nor is any record before the one named by `keep`,
   * which is durable; nor any snapshot but `snapshot`.
   */
  | { readonly kind: 'cut'; readonly through: number; readonly keep: Token; readonly snapshot: SnapshotId }
  /** Nothing keeps the process from stopping. Answers `stopping`. */
  | { readonly kind: 'stop' };
