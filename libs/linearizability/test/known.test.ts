import { check, keyValueModel, registerModel } from '../src/index.js';
import type { Operation, RegisterOperation } from '../src/index.js';
import { existsOrder } from './brute-force.js';
import { history, at, lost } from './write-history.js';

const verdictOf = (operations: readonly Operation[]) => check(operations, keyValueModel).kind;

describe('histories without an order that explains them', () => {
  test.each<[string, readonly Operation[]]>([
    [
      'a read of what was overwritten before it began',
      history(at(0, 1).put('a', '1'), at(2, 3).put('a', '2'), at(4, 5).get('a', '1')),
    ],
    [
      'a read that goes back behind an earlier read',
      history(at(0, 1).put('a', '1'), lost(2).put('a', '2'), at(3, 4).get('a', '2'), at(5, 6).get('a', '1')),
    ],
    ['a read of a value that was never written', history(at(0, 1).put('a', '1'), at(2, 3).get('a', '7'))],
    ['a read of a value before its write is invoked', history(at(0, 1).get('a', '1'), at(2, 3).put('a', '1'))],
    ['an acknowledged write that is gone', history(at(0, 1).put('a', '1'), at(2, 3).get('a', undefined))],
    [
      'an acknowledged delete that did not happen',
      history(at(0, 1).put('a', '1'), at(2, 3).delete('a'), at(4, 5).get('a', '1')),
    ],
    [
      'a refused write that is read',
      history({ ...at(0, 1).put('a', '1'), outcome: 'refused', result: undefined }, at(2, 3).get('a', '1')),
    ],
    [
      'two compare-and-sets that both take the same revision',
      history(
        at(0, 1).put('a', '1', { revision: 1 }),
        at(2, 5).cas('a', 1, '2', true, 2),
        at(2, 5).cas('a', 1, '3', true, 3),
      ),
    ],
    [
      'two compare-and-sets that both create the key',
      history(at(0, 3).cas('a', 0, '1', true, 1), at(0, 3).cas('a', 0, '2', true, 2)),
    ],
    [
      'a compare-and-set that fails although the revision is the expected one',
      history(at(0, 1).put('a', '1', { revision: 1 }), at(2, 3).cas('a', 1, '2', false, 1)),
    ],
    [
      'a lost update: both read 1, both add one, none is told',
      history(
        at(0, 1).put('a', '1', { revision: 1 }),
        at(2, 3).get('a', '1'),
        at(2, 3).get('a', '1'),
        at(4, 5).cas('a', 1, '2', true, 2),
        at(4, 5).cas('a', 1, '2', true, 3),
      ),
    ],
    [
      'a write applied twice',
      history(at(0, 1).put('a', '1', { revision: 1 }), at(2, 3).get('a', { value: '1', revision: 1, version: 2 })),
    ],
    [
      'a value under another revision than its write was told',
      history(at(0, 1).put('a', '1', { revision: 5 }), at(2, 3).get('a', { value: '1', revision: 6 })),
    ],
    [
      'revisions that go back',
      history(at(0, 1).put('a', '1', { revision: 5 }), at(2, 3).put('a', '2', { revision: 4 })),
    ],
    [
      'an unknown write that is seen, gone, and seen again',
      history(lost(0).put('a', '1'), at(1, 2).get('a', '1'), at(3, 4).get('a', undefined), at(5, 6).get('a', '1')),
    ],
    [
      'a transaction of which one half is seen',
      history(at(0, 1).putBoth('a', '1', 'b', '1'), at(2, 3).get('a', '1'), at(4, 5).get('b', undefined)),
    ],
    [
      'two reads of two keys that see two writes in different orders',
      history(
        at(0, 9).put('a', '1'),
        at(0, 9).put('b', '1'),
        at(2, 3).range('', [['a', '1']]),
        at(4, 5).range('', [['b', '1']]),
      ),
    ],
    [
      'a range that leaves a key out',
      history(at(0, 1).put('a', '1'), at(0, 1).put('b', '1'), at(2, 3).range('', [['b', '1']])),
    ],
    ['a range that goes on for nothing', history(at(0, 1).put('a', '1'), at(2, 3).range('', [['a', '1']], true))],
  ])('%s', (_name, operations) => expect(verdictOf(operations)).toBe('violation'));
});

