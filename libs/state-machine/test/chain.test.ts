import fc from 'fast-check';
import { ChainVerifier, agreedTime, blockHash, leafHash, merklePath, merkleRoot, provesLeaf } from '../src/index.js';
import type { Block, BlockFault } from '../src/index.js';
import { NaiveLedger, sha256, treeHash } from './naive-ledger.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const hour = 3_600_000;
const day = 24 * hour;

function chainOf(heights: number): Block[] {
  const ledger = new NaiveLedger();
  for (let height = 1; height <= heights; height++) {
    for (let i = 0; i < 1 + (height % 3); i++) {
      ledger.execute({ kind: 'submit', data: bytes(`${height}.${i}`), time: height * 10 + i }, `user-${i}`);
    }
    ledger.execute({ kind: 'cut', height, time: height * 10 }, 'clock');
  }
  return ledger.blocks;
}

/** The first block that a verifier does not take, and why not. */
function brokenAt(blocks: readonly Block[], trusted?: Block): readonly [number, BlockFault] | undefined {
  const verifier = new ChainVerifier(sha256, trusted);
  for (const block of blocks) {
    const fault = verifier.take(block);
    if (fault !== undefined) return [verifier.next, fault];
  }
  return undefined;
}

/** As somebody would who has all hashes of this block made right again. */
function resealed(block: Block): Block {
  const root = merkleRoot(sha256, block.transactions.map((transaction) => leafHash(sha256, transaction))); // prettier-ignore
  const header = { ...block, root };
  return { ...header, hash: blockHash(sha256, header) };
}

const other = new Uint8Array(32).fill(7);
const changes: readonly (readonly [string, BlockFault, (block: Block) => Block])[] = [
  ['its height', 'height', (block) => ({ ...block, height: block.height + 1 })],
  ['its hash', 'hash', (block) => ({ ...block, hash: other })],
  ['its time', 'hash', (block) => ({ ...block, time: block.time + 1 })],
  ['its proposer', 'hash', (block) => ({ ...block, proposer: bytes('mallory') })],
  ["its proposer's time", 'hash', (block) => ({ ...block, proposerTime: 1 })],
  ['the block before', 'hash', (block) => ({ ...block, previous: other })],
  ['its root', 'root', (block) => ({ ...block, root: other })],
  ['a transaction', 'root', (block) => ({ ...block, transactions: block.transactions.map((t) => ({ ...t, data: bytes('x') })) })], // prettier-ignore
  ["an author's name", 'root', (block) => ({ ...block, transactions: block.transactions.map((t) => ({ ...t, author: bytes('x') })) })], // prettier-ignore
  ["an author's time", 'root', (block) => ({ ...block, transactions: block.transactions.map((t) => ({ ...t, time: 1 })) })], // prettier-ignore
  ['a transaction less', 'count', (block) => ({ ...block, transactions: block.transactions.slice(1) })],
  ['no transaction', 'count', (block) => ({ ...block, count: 0, transactions: [] })],
  ['eleven transactions', 'count', (block) => resealed({ ...block, count: 11, transactions: Array(11).fill(block.transactions[0]!) })], // prettier-ignore
  ['the block before, sealed again', 'previous', (block) => resealed({ ...block, previous: other })],
  ['its time, sealed again', 'time', (block) => resealed({ ...block, time: block.time + 1 })],
  ['its transactions turned round, sealed again', 'previous', (block) => resealed({ ...block, transactions: [...block.transactions].reverse() })], // prettier-ignore
];

test.each(changes)('a chain breaks at the block in which somebody changed %s', (_what, fault, change) => {
  const blocks = chainOf(9);
  expect(brokenAt(blocks)).toBeUndefined();
  const changed = blocks.map((block) => (block.height === 5 ? change(block) : block));
  // What is sealed again is sound in itself: it is the next block that does not follow.
  expect(brokenAt(changed)).toEqual([_what.startsWith('its transactions turned') ? 6 : 5, fault]);
});

test('a block that is left out, told twice or exchanged is noticed', () => {
  const blocks = chainOf(9);
  expect(brokenAt(blocks.filter(({ height }) => height !== 4))).toEqual([4, 'height']);
  expect(brokenAt([...blocks.slice(0, 4), ...blocks.slice(3)])).toEqual([5, 'height']);
  expect(brokenAt([])).toBeUndefined();
});

test('a trusted hash stands for all before it', () => {
  const blocks = chainOf(9);
  const trusted = blocks[3]!;
  expect(brokenAt(blocks.slice(3), trusted)).toBeUndefined();
  expect(brokenAt(blocks, trusted)).toEqual([4, 'height']);
  expect(brokenAt(blocks.slice(3), { ...trusted, hash: other })).toEqual([4, 'trusted']);
  // A whole chain that somebody made anew is sound in itself; the hash that is known from elsewhere tells.
  const forged = [...chainOf(3), resealed({ ...trusted, proposer: bytes('mallory') })];
  expect(brokenAt(forged)).toBeUndefined();
  expect(brokenAt(forged.slice(3), trusted)).toEqual([4, 'trusted']);
});

