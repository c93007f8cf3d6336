/** A client's batch as the session layer sees it. The operations may be views of the request's bytes. */
export interface SessionBatch {
  /** Log position of the entry that opened the session; 0 opens one. */
  readonly session: number;
  /** Numbers the batches of a session from 1. */
  readonly sequence: number;
  /** The client has the answers to all sequences up to here. */
  readonly acknowledgedThrough: number;
  readonly operations: readonly Uint8Array[];
}

/**
 * `expired`: evicted, or never opened, or another user's: whether earlier batches took effect is unknown.
 * `sequenceReused`: the same sequence came before with other operations. `windowExceeded`: more batches in flight than the
 * window. `alreadyAcknowledged`: the result is dropped. `malformed`: not a batch, or over a limit.
 */
export type SessionError = 'expired' | 'sequenceReused' | 'windowExceeded' | 'alreadyAcknowledged' | 'malformed';

/** How batches become bytes. Decoders throw on anything malformed or over a limit. */
export interface BatchCodec {
  decodeRequest(bytes: Uint8Array): SessionBatch;
  decodeQueries(bytes: Uint8Array): readonly Uint8Array[];
  encodeResults(results: readonly Uint8Array[]): Uint8Array;
  /** `openFrom`: of an opening whose number is too low, one that is not; and no higher one came yet. */
  encodeSessionError(error: SessionError, openFrom?: number): Uint8Array;
}
