import { staleViolations } from '../src/index.js';
import type { Operation, Seen } from '../src/index.js';
import { at, history, lost } from './write-history.js';

const stale = (entry: Seen | undefined, more: object = {}): Operation => ({ ...at(100, 110).get('a', entry), level: 'stale', ...more }); // prettier-ignore
const told = (...operations: readonly Operation[]) => staleViolations(history(...operations));

const first = at(0, 1).put('a', '1', { revision: 3 });
const second = at(2, 3).put('a', '2', { revision: 5 });
const gone = at(4, 5).delete('a', { revision: 8 });
const again = at(6, 7).put('a', '3', { revision: 9 });
const all = [first, second, gone, again];

/** Puts, deletes and puts again, at one position. */
const anew = {
  ...at(2, 3).either('a', '', ''),
  success: [{ kind: 'put', key: 'a', value: '4' }, { kind: 'delete', key: 'a' }, { kind: 'put', key: 'a', value: '5' }], // prettier-ignore
  index: 5,
  result: { succeeded: true, results: [{}, {}, {}] },
} as Operation;

describe('what a stale read shows', () => {
  test.each<[string, readonly Operation[]]>([
    ['what a write of unknown outcome may have put', [first, lost(5).put('a', '9'), stale({ value: '9' })]],
    ['what a write that is not answered yet may have put', [first, at(105, 200).put('a', '9'), stale({ value: '9' })]],
    ['an old value, without a position', [...all, stale({ value: '1', revision: 3, created: 3, version: 1 })]],
    ['nothing, without a position', [first, stale(undefined)]],
    ['puts since it was created', [...all, stale({ value: '2', revision: 5, created: 3, version: 2 }, { index: 6 })]],
    ['puts since it was deleted', [...all, stale({ value: '3', revision: 9, created: 9, version: 1 }, { index: 9 })]],
    ['as often put as writes of unknown outcome allow', [first, lost(5).put('a', '9'), stale({ value: '9', version: 2 })]], // prettier-ignore
    [
      'puts of one transaction',
      [first, anew, stale({ value: '5', revision: 5, created: 5, version: 1 }, { index: 5 })],
    ],
    ['a position that no write named', [first, stale({ value: '1' }, { index: 99 })]],
    ['a position that a later write comes after', [first, stale({ value: '1' }, { index: 4 }), at(111, 112).put('b', '', { revision: 5 })]], // prettier-ignore
    ['a position that a write stands at which was under way', [first, stale({ value: '1' }, { index: 4 }), at(110, 112).put('b', '', { revision: 4 })]], // prettier-ignore
    ['a position that an older write was told of late', [first, stale({ value: '1' }, { index: 7 }), at(90, 112).put('b', '', { revision: 5 })]], // prettier-ignore
  ])('may be: %s', (_name, operations) => expect(told(...operations)).toEqual([]));

  test.each<[string, readonly Operation[], string]>([
    ['what nobody wrote', [first, stale({ value: 'X' })], 'it shows "X" of revision undefined, which never was there'],
    ['what nobody wrote, though others may have written', [first, lost(5).put('a', '9'), stale({ value: 'X' })], 'it shows "X", which nobody had put there'], // prettier-ignore
    ['what was put elsewhere', [first, lost(5).put('b', 'X'), lost(5).put('a', '9'), stale({ value: 'X' })], 'nobody had put'], // prettier-ignore
    ['what was put later', [first, lost(5).put('a', '9'), lost(111).put('a', 'X'), stale({ value: 'X' })], 'nobody had put'], // prettier-ignore
    ['any value where nobody put one', [lost(5).delete('a'), stale({})], 'it shows "a value", which nobody had put'],
    ['what was refused', [{ ...lost(5).put('a', 'X'), outcome: 'refused', returnedAt: 6 }, lost(5).delete('a'), stale({ value: 'X' })], 'nobody had put'], // prettier-ignore
    ['what a comparison failed to put', [lost(5).delete('a'), at(6, 7).cas('a', 9, 'X', false), stale({ value: 'X' })], 'nobody had put'], // prettier-ignore
    ['what only the other branch would have put', [lost(5).delete('a'), { ...at(6, 7).either('a', '1', 'X'), result: { succeeded: true, results: [{}] } } as Operation, stale({ value: 'X' })], 'nobody had put'], // prettier-ignore
    ['a value under another revision, without a position', [first, second, stale({ value: '1', revision: 5 })], 'never was there'], // prettier-ignore
    ['what was written after it returned', [first, at(120, 121).put('a', '2', { revision: 5 }), stale({ value: '2', revision: 5 })], 'never was there'], // prettier-ignore
    ['the same, with its position', [first, at(120, 121).put('a', '2', { revision: 5 }), stale({ value: '2' }, { index: 5 })], 'written after it returned'], // prettier-ignore
    ['more puts than there were', [first, second, stale({ value: '2', version: 3 }, { index: 5 })], 'version 3, but at 5 there was "2" of revision 5, created at 3, version 2'], // prettier-ignore
    ['another beginning', [first, second, stale({ value: '2', created: 2 }, { index: 5 })], 'but at 5 there was'],
    ['puts before it was deleted', [...all, stale({ value: '3', version: 3 }, { index: 9 })], 'but at 9 there was'],
    ['a beginning before it was deleted', [...all, stale({ value: '3', created: 3 }, { index: 9 })], 'but at 9 there was'], // prettier-ignore
    ['all puts of a transaction that deleted in between', [first, anew, stale({ value: '5', version: 3 }, { index: 5 })], 'but at 5 there was'], // prettier-ignore
    ['what the same transaction overwrote', [first, anew, stale({ value: '4' }, { index: 5 })], 'but at 5 there was'],
    ['more puts than anybody may have made', [first, lost(5).put('a', '9'), lost(111).put('a', '9'), stale({ value: '9', version: 3 })], 'put 2 times at most'], // prettier-ignore
    ['more puts than by its position', [first, second, lost(5).put('a', '9'), stale({ value: '9', version: 3 }, { index: 4 })], 'put 2 times at most'], // prettier-ignore
    ['a beginning after the last change', [lost(5).put('a', '9'), stale({ value: '9', revision: 4, created: 5 })], 'created at 5, after its last change'], // prettier-ignore
    ['a beginning after its position', [lost(5).put('a', '9'), stale({ value: '9', created: 5 }, { index: 4 })], 'created at 5, after'], // prettier-ignore
    ['no put at all', [lost(5).put('a', '9'), stale({ value: '9', version: 0 })], 'it shows version 0'],
    ['the first put, and not the first revision', [lost(5).put('a', '9'), stale({ value: '9', version: 1, created: 4, revision: 5 })], 'it shows version 1 of a key that was created at 4 and changed at 5'], // prettier-ignore
    ['a position that a later write was answered from', [first, stale({ value: '1' }, { index: 99 }), at(111, 112).put('b', '', { revision: 98 }), at(120, 121).put('b', '', { revision: 120 })], 'names position 99, but a write that was called after it returned stands at 98'], // prettier-ignore
    ['the very position of a later write', [first, stale({ value: '1' }, { index: 99 }), at(111, 112).put('b', '', { revision: 99 })], 'stands at 99'], // prettier-ignore
  ])('cannot be: %s', (_name, operations, message) => {
    expect(told(...operations)).toEqual([expect.stringContaining(message)]);
  });
});

