import { Random } from '@synod/simulator';
import { check, keyValueModel } from '../src/index.js';
import type { Operation } from '../src/index.js';
import { existsOrder } from './brute-force.js';
import { NaiveStore } from './naive-store.js';
import { at, history, lost } from './write-history.js';

const verdictOf = (operations: readonly Operation[], steps = 200_000) =>
  check(operations, keyValueModel, { steps }).kind;

/** One client counts up a key and looks, now and then; of many a put nobody knows whether it happened. */
function counting(random: Random, operations: number, unknown: number): Operation[] {
  const store = new NaiveStore();
  const calls: Operation[] = [];
  for (let i = 0; i < operations; i++) {
    const put = at(2 * i, 2 * i + 1).put('a', String(i));
    if (random.chance(unknown)) {
      if (random.chance(0.5)) store.execute(put);
      calls.push(lost(2 * i).put('a', String(i)));
    } else if (i % 30 === 29) {
      const get = at(2 * i, 2 * i + 1).get('a', undefined);
      calls.push({ ...get, result: store.execute(get) } as Operation);
    } else calls.push({ ...put, result: store.execute(put) } as Operation);
  }
  return calls.map((call) => ({ ...call, client: 'c' }));
}

test('of many puts without an answer, whose number alone is told, it does not matter which they were', () => {
  for (let seed = 0; seed < 5; seed++) {
    const truth = counting(new Random(`counting/${seed}`), 1500, 0.1);
    expect(verdictOf(truth)).toBe('linearizable');
    const last = truth.findLastIndex(({ kind, outcome }) => kind === 'get' && outcome === 'answered');
    const { entry } = (truth[last] as Operation & { kind: 'get' }).result!;
    const wrong = { ...truth[last]!, result: { entry: { ...entry, version: entry!.version! + 1500 } } } as Operation;
    expect(verdictOf(truth.with(last, wrong), 20_000)).not.toBe('linearizable');
  }
});

test('of two deletes without an answer, of two keys, one may have happened and the other not', () => {
  const put = [at(0, 1).put('x', '1'), at(2, 3).put('y', '1')];
  const deleted = [lost(4).delete('x'), lost(5).delete('y')];
  for (const left of ['x', 'y'])
    expect(verdictOf(history(...put, ...deleted, at(10, 12).range('', [[left, '1']])))).toBe('linearizable');
});

/** A transaction that finds the key's value to be greater. */
function greater(invokedAt: number, value: string): Operation {
  const conditions = [{ key: 'a', is: 'greater', value }] as const;
  const { client } = at(invokedAt, invokedAt).get('a', undefined);
  return { client, invokedAt, returnedAt: invokedAt + 1, outcome: 'answered', kind: 'transaction', conditions, success: [], failure: [], result: { succeeded: true, results: [] } }; // prettier-ignore
}

test.each([
  ['one that is shown is not another', 'violation', history(lost(0).put('a', '1'), lost(2).put('a', '2'), at(3, 4).get('a', { value: '2', version: 3 }))], // prettier-ignore
  ['the later of two may be all that happened', 'linearizable', history(lost(0).put('a', '1'), lost(2).put('a', '2'), at(3, 4).get('a', { value: '2', version: 1 }))], // prettier-ignore
  ['both may have, the shown one last', 'linearizable', history(lost(0).put('a', '1'), lost(2).put('a', '2'), at(3, 4).get('a', { value: '2', version: 2 }))], // prettier-ignore
  ['none happened before it was called', 'violation', history(lost(0).put('a', '1'), lost(6).put('a', '2'), at(1, 2).put('a', '0'), at(3, 4).get('a', { value: '0', version: 3 }))], // prettier-ignore
  ['deletes are all the same', 'linearizable', history(at(0, 1).put('a', '1'), lost(2).delete('a'), lost(2).delete('a'), at(3, 4).get('a', undefined), at(5, 6).put('a', '2'), at(7, 8).get('a', undefined))], // prettier-ignore
  [
    'a value that a transaction compares counts as shown',
    'linearizable',
    history(lost(0).put('a', '5'), greater(2, '3')),
  ],
  ['and each happens once', 'violation', history(at(0, 1).put('a', '1'), lost(2).delete('a'), at(3, 4).get('a', undefined), at(5, 6).put('a', '2'), at(7, 8).get('a', undefined))], // prettier-ignore
])('%s: %s', (_what, verdict, operations) => {
  expect(verdictOf(operations)).toBe(verdict);
  expect(existsOrder(operations)).toBe(verdict === 'linearizable');
});

/** Few values, so that some puts are twins and some are shown; half of the answers are what they may be, half are not. */
function drawn(random: Random): Operation[] {
  const store = new NaiveStore();
  let version = 0;
  return Array.from({ length: 5 + random.below(3) }, (_, i): Operation => {
    const value = String(random.below(4));
    const begins = i + 2 * random.next();
    const times = at(begins, begins + 1 + 2 * random.next());
    const put = random.chance(0.8) ? times.put('a', value) : times.delete('a');
    if (random.chance(0.55)) {
      if (random.chance(0.6)) store.execute(put);
      return { ...put, outcome: 'unknown', returnedAt: undefined, result: undefined } as Operation;
    }
    if (random.chance(0.4)) return { ...put, result: random.chance(0.5) ? store.execute(put) : (store.execute(put), {}) } as Operation; // prettier-ignore
    const { entry } = store.entries.has('a') ? { entry: store.entries.get('a')! } : { entry: undefined };
    version = Math.max(1, (entry?.version ?? 1) + random.pick([-1, 0, 0, 0, 1]));
    return times.get('a', entry && { value: random.chance(0.8) ? entry.value : value, version });
  });
}

test('the verdict on tiny histories of twins is that of trying everything', () => {
  const verdicts = { linearizable: 0, violation: 0 };
  for (let seed = 0; seed < 2000; seed++) {
    const operations = drawn(new Random(`twins/${seed}`)).map((operation, i) => ({ ...operation, client: `c${i}` }));
    const expected = existsOrder(operations) ? 'linearizable' : 'violation';
    if (verdictOf(operations) !== expected) {
      throw new Error(`seed ${seed}: expected ${expected}:\n${operations.map((it) => JSON.stringify(it)).join('\n')}`);
    }
    verdicts[expected]++;
  }
  expect(Math.min(verdicts.linearizable, verdicts.violation)).toBeGreaterThan(200);
});
