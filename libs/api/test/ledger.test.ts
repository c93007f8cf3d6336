import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { ChainVerifier, KeyValueStore, Ledger, Openings, Sessions, StoreAndLedger } from '@synod/state-machine';
import type { Block, LedgerErrorCode, LedgerOperation, LedgerQuery, LedgerResult } from '@synod/state-machine';
import {
  batchCodec,
  DecodeError,
  decodeLedgerOperation,
  decodeLedgerQuery,
  decodeLedgerResult,
  decodeOperation,
  decodeQuery,
  decodeResults,
  encodeLedgerOperation,
  encodeLedgerQuery,
  encodeLedgerResult,
  encodeOperation,
  encodeQuery,
  isLedgers,
  keyValueCodec,
  ledgerCodec,
  printQueries,
  printRequest,
  printResults,
  encodeReadBatch,
  encodeRequestBatch,
  encodeResults,
} from '../src/index.js';
import { bytes, integer, operation, plain, query } from './arbitrary.js';

const time = integer;
const small = fc.nat({ max: 2 ** 31 });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ledgerOperation: fc.Arbitrary<LedgerOperation> = fc.oneof(
  fc.record({ kind: fc.constant('submit' as const), data: bytes(200), time }),
  fc.record({ kind: fc.constant('cut' as const), height: integer, time }),
);
const ledgerQuery: fc.Arbitrary<LedgerQuery> = fc.oneof(
  fc.record({ kind: fc.constant('head' as const) }),
  fc.record({ kind: fc.constant('blocks' as const), from: integer, limit: small, headersOnly: fc.boolean() }),
);
const header = { height: integer, hash, previous: hash, root: hash, time, proposer: bytes(20), proposerTime: time, count: small }; // prettier-ignore
const transaction = fc.record({ author: bytes(20), time, data: bytes(50) });
const block: fc.Arbitrary<Block> = fc.record({ ...header, transactions: fc.array(transaction, { maxLength: 10 }) });
const codes: LedgerErrorCode[] = ['malformed', 'unknown', 'empty', 'tooLarge', 'timeInvalid', 'authorInvalid', 'full', 'nothingToCut']; // prettier-ignore
const ledgerResult: fc.Arbitrary<LedgerResult> = fc.oneof(
  fc.record({ kind: fc.constant('submitted' as const), height: integer, position: small, closed: fc.boolean() }),
  fc.record({ kind: fc.constant('cut' as const), height: integer, hash, byThis: fc.boolean() }),
  fc.record({
    kind: fc.constant('head' as const),
    head: fc.option(fc.record(header), { nil: undefined }),
    transactions: integer,
    pending: small,
  }),
  fc.record({ kind: fc.constant('blocks' as const), blocks: fc.array(block, { maxLength: 4 }), more: fc.boolean() }),
  fc.record({ kind: fc.constant('error' as const), code: fc.constantFrom(...codes) }),
);

test('operations, queries and results come back as they went', () => {
  fc.assert(fc.property(ledgerOperation, (value) => expect(plain(decodeLedgerOperation(encodeLedgerOperation(value)))).toEqual(plain(value)))); // prettier-ignore
  fc.assert(fc.property(ledgerQuery, (value) => expect(plain(decodeLedgerQuery(encodeLedgerQuery(value)))).toEqual(plain(value)))); // prettier-ignore
  fc.assert(fc.property(ledgerResult, (value) => expect(plain(decodeLedgerResult(encodeLedgerResult(value)))).toEqual(plain(value)))); // prettier-ignore
});

test('what is for the ledger and what for the store is never taken for the other', () => {
  fc.assert(
    fc.property(operation, query, ledgerOperation, ledgerQuery, (stores, asked, ledgers, askedLedger) => {
      expect([isLedgers(encodeOperation(stores)), isLedgers(encodeQuery(asked))]).toEqual([false, false]);
      expect([isLedgers(encodeLedgerOperation(ledgers)), isLedgers(encodeLedgerQuery(askedLedger))]).toEqual([true, true]); // prettier-ignore
      // A replica that is older than the ledger answers `unknown`, as to every kind that it does not know.
      expect(decodeOperation(encodeLedgerOperation(ledgers))).toBeUndefined();
      expect(decodeQuery(encodeLedgerQuery(askedLedger))).toBeUndefined();
    }),
  );
});

const within = (...content: number[]) => Uint8Array.from([0x7a, content.length, ...content]);

test('a kind of a later version is unknown, all else that is no operation is malformed', () => {
  for (const decode of [decodeLedgerOperation, decodeLedgerQuery]) {
    expect(decode(within(0x1a, 0))).toBeUndefined();
    expect(decode(within(0x32, 1, 7))).toBeUndefined();
    for (const wrong of [within(), within(0x0a, 0, 0x12, 0), within(0x08, 1), Uint8Array.of(0x7a, 9), Uint8Array.of()])
      expect(() => decode(wrong)).toThrow(DecodeError);
    expect(() => decode(Uint8Array.from([...within(0x0a, 0), ...within(0x0a, 0)]))).toThrow(DecodeError);
    expect(() => decode(new Uint8Array(130_001))).toThrow(DecodeError);
  }
  expect(() => decodeLedgerOperation(within(0x0a, 2, 0x18, 1))).toThrow(DecodeError);
});

