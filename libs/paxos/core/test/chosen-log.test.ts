import { EntryBatch, sizeOf } from '@synod/log';
import { ChosenLog } from '../src/proposer/chosen-log.js';

function batchAt(slot: number): EntryBatch {
  const entries = [{ kind: 'noOp' } as const];
  return new EntryBatch(64, slot, entries, sizeOf(entries));
}

/** Appends until it wants to be written; gives the last slot. */
function fill(log: ChosenLog): number {
  let slot = 0;
  while (!log.wantsWriting) log.append(batchAt(++slot));
  return slot;
}

describe('what a proposer knows to be chosen', () => {
  test('is at hand until it is written, however small the window', () => {
    const log = new ChosenLog(10, 1000);
    const last = fill(log);
    expect(log.recentFrom(1, Number.POSITIVE_INFINITY)?.at(-1)?.last).toBe(last);
  });

  test('is written before there are too many batches, however small they are', () => {
    const log = new ChosenLog(10, 256 * 1024);
    const last = fill(log);
    expect(last).toBeLessThan(4096);
    expect(log.recentFrom(1, Number.POSITIVE_INFINITY)).toHaveLength(last);
    expect(log.takeUnwritten()).toHaveLength(last);
    expect(log.wantsWriting).toBe(false);
  });

  test('is on disk in a fetched snapshot when the mark is, by which the file counts, and no sooner', () => {
    const log = new ChosenLog(10, 1000);
    log.append(batchAt(1));
    log.wrote(5, 1);
    log.synced(5);
    log.reset(9);
    log.wrote(6, 9);
    expect([log.through, log.durableThrough]).toEqual([9, 1]);
    log.synced(6);
    expect(log.durableThrough).toBe(9);
  });

  test('is what the mark of a snapshot says, when that is beyond all that the journal holds', () => {
    const log = new ChosenLog(1000, 1000);
    for (let slot = 1; slot <= 4; slot++) log.recover(batchAt(slot));
    log.recoverMark({ index: 9, era: 0 });
    log.recovered({ index: 9, era: 0 });
    expect(log).toMatchObject({ base: 9, through: 9, durableThrough: 9 });
    log.append(batchAt(10));
    expect(log.recentFrom(10, Number.POSITIVE_INFINITY)?.map(({ first }) => first)).toEqual([10]);
    expect(log.recentFrom(9, Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});
