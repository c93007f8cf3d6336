import { PaxosAcceptor } from '@synod/paxos-core';
import { Counters } from '@synod/simulator';
import { honest } from '../src/group.js';
import { paxosRegressions, simulate } from '../src/index.js';

/** A few; `npm test` runs five hundred and wants every named situation (tools/launcher/test-stages.mjs). */
const seeds = 6;

async function mustPass(seed: number, total: Counters): Promise<void> {
  const { failure, counters } = await simulate(seed);
  if (failure !== undefined)
    throw new Error(`npm run sim -- paxos --seed ${seed}: ${failure.message}`, { cause: failure });
  total.merge(counters);
}

describe('Multi-Paxos under simulation', () => {
  test('keeps every invariant under load, and gets well after the heal', async () => {
    const total = new Counters();
    for (let seed = 1; seed <= seeds; seed++) await mustPass(seed, total);
    expect(total.situations.length).toBeGreaterThanOrEqual(40);
    expect(total.get('client operations') / seeds).toBeGreaterThan(200);
  }, 120_000);

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

  test('is wasteful, in calm weather, of acceptors that say everything twice', async () => {
    class Doubling extends PaxosAcceptor {
      override step(input: Parameters<PaxosAcceptor['step']>[0]): ReturnType<PaxosAcceptor['step']> {
        const effects = super.step(input);
        return [...effects, ...effects.filter(({ kind }) => kind === 'send')];
      }
    }
    const seed = 7;
    expect(await simulate(seed)).toMatchObject({ swarm: { calm: true }, failure: undefined });
    const make = { ...honest, acceptor: (...made: Parameters<typeof honest.acceptor>) => new Doubling(...made) };
    expect((await simulate(seed, { make })).failure?.message).toMatch(/^Efficiency .* publishes between/);
  }, 60_000);

  test('does not fail again where it failed once', async () => {
    for (const { why, seed, swarm, strikes } of paxosRegressions) {
      const { failure } = await simulate(seed, { swarm, strikes });
      expect([why, failure?.message]).toEqual([why, undefined]);
    }
  }, 120_000);
});
