import { EntryBatch } from '@synod/log';
import { VoteLog } from '../src/acceptor/vote-log.js';

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