describe('a tree of transactions', () => {
  // Of Certificate Transparency's reference implementation.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots: Readonly<Record<number, string>> = {
    1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    4: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  };
  const leavesOf = (data: readonly Uint8Array[]) => data.map((one) => sha256(Buffer.concat([Buffer.of(0), one])));

  test.each(Object.entries(roots))('of %s leaves has the root that RFC 9162 gives it', (count, root) => {
    const data = inputs.slice(0, Number(count)).map((hex) => Buffer.from(hex, 'hex'));
    expect(Buffer.from(merkleRoot(sha256, leavesOf(data))).toString('hex')).toBe(root);
    expect(Buffer.from(treeHash(data)).toString('hex')).toBe(root);
  });

  test('proves each of them at its own place, and no other', () => {
    const tree = fc.integer({ min: 1, max: 10 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1), fc.nat(12), fc.nat(5))); // prettier-ignore
    fc.assert(
      fc.property(tree, ([count, position, elsewhere, cut]) => {
        const leaves = leavesOf(Array.from({ length: count }, (_, i) => bytes(`leaf ${i}`)));
        const root = merkleRoot(sha256, leaves);
        const path = merklePath(sha256, leaves, position);
        const leaf = leaves[position]!;
        expect(provesLeaf(sha256, leaf, position, count, path, root)).toBe(true);
        expect(path.length).toBeLessThanOrEqual(4);
        expect(provesLeaf(sha256, leaf, elsewhere, count, path, root)).toBe(elsewhere === position);
        expect(provesLeaf(sha256, other, position, count, path, root)).toBe(false);
        expect(provesLeaf(sha256, leaf, position, count, path, other)).toBe(false);
        expect(provesLeaf(sha256, leaf, position, count, [...path, other], root)).toBe(false);
        const changed = path.map((hash, i) => (i === cut ? other : hash));
        expect(provesLeaf(sha256, leaf, position, count, changed, root)).toBe(cut >= path.length);
        expect(provesLeaf(sha256, leaf, position, count, path.slice(0, cut), root)).toBe(cut >= path.length);
      }),
    );
  });

  test.each([
    ['a half', 0.5, 2],
    ['a negative one', -1, 2],
    ['of a tree without end', 0, Infinity],
  ])('has no place %s', (_what, position, count) => {
    expect(provesLeaf(sha256, other, position, count, [], other)).toBe(false);
  });
});

describe("a block's time", () => {
  const words = (...said: (readonly [string, number])[]) => {
    const [proposer, proposerTime] = said.at(-1)!;
    const transactions = said.map(([author, time]) => ({ author: bytes(author), time, data: bytes('x') }));
    return { proposer: bytes(proposer), proposerTime, transactions };
  };
  test.each([
    ['of the first block is what its only author says, whatever that is', words(['a', 77 * day]), undefined, 77 * day],
    ['never goes back', words(['a', 5]), 9, 9],
    ['follows the clock of one who is alone', words(['a', 9 + hour]), 9, 9 + hour],
    ['follows him a day per block and no further', words(['a', 9 + 400 * day]), 9, 9 + day],
    ['is no further with more of his transactions', words(['a', 9 * day], ['a', 400 * day]), 0, day],
    ['is what the slower of two says', words(['a', 400 * day], ['b', 2 * day]), 0, 2 * day],
    ['is the median of three', words(['a', 400 * day], ['b', 2 * day], ['c', 3 * day]), 0, 3 * day],
    ['is not what a minority says', words(['a', 9e12], ['b', 9e12], ['c', 3], ['d', 4], ['e', 5]), 1, 5],
    ['counts the last word of each', words(['a', 400 * day], ['b', 7], ['c', 6], ['a', 5]), 0, 6],
  ])('%s', (_what, said, previous, time) => {
    expect(agreedTime(said, previous)).toBe(time);
  });

  test('lies between what its authors say, or is that of the block before, or a day later', () => {
    const said = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 9 * day })), { minLength: 1, maxLength: 10 }); // prettier-ignore
    fc.assert(
      fc.property(said, fc.nat({ max: 9 * day }), (all, previous) => {
        const time = agreedTime(words(...all), previous);
        const times = all.map(([, one]) => one);
        expect(time).toBeGreaterThanOrEqual(previous);
        expect([...times, previous, previous + day]).toContain(time);
      }),
    );
  });
});
