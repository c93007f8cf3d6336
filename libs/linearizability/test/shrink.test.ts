import { Random } from '@synod/simulator';
import { check, keyValueModel, picture, shrink } from '../src/index.js';
import type { Operation } from '../src/index.js';
import { generate } from './generate.js';
import { at, history, lost } from './write-history.js';

function exampleOf(operations: readonly Operation[]) {
  const verdict = check(operations, keyValueModel);
  if (verdict.kind !== 'violation') throw new Error(`the history is ${verdict.kind}`);
  return shrink(verdict.violation);
}

test('what the violation does not need is left out', () => {
  const operations = history(
    at(0, 1).put('a', '1'),
    at(0, 5).put('b', '1'),
    lost(1.5).put('a', '9'),
    at(2, 3).put('a', '2'),
    at(3, 4).get('a', '2'),
    at(5, 6).get('a', '1'),
    at(7, 8).put('a', '3'),
  );
  const { operations: kept, blocked } = exampleOf(operations);
  expect(kept.map(({ client }) => client)).toEqual(['c1', 'c4', 'c6']);
  expect(blocked.client).toBe('c6');
  expect(check(kept, keyValueModel).kind).toBe('violation');
});

test('a stale read in a history of hundreds comes down to a few operations', () => {
  const random = new Random('shrink');
  const truth = generate(random, { operations: 300, keys: 2, clients: 5, unknown: 0.01 });
  const end = Math.max(...truth.map(({ returnedAt = 0 }) => returnedAt));
  const first = truth.find(({ kind, outcome }) => kind === 'put' && outcome === 'answered') as Operation & {
    kind: 'put';
  };
  const stale: Operation = { ...at(end + 1, end + 2).get(first.key, first.value), client: 'late' };
  const { operations, blocked } = exampleOf([...truth, stale]);
  expect(operations.length).toBeLessThanOrEqual(4);
  expect(blocked.client).toBe('late');
});

test('the picture has a lane per client, bars with answers, and the point where no order goes on', () => {
  const operations = history(
    at(0, 1).put('a', '1'),
    at(2, 4).put('a', '2'),
    lost(3).delete('b'),
    at(5, 6).get('a', '1'),
  );
  const drawn = picture({ operations, blocked: operations[3]!, furthest: operations.slice(0, 2) });
  expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(drawn).toMatchInlineSnapshot(`
   "c1      ├───────────────┤
           put a=1 → done
   c2                                     ├──────────────────────────────┤
                                          put a=2 → done
   c3                                                     ├─────────────────────────────────────────────────────────────…
                                                          delete b → unknown
   c4                                                                                    ├──────────────▶
                                                                                         get a → 1

   The order that gets furthest: put a=1 → done; put a=2 → done.
   ▶ No order goes on to: c4: get a → 1."
  `);
});
