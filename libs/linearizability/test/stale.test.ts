import { staleViolations } from '../src/index.js';
import type { Operation, Seen } from '../src/index.js';
import { at, history, lost } from './write-history.js';

const stale = (found: Seen | undefined, index: number, more: object = {}): Operation => ({
  ...at(10, 11).get('a', found),
  level: 'stale',
  index,
  ...more,
});
const writes = [
  at(0, 1).put('a', '1', { revision: 3 }),
  at(2, 3).put('a', '2', { revision: 5 }),
  at(4, 5).delete('a', { revision: 8 }),
];
const one = { value: '1', revision: 3 };

test.each<[string, Operation]>([
  ['the state at its index', stale(one, 4)],
  ['the state at the very index of a write', stale({ value: '2', revision: 5 }, 5)],
  ['nothing before the first write and after the delete', stale(undefined, 2)],
  ['nothing after the delete', stale(undefined, 9)],
  ['an age within what was asked for', stale(one, 4, { maxAgeMs: 100, ageMs: 100 })],
])('keeps its promise: %s', (_name, read) => expect(staleViolations(history(...writes, read))).toEqual([]));

test.each<[string, Operation, string]>([
  ['a value that was overwritten at its index', stale(one, 5), 'at 5 there was "2" of revision 5'],
  ['a value that was deleted at its index', stale({ value: '2', revision: 5 }, 8), 'at 8 there was nothing'],
  ['nothing where there was something', stale(undefined, 4), 'it shows nothing, but at 4 there was "1"'],
  ['a value under a wrong revision', stale({ value: '1', revision: 2 }, 4), 'of revision 2, but at 4'],
  ['a revision beyond its index', stale({ value: '2', revision: 5 }, 4), 'it shows revision 5 of a state at 4'],
  ['an age of what is to come', stale(one, 4, { ageMs: -1 }), 'its age is -1 ms: nobody has seen what is to come'],
  ['an age above what was asked for', stale(one, 4, { maxAgeMs: 100, ageMs: 101 }), 'its age is 101 ms'],
])('breaks its promise: %s', (_name, read, message) => {
  expect(staleViolations(history(...writes, read))).toEqual([expect.stringContaining(message)]);
});

test('where a write of unknown outcome may have come in, only what is certain is held against it', () => {
  expect(staleViolations(history(...writes, lost(0).put('a', '9'), stale({ value: '9', revision: 4 }, 4)))).toEqual([]);
  expect(
    staleViolations(history(...writes, lost(0).put('a', '9'), stale({ value: '9', revision: 3 }, 4))),
  ).toHaveLength(1);
});

test('one log entry may hold a write of known and one of unknown outcome, if both are of one client', () => {
  const [first, ...others] = history(...writes, lost(0).put('a', '9'), stale({ value: '9', revision: 3 }, 4));
  const told = (client: string) => staleViolations([first!, ...others.map((one) => (one.outcome === 'unknown' ? { ...one, client } : one))]); // prettier-ignore
  expect(told(first!.client)).toEqual([]);
  expect(told('another')).toHaveLength(1);
});

