import { Random } from '@synod/simulator';
import { judge } from '../src/index.js';
import { isWrite } from '../src/history.js';
import { contradictions, fallenPositions, positionOf } from '../src/positions.js';
import { generate } from './generate.js';
import type { Operation } from '../src/index.js';
import { at, history, lost } from './write-history.js';

const readAt = (from: number, index: number, key = 'z', more: object = {}): Operation => ({
  ...at(from, from + 1).get(key, undefined),
  index,
  ...more,
});

test.each([
  ['the same, of one key', history(at(0, 1).put('a', '1', { revision: 5 }), at(2, 3).put('a', '2', { revision: 5 }))],
  ['the same, of two keys', history(at(0, 1).put('a', '1', { revision: 5 }), at(2, 3).put('b', '2', { revision: 5 }))],
  ['a lower one', history(at(0, 1).put('a', '1', { revision: 5 }), at(2, 3).cas('b', 0, '2', true, 4))],
  [
    'one between those of two before it',
    history(
      at(0, 1).put('a', '1', { revision: 2 }),
      at(0, 2).put('b', '1', { revision: 5 }),
      at(0, 3).put('c', '1', { revision: 3 }),
      at(4, 5).delete('d', { revision: 4, existed: true }),
    ),
  ],
])('a later write has the higher revision: not %s', (_which, operations) => {
  const [problem, ...others] = judge(operations).problems.filter((text) => text.includes('revision'));
  expect([problem, others]).toEqual([expect.stringMatching(/though .* returned before with revision 5$/), []]);
});

test.each([
  ['writes of one batch', history(at(0, 3).put('a', '1', { revision: 5 }), at(1, 2).put('b', '2', { revision: 5 }))],
  ['a batch whose answer comes as the next call goes', history(at(0, 1).put('a', '1', { revision: 5 }), at(1, 2).put('b', '2', { revision: 5 }))], // prettier-ignore
  ['writes that overlap', history(at(0, 3).put('a', '1', { revision: 6 }), at(1, 2).put('b', '2', { revision: 5 }))],
  ['comparisons that failed', history(at(0, 1).put('a', '1', { revision: 5 }), at(2, 3).cas('a', 4, '2', false, 5))],
  ['writes without an answer', history(at(0, 1).put('a', '1', { revision: 5 }), lost(2).put('a', '2'))],
])('nothing is said against %s', (_what, operations) => {
  expect(judge(operations).problems).toEqual([]);
});

test.each([
  ['shows a state before a write of another key', history(at(0, 1).put('a', '1', { revision: 5 }), readAt(2, 4))],
  ['shows a state before what another one saw', history(readAt(0, 5, 'y'), readAt(2, 4))],
  ['is a write at a state that was read before', history(readAt(0, 5), at(2, 3).put('a', '1', { revision: 5 }))],
])('what comes later %s', (_which, operations) => {
  const problems = judge(operations).problems.filter((text) => text.includes('called at 2'));
  expect(problems).toEqual([expect.stringMatching(/though .* returned before with (revision|the state at) 5$/)]);
});

test.each([
  ['the state of the write before it', history(at(0, 1).put('a', '1', { revision: 5 }), readAt(2, 5))],
  ['a stale read', history(at(0, 1).put('a', '1', { revision: 5 }), readAt(2, 4, 'z', { level: 'stale' }))],
  ['reads that overlap', history(at(0, 3).put('a', '1', { revision: 5 }), readAt(2, 4))],
])('nothing is said against %s', (_what, operations) => {
  expect(judge(operations).problems).toEqual([]);
});

test('an answer does not come before what it tells of', () => {
  const named = (index: number): readonly Operation[] =>
    history({ ...at(0, 1).put('a', '1', { revision: 5 }), index } as Operation);
  for (const index of [5, 6]) expect(contradictions(named(index))).toEqual([]);
  expect(judge(named(4)).problems).toEqual([expect.stringMatching(/has revision 5 and names log position 4$/)]);
});

test('of all pairs that do not overlap none is missed, and none is made up', () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = new Random(`revisions/${seed}`);
    const truth = generate(random, { operations: 60, keys: 5, clients: 5, unknown: 0.1, several: 0.2 });
    expect(fallenPositions(truth)).toEqual([]);
    const mixed = truth.map((operation) =>
      operation.kind === 'put' && operation.result?.revision !== undefined && random.chance(0.2)
        ? { ...operation, result: { revision: 1 + random.below(60) } }
        : operation,
    );
    const wrong = mixed.filter((write) =>
      mixed.some(
        (other) =>
          other.returnedAt! < write.invokedAt &&
          (positionOf(other) ?? -Infinity) >= (positionOf(write) ?? Infinity) + (isWrite(write) ? 0 : 0.5),
      ),
    );
    expect(new Set(fallenPositions(mixed).map(({ operation }) => operation))).toEqual(new Set(wrong));
  }
});
