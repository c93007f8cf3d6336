import type { Tagged, Vocabulary } from '@synod/actor';
import type { Frame, MessageCodec, RecordCodec } from '@synod/actor-host';

const decoder = new TextDecoder();

/** For actors and services that exist only in a test: everything travels and is stored as JSON, bytes in base64. */
export function toJson(thing: Tagged): Uint8Array {
  return Buffer.from(JSON.stringify(thing, writeBytes));
}

export function fromJson<T extends Tagged>(bytes: Uint8Array): T {
  return JSON.parse(decoder.decode(bytes), readBytes) as T;
}

export function jsonMessages<V extends Vocabulary>(peerKinds: readonly V['message']['kind'][]): MessageCodec<V> {
  return {
    kindOf: (message) => message.kind,
    encode: (message) => toJson(message),
    decode: (_kind, payload) => fromJson<V['message']>(payload),
    peerKinds: new Set(peerKinds),
  };
}

/** `describe` tells what a record means for the log. */
export function jsonRecords<V extends Vocabulary>(
  describe: (record: V['record']) => Pick<Frame, 'log' | 'truncateFrom'> = () => ({}),
): RecordCodec<V> {
  return {
    encode: (record) => ({ type: 1, payload: [toJson(record)], ...describe(record) }),
    decode: ({ payload }) => fromJson<V['record']>(payload),
    batchOf: ({ payload }) => fromJson<V['record']>(payload) as V['batch'],
  };
}

function writeBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}

function readBytes(_key: string, value: unknown): unknown {
  const { base64 } = (value ?? {}) as { readonly base64?: string };
  return base64 === undefined ? value : new Uint8Array(Buffer.from(base64, 'base64'));
}