describe('the age of a stale read', () => {
  const first = { ...at(0, 1).put('a', '1'), index: 3 };
  const second = { ...at(2, 3).put('a', '2'), index: 5 };
  const later = (asked: number, more: object): Operation => ({ ...at(asked, asked + 1).get('a', { value: '1' }), level: 'stale', ageMs: 0, ...more }); // prettier-ignore
  const told = (...operations: readonly Operation[]) => staleViolations(history(...operations), 100);

  test.each<[string, readonly Operation[]]>([
    ['within what clocks may differ', [first, second, later(103, { index: 3 })]],
    ['an age that covers what is missing', [first, second, later(5000, { index: 3, ageMs: 4897 })]],
    ['no age told', [first, second, later(5000, { index: 3, ageMs: undefined })]],
    ['all that was answered is in the state', [first, second, { ...later(5000, { index: 5 }), result: { entry: { value: '2' } } } as Operation]], // prettier-ignore
    ['the value was written again, by whom nobody answered', [at(0, 1).put('a', '1'), at(2, 3).put('a', '2'), lost(4).put('a', '1'), later(5000, {})]], // prettier-ignore
    ['calls that overlap, in either order', [at(0, 3).put('a', '1'), at(2, 3).put('a', '2'), later(5000, {})]],
    ['what failed overwrote nothing', [at(0, 1).put('a', '1'), at(2, 3).cas('a', 9, '2', false), later(5000, {})]],
    ['what was overwritten by a call that overlaps', [at(0, 3).put('a', '1'), at(2, 5).put('a', '2'), later(5000, {})]],
    ['by a transaction that overlaps', [at(0, 3).put('a', '1'), at(2, 5).putBoth('a', '2', 'b', '3'), later(5000, {})]],
    ['what the branch that was not executed would have overwritten', [at(0, 1).put('a', '1'), { ...at(2, 3).either('a', '2', '2'), success: [{ kind: 'put', key: 'b', value: '3' }], result: { succeeded: true, results: [{}] } } as Operation, later(5000, {})]], // prettier-ignore
    ['what a transaction would have put, had its conditions not held', [at(0, 1).put('a', '1'), { ...at(2, 3).either('a', '1', '2'), result: { succeeded: true, results: [{}] } } as Operation, later(5000, {})]], // prettier-ignore
  ])('is kept: %s', (_name, operations) => expect(told(...operations)).toEqual([]));

  test.each<[string, readonly Operation[], string]>([
    ['a position that was answered before', [first, second, later(104, { index: 3 })], 'answered from position 5 is not in the state at 3'], // prettier-ignore
    ['of another key', [first, { ...at(2, 3).put('b', '2'), index: 5 }, later(5000, { index: 4 })], 'position 5'],
    ['that a read was answered from', [first, { ...at(2, 3).get('b', undefined), index: 5 }, later(5000, { index: 4 })], 'position 5'], // prettier-ignore
    ['a value that was overwritten, whatever the positions', [at(0, 1).put('a', '1'), at(2, 3).put('a', '2'), later(5000, { index: 1 })], 'it shows was overwritten'], // prettier-ignore
    ['a value that a transaction overwrote', [at(0, 1).put('a', '1'), { ...at(2, 3).putBoth('a', '2', 'b', '3') }, later(5000, {})], 'it shows was overwritten'], // prettier-ignore
    ['nothing, where something was put', [at(2, 3).put('a', '2'), { ...later(5000, {}), result: {} } as Operation], 'it shows was overwritten'], // prettier-ignore
    ['the highest position of all that were answered', [first, second, { ...at(0, 9).put('b', '2'), index: 4 }, later(5000, { index: 4 })], 'position 5'], // prettier-ignore
    ['what was overwritten before a call that began early was over', [at(0, 1).put('a', '1'), at(3, 4).put('a', '2'), at(1, 9).put('a', '3'), later(5000, {})], 'it shows was overwritten'], // prettier-ignore
    ['a value that only the other branch would have put again', [at(0, 1).put('a', '1'), at(2, 3).put('a', '2'), { ...at(4, 5).either('a', '', '1'), success: [{ kind: 'put', key: 'b', value: '3' }], result: { succeeded: true, results: [{}] } } as Operation, later(5000, {})], 'it shows was overwritten'], // prettier-ignore
    ['less than its age explains', [first, second, later(5000, { index: 3, ageMs: 4896 })], 'it says that it is 4896 ms old'], // prettier-ignore
  ])('is not kept: %s', (_name, operations, message) => expect(told(...operations)).toEqual([expect.stringContaining(message)])); // prettier-ignore

  test('is not asked for where clocks may differ by anything', () => {
    expect(staleViolations(history(first, second, later(5000, { index: 3 })), Number.POSITIVE_INFINITY)).toEqual([]);
  });
});

