import fc from 'fast-check';
import {
  decodeLedgerOperation,
  decodeLedgerResult,
  decodeResults,
  encodeLedgerResult,
  encodeResults,
} from '@synod/api';
import { verifyProof, type TransactionProof } from '../src/index.js';
import type { Block } from '@synod/state-machine';
import type { Received } from './fake-group.js';
import { failure, stage } from './stage.js';

const here = stage();
const text = (i: number) => `transaction ${i}`;
const never = { cutAfterMs: Infinity };

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 5000; !(await holds()); ) {
    if (performance.now() > end) throw new Error('after 5 s still not');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function submitAll(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await here.kv.ledger.submit(text(i), never);
}

/** From now on answers with blocks pass through `change` on their way. */
function tamper(change: (block: Block) => Block, changeHead: (head: Block) => Block = (head) => head): void {
  const { group } = here;
  group.script = (received) => {
    if (received.read?.level !== 'linearizable') return false;
    const encoded = decodeResults(group.query(received));
    const results = encoded.results.map((bytes) => {
      const result = decodeLedgerResult(bytes);
      if (result.kind === 'head') return encodeLedgerResult({ ...result, head: changeHead(result.head as Block) });
      if (result.kind !== 'blocks') return bytes;
      return encodeLedgerResult({ ...result, blocks: result.blocks.map(change).filter(({ height }) => height > 0) });
    });
    group.results(received, encodeResults(results), 1);
    return true;
  };
}

function cutsAsked(): number {
  const operations = here.group.requests.flatMap(({ request }) => request!.operations);
  return operations.filter((operation) => decodeLedgerOperation(operation)?.kind === 'cut').length;
}

test('a transaction has its place at once; its block is closed by the tenth', async () => {
  const { ledger } = here.kv;
  expect(await ledger.head()).toMatchObject({ head: undefined, transactions: 0, pending: 0 });
  const before = Date.now();
  const answers = [];
  for (let i = 0; i < 12; i++) answers.push(await ledger.submit(text(i), never));
  expect(answers[0]).toMatchObject({ height: 1, position: 0, closed: false, source: { replica: 'r1' } });
  expect(answers[9]).toMatchObject({ height: 1, position: 9, closed: true });
  expect(answers[11]).toMatchObject({ height: 2, position: 1, closed: false });
  const { head, transactions, pending } = await ledger.head();
  expect({ transactions, pending }).toEqual({ transactions: 10, pending: 2 });
  const block = await ledger.block(1);
  expect(block).toMatchObject({ ...head, height: 1, proposer: 'client', count: 10, previous: '0'.repeat(64) });
  expect(block!.transactions.map((transaction) => transaction.text)).toEqual(Array.from({ length: 10 }, (_, i) => text(i))); // prettier-ignore
  expect(block!.transactions[3]).toMatchObject({ author: 'client', data: new Uint8Array(Buffer.from(text(3))) });
  expect(block!.time).toBeGreaterThanOrEqual(before);
  expect(block!.time).toBeLessThanOrEqual(Date.now());
  expect(await ledger.block(2)).toBeUndefined();
});

test('who submits cuts the block after a while, once', async () => {
  const { ledger } = here.kv;
  await Promise.all([1, 2, 3].map((i) => ledger.submit(text(i), { cutAfterMs: 30 })));
  await until(async () => (await ledger.head()).head !== undefined);
  expect(await ledger.head()).toMatchObject({ head: { height: 1, count: 3 }, pending: 0 });
  const other = (await here.connect({ user: 'other' })).group('kv').ledger;
  expect(await other.cut(1)).toMatchObject({ height: 1, byThis: false, hash: (await ledger.head()).head!.hash });
  await ledger.submit(text(4), never);
  expect(await other.cut(2)).toMatchObject({ height: 2, byThis: true });
  expect(await ledger.block(2)).toMatchObject({ proposer: 'other', count: 1 });
  expect(await failure(ledger.cut(3))).toMatchObject({ code: 'invalid', mayHaveTakenEffect: false });
  expect(here.group.requests.filter(({ request }) => request!.operations.length > 0)).toHaveLength(6);
});

test('of several waits for one block the shortest counts', async () => {
  const { ledger } = here.kv;
  await ledger.submit(text(1), { cutAfterMs: 60_000 });
  await ledger.submit(text(2), { cutAfterMs: 20 });
  await ledger.submit(text(3), { cutAfterMs: 60_000 });
  await until(async () => (await ledger.head()).head !== undefined);
  expect(await ledger.head()).toMatchObject({ head: { height: 1, count: 3 }, pending: 0 });
});

test('a cut of which nothing is known is tried again a second later; one that is refused for good is left to others', async () => {
  const { group } = here;
  const { ledger } = (await here.connect({ user: 'other', timeoutMs: 150 })).group('kv');
  let cuts = 0;
  const onCut = (serves: (received: Received) => boolean) => {
    group.script = (received) => {
      const [operation] = received.request?.operations ?? [];
      if (operation === undefined || decodeLedgerOperation(operation)?.kind !== 'cut') return false;
      cuts++;
      return !serves(received);
    };
  };
  onCut((received) => {
    group.refuse(received, 'unauthorized');
    return false;
  });
  const patient = { timeoutMs: 5000 };
  await ledger.submit(text(1), { cutAfterMs: 1, ...patient });
  await new Promise((resolve) => setTimeout(resolve, 1300));
  expect([cuts, (await ledger.head(patient)).pending]).toEqual([1, 1]);
  const end = performance.now() + 500;
  onCut(() => performance.now() > end);
  await ledger.submit(text(2), { cutAfterMs: 1, ...patient });
  await until(async () => (await ledger.head(patient)).head !== undefined);
  expect(cuts).toBeGreaterThan(2);
});

test('what is no result of a ledger is an error with a code', async () => {
  const { kv, group } = here;
  group.script = (received) => {
    if (received.read?.level !== 'linearizable') return false;
    group.results(received, encodeResults([Buffer.from('nonsense')]), 1);
    return true;
  };
  expect(await failure(kv.ledger.head())).toMatchObject({ code: 'invalid', mayHaveTakenEffect: false });
});

test('a block that is full needs no cut, and a client that is closed leaves it to others', async () => {
  const client = await here.connect({ user: 'other' });
  const { ledger } = client.group('kv');
  await ledger.submit(text(0), { cutAfterMs: 600 });
  for (let i = 1; i < 10; i++) await ledger.submit(text(i), never);
  await ledger.submit(text(10), { cutAfterMs: 600 });
  await client.close();
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(await here.kv.ledger.head()).toMatchObject({ head: { height: 1, count: 10 }, pending: 1 });
  expect(cutsAsked()).toBe(0);
});

test('a clock is stopped as soon as its block is known to be closed', async () => {
  const { ledger } = here.kv;
  await ledger.submit(text(0), { cutAfterMs: 600 });
  for (let i = 1; i < 10; i++) await ledger.submit(text(i), never);
  await ledger.submit(text(10), { cutAfterMs: 600 });
  const { ledger: others } = (await here.connect({ user: 'other' })).group('kv');
  for (let i = 11; i < 20; i++) await others.submit(text(i), never);
  await ledger.submit(text(20), { cutAfterMs: 600 });
  await ledger.cut(3);
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(cutsAsked()).toBe(1);
});

test('a place in a session says the same time each time, so that repeating the call repeats nothing', async () => {
  const { kv } = here;
  const session = await kv.openSession();
  const first = await kv.ledger.submit('once', { once: { session, sequence: 1 }, ...never });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await kv.ledger.submit('once', { once: { session, sequence: 1 }, ...never })).toMatchObject({ position: 0, source: { index: first.source.index + 1 } }); // prettier-ignore
  const error = await failure(kv.ledger.submit('other', { once: { session, sequence: 1 }, ...never }));
  expect(error.code).toBe('sequenceReused');
  expect((await kv.ledger.head()).pending).toBe(1);
});

