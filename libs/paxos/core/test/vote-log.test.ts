import { EntryBatch } from '@synod/log';
import { VoteLog, bytesOfVote } from '../src/acceptor/vote-log.js';

function accept(votes: VoteLog, count: number, sizeBytes: number): void {
  for (let slot = 1; slot <= count; slot++) {
    votes.add(slot, new EntryBatch(64, slot, [{ kind: 'noOp' }], sizeBytes));
  }
}

const atHand = (votes: VoteLog, count: number) =>
  Array.from({ length: count }, (_, i) => i + 1).filter((number) => votes.batch(number) !== undefined);

test('the youngest batches are at hand, by their bytes; the last one is whatever its size', () => {
  const votes = new VoteLog(100);
  accept(votes, 10, 30);
  expect(atHand(votes, 10)).toEqual([8, 9, 10]);
  votes.add(11, new EntryBatch(64, 11, [{ kind: 'noOp' }], 1000));
  expect(atHand(votes, 11)).toEqual([11]);
  expect(votes.from(1, 10_000)).toHaveLength(11);
});

test('many small batches do not stay at hand, however little they weigh', () => {
  const votes = new VoteLog(1_000_000_000);
  accept(votes, 5000, 16);
  expect(atHand(votes, 5000)).toHaveLength(4096);
  expect(votes.batch(5000)).toBeDefined();
  expect(votes.batch(904)).toBeUndefined();
});

test('what is held counts the memory of each vote besides its value, until it is trimmed', () => {
  const votes = new VoteLog(1000);
  accept(votes, 5000, 16);
  expect(votes.heldBytes).toBe(5000 * (16 + bytesOfVote));
  votes.trim(4000);
  expect(votes.heldBytes).toBe(1000 * (16 + bytesOfVote));
  votes.trim(5000);
  expect(votes.heldBytes).toBe(0);
});

describe('a later vote for some of the slots of an earlier one', () => {
  const noOps = (count: number) => Array.from({ length: count }, () => ({ kind: 'noOp' }) as const);
  const cast = (votes: VoteLog, number: number, ballot: number, first: number, last: number): void =>
    votes.add(number, new EntryBatch(ballot, first, noOps(last - first + 1), 10 * (last - first + 1)));
  const held = (votes: VoteLog): readonly string[] =>
    votes.from(1, 10_000).map(({ first, last, ballot, number }) => `${first}…${last}@${ballot} (${number})`);

  test.each<[string, [number, number], string[]]>([
    ['its first ones', [1, 2], ['1…2@128 (2)', '3…6@64 (1)']],
    ['some in the middle', [3, 4], ['1…2@64 (1)', '3…4@128 (2)', '5…6@64 (1)']],
    ['its last ones', [5, 6], ['1…4@64 (1)', '5…6@128 (2)']],
    ['all of them', [1, 6], ['1…6@128 (2)']],
    ['its last ones and more', [6, 9], ['1…5@64 (1)', '6…9@128 (2)']],
  ])('leaves the others: %s', (_which, [first, last], left) => {
    const votes = new VoteLog(1000);
    cast(votes, 1, 64, 1, 6);
    cast(votes, 2, 128, first, last);
    expect(held(votes)).toEqual(left);
    expect(votes.heldBytes).toBe(10 * Math.max(6, last) + left.length * bytesOfVote);
    expect(votes.unneededThrough).toBe(left.some((vote) => vote.endsWith('(1)')) ? 0 : 1);
  });

  test('over several: of the first one what is before it stands, of the last one what is after it', () => {
    const votes = new VoteLog(1000);
    cast(votes, 1, 64, 1, 3);
    cast(votes, 2, 64, 4, 5);
    cast(votes, 3, 64, 6, 8);
    cast(votes, 4, 128, 3, 6);
    expect(held(votes)).toEqual(['1…2@64 (1)', '3…6@128 (4)', '7…8@64 (3)']);
    expect(votes.holds(64, 1, 3)).toBe(false);
    expect(votes.holds(64, 7, 8)).toBe(true);
  });
});
