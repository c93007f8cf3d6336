import type { MessageCodec, RecordCodec } from '@synod/actor-host';
import type { PingVocabulary } from './ping.js';

/** One number as four bytes; a real protocol uses protobuf. Decoders trust nothing: they throw, and the host counts. */
const encode = (count: number): Uint8Array => Uint8Array.of(count >>> 24, count >>> 16, count >>> 8, count);

function decode(bytes: Uint8Array): number {
  if (bytes.length !== 4) throw new Error(`a count of ${bytes.length} bytes; 4 are right`);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

export const pingMessages: MessageCodec<PingVocabulary> = {
  peerKinds: new Set(['ping', 'pong']),
  kindOf: ({ kind }) => kind,
  encode: ({ count }) => encode(count),
  decode(kind, payload) {
    if (kind !== 'ping' && kind !== 'pong') throw new Error(`${kind} is neither ping nor pong`);
    return { kind, count: decode(payload) };
  },
};

export const pingRecords: RecordCodec<PingVocabulary> = {
  encode: ({ count }) => ({ type: 1, payload: [encode(count)] }),
  decode: ({ payload }) => ({ kind: 'answered', count: decode(payload) }),
  batchOf: () => {
    throw new Error('ping has no log');
  },
};
