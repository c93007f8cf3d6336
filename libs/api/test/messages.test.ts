import fc from 'fast-check';
import {
  batchCodec,
  DecodeError,
  decodeReadBatch,
  decodeReply,
  decodeRequestBatch,
  decodeResults,
  encodeReadBatch,
  encodeReply,
  encodeRequestBatch,
  encodeResults,
  encodeSessionError,
  limits,
  readReadHeader,
  readRequestHeader,
} from '../src/index.js';
import type { Answer, ReadBatch, Reply, RequestBatch } from '../src/index.js';
import { synod } from '../src/gen/api.js';
import { bytes, integer, mangled, plain, token } from './arbitrary.js';

const messages = synod.api.v1;
const parts = fc.array(bytes(80), { maxLength: 5 });

const opening: fc.Arbitrary<RequestBatch> = fc.record({
  client: token,
  session: fc.constant(0),
  sequence: integer,
  acknowledgedThrough: fc.constant(0),
  operations: fc.constant([]),
});
const request: fc.Arbitrary<RequestBatch> = fc
  .record({ client: token, session: integer, sequence: integer, acknowledgedThrough: integer, operations: parts })
  .filter((batch) => batch.session > 0 && batch.sequence > batch.acknowledgedThrough);
const read: fc.Arbitrary<ReadBatch> = fc.record({
  client: token,
  sequence: integer,
  level: fc.constantFrom('linearizable' as const, 'stale' as const, 'discover' as const),
  maxAgeMs: integer,
  queries: parts,
});
const name = fc.oneof(token, fc.constant(''));
const answer: fc.Arbitrary<Answer> = fc.oneof(
  parts.map((results) => ({ kind: 'results' as const, encoded: encodeResults(results) })),
  fc.record({
    kind: fc.constant('refusal' as const),
    reason: fc.constantFrom(
      'notLeader' as const,
      'overloaded' as const,
      'lost' as const,
      'malformed' as const,
      'steppedDown' as const,
    ),
    leader: name,
    retryAfterMs: integer,
    detail: fc.string({ maxLength: 50, unit: 'grapheme' }),
  }),
  fc.record({
    kind: fc.constant('discovery' as const),
    replica: name,
    protocol: name,
    role: name,
    leader: name,
    members: fc.array(token, { maxLength: 5 }),
    kinds: fc.array(token, { maxLength: 5 }),
  }),
);
const reply: fc.Arbitrary<Reply> = fc.record({
  session: integer,
  sequence: integer,
  answer,
  index: integer,
  term: integer,
  ageMs: integer,
  traceId: fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 }), { nil: undefined }),
});

test('batches and replies come back as they went', () => {
  fc.assert(
    fc.property(fc.oneof(request, opening), (batch) => {
      const encoded = encodeRequestBatch(batch);
      expect(plain(decodeRequestBatch(encoded))).toEqual(plain(batch));
      expect(readRequestHeader(encoded)).toEqual({
        client: batch.client,
        session: batch.session,
        sequence: batch.sequence,
      });
    }),
  );
  fc.assert(
    fc.property(read, (batch) => {
      expect(plain(decodeReadBatch(encodeReadBatch(batch)))).toEqual(plain(batch));
      const { queries: _, ...header } = batch;
      expect(readReadHeader(encodeReadBatch(batch))).toEqual(header);
    }),
  );
  fc.assert(fc.property(reply, (value) => expect(plain(decodeReply(encodeReply(value)))).toEqual(plain(value))));
  fc.assert(
    fc.property(parts, (results) => {
      expect(plain(decodeResults(encodeResults(results)))).toEqual(plain({ results, sessionError: undefined }));
    }),
  );
  for (const error of ['expired', 'sequenceReused', 'windowExceeded', 'alreadyAcknowledged', 'malformed'] as const) {
    expect(decodeResults(encodeSessionError(error))).toEqual({ results: [], sessionError: error });
    for (const openFrom of [1, 127, 128, 2 ** 32, Number.MAX_SAFE_INTEGER])
      expect(decodeResults(encodeSessionError(error, openFrom))).toEqual({
        results: [],
        sessionError: error,
        openFrom,
      });
  }
});

