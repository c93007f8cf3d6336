import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecodeError,
  decodeEntryBatch,
  decodeOperation,
  decodeQuery,
  decodeReadBatch,
  decodeReply,
  decodeRequestBatch,
  decodeResult,
  decodeResults,
  encodeOperation,
  encodeQuery,
  encodeReadBatch,
  encodeReply,
  encodeRequestBatch,
  encodeResult,
  encodeResults,
  readReadHeader,
  readRequestHeader,
  wireOf,
} from '@synod/api';
import { batchCodec, keyValueCodec } from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { credentialsPath, parseSubject, readCredentials } from '@synod/nats-transport';
import type { PeerMessage } from '@synod/raft-core';
import { raftMessages, raftRecords } from '@synod/raft-wire';
import { parseCommand, parseScenario } from '@synod/scenario';
import { readEnvironment, replicaSettings } from '@synod/service';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import type { SnapshotSource } from '@synod/state-machine';
import { parseTraceparent, readOtlpJson, readOtlpProtobuf } from '@synod/telemetry';
import { backupDecoders, newRestorable, restorationPages, usedPages } from './backup-decoders.js';
import { clientDecoders } from './client-decoders.js';
import { ledgerDecoders, ledgerPages, newStoreAndLedger } from './ledger-decoders.js';
import { newOpenings, openingsPages, pbftDecoders } from './pbft-decoders.js';
import { paxosDecoders } from './paxos-decoders.js';
import { recordedDecoders } from './recorded-decoders.js';
import { storedDecoders } from './stored-decoders.js';

/** What becomes something out of bytes that others made. */
export interface Decoder {
  readonly name: string;
  /** Valid inputs, from which invalid ones are made. */
  readonly valid: readonly Uint8Array[];
  /** Gives undefined for what it refuses without an error. */
  readonly decode: (bytes: Uint8Array) => unknown;
  /** The only error that it may throw. */
  readonly documented: (error: Error) => boolean;
  /** What was understood, said again: must be understood alike. */
  readonly encode?: (decoded: never) => Uint8Array;
}

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const isDecodeError = (error: Error): boolean => error instanceof DecodeError;
const never = (): boolean => false;

const [key, value] = [utf8('key'), utf8('value')];
const put = encodeOperation({ kind: 'put', key, value });
const operations = [
  put,
  encodeOperation({ kind: 'delete', key }),
  encodeOperation({ kind: 'compareAndSet', key, expectedRevision: 7, value }),
  encodeOperation({
    kind: 'transaction',
    conditions: [{ key, relation: 'equal', target: { revision: 3 } }],
    success: [{ kind: 'put', key, value }],
    failure: [{ kind: 'get', key }],
  }),
];
const queries = [
  encodeQuery({ kind: 'get', key }),
  encodeQuery({ kind: 'range', prefix: key, startAfter: key, limit: 10, keysOnly: true }),
];
const found = { key, value, revision: 3, created: 2, version: 1 };
const results = [
  encodeResult({ kind: 'written', revision: 7, existed: true }),
  encodeResult({ kind: 'found', ...found }),
  encodeResult({ kind: 'range', items: [found, found], more: true }),
  encodeResult({ kind: 'transaction', succeeded: true, results: [{ kind: 'notFound' }, { kind: 'found', ...found }] }),
  encodeResult({ kind: 'error', code: 'tooMany' }),
];
const request = encodeRequestBatch({ client: 'c1', session: 5, sequence: 9, acknowledgedThrough: 3, operations });
const opening = encodeRequestBatch({ client: 'c1', session: 0, sequence: 1, acknowledgedThrough: 0, operations: [] });
const read = encodeReadBatch({ client: 'c1', sequence: 4, level: 'stale', maxAgeMs: 100, queries });
const common = { session: 5, sequence: 9, index: 7, term: 2, ageMs: 3, traceId: undefined } as const;
const replies = [
  encodeReply({ ...common, answer: { kind: 'results', encoded: encodeResults(results) } }),
  encodeReply({
    ...common,
    answer: { kind: 'refusal', reason: 'overloaded', leader: 'r1', retryAfterMs: 50, detail: 'full' },
  }),
  encodeReply({
    ...common,
    answer: {
      kind: 'discovery',
      replica: 'r1',
      protocol: 'raft',
      role: 'leader',
      leader: 'r1',
      members: ['r1', 'r2'],
      kinds: ['read'],
    },
  }),
];

