import type { Vocabulary } from '@synod/actor';
import type { RecordCodec, StoredFrame } from '@synod/actor-host';

/** A record as the simulated disk keeps it, and what a journal must know of it. */
export interface StoredRecord {
  readonly content: unknown;
  readonly sizeBytes: number;
  readonly log?: { readonly first: number; readonly count: number } | undefined;
  readonly truncateFrom?: number | undefined;
}

/** How records lie on the disk: as bytes through the production codec, or as they are for toy actors. */
export interface RecordStorage<V extends Vocabulary> {
  write(record: V['record']): StoredRecord;
  read(stored: StoredRecord): V['record'];
  /** A later truncation may have made the batch's positions from `voidFrom` on void. */
  batch(stored: StoredRecord, voidFrom: number | undefined): V['batch'];
}

/** Records stay objects; `describe` says what a codec would say in the frame. */
export function asObjects<V extends Vocabulary>(
  describe: (record: V['record']) => Omit<StoredRecord, 'content'>,
  batchOf: (record: V['record'], voidFrom: number | undefined) => V['batch'],
): RecordStorage<V> {
  return {
    write: (record) => ({ ...describe(record), content: record }),
    read: (stored) => stored.content as V['record'],
    batch: (stored, voidFrom) => batchOf(stored.content as V['record'], voidFrom),
  };
}

/** Every record goes through the production codec on its way to the disk and back. */
export function asFrames<V extends Vocabulary>(codec: RecordCodec<V>): RecordStorage<V> {
  return {
    write(record) {
      const { type, payload, log, truncateFrom } = codec.encode(record);
      const bytes = concatenate(payload);
      return { content: { type, payload: bytes } satisfies StoredFrame, sizeBytes: bytes.length, log, truncateFrom };
    },
    read: (stored) => codec.decode(copyOf(stored)),
    batch: (stored, voidFrom) =>
      codec.batchOf(voidFrom === undefined ? copyOf(stored) : { ...copyOf(stored), voidFrom }),
  };
}

function copyOf(stored: StoredRecord): StoredFrame {
  const { type, payload } = stored.content as StoredFrame;
  return { type, payload: payload.slice() };
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