describe('a stale range', () => {
  const put = [
    at(0, 1).put('k1', '1', { revision: 3 }),
    at(2, 3).put('k2', '2', { revision: 5 }),
    at(4, 5).delete('k1', { revision: 8 }),
    at(4, 5).put('other', '9', { revision: 9 }),
  ];
  const range = (index: number, found: readonly (readonly [string, string])[], more = {}, goesOn = false): Operation => ({ ...at(5000, 5001).range('k', found, goesOn), level: 'stale', index, ...more }) as Operation; // prettier-ignore
  const told = (...operations: readonly Operation[]) => staleViolations(history(...put, ...operations), 100);

  test.each<[string, Operation]>([
    ['all keys that were there, and no others', range(5, [['k1', '1'], ['k2', '2']])], // prettier-ignore
    ['one that was not there yet', range(4, [['k1', '1']])],
    ['one that was deleted', range(9, [['k2', '2']], { ageMs: 0 })],
    ['an age that covers what is missing', range(4, [['k1', '1']], { ageMs: 4997 })],
    ['what comes before the asked', range(5, [['k2', '2']], { startAfter: 'k1' })],
    ['what comes after the last that was shown', range(5, [['k1', '1']], { limit: 1 }, true)],
  ])('keeps its promise: %s', (_name, read) => expect(told(read)).toEqual([]));

  test.each<[string, Operation, string]>([
    ['a key is missing', range(5, [['k2', '2']]), 'of "k1": it shows nothing, but at 5 there was "1"'],
    ['a key was deleted', range(9, [['k1', '1'], ['k2', '2']]), 'of "k1": it shows "1"'], // prettier-ignore
    ['another value', range(5, [['k1', '1'], ['k2', '1']]), 'of "k2": it shows "1"'], // prettier-ignore
    ['a key is missing between others', range(5, [['k2', '2']], { limit: 1 }, true), 'of "k1": it shows nothing'],
    ['a state that lacks what was answered longer ago than it says', range(5, [['k1', '1'], ['k2', '2']], { ageMs: 4800 }), 'position'], // prettier-ignore
    ['values that were overwritten, whatever the positions', { ...range(5, [['k1', '1'], ['k2', '2']], { ageMs: 0 }), index: undefined }, 'of "k1": it says that it is 0 ms old, but what it shows was overwritten'], // prettier-ignore
    ['an age of what is to come', stale(one, 4, { ageMs: -1 }), 'its age is -1 ms: nobody has seen what is to come'],
    ['an age above what was asked for', range(5, [['k1', '1'], ['k2', '2']], { maxAgeMs: 9, ageMs: 10 }), 'its age is 10 ms'], // prettier-ignore
  ])('breaks its promise: %s', (_name, read, message) => {
    expect(told(read)).toEqual([expect.stringContaining(message)]);
  });

  test('of keys alone any value is as good', () => {
    const keys = { ...range(5, []), result: { entries: [{ key: 'k1' }, { key: 'k2' }], more: false } } as Operation;
    expect(told(keys)).toEqual([]);
    expect(told({ ...keys, index: 9 } as Operation)).toEqual([expect.stringContaining('of "k1": it shows "a value"')]);
  });

  test('what transactions put, with the revisions that they tell', () => {
    const both = { ...at(6, 7).putBoth('k1', '5', 'k2', '6'), index: 12 } as Operation;
    expect(told(both, range(12, [['k1', '5'], ['k2', '6']]))).toEqual([]); // prettier-ignore
    expect(told(both, range(11, [['k2', '2']]))).toEqual([]);
    expect(told(both, range(12, [['k1', '5'], ['k2', '2']]))).toEqual([expect.stringContaining('of "k2"')]); // prettier-ignore
  });
});
