import { Server, active, append, batch } from './server.js';

test('what was read from the journal before a snapshot is installed is not applied upon it', () => {
  const entries = ['a', 'b', 'c'].map((text, i) => ({ kind: 'entries', batch: batch(1, i + 1, text) }) as const);
  const r3 = new Server('r3', [active(1), ...entries], { inFlightBytes: 1 });
  r3.hear('r1', append(1, 3, 1, [], 3));
  const [read] = r3.did('readLog');
  expect(read).toBeDefined();
  const chunk = { snapshot: { index: 50, era: 1 }, offset: 0, totalBytes: 1, bytes: new Uint8Array(1), checksum: 0 };
  r3.hear('r1', { kind: 'installSnapshot', term: 1, chunk });
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  // The host has replaced the state already; its word waits behind that of the journal.
  const batches = [batch(1, 1, 'a'), batch(1, 2, 'b'), batch(1, 3, 'c')];
  r3.step({ kind: 'logRead', id: read!.id, batches });
  r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: true });
  expect(r3.service.applied).toEqual([]);
});

/** Restarted behind its own snapshot, whose state its host is about to restore. */
function restoring(): Server {
  const hardState = active(1) as Extract<ReturnType<typeof active>, { kind: 'hardState' }>;
  const entries = { kind: 'entries', batch: batch(1, 11, 'a') } as const;
  const r3 = new Server('r3', [{ kind: 'snapshotMark', snapshot: { index: 10, era: 1 }, sizeBytes: 1, hardState }, entries]); // prettier-ignore
  expect(r3.did('installSnapshot')).toHaveLength(1);
  return r3;
}

function restored(r3: Server): void {
  r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot')[0]!.id, ok: true });
}

test('who has no state yet stands for no election: as leader it could answer nobody', () => {
  const r3 = restoring();
  r3.now += 400;
  r3.step({ kind: 'timeout', timer: 'election' });
  expect(r3.take('requestVote')).toEqual([]);
  restored(r3);
  r3.now += 400;
  r3.step({ kind: 'timeout', timer: 'election' });
  expect(r3.take('requestVote')).toMatchObject([{ phase: 'preVote' }]);
});

test('nor does it when the leader wants to hand over to it', () => {
  const r3 = restoring();
  r3.hear('r1', append(1, 11, 1, [], 11));
  r3.hear('r1', { kind: 'timeoutNow', term: 1 });
  expect(r3.take('requestVote')).toEqual([]);
  restored(r3);
  r3.hear('r1', { kind: 'timeoutNow', term: 1 });
  expect(r3.take('requestVote')).toMatchObject([{ phase: 'vote', handover: true }]);
});

test('no snapshot is taken while one is installed: the state may be the other one’s already, and would go by a wrong name', () => {
  const r3 = new Server('r3', [active(1)], { snapshotAfterBytes: 100 });
  r3.hear('r1', append(1, 0, 0, [batch(1, 1, 'a')], 1));
  expect(r3.service.applied).toEqual(['a']);
  const chunk = { snapshot: { index: 50, era: 1 }, offset: 0, totalBytes: 1, bytes: new Uint8Array(1), checksum: 0 };
  r3.hear('r1', { kind: 'installSnapshot', term: 1, chunk });
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  r3.hear('r1', append(1, 1, 1, [batch(1, 2, 'b'.repeat(200))], 1));
  expect(r3.did('takeSnapshot')).toEqual([]);
});