test('a hash has 32 bytes, and a block at most ten transactions', () => {
  const wrong = { kind: 'cut', height: 1, hash: new Uint8Array(31), byThis: true } as const;
  expect(() => decodeLedgerResult(encodeLedgerResult(wrong))).toThrow('a hash of 31 bytes');
  const [one] = fc.sample(block, 1);
  const eleven = { ...one!, transactions: Array(11).fill({ author: new Uint8Array(1), time: 1, data: new Uint8Array(1) }) }; // prettier-ignore
  expect(() => decodeLedgerResult(encodeLedgerResult({ kind: 'blocks', blocks: [eleven], more: false }))).toThrow('more than 10'); // prettier-ignore
});

test('on one line, for people', () => {
  const operations = [
    encodeLedgerOperation({ kind: 'submit', data: new TextEncoder().encode('hello'), time: 1 }),
    encodeLedgerOperation({ kind: 'cut', height: 3, time: 1 }),
    within(0x1a, 0),
  ];
  const batch = { client: 'c', session: 5, sequence: 9, acknowledgedThrough: 0, operations };
  expect(printRequest(encodeRequestBatch(batch))).toBe('5.9 submit hello; cut block 3; an unknown operation of the ledger'); // prettier-ignore
  const queries = [encodeLedgerQuery({ kind: 'head' }), encodeLedgerQuery({ kind: 'blocks', from: 2, limit: 0, headersOnly: true })]; // prettier-ignore
  expect(printQueries(encodeReadBatch({ client: 'c', sequence: 1, level: 'stale', maxAgeMs: 0, queries }))).toBe('head of the ledger; headers from 2'); // prettier-ignore
  const results: LedgerResult[] = [
    { kind: 'submitted', height: 2, position: 9, closed: true },
    { kind: 'head', head: undefined, transactions: 0, pending: 4 },
    { kind: 'error', code: 'full' },
  ];
  expect(printResults(encodeResults(results.map(encodeLedgerResult)))).toBe(
    'transaction 9 of block 2, which it closed; head 0, 4 pending; error full',
  );
});

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const newSessions = (): Sessions =>
  new Sessions(new StoreAndLedger(new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec), batchCodec); // prettier-ignore

const pinned = [
  'bf57976c009637075f560c5cfe7b1e0666b715a87698aa7c32f0ce88d747c044',
  '3660e09818dbe2357f10a58dcb8132089d1f4184c5d4e81893a59741105fd0d2',
];

test.each([
  ['the crash-tolerant protocols', newSessions],
  ['PBFT', () => new Openings(newSessions(), batchCodec)],
])('the chain is the same behind the service of %s, though each request comes twice', (_what, newService) => {
  const users = ['ann', 'bob', 'cy'];
  const client = 'c';
  const service = newService();
  let index = 0;
  for (const user of users) {
    service.apply(++index, user, encodeRequestBatch({ client, session: 0, sequence: 1, acknowledgedThrough: 0, operations: [] })); // prettier-ignore
  }
  for (let sequence = 1; sequence <= 9; sequence++) {
    users.forEach((user, n) => {
      const operations = [
        encodeLedgerOperation({
          kind: 'submit',
          data: new TextEncoder().encode(`${user} ${sequence}`),
          time: sequence,
        }),
        encodeOperation({ kind: 'put', key: new Uint8Array([n]), value: new Uint8Array([sequence]) }),
      ];
      const batch = { client, session: n + 1, sequence, acknowledgedThrough: sequence - 1, operations };
      for (let copy = 0; copy < 2; copy++) service.apply(++index, user, encodeRequestBatch(batch));
    });
  }
  const other = newService();
  const target = other.restore();
  for (let pages = service.snapshot(), page = pages.next(); !page.done; page = pages.next()) target.page(page.value);
  target.finish();
  expect(other.hash()).toBe(service.hash());
  const queries = [encodeLedgerQuery({ kind: 'blocks', from: 1, limit: 0, headersOnly: false })];
  const read = encodeReadBatch({ client, sequence: 1, level: 'linearizable', maxAgeMs: 0, queries });
  const [bytes] = decodeResults(other.query('ann', read)).results;
  const { blocks } = decodeLedgerResult(bytes!) as { readonly blocks: readonly Block[] };
  const verifier = new ChainVerifier(sha256);
  expect(blocks.map((one) => verifier.take(one))).toEqual([undefined, undefined]);
  const said = blocks.flatMap(({ transactions }) => transactions.map(({ data }) => Buffer.from(data).toString()));
  expect(said).toEqual(Array.from({ length: 20 }, (_, i) => `${users[i % 3]} ${Math.floor(i / 3) + 1}`));
  // Computed once and for all: whoever changes a byte of what is hashed breaks every chain that there is.
  expect(blocks.map(({ hash }) => Buffer.from(hash).toString('hex'))).toEqual(pinned);
});