test('verification computes all again, from the beginning or from a trusted block', async () => {
  const { ledger } = here.kv;
  expect(await ledger.verify()).toEqual({ isSound: true, head: undefined, blocks: 0, transactions: 0 });
  await submitAll(1234);
  const progress: number[] = [];
  const { head } = await ledger.head();
  const onProgress = (height: number): void => void progress.push(height);
  expect(await ledger.verify({ onProgress })).toEqual({ isSound: true, head, blocks: 123, transactions: 1230 });
  expect(progress).toEqual([100, 123]);
  const { hash } = (await ledger.block(100))!;
  expect(await ledger.verify({ trusted: { height: 100, hash } })).toEqual({ isSound: true, head, blocks: 24, transactions: 240 }); // prettier-ignore
  const lie = { height: 99, hash };
  expect(await ledger.verify({ trusted: lie })).toMatchObject({ isSound: false, height: 99, reason: 'its hash is not the trusted one' }); // prettier-ignore
  expect(await ledger.verify({ trusted: { height: 124, hash } })).toMatchObject({ isSound: false, height: 124 });
  expect(await failure(ledger.verify({ trusted: { height: 1, hash: 'abc' } }))).toMatchObject({ code: 'invalid' });
  await expect(ledger.verify({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});

test.each([
  ['left out', (block: Block): Block => ({ ...block, height: block.height + (block.height > 6 ? 1 : 0) }), 7],
  ['changed', (block: Block): Block => (block.height === 7 ? { ...block, time: block.time + 1 } : block), 7],
  ['exchanged at the end', (block: Block): Block => (block.height === 9 ? { ...block, hash: block.root } : block), 9],
])('verification tells at which height a block was %s', async (_how, change, height) => {
  await submitAll(95);
  tamper(change);
  expect(await here.kv.ledger.verify()).toMatchObject({ isSound: false, height });
});

test('blocks that are withheld, and a head that is none of theirs, are noticed', async () => {
  await submitAll(30);
  const withheld = (from: number) => (block: Block) => ({ ...block, height: block.height >= from ? 0 : block.height });
  tamper(withheld(3));
  expect(await here.kv.ledger.verify()).toEqual({ isSound: false, height: 3, reason: 'the group does not have it' });
  tamper(withheld(1));
  expect(await here.kv.ledger.verify()).toMatchObject({ isSound: false, height: 1 });
  const same = (block: Block) => block;
  tamper(same, (head) => ({ ...head, hash: head.root }));
  expect(await here.kv.ledger.verify()).toEqual({ isSound: false, height: 3, reason: 'its hash is not that of the head' }); // prettier-ignore
  tamper(same, (head) => ({ ...head, height: 4 }));
  expect(await here.kv.ledger.verify()).toMatchObject({ isSound: false, height: 4 });
});

test('a proof of at most four hashes shows a transaction to who knows the hash of its block, and nothing else', async () => {
  await submitAll(10);
  const block = (await here.kv.ledger.block(1))!;
  const json = JSON.stringify(block.proof(6));
  expect(json.length).toBeLessThan(1200);
  const proof = JSON.parse(json) as TransactionProof;
  expect(verifyProof(proof, block.hash)).toBe(true);
  expect(verifyProof(proof, block.previous)).toBe(false);
  expect(block.proof(10)).toBeUndefined();
  for (const written of [json.replace(/"[0-9a-f]{64}"/g, (hash) => hash.toUpperCase()), json.replace(/==?"/g, '"')]) {
    expect(written).not.toBe(json);
    expect(verifyProof(JSON.parse(written) as TransactionProof, block.hash)).toBe(false);
  }
  const paths = pathsOf(proof);
  expect(paths.length).toBeGreaterThan(14);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
      const before = JSON.stringify(proof);
      const changed = JSON.parse(before) as TransactionProof;
      setAt(changed, path, value);
      if (JSON.stringify(changed) !== before) expect(verifyProof(changed, block.hash)).toBe(false);
    }),
    { numRuns: 500 },
  );
  fc.assert(fc.property(fc.anything(), (value) => void expect(verifyProof(value as TransactionProof, block.hash)).toBe(false))); // prettier-ignore
});

type Tree = Record<string, unknown>;

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]));
}