test('who asked for a bound is told an age', () => {
  const read = (more: object) => told(first, stale({ value: '1' }, more));
  expect(read({ maxAgeMs: 50 })).toEqual([
    expect.stringContaining('it tells no age, and at most 50 ms were asked for'),
  ]);
  expect(read({ maxAgeMs: 0 })).toEqual([]);
  expect(read({ maxAgeMs: 50, ageMs: 50 })).toEqual([]);
});

describe('a stale listing', () => {
  const put = [
    at(0, 1).put('k1', '1', { revision: 3 }),
    at(2, 3).put('k2', '2', { revision: 5 }),
    at(4, 5).put('k3', '3', { revision: 8 }),
    at(6, 7).put('other', '9', { revision: 9 }),
  ];
  const listing = (keys: string, more: object = {}, goesOn = false): Operation => {
    const found = keys.split(' ').flatMap((key) => (key === '' ? [] : [[key, key.at(-1) === 'r' ? '9' : key.at(-1)!] as const])); // prettier-ignore
    return { ...at(100, 110).range('k', found, goesOn), level: 'stale', index: 9, ...more } as Operation;
  };

  test.each<[string, Operation]>([
    ['what was asked for', listing('k1 k2 k3', { limit: 3 })],
    ['less than was asked for, and more', listing('k1', { limit: 2 }, true)],
    ['nothing yet, and more', listing('', {}, true)],
    ['what comes after the asked', listing('k2 k3', { startAfter: 'k1' })],
    ['more without a position', listing('k1 k2', { index: undefined }, true)],
  ])('may be: %s', (_name, read) => expect(told(...put, read)).toEqual([]));

  test.each<[string, Operation, string]>([
    ['the same twice', listing('k1 k2 k2 k3'), 'it shows "k2" after "k2"'],
    ['out of order', listing('k2 k1 k3'), 'it shows "k1" after "k2"'],
    ['what does not begin so', listing('k1 k2 k3 other'), 'it shows "other", which was not asked for'],
    ['where it was to start', listing('k1 k2 k3', { startAfter: 'k1' }), 'it shows "k1", which was not asked for'],
    ['too much', listing('k1 k2 k3', { limit: 2 }), 'it shows 3 keys, and at most 2 were asked for'],
    ['more after the last', listing('k1 k2 k3', {}, true), 'it says that there is more'],
    ['more, where the others came later', listing('k1 k2', { index: 7 }, true), 'it says that there is more'],
    ['more, where nothing is', listing('', { startAfter: 'k3' }, true), 'it says that there is more'],
  ])('cannot be: %s', (_name, read, message) => {
    expect(told(...put, read)).toEqual([expect.stringContaining(message)]);
  });

  test('more may be what somebody was not answered to have put, and nothing that came later', () => {
    const end = listing('k1 k2 k3', {}, true);
    expect(told(...put, lost(105).put('k4', ''), end)).toEqual([]);
    expect(told(...put, lost(105).delete('k4'), end)).toHaveLength(1);
    expect(told(...put, lost(111).put('k4', ''), end)).toHaveLength(1);
    const unplaced = { ...end, index: undefined } as Operation;
    expect(told(...put, at(111, 112).put('k4', '', { revision: 10 }), unplaced)).toHaveLength(1);
    expect(told(...put, at(105, 112).put('k4', '', { revision: 10 }), unplaced)).toEqual([]);
    expect(told(...put, at(8, 9).delete('k4', { revision: 10 }), unplaced)).toHaveLength(1);
  });
});
