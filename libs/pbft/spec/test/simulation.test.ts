import { PbftReplica } from '@synod/pbft-core';
import { Counters } from '@synod/simulator';
import { honest } from '../src/group.js';
import { pbftRegressions, simulate } from '../src/index.js';

/** A few; `npm run sim -- pbft --seeds 500` wants every named situation. */
const seeds = 6;

async function mustPass(seed: number, total: Counters): Promise<void> {
  const { failure, counters } = await simulate(seed);
  if (failure !== undefined)
    throw new Error(`npm run sim -- pbft --seed ${seed}: ${failure.message}`, { cause: failure });
  total.merge(counters);
}

describe('PBFT under simulation', () => {
  test('keeps every invariant under load and with traitors, and gets well after the heal', async () => {
    const total = new Counters();
    for (let seed = 1; seed <= seeds; seed++) await mustPass(seed, total);
    expect(total.situations.length).toBeGreaterThanOrEqual(40);
    expect(total.get('client operations') / seeds).toBeGreaterThan(200);
  }, 240_000);

  test('is decided by the seed', async () => {
    const [a, b, other] = [await simulate(13), await simulate(13), await simulate(14)];
    expect(b.hash).toBe(a.hash);
    expect(other.hash).not.toBe(a.hash);
  }, 120_000);

  test('is the same run when its configuration and strikes are said instead of drawn', async () => {
    const { swarm, strikes, hash } = await simulate(5);
    expect((await simulate(5, { swarm, strikes })).hash).toBe(hash);
    expect((await simulate(5, { swarm, strikes: strikes.slice(1) })).hash).not.toBe(hash);
  }, 120_000);

  test('shows a violation when more than f members are traitors', async () => {
    const traitors = { r1: 'equivocating-primary', r2: 'accomplice' } as const;
    const { failure } = await simulate(1, { swarm: { replicas: 4, traitors } });
    expect(failure).toMatchObject({ name: 'Violation', invariant: 'One Prepared Request per View and Sequence' });
  }, 60_000);

  test('stands still when more than f members are silent', async () => {
    const traitors = { r1: 'silent', r2: 'silent' } as const;
    const { failure } = await simulate(1, { swarm: { replicas: 4, traitors } });
    expect(failure).toMatchObject({ name: 'Violation', invariant: 'Liveness' });
  }, 60_000);

  test('is wasteful, in calm weather, of who says everything four times', async () => {
    const times = 4; // a bound that allows for statuses, and for help after each, is a wide one
    class Repeating extends PbftReplica {
      override step(input: Parameters<PbftReplica['step']>[0]): ReturnType<PbftReplica['step']> {
        const effects = super.step(input);
        return effects.flatMap((effect) => (effect.kind === 'send' ? Array(times).fill(effect) : [effect]));
      }
    }
    const seed = 7;
    expect(await simulate(seed)).toMatchObject({ swarm: { calm: true }, failure: undefined });
    const make = { ...honest, replica: (...made: Parameters<typeof honest.replica>) => new Repeating(...made) };
    expect((await simulate(seed, { make })).failure?.message).toMatch(/^Efficiency .* publishes/);
  }, 60_000);

  test('does not fail again where it failed once', async () => {
    for (const { why, seed, swarm, strikes } of pbftRegressions) {
      const { failure } = await simulate(seed, { swarm, strikes });
      expect([why, failure?.message]).toEqual([why, undefined]);
    }
  }, 240_000);
});
