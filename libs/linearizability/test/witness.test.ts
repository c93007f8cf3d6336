import { Random } from '@synod/simulator';
import { check, judge, keyValueModel, witness } from '../src/index.js';
import type { Operation } from '../src/index.js';
import { generate } from './generate.js';
import { at, history, lost } from './write-history.js';

const placed = (operation: Operation, index: number): Operation => ({ ...operation, index });

test('the order of a true execution is a witness, whatever the search says', () => {
  for (let seed = 0; seed < 20; seed++) {
    const truth = generate(new Random(`witness/${seed}`), { operations: 500, keys: 10, clients: 8, unknown: 0 });
    expect(witness(truth, keyValueModel)).toEqual({ explained: 10, unclaimed: 0, undecided: 0, refuted: [] });
    expect(judge(truth).problems).toEqual([]);
  }
});

test('what an unknown write left behind is explained by it', () => {
  const truth = generate(new Random('witness'), { operations: 2000, keys: 100, clients: 8, unknown: 0.01 });
  const { explained, undecided } = witness(truth, keyValueModel);
  expect(explained).toBeGreaterThan(95);
  expect(explained + undecided).toBe(100);
});

test('two lost writes before one answer leave the witness undecided, not refuted', () => {
  const lostTwice = history(
    placed(at(0, 1).put('a', '0', { revision: 1 }), 1),
    lost(2).put('a', '7'),
    lost(2).put('a', '8'),
    lost(2).put('a', '1'),
    placed(at(3, 4).get('a', { value: '1', revision: 5, created: 1, version: 4 }), 5),
  );
  expect(witness(lostTwice, keyValueModel)).toEqual({ explained: 0, unclaimed: 0, undecided: 1, refuted: [] });
  expect(judge(lostTwice).problems).toEqual([]);
});

test('answers that name another order than the one that explains them are told', () => {
  const swapped = history(
    placed(at(0, 1).put('a', '1'), 2),
    placed(at(2, 3).put('a', '2'), 1),
    placed(at(4, 5).get('a', '2'), 2),
  );
  expect(check(swapped, keyValueModel).kind).toBe('linearizable');
  expect(witness(swapped, keyValueModel).refuted).toHaveLength(1);
  expect(judge(swapped).problems).toEqual([expect.stringContaining('names log position')]);
});

test('a repeated copy is answered with its own, later position: the write stands where it made its revision', () => {
  const repeated = history(
    placed(at(0, 9).put('a', '1', { revision: 1 }), 3),
    placed(at(1, 2).put('a', '2', { revision: 2 }), 2),
    placed(at(10, 11).get('a', { value: '2', revision: 2, created: 1, version: 2 }), 3),
  );
  expect(judge(repeated)).toMatchObject({ problems: [], undecided: false });
});

test('so is a comparison that failed, which made no revision: only a search can tell where it was', () => {
  const compared = history(
    placed(at(0, 1).put('a', '1', { revision: 1 }), 1),
    placed(at(2, 9).cas('a', 2, 'x', false), 3), // before the second put; a copy of it was answered behind that
    placed(at(3, 4).put('a', '2', { revision: 2 }), 2),
    placed(at(10, 11).get('a', { value: '2', revision: 2, created: 1, version: 2 }), 3),
  );
  expect(witness(compared, keyValueModel)).toEqual({ explained: 0, unclaimed: 0, undecided: 1, refuted: [] });
  expect(judge(compared)).toMatchObject({ problems: [], undecided: false });
});

test('a place behind what was invoked later is refuted', () => {
  const early = history(placed(at(0, 1).get('a', undefined), 1), placed(at(2, 3).get('a', undefined), 0));
  expect(check(early, keyValueModel).kind).toBe('linearizable');
  expect(witness(early, keyValueModel).refuted).toEqual([early[0]]);
});

test('who names no place is no witness', () => {
  const silent = history(at(0, 1).put('a', '1'), at(2, 3).get('a', '1'));
  expect(witness(silent, keyValueModel)).toEqual({ explained: 0, unclaimed: 1, undecided: 0, refuted: [] });
  expect(judge(silent).problems).toEqual([]);
});

test('no search: a violation is refuted as well, and drawn once', () => {
  const wrong = history(placed(at(0, 1).put('a', '1'), 1), placed(at(2, 3).get('a', undefined), 1));
  expect(witness(wrong, keyValueModel).refuted).toHaveLength(1);
  expect(judge(wrong).problems).toEqual([expect.stringContaining('no order explains')]);
});

test.each([true, false])('a violation among twelve clients on one key is found among lost writes: bare %s', (bare) => {
  const shape = { operations: 400, keys: 1, clients: 12, unknown: 0.05, bare };
  const truth = generate(new Random('hard'), shape);
  const first = truth.find(({ kind, outcome }) => kind === 'put' && outcome === 'answered') as Operation & {
    kind: 'put';
  };
  const end = Math.max(...truth.map(({ returnedAt = 0 }) => returnedAt));
  const last = { ...at(end + 1, end + 2).put('k0', 'last'), client: 'late' };
  const stale = { ...at(end + 3, end + 4).get('k0', first.value), client: 'late' };
  expect(check([...truth, last, stale], keyValueModel).kind).toBe('violation');
});

test('what the budget does not suffice for is undecided, which is a problem of its own', () => {
  const lostTwice = history(
    lost(0).put('a', '7'),
    lost(0).put('a', '8'),
    placed(at(3, 4).get('a', { value: '8', revision: 5, created: 1, version: 2 }), 5),
  );
  expect(judge(lostTwice, { steps: 1 })).toMatchObject({ undecided: true, problems: [expect.any(String)] });
  // It excuses no other problem.
  const aged = { ...at(5, 6).get('b', undefined), level: 'stale', index: 5, maxAgeMs: 1, ageMs: 2 } as Operation;
  const { undecided, problems } = judge([...lostTwice, aged], { steps: 1 });
  expect([undecided, problems.length]).toEqual([false, 2]);
});
