import { Counters } from '@synod/simulator';
import { raftRegressions, simulate } from '../src/index.js';

const seeds = 40;
const seedsPerTest = 20;
/** What forty seeds meet for certain; `npm run sim -- raft --seeds 500` has to meet everything. */
const rare = 3;

async function mustPass(seed: number, total: Counters): Promise<boolean> {
  const { failure, counters, swarm } = await simulate(seed);
  if (failure !== undefined)
    throw new Error(`npm run sim -- raft --seed ${seed}: ${failure.message}`, { cause: failure });
  total.merge(counters);
  return swarm.calm;
}

describe('Raft under simulation', () => {
  const total = new Counters();
  let calm = 0;

  const firsts = Array.from({ length: seeds / seedsPerTest }, (_, i) => 1 + i * seedsPerTest);
  test.each(firsts)(
    `keeps every invariant in ${seedsPerTest} seeds from %i, and gets well after the heal`,
    async (first) => {
      for (let seed = first; seed < first + seedsPerTest; seed++) if (await mustPass(seed, total)) calm++;
    },
    240_000,
  );

  test('has been in nearly every named situation, under load, and calm now and then', () => {
    expect(total.situations.length).toBeGreaterThanOrEqual(40);
    expect(total.zeros.length).toBeLessThanOrEqual(rare);
    expect(total.get('client operations') / seeds).toBeGreaterThan(200);
    expect(calm).toBeGreaterThan(0);
  });

  test('is decided by the seed', async () => {
    const [a, b, other] = [await simulate(3), await simulate(3), await simulate(4)];
    expect(b.hash).toBe(a.hash);
    expect(b.tail).toEqual(a.tail);
    expect(other.hash).not.toBe(a.hash);
  }, 60_000);

  test('is the same run when its configuration and strikes are said instead of drawn', async () => {
    const { swarm, strikes, hash } = await simulate(5);
    expect((await simulate(5, { swarm, strikes })).hash).toBe(hash);
    expect((await simulate(5, { swarm, strikes: strikes.slice(1) })).hash).not.toBe(hash);
  }, 60_000);

  test('does not fail again where it failed once', async () => {
    for (const { why, seed, swarm, strikes } of raftRegressions) {
      const { failure } = await simulate(seed, { swarm, strikes });
      expect([why, failure?.message]).toEqual([why, undefined]);
    }
  }, 120_000);
});
