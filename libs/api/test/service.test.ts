import fc from 'fast-check';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import type { Operation, Query } from '@synod/state-machine';
import {
  batchCodec,
  decodeResult,
  decodeResults,
  encodeOperation,
  encodeQuery,
  encodeReadBatch,
  decodeReply,
  encodeReply,
  encodeRequestBatch,
  keyValueCodec,
  limits,
} from '../src/index.js';
import { mangled, operation, plain, query } from './arbitrary.js';

const ofText = (text: string) => new Uint8Array(Buffer.from(text));
const put = (key: string, value: string): Operation => ({ kind: 'put', key: ofText(key), value: ofText(value) });
const service = () => new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
const open = encodeRequestBatch({ client: 'c', session: 0, sequence: 9, acknowledgedThrough: 0, operations: [] });

function batch(sequence: number, operations: readonly Operation[]): Uint8Array {
  const encoded = operations.map(encodeOperation);
  return encodeRequestBatch({
    client: 'c',
    session: 1,
    sequence,
    acknowledgedThrough: sequence - 1,
    operations: encoded,
  });
}

function ask(sessions: Sessions, ...queries: Query[]): unknown[] {
  const parts = queries.map(encodeQuery);
  const bytes = encodeReadBatch({ client: 'c', sequence: 1, level: 'linearizable', maxAgeMs: 0, queries: parts });
  return decodeResults(sessions.query('ann', bytes)).results.map((result) => plain(decodeResult(result)));
}

test('a client opens a session, writes, repeats itself and reads', () => {
  const sessions = service();
  expect(decodeResults(sessions.apply(1, 'ann', open))).toEqual({ results: [], sessionError: undefined });
  const request = batch(1, [put('a', '1'), put('a', '2'), put('b', '1')]);
  const answer = sessions.apply(2, 'ann', request);
  expect(decodeResults(answer).results.map(decodeResult)).toEqual([
    { kind: 'written', revision: 2, existed: false },
    { kind: 'written', revision: 2, existed: true },
    { kind: 'written', revision: 2, existed: false },
  ]);
  expect(sessions.apply(3, 'ann', request)).toEqual(answer);
  request.fill(0); // the receive buffer is used again
  const [found] = ask(sessions, { kind: 'get', key: ofText('a') });
  expect(found).toEqual(
    plain({ kind: 'found', key: ofText('a'), value: ofText('2'), revision: 2, created: 2, version: 2 }),
  );
  expect(decodeResults(sessions.apply(4, 'bob', batch(2, []))).sessionError).toBe('expired');
  expect(decodeResults(sessions.apply(5, 'ann', Uint8Array.of(1))).sessionError).toBe('malformed');
});

test('whatever the bytes, apply and query answer, and alike on every replica', () => {
  const requests = mangled(fc.array(operation, { maxLength: 4 }).map((operations) => batch(1, operations)));
  const queries = mangled(query.map(encodeQuery));
  fc.assert(
    fc.property(
      fc.array(requests, { maxLength: 8 }),
      mangled(operation.map(encodeOperation)),
      queries,
      (all, odd, query) => {
        const answersOf = (sessions: Sessions) => {
          sessions.apply(1, 'ann', open);
          const bytes = [...all, encodeRequestBatch({ ...header, operations: [odd, odd] })];
          const answers = bytes.map((request, i) => sessions.apply(i + 2, 'ann', request));
          const reads = encodeReadBatch({ client: 'c', sequence: 1, level: 'stale', maxAgeMs: 0, queries: [query] });
          return plain([...answers, sessions.query('ann', reads), sessions.query('ann', query), sessions.hash()]);
        };
        expect(answersOf(service())).toEqual(answersOf(service()));
      },
    ),
  );
});
test('the largest answers fit into a reply', () => {
  const sessions = service();
  sessions.apply(Number.MAX_SAFE_INTEGER - 1e6, 'ann', open); // revisions as long as they get
  const session = Number.MAX_SAFE_INTEGER - 1e6;
  const apply = (sequence: number, operations: readonly Operation[]) => {
    const encoded = operations.map(encodeOperation);
    const fields = { client: 'c', session, sequence, acknowledgedThrough: sequence - 1, operations: encoded };
    const bytes = sessions.apply(session + sequence, 'ann', encodeRequestBatch(fields));
    expect(decodeResults(bytes).sessionError).toBeUndefined();
    return bytes;
  };
  const name = (i: number) => ofText(`small/${String(i).padStart(4, '0')}${'x'.repeat(40)}`);
  apply(
    1,
    Array.from({ length: 1000 }, (_, i) => ({ kind: 'put', key: name(i), value: new Uint8Array(15) })),
  );
  const largest = Uint8Array.from({ length: 1024 }, () => 1);
  apply(2, [{ kind: 'put', key: largest, value: new Uint8Array(64_400) }]);
  const get = { kind: 'get' as const, key: largest };
  const range = { kind: 'range' as const, prefix: ofText('small/'), startAfter: ofText(''), limit: 0, keysOnly: false };
  const parts = [get, get, range, get].map(encodeQuery);
  const query = { client: 'c', sequence: 1, level: 'linearizable' as const, maxAgeMs: 0, queries: parts };
  const small = Array.from({ length: 128 - 50 }, (_, i) => ({ kind: 'get' as const, key: name(i) }));
  const transaction: Operation = { kind: 'transaction', conditions: [], success: [get, ...small], failure: [] };
  const answers = [sessions.query('ann', encodeReadBatch(query)), apply(3, [transaction, transaction, transaction])];
  expect(answers.map((answer) => decodeResults(answer).results.length)).toEqual([3, 2]);
  for (const encoded of answers) {
    const fields = { session, sequence: session, index: session, term: session, ageMs: 0, traceId: new Uint8Array(16) };
    expect(encodeReply({ ...fields, answer: { kind: 'results', encoded } }).length).toBeLessThan(limits.replyBytes);
  }
});

const header = { client: 'c', session: 1, sequence: 7, acknowledgedThrough: 0 };

test('a reply that is larger than any is refused before it is read', () => {
  const bomb = new Uint8Array(limits.replyBytes + 1);
  expect(() => decodeReply(bomb)).toThrow(`a Reply of ${bomb.length} bytes`);
});
