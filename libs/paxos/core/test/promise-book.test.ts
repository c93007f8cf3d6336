import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { majorities } from '../src/index.js';
import { PromiseBook } from '../src/proposer/promise-book.js';

const set = majorities([{ address: 'a1', disk: 0 }], 1);

const page = (from: number, through: number, last: number) =>
  ({
    ...({ kind: 'promised', ballot: 64, disk: 0, from, through, last } as const),
    ...{ trimmedThrough: 0, clusterId: 1, batches: [] },
  }) as const;

test('a late copy of what was told first, of later slots, closes no gap before them', () => {
  const book = new PromiseBook();
  book.take('a1', page(20, 30, 30), 0); // asked first of the slots of acceptors to come
  book.take('a1', page(10, 12, 30), 0); // then of those before them, of which the first page tells three
  expect(book.take('a1', page(20, 30, 30), 0)).toBe(false);
  expect([12, 13, 15, 19].map((slot) => book.isOpen(slot, set))).toEqual([true, false, false, false]);
});

test('no slot is open of which no page was heard, in whatever order pages come and come again', () => {
  const most = 12;
  const pages = fc.array(fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 0, max: 5 })), { maxLength: 8 });
  fc.assert(
    fc.property(pages, (asked) => {
      const book = new PromiseBook();
      const heard = new Set<number>();
      for (const [from, more] of asked) {
        const through = Math.min(from + more, most);
        book.take('a1', page(from, through, most), 0);
        for (let slot = from; slot <= through; slot++) heard.add(slot);
        for (let slot = 1; slot < most; slot++) if (book.isOpen(slot, set) && !heard.has(slot)) return false;
      }
      return true;
    }),
    { numRuns: 2000 },
  );
});
