import { judgeRegisters } from '../src/registers/judge.js';
import type { RegisterCall } from '../src/registers/judge.js';

type Course = Partial<RegisterCall> & { readonly at: readonly [invokedAt: number, returnedAt?: number] };

/** `told` makes an answer of it, as does `outcome`; otherwise nobody knows what became of it. */
function call(client: string, { at: [invokedAt, returnedAt], ...rest }: Course): RegisterCall {
  const outcome = rest.told === undefined ? 'unknown' : 'answered';
  return { client, key: 'k', invokedAt, returnedAt, outcome, ...rest };
}

const none = { outcome: 'answered', told: undefined } as const;
const decidesA = call('a', { value: 'A', told: 'A', at: [10, 20] });

describe('registers that are sound', () => {
  const histories: Readonly<Record<string, readonly RegisterCall[]>> = {
    'one is decided, and another wish is told of it': [decidesA, call('b', { value: 'B', told: 'A', at: [12, 30] })],
    'whoever asks before anybody has been told may be told that there is none': [
      decidesA,
      call('b', { ...none, at: [20, 40] }),
    ],
    'a wish that nobody heard of again is what the register holds': [
      call('a', { value: 'A', at: [10] }),
      call('b', { told: 'A', at: [500, 510] }),
    ],
    'nothing is known of a wish, and nothing is there': [
      call('a', { value: 'A', at: [10] }),
      call('b', { ...none, at: [500, 510] }),
    ],
    'what was refused is not there': [
      call('a', { value: 'A', outcome: 'refused', at: [10, 15] }),
      call('b', { value: 'B', told: 'B', at: [20, 30] }),
    ],
    'registers have nothing to do with each other': [
      decidesA,
      call('b', { key: 'other', value: 'B', told: 'B', at: [30, 40] }),
      call('c', { key: 'third', ...none, at: [50, 60] }),
    ],
  };

  test.each(Object.entries(histories))('%s', (_what, history) => {
    expect(judgeRegisters(history).problems).toEqual([]);
  });

  test('those with a value are counted, and those that were asked for', () => {
    const { judged, decided } = judgeRegisters(Object.values(histories).at(-1)!);
    expect([judged, decided]).toEqual([3, 2]);
  });
});

describe('registers that are not', () => {
  const histories: Readonly<Record<string, readonly [history: readonly RegisterCall[], problem: RegExp]>> = {
    'two wishes are both told that they were granted': [
      [decidesA, call('b', { value: 'B', told: 'B', at: [12, 30] })],
      /^register k: it has 2 values: a was told A at 20; b was told B at 30$/,
    ],
    'who asks is told something else': [
      [decidesA, call('b', { value: 'B', at: [12] }), call('c', { told: 'B', at: [40, 50] })],
      /has 2 values/,
    ],
    'what was acknowledged is gone': [
      [decidesA, call('b', { ...none, at: [21, 40] })],
      /^register k: b asks at 21 and is told that there is no value, though a was told A at 20$/,
    ],
    'what was read is gone': [
      [
        call('a', { value: 'A', at: [10] }),
        call('b', { told: 'A', at: [20, 30] }),
        call('b', { ...none, at: [31, 40] }),
      ],
      /though b was told A at 30$/,
    ],
    'nobody wanted the value': [[call('b', { told: 'C', at: [20, 30] })], /b was told C at 30, which nobody wanted$/],
    'another register was to have the value': [
      [call('a', { key: 'other', value: 'A', at: [10] }), call('b', { told: 'A', at: [20, 30] })],
      /which nobody wanted$/,
    ],
    'what was refused for good is there': [
      [call('a', { value: 'A', outcome: 'refused', at: [10, 15] }), call('b', { told: 'A', at: [20, 30] })],
      /which was refused for good$/,
    ],
    'the value is there before anybody wanted it': [
      [call('b', { told: 'A', at: [20, 30] }), call('a', { value: 'A', told: 'A', at: [31, 40] })],
      /before anybody wanted it$/,
    ],
    'a wish is told that there is no value': [
      [call('a', { value: 'A', ...none, at: [10, 20] })],
      /a wanted A and is told that/,
    ],
  };

  test.each(Object.entries(histories))('%s', (_what, [history, problem]) => {
    expect(judgeRegisters(history).problems).toEqual([expect.stringMatching(problem)]);
    expect(judgeRegisters([...history].reverse()).problems).toHaveLength(1);
  });
});
