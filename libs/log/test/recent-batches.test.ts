import fc from 'fast-check';
import { EntryBatch, RecentBatches, sizeOf } from '../src/index.js';
import type { Entry } from '../src/index.js';

function batchAt(first: number, sizes: readonly number[], era = 1): EntryBatch {
  const entries = sizes.map((size): Entry => ({ kind: 'request', from: 'c1', bytes: new Uint8Array(size) }));
  return new EntryBatch(era, first, entries, sizeOf(entries));
}

const positions = (batches: readonly EntryBatch[] | undefined): number[] | undefined =>
  batches?.flatMap(({ first, entries }) => entries.map((_, i) => first + i));

test('a part of a batch has its positions, its era and its size', () => {
  const whole = batchAt(5, [1, 2, 3], 4);
  expect(whole.from(5)).toBe(whole);
  expect(whole.before(8)).toBe(whole);
  expect(whole.from(6)).toMatchObject({ era: 4, first: 6, last: 7, sizeBytes: 2 + 3 + 96 });
  expect(whole.before(7)).toMatchObject({ era: 4, first: 5, last: 6, sizeBytes: 1 + 2 + 96 });
});

test('a change of configuration counts as a request does', () => {
  const bytes = new Uint8Array(7);
  expect(sizeOf([{ kind: 'configuration', bytes }])).toBe(sizeOf([{ kind: 'request', from: 'c1', bytes }]));
  expect(sizeOf([{ kind: 'noOp' }])).toBe(16);
});

describe('What is at hand', () => {
  const filled = (bytesMax = 1_000_000): RecentBatches => {
    const recent = new RecentBatches(bytesMax);
    for (const first of [1, 4, 7]) recent.append(batchAt(first, [100, 100, 100]));
    return recent;
  };

  test('begins where one asks, within a batch, too', () => {
    expect(positions(filled().from(1, 10_000))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(positions(filled().from(5, 10_000))).toEqual([5, 6, 7, 8, 9]);
  });

  test('goes as far as the bytes allow, but at least one batch', () => {
    expect(positions(filled().from(2, 1))).toEqual([2, 3]);
    expect(positions(filled().from(2, 740))).toEqual([2, 3, 4, 5, 6]);
    expect(positions(filled().from(2, 739))).toEqual([2, 3]);
  });

  test('is nothing behind the end, and must be read before the beginning', () => {
    const recent = filled();
    recent.cut(3);
    expect(recent.from(10, 10_000)).toEqual([]);
    expect(recent.from(3, 10_000)).toBeUndefined();
    expect(positions(recent.from(4, 10_000))).toEqual([4, 5, 6, 7, 8, 9]);
    recent.clear();
    expect(recent.from(10, 10_000)).toBeUndefined();
  });

  test('ends where it was truncated, and goes on from there', () => {
    const recent = filled();
    recent.truncate(6);
    expect(positions(recent.from(1, 10_000))).toEqual([1, 2, 3, 4, 5]);
    recent.append(batchAt(6, [1], 2));
    expect(recent.tail(2)).toEqual([
      { index: 6, era: 2, kind: 'request', from: 'c1', sizeBytes: 1 },
      { index: 5, era: 1, kind: 'request', from: 'c1', sizeBytes: 100 },
    ]);
  });

  test('the tail tells of entries what they are and whose', () => {
    const recent = new RecentBatches(1000);
    const entries: Entry[] = [{ kind: 'noOp' }, { kind: 'configuration', bytes: new Uint8Array(9) }];
    recent.append(new EntryBatch(3, 1, entries, sizeOf(entries)));
    expect(recent.tail(10)).toEqual([
      { index: 2, era: 3, kind: 'configuration', from: '', sizeBytes: 9 },
      { index: 1, era: 3, kind: 'noOp', from: '', sizeBytes: 0 },
    ]);
  });
});

describe('It is bounded', () => {
  test('by bytes, except that the newest batch stays', () => {
    const recent = new RecentBatches(500);
    recent.append(batchAt(1, [200]));
    recent.append(batchAt(2, [200]));
    expect(positions(recent.from(1, 10_000))).toEqual([1, 2]);
    recent.append(batchAt(3, [200]));
    expect(recent.from(1, 10_000)).toBeUndefined();
    expect(positions(recent.from(2, 10_000))).toEqual([2, 3]);
    recent.append(batchAt(4, [5000]));
    expect(recent.from(3, 10_000)).toBeUndefined();
    expect(positions(recent.from(4, 10_000))).toEqual([4]);
  });

  test('by their number: small ones weigh more than their bytes', () => {
    const recent = new RecentBatches(Number.MAX_SAFE_INTEGER);
    for (let first = 1; first <= 4097; first++) recent.append(batchAt(first, [0]));
    expect(recent.from(1, 1)).toBeUndefined();
    expect(recent.from(2, 1)).toHaveLength(1);
  });

  test('bytes are counted right through truncations and cuts', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), sizes: fc.array(fc.nat(100), { minLength: 1, maxLength: 4 }) }),
      fc.record({ kind: fc.constantFrom('truncate' as const, 'cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }), // prettier-ignore
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const recent = new RecentBatches(600);
        let held: EntryBatch[] = [];
        let last = 0;
        for (const made of steps) {
          const index = made.kind === 'append' ? last + 1 : 1 + Math.round(made.at * last);
          if (made.kind === 'append') {
            held.push(batchAt(index, made.sizes));
            recent.append(held.at(-1)!);
            last += made.sizes.length;
            while (held.length > 1 && held.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > 600) held.shift();
          } else if (made.kind === 'truncate') {
            held = held.filter(({ first }) => first < index).map((batch) => batch.before(index));
            recent.truncate(index);
            last = Math.min(last, index - 1);
          } else {
            held = held.filter((batch) => batch.last > index);
            recent.cut(index);
          }
          const first = held[0]?.first;
          expect(positions(recent.from(first ?? last + 1, 10_000))).toEqual(
            first === undefined ? undefined : positions(held),
          );
          if (first !== undefined) expect(recent.from(first - 1, 1)).toBeUndefined();
        }
      }),
    );
  });
});