test('the hand-written codecs and the generated code agree', () => {
  fc.assert(
    fc.property(request, read, reply, (request, read, reply) => {
      const { RequestBatch, ReadBatch, Reply } = messages;
      const sameBytes = (encoded: Uint8Array, again: Uint8Array) => expect([...again]).toEqual([...encoded]);
      const requestBytes = encodeRequestBatch(request);
      sameBytes(requestBytes, RequestBatch.encode(RequestBatch.decode(requestBytes)).finish());
      sameBytes(encodeReadBatch(read), ReadBatch.encode(ReadBatch.decode(encodeReadBatch(read))).finish());
      const again = decodeReply(Reply.encode(Reply.decode(encodeReply(reply))).finish());
      expect(plain(again)).toEqual(plain(reply));
    }),
  );
});

test('whatever the bytes, decoders give a value or a DecodeError', () => {
  const cases: [(bytes: Uint8Array) => unknown, fc.Arbitrary<Uint8Array>][] = [
    [decodeRequestBatch, request.map(encodeRequestBatch)],
    [readRequestHeader, request.map(encodeRequestBatch)],
    [decodeReadBatch, read.map(encodeReadBatch)],
    [readReadHeader, read.map(encodeReadBatch)],
    [decodeReply, reply.map(encodeReply)],
    [decodeResults, parts.map(encodeResults)],
  ];
  for (const [decode, encoded] of cases) {
    const property = fc.property(mangled(encoded), (bytes) => {
      try {
        decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    });
    fc.assert(property, { numRuns: 1000 });
  }
});

describe('a RequestBatch is refused', () => {
  const good = { version: 1, client: 'c1', session: 5, sequence: 2, acknowledgedThrough: 1, operations: [] };
  const encode = (changes: Partial<typeof good> & { operations?: never[] }) =>
    messages.RequestBatch.encode({ ...good, ...changes }).finish();

  test.each([
    ['another version', { version: 2 }, 'version 2'],
    ['no version', { version: 0 }, 'version 0'],
    ['a client with a dot', { client: 'a.b' }, 'a-z'],
    ['a client with a line end', { client: 'ab\n' }, 'a-z'],
    ['no client', { client: '' }, 'which client'],
    ['an unsafe session', { session: 2 ** 53 }, '2^53-1'],
    ['sequence 0', { sequence: 0, acknowledgedThrough: 0 }, 'begin with 1'],
    ['its own acknowledgement', { acknowledgedThrough: 2 }, 'its own answer'],
  ])('with %s', (_, changes, message) => {
    expect(() => decodeRequestBatch(encode(changes))).toThrow(message);
    expect(() => decodeRequestBatch(encode(changes))).toThrow(DecodeError);
    expect(decodeRequestBatch(encode({})).session).toBe(5);
  });

  test('above its size, whatever it holds', () => {
    expect(() => decodeRequestBatch(new Uint8Array(limits.requestBytes + 1))).toThrow('at most 131072');
  });

  test('with too many operations', () => {
    const operations = Array.from({ length: limits.operations + 1 }, () => new Uint8Array(0));
    const bytes = messages.RequestBatch.encode({ ...good, operations }).finish();
    expect(() => decodeRequestBatch(bytes)).toThrow('more than 1024');
    expect(() => encodeRequestBatch({ ...good, operations })).toThrow('at most 1024');
    operations.pop();
    expect(decodeRequestBatch(encodeRequestBatch({ ...good, operations })).operations).toHaveLength(1024);
  });

  test('with an operation that opens a session', () => {
    const bytes = messages.RequestBatch.encode({ ...good, session: 0, operations: [new Uint8Array(1)] }).finish();
    expect(() => decodeRequestBatch(bytes)).toThrow('must not bring operations');
  });
});

test('fields of later versions: refused in requests, skipped in replies', () => {
  const later = [0x7a, 0x01, 0x00];
  const batch = { client: 'c', sequence: 1, level: 'stale' as const, maxAgeMs: 0, queries: [] };
  expect(() => decodeReadBatch(Uint8Array.from([...encodeReadBatch(batch), ...later]))).toThrow('no field 15');
  const reply = {
    session: 0,
    sequence: 1,
    answer: { kind: 'refusal' as const, reason: 'lost' as const, leader: '', retryAfterMs: 0, detail: '' },
    index: 0,
    term: 1,
    ageMs: 0,
    traceId: undefined,
  };
  expect(decodeReply(Uint8Array.from([...encodeReply(reply), ...later]))).toEqual(reply);
});

test('queries of a batch are what the store is asked', () => {
  const queries = [Uint8Array.of(1), Uint8Array.of(2, 3)];
  const bytes = encodeReadBatch({ client: 'c', sequence: 1, level: 'linearizable', maxAgeMs: 0, queries });
  expect(plain(batchCodec.decodeQueries(bytes))).toEqual(plain(queries));
});