const entries: readonly Entry[] = [{ kind: 'noOp' }, { kind: 'request', from: 'client', bytes: request }];
const batch = new EntryBatch(3, 8, entries, sizeOf(entries));
const withConfiguration: readonly Entry[] = [...entries, { kind: 'configuration', bytes: value }];
const snapshot = { index: 7, era: 2 };
const peerMessages: readonly PeerMessage[] = [
  { kind: 'requestVote', phase: 'vote', term: 3, lastIndex: 7, lastTerm: 2, handover: true },
  { kind: 'requestVoteReply', phase: 'preVote', term: 3, granted: true },
  {
    ...{ kind: 'appendEntries', term: 3, prevIndex: 7, prevTerm: 2, commit: 6, round: 1 },
    ...{ followers: ['r1', 'r2'], batches: [batch], beat: { at: 70_000, echoes: [0, 70_001] } },
  } as PeerMessage,
  { kind: 'appendEntriesReply', term: 3, round: 1, voting: true, outcome: { kind: 'matched', index: 9 } },
  {
    ...{ kind: 'appendEntriesReply', term: 3, round: 1, voting: true, outcome: { kind: 'heard' } },
    beat: { at: 70_001, echoes: [70_000] },
  } as PeerMessage,
  {
    kind: 'installSnapshot',
    term: 3,
    chunk: { snapshot, offset: 0, totalBytes: 5, bytes: value, checksum: 99 },
  },
  { kind: 'installSnapshotReply', term: 3, snapshot, heldBytes: 5, state: 'installed' },
  { kind: 'timeoutNow', term: 3 },
  { kind: 'hello', nonce: 5, standing: 'empty' },
  { kind: 'helloReply', nonce: 5, incarnation: 6, standing: 'active', clusterId: 4, era: 3 },
  { kind: 'form', clusterId: 4, incarnation: 6 },
  { kind: 'formed', clusterId: 4 },
  { kind: 'activate', clusterId: 4 },
  { kind: 'rejoin', floor: 4 },
];
const hardState = { kind: 'hardState', term: 3, votedFor: 'r1', clusterId: 4, standing: 'active', floor: 0 } as const;
const records = [
  hardState,
  { kind: 'entries', batch },
  { kind: 'truncate', from: 8 },
  { kind: 'snapshotMark', snapshot, sizeBytes: 100, hardState },
] as const;

const credentialsFile = credentialsPath(mkdtempSync(join(tmpdir(), 'synod-fuzz-')), 'r1');

function decodeCredentials(bytes: Uint8Array): unknown {
  writeFileSync(credentialsFile, bytes, { mode: 0o600 });
  return readCredentials(credentialsFile);
}

/** Pages of a service that holds something. */
function servicePages(): Uint8Array[] {
  const service = new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
  service.apply(1, 'ann', opening);
  service.apply(
    2,
    'ann',
    encodeRequestBatch({ client: 'c', session: 1, sequence: 1, acknowledgedThrough: 0, operations }),
  );
  const pages: Uint8Array[] = [];
  for (let all = service.snapshot(), page = all.next(); !page.done; page = all.next()) pages.push(page.value);
  return pages;
}

const newService = (): Sessions => new Sessions(new KeyValueStore(keyValueCodec), batchCodec);

