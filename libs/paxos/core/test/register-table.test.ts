import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RegisterTable } from '../src/acceptor/register-table.js';
import type { Register } from '../src/messages.js';

// What an acceptor knows of its size is what its pages take, and what comes back from them is what was there.

const highest = 2 ** 53 - 1;
const ballots = fc.constantFrom(64, 2 ** 31, 2 ** 32, 2 ** 32 + 5, 2 ** 33, highest);
const register: fc.Arbitrary<Register> = fc
  .record({
    key: fc.string({ unit: fc.constantFrom('a', 'b', 'k', '/'), minLength: 1, maxLength: 255 }),
    accepted: fc.option(ballots, { nil: 0 }),
    promised: ballots,
    value: fc.uint8Array({ maxLength: 9000 }),
  })
  .map(({ key, accepted, promised, value }) => ({
    ...{ key, accepted, promised: Math.max(promised, accepted) },
    value: accepted === 0 ? new Uint8Array(0) : value,
  }));

const pagesOf = (table: RegisterTable): Uint8Array[] => [...{ [Symbol.iterator]: () => table.snapshot() }];

function restored(pages: readonly Uint8Array[], mostPromises: number): RegisterTable {
  const table = new RegisterTable(mostPromises);
  const target = table.restore();
  for (const page of pages) target.page(page);
  target.finish();
  return table;
}

const bytesOf = (table: RegisterTable): number => pagesOf(table).reduce((sum, page) => sum + page.length, 0);

test('its bytes are those of its snapshot, and a snapshot gives back all of it', () => {
  fc.assert(
    fc.property(fc.array(register, { maxLength: 40 }), fc.nat(6), (registers, mostPromises) => {
      const table = new RegisterTable(mostPromises);
      for (const one of registers) {
        table.put(one);
        expect(table.sizeBytes).toBe(bytesOf(table));
      }
      const whole = restored(pagesOf(table), 1000);
      expect(whole.sizeBytes).toBe(table.sizeBytes);
      expect(whole.after('', Infinity)).toEqual(table.after('', Infinity));
      const fewer = restored(pagesOf(table), 1);
      expect(fewer.sizeBytes).toBe(bytesOf(fewer));
    }),
    { numRuns: 60 },
  );
});
