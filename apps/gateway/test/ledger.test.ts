import { webcrypto } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { verifyProof } from '@synod/client';
import type { TransactionProof } from '@synod/client';
import script from '../src/page/ledger.client.js';
import { LocalGroup } from './local-group.js';

let local: LocalGroup;
beforeAll(async () => {
  local = await LocalGroup.start();
}, 60_000);
afterAll(() => local.close());

jest.setTimeout(60_000);

type Json = Readonly<Record<string, unknown>>;
const get = async (path: string) => {
  const response = await fetch(local.of(path));
  return { status: response.status, json: (await response.json()) as Json, headers: response.headers };
};
const submit = (body: string | Uint8Array, headers: Record<string, string> = {}, query = '') =>
  fetch(local.of(`/ledger/transactions${query}`), { method: 'POST', body, headers });
const placeOf = async (response: Response) => (await response.json()) as { height: number; position: number };

test('a transaction has its place at once, and is found there when the gateway has closed its block', async () => {
  expect((await get('/ledger')).json).toEqual({ transactions: 0, pending: 0 });
  const response = await submit('hello', {}, '?cut_after_ms=50');
  expect(response.status).toBe(201);
  const location = response.headers.get('location')!;
  expect(location).toBe('/v1/groups/kv/ledger/blocks/1/transactions/0');
  expect(response.headers.get('synod-replica')).toMatch(/^raft-r\d$/);
  expect(await response.json()).toMatchObject({ height: 1, position: 0, closed: false, index: expect.any(Number) });
  await local.until('the block is closed', async () => (await fetch(`${local.url}${location}`)).status === 200);
  const { head } = (await get('/ledger')).json as { readonly head: { readonly hash: string } };
  expect(head).toMatchObject({ height: 1, count: 1, proposer: 'gateway', previous: '0'.repeat(64) });
  const found = (await (await fetch(`${local.url}${location}`)).json()) as { block: string; proof: TransactionProof };
  expect(found).toMatchObject({ block: head.hash, transaction: { author: 'gateway', data: { text: 'hello' } } });
  expect(verifyProof(found.proof, head.hash)).toBe(true);
});

test('an Idempotency-Key puts a transaction in once, and says the same place again', async () => {
  const key = { 'idempotency-key': '"the same"' };
  const first = await submit('once', key, '?cut_after_ms=60000');
  const second = await submit('once', key, '?cut_after_ms=60000');
  expect(second.headers.get('synod-replayed')).toBe('true');
  expect(await placeOf(second)).toEqual(await placeOf(first));
  expect((await get('/ledger')).json['pending']).toBe(1);
  expect((await submit('twice', key)).status).toBe(422);
});

test('blocks, page by page, with transactions or without', async () => {
  const answers = await Promise.all(Array.from({ length: 29 }, (_, i) => submit(Buffer.alloc(8192, i))));
  for (const answer of answers) expect(answer.status).toBe(201);
  const seen: number[] = [];
  for (let next: string | undefined = '?limit=2'; next !== undefined; ) {
    const { json } = await get(`/ledger/blocks${next}`);
    const { blocks, next: more } = json as { blocks: { height: number; transactions: unknown[]; count: number }[]; next?: string }; // prettier-ignore
    for (const { height, transactions, count } of blocks) {
      seen.push(height);
      expect(transactions).toHaveLength(count);
    }
    next = more;
  }
  expect(seen).toEqual([1, 2, 3, 4]);
  const bare = (await get('/ledger/blocks?from=4&headers_only')).json['blocks'] as Json[];
  expect(bare).toEqual([expect.objectContaining({ height: 4, count: 10 })]);
  expect(bare[0]).not.toHaveProperty('transactions');
  expect((await get('/ledger/blocks/4?consistency=stale')).json).toMatchObject({ height: 4, hash: bare[0]!['hash'] });
  expect((await get('/ledger')).json).toMatchObject({ head: bare[0], transactions: 31, pending: 0 });
});

test.each([
  ['/ledger/blocks/99', 404, 'block-not-found'],
  ['/ledger/blocks/0', 404, 'block-not-found'],
  ['/ledger/blocks/1/transactions/10', 404, 'block-not-found'],
  ['/ledger/blocks?limit=101', 400, 'invalid-parameter'],
  ['/ledger/blocks?from=0', 400, 'invalid-parameter'],
])('%s is a problem', async (path, status, problem) => {
  expect(await get(path)).toMatchObject({ status, json: { type: `/problems/${problem}` } });
});

test('what is no transaction is refused', async () => {
  expect((await submit('')).status).toBe(400);
  expect((await submit(Buffer.alloc(8193))).status).toBe(413);
});

describe('The page computes blocks again', () => {
  type Block = Readonly<Record<string, unknown>> & { readonly height: number };
  type FaultOfBlocks = (blocks: readonly Block[], hashes: Map<number, unknown>) => Promise<string | undefined>;
  const context = { crypto: webcrypto, TextEncoder } as { faultOfBlocks?: FaultOfBlocks };
  runInContext(script, createContext(context));
  const faultOf = context.faultOfBlocks!;
  let blocks: readonly Block[];
  beforeAll(async () => {
    for (const data of ['p', 'q', 'r']) {
      const { height } = await placeOf(await submit(data, {}, '?cut_after_ms=1'));
      await local.until('it is closed', async () => (await get(`/ledger/blocks/${height}`)).status === 200);
    }
    blocks = ((await get('/ledger/blocks?headers_only=true')).json as { blocks: Block[] }).blocks;
  });
  const changed = (place: number, change: object) => blocks.map((each, at) => (at === place ? { ...each, ...change } : each)); // prettier-ignore

  test('and finds them sound, as often as it looks', async () => {
    const hashes = new Map<number, unknown>();
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    expect(await faultOf(blocks, hashes)).toBeUndefined();
    expect(await faultOf(blocks.slice(1), hashes)).toBeUndefined();
  });

  test('or says which is not', async () => {
    const lie = 'ab'.repeat(32);
    for (const change of [
      { root: lie },
      { count: 9 },
      { time: 1 },
      { proposer: 'x' },
      { proposerTime: 1 },
      { hash: lie },
    ])
      expect(await faultOf(changed(1, change), new Map())).toBe(
        `block ${blocks[1]!.height} has not the hash that it says`,
      );
    expect(await faultOf(blocks.filter((_, at) => at !== 1), new Map())).toBe(`block ${blocks[2]!.height} does not follow block ${blocks[0]!.height}`); // prettier-ignore
    expect(await faultOf(blocks, new Map([[blocks[1]!.height, lie]]))).toBe(`block ${blocks[1]!.height} was another one before`); // prettier-ignore
  });
});