/** A page's end is where the format byte may stand again. */
function joined(pages: readonly Uint8Array[]): Uint8Array {
  const lengths = new Uint8Array(Uint32Array.from([pages.length, ...pages.map(({ length }) => length)]).buffer);
  return Buffer.concat([lengths, ...pages]);
}

/** As many pages as are announced, in the lengths that are announced: a length beyond the bytes gives a shorter page. */
function restore(bytes: Uint8Array, service: SnapshotSource = newService()): unknown {
  const lengths = new Uint32Array(Uint8Array.from(bytes.subarray(0, bytes.length - (bytes.length % 4))).buffer);
  const count = Math.min(lengths[0] ?? 0, 8);
  let at = 4 * (count + 1);
  const target = service.restore();
  for (let page = 1; page <= count; page++) {
    target.page(bytes.subarray(at, at + (lengths[page] ?? 0)));
    at += lengths[page] ?? 0;
  }
  target.finish();
  return service;
}

const otlpJson = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'r1' } }] },
      scopeSpans: [{ spans: [{ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'x', kind: 1 }] }],
    },
  ],
});
/** ExportTraceServiceRequest with one span that has ids and a name. */
const otlpSpan = Buffer.concat([
  Buffer.from([0x0a, 16, ...Array<number>(16).fill(0xab), 0x12, 8, ...Array<number>(8).fill(0xcd), 0x2a, 1, 0x78]),
]);
const field = (number: number, content: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from([number * 8 + 2, content.length]), content]);
const otlp = field(1, field(2, field(2, otlpSpan)));

