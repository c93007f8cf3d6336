import fc from 'fast-check';
import { ChainVerifier, Ledger, Sessions, ledgerLimits } from '../src/index.js';
import type { Block, Blocks, Head, LedgerOperation, LedgerResult } from '../src/index.js';
import { fromJson, jsonBatches, jsonLedgerCodec, ofLedger, toJson } from './json-codec.js';
import { NaiveLedger, sha256 } from './naive-ledger.js';

const user = fc.constantFrom('ann', 'bob', 'cy', 'zoë 🐘');
const hour = 3_600_000;
const time = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 90 }).map((n) => n * hour), fc.constant(ledgerLimits.time)); // prettier-ignore
const submit = fc.record({ kind: fc.constant('submit' as const), data: fc.uint8Array({ minLength: 1, maxLength: 40 }), time }); // prettier-ignore
const cut = fc.record({ kind: fc.constant('cut' as const), height: fc.nat({ max: 6 }), time });
const said: fc.Arbitrary<readonly [string, LedgerOperation]> = fc.tuple(
  user,
  fc.oneof({ weight: 5, arbitrary: submit }, { weight: 1, arbitrary: cut }),
);
const history = fc.array(said, { maxLength: 60 });

const newLedger = (ledgerBytes?: number) => new Ledger(jsonLedgerCodec, sha256, ledgerBytes);
const submitted = (data: string | number, time = 0): LedgerOperation => ({
  kind: 'submit',
  data: typeof data === 'string' ? Buffer.from(data) : Buffer.alloc(data, 1),
  time,
});
const plain = (value: unknown): string => Buffer.from(toJson(value)).toString();

function execute(ledger: Ledger, operation: LedgerOperation, who = 'ann'): LedgerResult {
  const bytes = ofLedger(operation);
  const result = fromJson<LedgerResult>(ledger.apply(bytes, 1, who));
  bytes.fill(0xee); // nothing of the operation may be kept
  return result;
}

function ask<T>(ledger: Ledger, query: unknown): T {
  return fromJson<T>(ledger.query(ofLedger(query)));
}

const headOf = (ledger: Ledger) => ask<Head>(ledger, { kind: 'head' });

function blocksOf(ledger: Ledger, headersOnly = false): Block[] {
  const blocks: Block[] = [];
  for (let more = true; more; ) {
    const page = ask<Blocks>(ledger, { kind: 'blocks', from: blocks.length + 1, limit: 0, headersOnly });
    blocks.push(...page.blocks);
    more = page.more;
  }
  return blocks;
}

function restored(pages: Iterator<Uint8Array>): Ledger {
  const other = newLedger();
  const target = other.restore();
  for (let page = pages.next(); !page.done; page = pages.next()) target.page(page.value);
  target.finish();
  return other;
}

const drain = (pages: Iterator<Uint8Array>) => [...{ [Symbol.iterator]: () => pages }];

test('computes the blocks that its documentation says, and anybody can check them', () => {
  fc.assert(
    fc.property(history, (operations) => {
      const [ledger, twin] = [newLedger(), new NaiveLedger()];
      for (const [who, operation] of operations) {
        expect(plain(execute(ledger, operation, who))).toBe(plain(twin.execute(operation, who)));
      }
      expect(blocksOf(ledger)).toEqual(fromJson(toJson(twin.blocks)));
      const { head, transactions, pending } = headOf(ledger);
      expect(plain([head?.hash])).toBe(plain([twin.blocks.at(-1)?.hash]));
      expect([transactions, pending]).toEqual([twin.blocks.reduce((sum, { count }) => sum + count, 0), twin.pending]);
      const verifier = new ChainVerifier(sha256);
      for (const block of blocksOf(ledger)) expect(verifier.take(block)).toBeUndefined();
    }),
  );
});

