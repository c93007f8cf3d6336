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