/** Everything that reads bytes of others; `decoders.fuzz.test.ts` finds out when one is missing. */
export const decoders: readonly Decoder[] = [
  {
    name: 'decodeOperation',
    valid: operations,
    decode: decodeOperation,
    documented: isDecodeError,
    encode: encodeOperation,
  },
  { name: 'decodeQuery', valid: queries, decode: decodeQuery, documented: isDecodeError, encode: encodeQuery },
  { name: 'decodeResult', valid: results, decode: decodeResult, documented: isDecodeError, encode: encodeResult },
  {
    name: 'decodeResults',
    valid: [encodeResults(results)],
    decode: decodeResults,
    documented: isDecodeError,
  },
  {
    name: 'decodeRequestBatch',
    valid: [request, opening],
    decode: decodeRequestBatch,
    documented: isDecodeError,
    encode: encodeRequestBatch,
  },
  { name: 'readRequestHeader', valid: [request, opening], decode: readRequestHeader, documented: isDecodeError },
  {
    name: 'decodeReadBatch',
    valid: [read],
    decode: decodeReadBatch,
    documented: isDecodeError,
    encode: encodeReadBatch,
  },
  { name: 'readReadHeader', valid: [read], decode: readReadHeader, documented: isDecodeError },
  { name: 'decodeReply', valid: replies, decode: decodeReply, documented: isDecodeError, encode: encodeReply },
  {
    name: 'decodeEntryBatch',
    valid: [wireOf(batch), wireOf(new EntryBatch(3, 8, withConfiguration, sizeOf(withConfiguration)))],
    decode: (bytes) => decodeEntryBatch(bytes),
    documented: isDecodeError,
    encode: ({ era, first, entries, sizeBytes }: EntryBatch) => wireOf(new EntryBatch(era, first, entries, sizeBytes)),
  },
  ...peerMessages.map((message): Decoder => {
    const kind = raftMessages.kindOf(message);
    return {
      name: `raftMessages.decode ${kind}`,
      valid: [raftMessages.encode(message)],
      decode: (bytes) => raftMessages.decode(kind, bytes),
      documented: isDecodeError,
      encode: raftMessages.encode,
    };
  }),
  ...['request', 'read', 'reply.c1'].map(
    (kind): Decoder => ({
      name: `raftMessages.decode ${kind}`,
      valid: kind === 'request' ? [request] : kind === 'read' ? [read] : replies,
      decode: (bytes) => raftMessages.decode(kind, bytes),
      documented: isDecodeError,
    }),
  ),
  {
    name: 'raftMessages.refusal',
    valid: [request, read],
    decode: (bytes) => raftMessages.refusal('request', bytes),
    documented: isDecodeError,
  },
  ...records.map((record): Decoder => {
    const { type, payload } = raftRecords.encode(record);
    return {
      name: `raftRecords.decode ${record.kind}`,
      valid: [Buffer.concat(payload)],
      decode: (bytes) => raftRecords.decode({ type, payload: bytes }),
      documented: isDecodeError,
    };
  }),
  ...paxosDecoders(request, read, replies),
  {
    name: 'the pages of a snapshot',
    valid: [joined(servicePages())],
    decode: (bytes) => restore(bytes),
    documented: (error) => error.message.includes('snapshot'),
  },
  {
    name: 'the pages of a snapshot with openings',
    valid: [joined(openingsPages())],
    decode: (bytes) => restore(bytes, newOpenings()),
    documented: (error) => error.message.includes('snapshot'),
  },
  {
    name: 'the pages of a snapshot with a ledger',
    valid: [joined(ledgerPages())],
    decode: (bytes) => restore(bytes, newStoreAndLedger()),
    documented: (error) => error.message.includes('snapshot'),
  },
  {
    name: 'the pages of a snapshot of a group that is being restored',
    valid: [joined(restorationPages()), joined(usedPages())],
    decode: (bytes) => restore(bytes, newRestorable()),
    documented: (error) => error.message.includes('snapshot'),
  },
  ...backupDecoders,
  ...ledgerDecoders,
  ...pbftDecoders,
  ...storedDecoders(servicePages()),
  ...recordedDecoders,
  ...clientDecoders,
  {
    name: 'parseScenario',
    valid: [utf8('# A claim (Raft §5.2).\n\nraft r1 r2 r3\n----\nr1 • elected\n\nput "a b" c # why\n')],
    decode: (bytes) => parseScenario(text(bytes)),
    documented: ({ message }) => message.startsWith('line 1: a scenario begins with its claim'),
  },
  {
    name: 'parseCommand',
    valid: [utf8('put r1 "a b" key=value # why')],
    decode: (bytes) => parseCommand(text(bytes)),
    documented: never,
  },
  {
    name: 'readCredentials',
    valid: [utf8('{"user":"r1","seed":"SUAMLK2ZNL35WSMW37E7UD4VZ7ELPKW7DHC3BWBSD2GCZ7IUQQXZIORRBU"}')],
    decode: decodeCredentials,
    documented: ({ message }) => message.includes(credentialsFile) && !message.includes('SUAMLK2Z'),
  },
  {
    name: 'readEnvironment',
    valid: [utf8('r1'), utf8('150-300'), utf8('4222'), utf8('r1,r2,r3')],
    decode: (bytes) => {
      const variables = Object.values(replicaSettings).map(({ variable }) => [variable, text(bytes)]);
      return readEnvironment(replicaSettings, Object.fromEntries(variables) as NodeJS.ProcessEnv);
    },
    documented: ({ name }) => name === 'EnvironmentError',
  },
  {
    name: 'parseSubject',
    valid: [utf8('synod.c.g.r1.r2.request'), utf8('synod-bulk.c.g.r1.r2.reply.c1')],
    decode: (bytes) => parseSubject(text(bytes)),
    documented: never,
  },
  {
    name: 'parseTraceparent',
    valid: [utf8(`00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`)],
    decode: (bytes) => parseTraceparent(text(bytes)),
    documented: never,
  },
  { name: 'readOtlpProtobuf', valid: [otlp], decode: readOtlpProtobuf, documented: () => true },
  {
    name: 'readOtlpJson',
    valid: [utf8(otlpJson)],
    decode: (bytes) => readOtlpJson(text(bytes)),
    documented: () => true,
  },
];