test('the same operations make the same blocks, however clients pack them into batches and however often they send them', () => {
  const chunks = fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 60, maxLength: 60 });
  const run = (operations: readonly LedgerOperation[], sizes: readonly number[], copies: number): Ledger => {
    const ledger = newLedger();
    const sessions = new Sessions(ledger, jsonBatches);
    const send = (batch: object) => sessions.apply(++index, 'ann', toJson({ acknowledgedThrough: 0, ...batch }));
    let index = 0;
    send({ session: 0, sequence: 0, operations: [] });
    for (let at = 0, n = 0; at < operations.length; at += sizes[n++]!) {
      const part = operations.slice(at, at + sizes[n]!).map(ofLedger);
      const batch = { session: 1, sequence: n + 1, acknowledgedThrough: n, operations: part };
      const first = send(batch);
      for (let copy = 1; copy < copies; copy++) expect(send(batch)).toEqual(first);
    }
    return ledger;
  };
  fc.assert(
    fc.property(fc.array(submit, { maxLength: 60 }), chunks, fc.integer({ min: 1, max: 3 }), (all, sizes, copies) => {
      const [one, other] = [run(all, Array(60).fill(1), 1), run(all, sizes, copies)]; // prettier-ignore
      expect(plain(blocksOf(other))).toBe(plain(blocksOf(one)));
      expect(other.hash()).toBe(one.hash());
    }),
    { numRuns: 40 },
  );
});

test('a snapshot is the ledger of its moment; who restores it goes on alike, and equal ledgers have equal pages', () => {
  fc.assert(
    fc.property(history, history, (before, after) => {
      const ledger = newLedger();
      for (const [who, operation] of before) execute(ledger, operation, who);
      const [hash, at] = [ledger.hash(), plain(headOf(ledger))];
      const [frozen, pages] = [ledger.snapshot(), drain(ledger.snapshot())];
      for (const [who, operation] of after) execute(ledger, operation, who);
      expect(plain(drain(frozen))).toBe(plain(pages));
      const other = restored(pages[Symbol.iterator]());
      expect([other.hash(), plain(headOf(other))]).toEqual([hash, at]);
      expect(plain(drain(other.snapshot()))).toBe(plain(pages));
      for (const [who, operation] of after) execute(other, operation, who);
      expect(other.hash()).toBe(ledger.hash());
      expect(plain(blocksOf(other))).toBe(plain(blocksOf(ledger)));
    }),
  );
});

test('a large ledger is frozen at once and read page by page', () => {
  const ledger = newLedger();
  for (let i = 0; i < 995; i++) execute(ledger, submitted(8192 - (i % 7) * 1000, i));
  const frozen = ledger.snapshot();
  const hash = ledger.hash();
  const first = frozen.next();
  for (let i = 0; i < 300; i++) execute(ledger, submitted(8192, i));
  const pages = [first.value as Uint8Array, ...drain(frozen)];
  expect(pages.length).toBeGreaterThan(50);
  for (const page of pages.slice(0, -1)) expect(page).toHaveLength(65_536);
  expect(restored(pages[Symbol.iterator]()).hash()).toBe(hash);
});

test('nothing of an operation is kept, though what is decoded are views of it', () => {
  let decoded: LedgerOperation | undefined;
  const decodeOperation = (bytes: Uint8Array) => (decoded = jsonLedgerCodec.decodeOperation(bytes));
  const ledger = new Ledger({ ...jsonLedgerCodec, decodeOperation }, sha256);
  for (let i = 0; i < 10; i++) {
    execute(ledger, submitted(`transaction ${i}`));
    if (decoded?.kind === 'submit') decoded.data.fill(0xee);
  }
  expect(new ChainVerifier(sha256).take(blocksOf(ledger)[0]!)).toBeUndefined();
});

test('different ledgers have different hashes', () => {
  const hashes = new Set<string>();
  const ledger = newLedger();
  const note = () => hashes.add(ledger.hash());
  note();
  for (let i = 0; i < 12; i++) void (execute(ledger, submitted('same', 5)), note());
  execute(ledger, { kind: 'cut', height: 2, time: 5 });
  note();
  expect(hashes.size).toBe(14);
});

