import { EntryBatch } from '@synod/log';
import { HeardValues } from '../src/proposer/heard-values.js';

const batch = (ballot: number, slot: number, sizeBytes: number): EntryBatch =>
  new EntryBatch(ballot, slot, [{ kind: 'noOp' }], sizeBytes);

describe('what the present leader has proposed', () => {
  test('is bounded, but for one batch more, so that no batch is too large', () => {
    const heard = new HeardValues(100);
    heard.put(1, batch(1, 1, 500));
    heard.put(1, batch(1, 2, 10));
    expect([heard.take(1, 1, 9)?.first, heard.take(1, 2, 9)?.first]).toEqual([1, undefined]);
    heard.put(1, batch(1, 2, 10));
    expect(heard.take(1, 2, 9)?.first).toBe(2);
  });

  test('counts in its own ballot alone', () => {
    const heard = new HeardValues(100);
    heard.put(2, batch(2, 1, 10));
    heard.put(1, batch(1, 2, 10));
    expect(heard.take(2, 2, 9)).toBeUndefined();
    expect(heard.take(1, 1, 9)).toBeUndefined();
    heard.put(3, batch(3, 2, 10));
    expect(heard.take(3, 1, 9)).toBeUndefined();
    expect(heard.take(3, 2, 9)?.era).toBe(3);
  });

  test('is taken when all of a batch is chosen', () => {
    const heard = new HeardValues(100);
    heard.put(1, new EntryBatch(1, 1, [{ kind: 'noOp' }, { kind: 'noOp' }], 32));
    expect(heard.take(1, 1, 1)).toBeUndefined();
    expect(heard.take(1, 1, 2)?.last).toBe(2);
  });
});
