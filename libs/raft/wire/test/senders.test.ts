import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { batchesPerMessage, defaultLimits } from '@synod/raft-core';
import { raftMessages, wireLimits } from '@synod/raft-wire';

/* What a leader sends, its followers must be able to read: as much of the smallest things as it puts into one append. */

const noOp: Entry = { kind: 'noOp' };
const entriesMost = Math.floor(defaultLimits.batchBytes / sizeOf([noOp]));

/** How many entries arrive. */
function read(batches: readonly EntryBatch[]): number {
  const bytes = raftMessages.encode({
    kind: 'appendEntries',
    ...{ term: 9, prevIndex: 0, prevTerm: 0, commit: 0, round: 0, followers: ['r2'], batches, beat: undefined },
  });
  expect(bytes.length).toBeLessThanOrEqual(wireLimits.messageBytes);
  const message = raftMessages.decode('append-entries', Uint8Array.from(bytes));
  return message.kind === 'appendEntries' ? message.batches.reduce((sum, { entries }) => sum + entries.length, 0) : 0;
}

function batchesOf(count: number, each: number): readonly EntryBatch[] {
  const entries = Array.from({ length: each }, () => noOp);
  return Array.from({ length: count }, (_, i) => new EntryBatch(1, 1 + i * each, entries, sizeOf(entries)));
}

test('as many batches as an append may have are understood', () => {
  expect(read(batchesOf(batchesPerMessage, 1))).toBe(batchesPerMessage);
});

test('as many entries as fit the bytes of an append are understood, in one batch and in many', () => {
  expect(read(batchesOf(1, entriesMost))).toBe(entriesMost);
  const each = Math.floor(entriesMost / batchesPerMessage);
  expect(read(batchesOf(batchesPerMessage, each))).toBe(batchesPerMessage * each);
});
