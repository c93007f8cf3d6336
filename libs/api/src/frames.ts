import { DecodeError } from './wire-reader.js';

// Journal frames of every protocol: a version byte, then protobuf; the frame's type says which record.

/** What a `persist` looks like on disk; the fields are those of actor-host's `Frame`. */
export interface Frame {
  readonly type: number;
  readonly payload: readonly Uint8Array[];
  readonly log?: { readonly first: number; readonly count: number };
  readonly truncateFrom?: number;
}

/** What a journal gives back; the fields are those of actor-host's `StoredFrame`. */
export interface StoredFrame {
  readonly type: number;
  readonly payload: Uint8Array;
  readonly voidFrom?: number;
}

/** The record without its version byte, a view. Throws `DecodeError` for another version. */
export function recordIn({ payload }: StoredFrame, version: number): Uint8Array {
  if (payload[0] !== version) {
    throw new DecodeError(`a record of version ${payload[0] ?? 'none'}; this replica reads ${version}`);
  }
  return payload.subarray(1);
}
