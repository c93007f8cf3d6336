import { DamagedState } from '@synod/actor';
import type { Record } from '@synod/raft-core';
import { Server, active, batch } from './server.js';

/** What a journal tells of the log, whole or bereft of its beginning by a cut; entries are of term 1 unless said otherwise. */

function entries(first: number, last: number, term = 1): Record {
  const texts = Array.from({ length: last - first + 1 }, () => 'a');
  return { kind: 'entries', batch: batch(term, first, ...texts) };
}

function mark(index: number, era = 1): Record {
  const hardState = { kind: 'hardState', term: 3, votedFor: undefined, clusterId: 7, floor: 0, standing: 'active' } as const; // prettier-ignore
  return { kind: 'snapshotMark', snapshot: { index, era }, sizeBytes: 1, hardState };
}

const truncate = (from: number): Record => ({ kind: 'truncate', from });

test.each<[string, readonly Record[], { readonly base: number; readonly last: number; readonly lastTerm?: number }]>([
  ['a whole journal', [entries(1, 3), entries(4, 5, 2)], { base: 0, last: 5, lastTerm: 2 }],
  ['a whole journal and a mark', [entries(1, 5), mark(3), entries(6, 7)], { base: 0, last: 7 }],
  ['a cut journal: its first entry is the base', [entries(10, 12), mark(11), entries(13, 14)], { base: 10, last: 14 }],
  // Older marks stay as long as the segment that they are in; what they stand for is not there any more.
  [
    'a mark of before the cut begins nothing',
    [entries(10, 12), mark(8), entries(13, 20), mark(11), entries(21, 22)],
    { base: 10, last: 22 },
  ],
  ['a mark of the very base', [entries(10, 12), mark(10)], { base: 10, last: 12 }],
  ['a mark that contradicts the log takes its place', [entries(1, 5), mark(4, 2)], { base: 4, last: 4, lastTerm: 2 }],
  ['a mark beyond the log takes its place', [entries(1, 3), mark(9, 2)], { base: 9, last: 9, lastTerm: 2 }],
  ['a truncation', [entries(1, 5), truncate(3), entries(3, 3, 2)], { base: 0, last: 3, lastTerm: 2 }],
  ['a truncation after the base', [entries(10, 14), truncate(12), mark(11)], { base: 10, last: 11 }],
  [
    'a truncation voids the base: the next entries begin anew',
    [entries(10, 12), truncate(9), entries(9, 13, 2), mark(11, 2)],
    { base: 9, last: 13, lastTerm: 2 },
  ],
  [
    'a truncation voids the base, and a mark begins anew',
    [entries(10, 12), truncate(9), mark(11, 2), entries(12, 12, 2)],
    { base: 11, last: 12, lastTerm: 2 },
  ],
  [
    'a mark that names a position of a part that was voided: the log begins anew there',
    [entries(50, 60, 3), truncate(50), mark(55, 3)],
    { base: 55, last: 55, lastTerm: 3 },
  ],
  [
    'a truncation after the mark that took the place of a longer log: the mark stays',
    [entries(10, 14), mark(6, 2), truncate(4), entries(7, 8, 2)],
    { base: 6, last: 8, lastTerm: 2 },
  ],
])('%s', (_what, records, { base, last, lastTerm = 1 }) => {
  const { replica } = new Server('r3', [active(3), ...records]);
  expect(replica.inspect()).toMatchObject({ firstIndex: base + 1, lastIndex: last, lastTerm, durableIndex: last });
});

test('a snapshot of our own that cannot be restored: our state is damaged, and people are told by what', () => {
  const r3 = new Server('r3', [active(3), entries(1, 5), mark(3)]);
  const { id } = r3.did('installSnapshot')[0]!;
  const damage = { kind: 'snapshotInstalled', id, ok: false, why: 'snapshot 3-1: page 2 is damaged' } as const;
  expect(() => r3.step(damage)).toThrow(new DamagedState(damage.why));
});