function setAt(tree: unknown, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (rest.length === 0) (tree as Tree)[first!] = value;
  else setAt((tree as Tree)[first!], rest, value);
}

test.each([
  ['an empty transaction', 'invalid', () => here.kv.ledger.submit('')],
  ['one that is too large', 'tooLarge', () => here.kv.ledger.submit(Buffer.alloc(8193))],
  ['one that is no bytes', 'invalid', () => here.kv.ledger.submit(7 as never)],
  ['a time that is none', 'invalid', () => here.kv.ledger.submit('x', { time: -1 })],
  ['a clock that goes backwards', 'invalid', () => here.kv.ledger.submit('x', { cutAfterMs: -1 })],
  ['a cut of no block', 'invalid', () => here.kv.ledger.cut(0)],
  ['a block that cannot be', 'invalid', () => here.kv.ledger.block(0.5)],
  ['too large a page', 'invalid', () => here.kv.ledger.blocks({ limit: 101 })],
] as const)('%s is refused before anything is sent', async (_what, code, call) => {
  expect(await failure(call())).toMatchObject({ code, mayHaveTakenEffect: false });
  expect(here.group.requests.length + here.group.reads.length).toBe(0);
});

test('a group without a ledger says so', async () => {
  here.group.forgetLedger();
  expect(await failure(here.kv.ledger.submit('x'))).toMatchObject({ code: 'unsupported', mayHaveTakenEffect: false });
  expect(await failure(here.kv.ledger.head())).toMatchObject({ code: 'unsupported' });
});
