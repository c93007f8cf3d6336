import { ddmin, shrink } from '../src/index.js';
import type { Strike, Trial } from '../src/index.js';

const strikes = (...times: readonly number[]): Strike[] =>
  times.map((atMs) => ({ atMs, fault: 'crash', target: 'r1', detail: {} }));

describe('delta debugging', () => {
  test.each([
    [[3], 1],
    [[3, 17], 2],
    [[0, 9, 10, 19], 4],
    [[], 0],
  ])('finds just %j among twenty', async (needed, length) => {
    const all = Array.from({ length: 20 }, (_, i) => i);
    const found = await ddmin(all, async (part) => needed.every((i) => part.includes(i)));
    expect(found).toEqual(needed);
    expect(found).toHaveLength(length);
  });

  test('leaves alone what fails only as a whole', async () => {
    expect(await ddmin([1, 2, 3], async () => false)).toEqual([1, 2, 3]);
  });
});

describe('a failing trial is shrunk', () => {
  const trial = { seed: 1, swarm: { virtualMs: 20_000, clients: 4 }, strikes: strikes(100, 200, 300, 400, 9000) };
  const needs = (times: readonly number[], clients: number) => async (it: Trial) => {
    const struck = it.strikes!.map(({ atMs }) => atMs);
    if (!times.every((time) => struck.includes(time)) || Number(it.swarm!['clients']) < clients) return undefined;
    return { invariant: 'Election Safety', atMs: 500.5 };
  };
  const failing = { invariant: 'Election Safety', atMs: 500.5 };

  test('to the strikes, the load and the time that it needs', async () => {
    const small = await shrink(trial, failing, { run: needs([200, 400], 2), runsMax: 100 });
    expect(small.strikes.map(({ atMs }) => atMs)).toEqual([200, 400]);
    expect(small.swarm).toMatchObject({ clients: 2, virtualMs: 502, clockDrift: 0 });
  });

  test('never into another failure', async () => {
    const run = async (it: Trial) => ({
      invariant: it.strikes!.length > 2 ? 'Election Safety' : 'Liveness',
      atMs: 500,
    });
    const small = await shrink(trial, failing, { run, runsMax: 100 });
    expect(small.strikes).toHaveLength(3);
  });

  test('within the runs that it may take', async () => {
    let runs = 0;
    const run = async () => void runs++;
    await shrink(trial, failing, { run, runsMax: 5 });
    expect(runs).toBe(5);
  });
});
