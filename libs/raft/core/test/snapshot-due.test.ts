import type { Message } from '@synod/raft-core';
import { Server, active, append, batch, matched } from './server.js';

const snapshotAfterBytes = 100;

/** The leader of term 2, whose log begins behind a snapshot that travels to r2; r3 is in step. */
function sending(): Server {
  const hardState = active(1) as Extract<ReturnType<typeof active>, { kind: 'hardState' }>;
  const snapshot = { index: 10, era: 1 };
  const r1 = new Server('r1', [{ kind: 'snapshotMark', snapshot, sizeBytes: 1000, hardState }], { snapshotAfterBytes });
  r1.step({ kind: 'snapshotInstalled', id: r1.did('installSnapshot')[0]!.id, ok: true });
  r1.lead('r3');
  const outcome = { kind: 'conflict', prevIndex: 10, hintIndex: 0, hintTerm: 0, lastIndex: 0 } as const;
  r1.hear('r2', { kind: 'appendEntriesReply', term: 2, round: 0, voting: true, outcome });
  r1.hear('r3', matched(2, 11));
  return r1;
}

/** Bytes of the log behind the snapshot. */
function logged(server: Server): number {
  const sizes = server.did('persist').map(({ record }) => (record.kind === 'entries' ? record.batch.sizeBytes : 0));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

test('while a snapshot travels none is taken, unless the log grows to four times its bound', () => {
  const r1 = sending();
  let [index, before] = [11, 0];
  while (r1.did('takeSnapshot').length === 0 && logged(r1) < 10 * snapshotAfterBytes) {
    before = logged(r1);
    const sequence = ++index - 11;
    r1.hear('ann', { kind: 'request', client: 'c', session: 5, sequence, bytes: new Uint8Array(9) } as Message);
    r1.step({ kind: 'timeout', timer: 'batch' });
    r1.hear('r3', matched(2, index));
    r1.step({ kind: 'timeout', timer: 'apply' });
    expect(r1.replica.inspect().followers).toMatchObject({ r2: { state: 'snapshot' } });
  }
  expect(r1.did('takeSnapshot').map(({ snapshot }) => snapshot.index)).toEqual([index - 1]); // what is applied when the log has grown
  expect(before).toBeLessThan(4 * snapshotAfterBytes);
  expect(logged(r1)).toBeGreaterThanOrEqual(4 * snapshotAfterBytes);
  expect(logged(r1)).toBeLessThan(5 * snapshotAfterBytes);
});

test('the last entry of a snapshot stays in the log though none is to trail it: by it a new life knows that entry’s term', () => {
  const limits = { snapshotAfterBytes, trailingEntries: 0 };
  const r3 = new Server('r3', [active(1)], limits);
  for (const [at, text] of ['a', 'b', 'c'].entries()) {
    r3.hear('r1', append(1, at, Math.min(at, 1), [batch(1, at + 1, text.repeat(40))], 0));
  }
  r3.hear('r1', append(1, 3, 1, [], 3));
  const [own] = r3.did('takeSnapshot');
  expect(own!.snapshot).toEqual({ index: 3, era: 1 });
  r3.hear('r1', append(1, 3, 1, [batch(1, 4, 'd')], 3));
  r3.step({ kind: 'snapshotTaken', id: own!.id, snapshot: own!.snapshot, sizeBytes: 1 });
  const { through } = r3.did('cut')[0]!;
  // As whole segments go: what holds only positions up to the cut, from the oldest on.
  const from = r3.journal.findIndex((record) => record.kind === 'entries' && record.batch.last > through);
  const again = new Server('r3', r3.journal.slice(from), limits, 2);
  again.step({ kind: 'snapshotInstalled', id: again.did('installSnapshot')[0]!.id, ok: true });
  again.lead('r2');
  // Who has the snapshot only needs what follows it, and not the same once more, for ever.
  const outcome = { kind: 'conflict', prevIndex: 4, hintIndex: 3, hintTerm: 1, lastIndex: 3 } as const;
  again.hear('r2', { kind: 'appendEntriesReply', term: 2, round: 0, voting: true, outcome });
  expect(again.replica.inspect().followers).toMatchObject({ r2: { state: 'probe' } });
  expect(again.did('readChunk')).toEqual([]);
});
