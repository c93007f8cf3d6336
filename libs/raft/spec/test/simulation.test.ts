import { Counters } from '@synod/simulator';
import { simulate } from '../src/index.js';

const seeds = 40;
const seedsPerTest = 20;

/** More seeds: `npm run sim -- raft --seeds 500`. */
describe('Raft under simulation', () => {
  const total = new Counters();

  const firsts = Array.from({ length: seeds / seedsPerTest }, (_, i) => 1 + i * seedsPerTest);
  test.each(firsts)(
    `keeps every invariant in ${seedsPerTest} seeds from %i, and gets well after the heal`,
    async (first) => {
      for (let seed = first; seed < first + seedsPerTest; seed++) {
        const { failure, counters } = await simulate(seed);
        if (failure !== undefined)
          throw new Error(`npm run sim -- raft --seed ${seed}: ${failure.message}`, { cause: failure });
        total.merge(counters);
      }
    },
    120_000,
  );

  test('has been in every named situation, and under load', () => {
    expect(total.zeros).toEqual([]);
    expect(total.get('client operations') / seeds).toBeGreaterThan(200);
  });

  test('is decided by the seed', async () => {
    const [a, b, other] = [await simulate(3), await simulate(3), await simulate(4)];
    expect(b.hash).toBe(a.hash);
    expect(b.tail).toEqual(a.tail);
    expect(other.hash).not.toBe(a.hash);
  }, 60_000);
});
