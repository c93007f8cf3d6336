import type { Address, Vocabulary } from './vocabulary.js';
import type { Chunk, SnapshotId, Token } from './effect.js';

/**
 * What recovery found at the journal's end:
 * `clean` all frames whole; `torn` an unsynced last write was cut off, nothing promised is lost;
 * `corrupt` something that had been synced is damaged: the actor must not vote from memory.
 */
export type JournalTail = 'clean' | 'torn' | 'corrupt';

/** `why` tells people why it is not `ok`. */
export interface SnapshotInstalled {
  readonly id: number;
  readonly ok: boolean;
  readonly why?: string;
}

/**
 * Everything that can happen to an actor; nothing else may influence it. `at` is the host's monotonic clock in
 * milliseconds, read when the input was taken from the mailbox.
 *
 * A life begins with `recover` once per journal record in order, then one `recovered`.
 */
export type Input<V extends Vocabulary> = { readonly at: number } & (
  | { readonly kind: 'recover'; readonly record: V['record'] }
  /** `incarnation` is a fresh random number below 2^48 for every start of the process. */
  | { readonly kind: 'recovered'; readonly tail: JournalTail; readonly empty: boolean; readonly incarnation: number }
  | { readonly kind: 'receive'; readonly from: Address; readonly message: V['message'] }
  | { readonly kind: 'timeout'; readonly timer: V['timer'] }
  /** Everything persisted up to and including `token` is durable. */
  | { readonly kind: 'persisted'; readonly token: Token }
  /** Answers `readLog`: the batches from the asked index on, in order; empty when the log no longer holds it. */
  | { readonly kind: 'logRead'; readonly id: number; readonly batches: readonly V['batch'][] }
  /** Answers `takeSnapshot`; the file is durable under its name. */
  | { readonly kind: 'snapshotTaken'; readonly id: number; readonly snapshot: SnapshotId; readonly sizeBytes: number }
  /** Answers `readChunk`; `chunk` is undefined when there is no such snapshot any more. */
  | { readonly kind: 'chunkRead'; readonly id: number; readonly chunk: Chunk | undefined }
  /** Answers `writeChunk`: bytes held so far, without a gap; a chunk that did not match its checksum leaves it unchanged. */
  | { readonly kind: 'chunkWritten'; readonly id: number; readonly heldBytes: number }
  /** Answers `installSnapshot`: the state machine is the snapshot's, or the file was not whole and is gone. */
  | ({ readonly kind: 'snapshotInstalled' } & SnapshotInstalled)
  /** The process was asked to stop: hand over what others wait for, then answer with the `stop` effect. */
  | { readonly kind: 'stopping' }
);