describe('histories that an order explains', () => {
  test.each<[string, readonly Operation[]]>([
    ['nothing', []],
    [
      'a read during a write sees the old or the new value',
      history(at(0, 1).put('a', '1'), at(2, 9).put('a', '2'), at(3, 4).get('a', '1'), at(5, 6).get('a', '2')),
    ],
    [
      'an unknown write that never happens',
      history(lost(0).put('a', '1'), at(1, 2).get('a', undefined), at(3, 4).put('a', '2'), at(5, 6).get('a', '2')),
    ],
    [
      'an unknown write that takes effect late',
      history(lost(0).put('a', '1'), at(1, 2).put('a', '2'), at(3, 4).get('a', '2'), at(5, 6).get('a', '1')),
    ],
    [
      'an unknown delete that takes effect late',
      history(at(0, 1).put('a', '1'), lost(2).delete('a'), at(3, 4).get('a', '1'), at(5, 6).get('a', undefined)),
    ],
    [
      'an unknown compare-and-set that made another one fail',
      history(
        at(0, 1).put('a', '1', { revision: 1 }),
        lost(2).cas('a', 1, '2'),
        at(3, 4).cas('a', 1, '3', false, 7),
        at(5, 6).get('a', { value: '2', revision: 7 }),
      ),
    ],
    [
      'a stale read that is allowed to be stale',
      history(at(0, 1).put('a', '1'), at(2, 3).put('a', '2'), { ...at(4, 5).get('a', '1'), level: 'stale' }),
    ],
    [
      'a refused write that nobody sees',
      history({ ...at(0, 1).put('a', '1'), outcome: 'refused', result: undefined }, at(2, 3).get('a', undefined)),
    ],
    [
      'a return and an invocation at the same moment are concurrent',
      history(at(0, 1).put('a', '1'), at(1, 2).get('a', undefined)),
    ],
    [
      'two keys, each by itself',
      history(at(0, 9).put('a', '1'), at(0, 9).put('b', '1'), at(2, 3).get('a', '1'), at(2, 3).get('b', undefined)),
    ],
    [
      'an unknown transaction that took its other way',
      history(lost(0).either('a', '1', '2'), at(1, 2).put('a', '0'), at(3, 4).get('a', '2')),
    ],
  ])('%s', (_name, operations) => expect(verdictOf(operations)).toBe('linearizable'));
});

test('calls that touch are told apart when both have their place and the one before has none', () => {
  const touching = history(
    at(-3, -2).get('a', undefined),
    at(-0.5, 1).put('a', 'last'),
    at(0, 1).put('a', '1'),
    at(1, 2).delete('a', { existed: true }), // after that put, which it undoes: the state is as it was
    at(3, 4).get('a', 'last'), // so the other put came after both
  );
  expect(existsOrder(touching)).toBe(true);
  expect(verdictOf(touching)).toBe('linearizable');
});

test('registers, as most published histories are about', () => {
  const register = 'x';
  const wrote: RegisterOperation = { register, kind: 'write', value: '1', invokedAt: 0, returnedAt: 1 };
  const swapped: RegisterOperation = {
    register,
    kind: 'cas',
    expected: '1',
    value: '2',
    succeeded: true,
    invokedAt: 2,
    returnedAt: 3,
  };
  const read = (value: string): RegisterOperation => ({ register, kind: 'read', value, invokedAt: 4, returnedAt: 5 });
  expect(check([wrote, swapped, read('2')], registerModel).kind).toBe('linearizable');
  expect(check([wrote, swapped, read('1')], registerModel).kind).toBe('violation');
  const { returnedAt: _, ...unknown } = swapped;
  expect(check([wrote, unknown, read('1')], registerModel).kind).toBe('linearizable');
  expect(check([wrote, swapped, { ...swapped, invokedAt: 6, returnedAt: 7 }], registerModel).kind).toBe('violation');
});

test('what the budget does not suffice for is unknown, never linearizable', () => {
  const operations = history(at(0, 1).put('a', '1'), at(2, 3).get('a', '1'));
  expect(check(operations, keyValueModel, { steps: 1 }).kind).toBe('unknown');
  expect(check(operations, keyValueModel, { steps: 2 }).kind).toBe('linearizable');
});

test.each<[string, readonly Operation[]]>([
  [
    'a transaction that may have happened asks what a put left that may have happened',
    [
      { client: 'a', invokedAt: 0, outcome: 'unknown', kind: 'put', key: 'k1', value: 'X' },
      {
        ...{ client: 'b', invokedAt: 1, outcome: 'unknown', kind: 'transaction' },
        ...{
          conditions: [{ key: 'k1', is: 'equal', value: 'X' }],
          success: [{ kind: 'put', key: 'k2', value: 'Y' }],
          failure: [],
        },
      },
      {
        client: 'c',
        invokedAt: 2,
        returnedAt: 3,
        outcome: 'answered',
        kind: 'get',
        key: 'k2',
        result: { entry: { value: 'Y' } },
      },
    ],
  ],
  [
    'a compare-and-set that may have happened needs the revision of a put that may have happened',
    [
      { client: 'a', invokedAt: 0, outcome: 'unknown', kind: 'put', key: 'k1', value: 'X' },
      {
        client: 'b',
        invokedAt: 1,
        outcome: 'unknown',
        kind: 'compareAndSet',
        key: 'k1',
        expectedRevision: 5,
        value: 'Y',
      },
      {
        client: 'c',
        invokedAt: 2,
        returnedAt: 3,
        outcome: 'answered',
        kind: 'get',
        key: 'k1',
        result: { entry: { value: 'Y' } },
      },
    ],
  ],
])('%s: where answers tell values only, too', (_what, operations) => {
  expect(check(operations, keyValueModel).kind).toBe('linearizable');
});
