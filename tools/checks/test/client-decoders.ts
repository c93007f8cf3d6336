import { encodeResult, DecodeError } from '@synod/api';
import { SynodError } from '@synod/client';
import {
  decodeCompareAndSet,
  decodeGet,
  decodeRange,
  decodeTransaction,
  decodeWritten,
  parseReplySubject,
} from '@synod/client/testing';
import { readTrace } from '@synod/nats-transport';
import { headers } from '@nats-io/transport-node';
import type { MsgHdrs } from '@nats-io/transport-node';
import type { Decoder } from './decoders.js';

// What a client makes of answers, and everyone of headers.

const source = { replica: 'r1', index: 7, term: 2, ageMs: 0 };
const found = { key: Buffer.from('key'), value: Buffer.from('value'), revision: 3, created: 2, version: 1 };
const written = encodeResult({ kind: 'written', revision: 7, existed: true });
const refusal = (error: Error): boolean => error instanceof DecodeError || error instanceof SynodError;
const never = (): boolean => false;

/** As nats.js gives a message: its headers are decoded when somebody asks for them. */
function traceOf(bytes: Uint8Array): unknown {
  const { decode } = headers().constructor as unknown as { decode: (bytes: Uint8Array) => MsgHdrs };
  const message = {
    _msg: { hdr: bytes.length },
    get headers() {
      return decode(bytes);
    },
  };
  const context = readTrace(message);
  const sizes = context === undefined ? 0 : context.traceparent.length + (context.tracestate?.length ?? 0);
  if (sizes > 55 + 512) throw new Error('a context is longer than any that we pass on');
  return context;
}

const trace = `NATS/1.0\r\ntraceparent: 00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01\r\n`;

export const clientDecoders: readonly Decoder[] = [
  {
    name: 'decodeWritten',
    valid: [written],
    decode: (bytes) => decodeWritten(bytes, source),
    documented: refusal,
  },
  {
    name: 'decodeCompareAndSet',
    valid: [written, encodeResult({ kind: 'mismatch', revision: 7 })],
    decode: (bytes) => decodeCompareAndSet(bytes, source),
    documented: refusal,
  },
  {
    name: 'decodeTransaction',
    valid: [
      encodeResult({
        kind: 'transaction',
        succeeded: true,
        results: [{ kind: 'notFound' }, { kind: 'found', ...found }],
      }),
    ],
    decode: (bytes) => decodeTransaction(bytes, source),
    documented: refusal,
  },
  {
    name: 'decodeGet',
    valid: [encodeResult({ kind: 'found', ...found }), encodeResult({ kind: 'notFound' })],
    decode: (bytes) => decodeGet(bytes, source),
    documented: refusal,
  },
  {
    name: 'decodeRange',
    valid: [encodeResult({ kind: 'range', items: [found, found], more: true })],
    decode: (bytes) => decodeRange(bytes, source),
    documented: refusal,
  },
  {
    name: 'parseReplySubject',
    valid: [Buffer.from('synod.c.g.r1.client.reply.x')],
    decode: (bytes) => parseReplySubject(Buffer.from(bytes).toString()),
    documented: never,
  },
  {
    name: 'readTrace',
    valid: [Buffer.from(`${trace}\r\n`), Buffer.from(`${trace}tracestate: a=b,c=d\r\n\r\n`)],
    decode: traceOf,
    documented: never,
  },
];
