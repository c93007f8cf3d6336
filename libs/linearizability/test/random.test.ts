import { Random } from '@synod/simulator';
import { check, keyValueModel } from '../src/index.js';
import type { Operation } from '../src/index.js';
import { generate } from './generate.js';

const shapes = [
  { operations: 2000, keys: 20, clients: 10, unknown: 0.02 },
  { operations: 300, keys: 1, clients: 6, unknown: 0.02 },
  { operations: 300, keys: 3, clients: 6, unknown: 0.03, bare: true },
  { operations: 300, keys: 4, clients: 4, unknown: 0.01, several: 0.2 },
];

const seeds = Array.from({ length: 5 }, (_, i) => `random/${i}`);

test.each(seeds)('a true execution is linearizable: %s', (seed) => {
  for (const [i, shape] of shapes.entries()) {
    const verdict = check(generate(new Random(`${seed}/${i}`), shape), keyValueModel);
    expect([i, verdict.kind]).toEqual([i, 'linearizable']);
  }
});

test.each(seeds)('with one wrong answer it is not: %s', (seed) => {
  for (const [i, shape] of shapes.entries()) {
    const random = new Random(`${seed}/${i}`);
    const history = generate(random, shape);
    for (const [name, corrupt] of Object.entries(corruptions)) {
      const wrong = corrupt(history, random);
      if (wrong === undefined) throw new Error(`${seed}/${i}: nothing to corrupt for ${name}`);
      expect([i, name, check(wrong, keyValueModel, { ms: 5000 }).kind]).toEqual([i, name, 'violation']);
    }
  }
});

type Get = Extract<Operation, { kind: 'get' }>;
type Put = Extract<Operation, { kind: 'put' }>;

/** Each makes of one answer one that cannot be explained. */
const corruptions: Record<string, (history: readonly Operation[], random: Random) => Operation[] | undefined> = {
  'a value that nobody wrote': (history, random) =>
    replace(history, random, (get) => ({ ...get, result: { entry: { value: 'nobody wrote this' } } })),
  'a value from long before': (history, random) =>
    replace(history, random, (get) => {
      const puts = history.filter(
        (put): put is Put => put.kind === 'put' && put.key === get.key && put.outcome === 'answered',
      );
      const last = puts.findLast(({ returnedAt }) => returnedAt! < get.invokedAt);
      const older = last && puts.find(({ returnedAt }) => returnedAt! < last.invokedAt);
      return older && { ...get, result: { entry: { value: older.value } } };
    }),
  'a value that is written later': (history, random) =>
    replace(history, random, (get) => {
      const later = history.find((put) => put.kind === 'put' && put.key === get.key && put.invokedAt > get.returnedAt!);
      return later && { ...get, result: { entry: { value: (later as Put).value } } };
    }),
};

function replace(
  history: readonly Operation[],
  random: Random,
  corrupt: (get: Get) => Get | undefined,
): Operation[] | undefined {
  const places = history.flatMap((operation, i) =>
    operation.kind === 'get' && operation.outcome === 'answered' ? [i] : [],
  );
  for (const place of random.shuffle(places)) {
    const wrong = corrupt(history[place] as Get);
    if (wrong !== undefined) return history.with(place, wrong);
  }
  return undefined;
}