test('of two cuts that wait for the same block the second one cuts nothing', () => {
  const ledger = newLedger();
  expect(execute(ledger, { kind: 'cut', height: 1, time: 1 })).toEqual({ kind: 'error', code: 'nothingToCut' });
  execute(ledger, submitted('a', 1));
  expect(execute(ledger, { kind: 'cut', height: 2, time: 1 })).toEqual({ kind: 'error', code: 'nothingToCut' });
  const first = execute(ledger, { kind: 'cut', height: 1, time: 1 }, 'bob');
  expect(first).toMatchObject({ kind: 'cut', height: 1, byThis: true });
  execute(ledger, submitted('b', 1));
  expect(execute(ledger, { kind: 'cut', height: 1, time: 9 })).toEqual({ ...first, byThis: false });
  expect(headOf(ledger)).toMatchObject({ head: { height: 1, time: 1 }, transactions: 1, pending: 1 });
  expect(Buffer.from(headOf(ledger).head!.proposer).toString()).toBe('bob');
});

test.each([
  ['malformed', Uint8Array.of(0xfe, 1, 2)],
  ['malformed', ofLedger({ kind: 'submit', data: 'text', time: 1 })],
  ['unknown', ofLedger({ kind: 'future' })],
  ['empty', ofLedger(submitted('', 1))],
  ['tooLarge', ofLedger(submitted(ledgerLimits.transactionBytes + 1, 1))],
  ['timeInvalid', ofLedger(submitted('a', -1))],
  ['timeInvalid', ofLedger(submitted('a', 1.5))],
  ['timeInvalid', ofLedger(submitted('a', ledgerLimits.time + 1))],
  ['timeInvalid', ofLedger({ kind: 'cut', height: 1, time: ledgerLimits.time + 1 })],
])('%s is an answer, and changes nothing', (code, operation) => {
  const ledger = newLedger();
  execute(ledger, submitted('before'));
  const hash = ledger.hash();
  expect(fromJson(ledger.apply(operation, 1, 'ann'))).toEqual({ kind: 'error', code });
  expect(ledger.hash()).toBe(hash);
});

test('a name that no user can have, and queries that are none, are answered, too', () => {
  const ledger = newLedger();
  expect(execute(ledger, submitted('a'), 'x'.repeat(129))).toEqual({ kind: 'error', code: 'authorInvalid' });
  expect(fromJson(ledger.query(ofLedger({ kind: 'tail' })))).toEqual({ kind: 'error', code: 'malformed' });
  expect(ledger.isEmpty).toBe(true);
});

test('a full ledger takes no more, but the open block can be closed', () => {
  const most = 300_000;
  const ledger = newLedger(most);
  let taken = 0;
  while (execute(ledger, submitted(8192)).kind === 'submitted') taken++;
  expect(execute(ledger, submitted('a'))).toEqual({ kind: 'error', code: 'full' });
  // As many blocks as surely fit, and each of them whole.
  expect([taken, headOf(ledger).pending]).toEqual([30, 0]);
  expect(drain(ledger.snapshot()).reduce((sum, { length }) => sum + length, 0)).toBeLessThan(most);
  const small = newLedger(most);
  while (execute(small, submitted('x')).kind === 'submitted');
  const { head, pending } = headOf(small);
  expect(pending).toBe(0);
  expect(head!.height).toBeGreaterThan(400);
});

test('an answer is bounded: so many blocks, and so many bytes beyond the first one', () => {
  const ledger = newLedger();
  for (let i = 0; i < 1300; i++) execute(ledger, submitted(i < 20 ? 8192 : 1));
  const page = (query: object) => ask<Blocks>(ledger, { kind: 'blocks', limit: 0, headersOnly: false, ...query });
  expect(page({ from: 1 })).toMatchObject({ blocks: [{ height: 1 }], more: true });
  expect(page({ from: 3 }).blocks).toHaveLength(ledgerLimits.queryBlocks);
  expect(page({ from: 1, limit: 4000, headersOnly: true }).blocks).toHaveLength(ledgerLimits.queryBlocks);
  expect(page({ from: 0, limit: 1, headersOnly: true }).blocks).toMatchObject([{ height: 1, count: 10, transactions: [] }]); // prettier-ignore
  expect(page({ from: 130 })).toMatchObject({ blocks: [{ height: 130 }], more: false });
  expect(page({ from: 131 })).toEqual({ kind: 'blocks', blocks: [], more: false });
});
