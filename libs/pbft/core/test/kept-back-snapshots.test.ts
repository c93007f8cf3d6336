import { crc32 } from 'node:zlib';
import type { StableSnapshot } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { status } from './saying.js';

// A traitor votes for a snapshot and offers it, and gives little of it or nothing; nobody else would offer that one.

const limits = {
  ...{ checkpointInterval: 5, logSize: 10, snapshotAfterBatches: 20, chunkBytes: 256 },
  ...{ inFlight: 1, inFlightSmall: 1 },
};

/**
 * r4 was away, and r1 has the snapshot at 40. It is not stable at r2 and r3, which heard nothing of r1's vote for it, and have all that was
 * executed since the one at 20.
 */
function keptBack(chunkBytes = limits.chunkBytes) {
  const group = new Group({ limits: { ...limits, chunkBytes } });
  group.put(...texts(22));
  group.run(1000);
  let away = true;
  group.network = (from, to, { kind }) => {
    if (away && (from === 'r4' || to === 'r4')) return false;
    return from !== 'r1' || !['snapshot', 'snapshotChunk', 'history'].includes(kind);
  };
  group.put(...texts(30, 'u'));
  group.run(1000);
  expect(group.names.map((name) => group.server(name).state.stableSnapshot)).toEqual([40, 20, 20, 20]);
  return { group, comeBack: () => void (away = false) };
}

/** One request after the other: each takes a place in the log, which is full without r4. */
function isAllThere(group: Group): void {
  for (const text of texts(25, 'v')) {
    const { signed } = group.ask(text);
    for (let ms = 0; ms < 10_000 && group.answerTo(signed) === undefined; ms += 10) group.run(10);
    expect([text, group.answerTo(signed) === undefined]).toEqual([text, false]);
  }
  group.run(5000);
  for (const name of ['r2', 'r3', 'r4']) expect(group.server(name).service.applied).toEqual(group.history());
  expect(group.audit.contradictions).toEqual([]);
}

test('It is left for what others have, when nothing comes of it', () => {
  const { group, comeBack } = keptBack();
  comeBack();
  for (let ms = 0; ms < 20_000 && group.server('r4').saw('snapshotFetching').length === 0; ms += 10) group.run(10);
  expect(group.server('r4').saw('snapshotFetching')).toMatchObject([{ sequence: 40, source: 'r1' }]);
  group.crash('r1');
  isAllThere(group);
  expect(group.server('r4').saw('snapshotInstalled')).toEqual([]);
});

/** Of what r1 once had as stable: the offer to whoever fetches, and so many chunks of it, one in a tenth of a second. */
function givesLittle(group: Group, offer: StableSnapshot, file: Uint8Array, most: number): void {
  let next = 0;
  const give = (index: number, chunkBytes: number): void => {
    const place = group.server('r4').replica['pbft'].transfer?.snapshot?.held ?? most;
    if (place >= most) return;
    const bytes = file.slice(place * chunkBytes, (place + 1) * chunkBytes);
    const where = { snapshot: { index, era: 0 }, offset: place * chunkBytes, totalBytes: file.length };
    group.post('r1', 'r4', { kind: 'snapshotChunk', chunk: { ...where, bytes, checksum: crc32(bytes) } });
  };
  group.betray('r1', (from, message) => {
    if (from !== 'r4') return;
    if (message.kind === 'status') group.post('r1', 'r4', status({ executed: 50, stable: 50 }));
    if (message.kind === 'fetch') group.post('r1', 'r4', { kind: 'snapshotOffer', stable: offer });
    if (message.kind !== 'fetchChunk' || message.snapshot !== offer.manifest.sequence || next > group.now()) return;
    next = group.now() + 100;
    group.later(100, () => give(message.snapshot, message.chunkBytes));
  });
}

test('And when little comes of it: a source has its turn, and then another one has', () => {
  const { group, comeBack } = keptBack(1);
  const offer = group.server('r1').replica['pbft'].stableSnapshot!;
  givesLittle(group, offer, group.server('r1').disk.snapshots.get(40)!, Infinity);
  comeBack();
  // It is heard before all others.
  group.post('r1', 'r4', status({ executed: 50, stable: 50 }));
  group.later(1, () =>
    group.post('r1', 'r4', { kind: 'checkpointProof', stable: group.server('r2').replica['pbft'].stable }),
  );
  group.run(1000);
  expect(group.server('r4').saw('snapshotFetching')).toMatchObject([{ sequence: 40, source: 'r1' }]);
  isAllThere(group);
});

test('Who has it gives it, whatever he would offer', () => {
  const { group } = keptBack();
  const { manifest } = group.server('r1').replica['pbft'].stableSnapshot!;
  group.network = () => true;
  group.post('r4', 'r2', { kind: 'fetchChunk', snapshot: 40, place: 0, chunkBytes: manifest.chunkBytes });
  group.run(20);
  const given = group
    .server('r2')
    .sent.flatMap(({ message }) => (message.kind === 'snapshotChunk' ? [message.chunk] : []));
  expect(given.map(({ snapshot, offset }) => [snapshot.index, offset])).toEqual([[40, 0]]);
});

/** How often r4, which was never there, begins the snapshot at 40; in each of its turns the traitor has another one begun, in whose place no other can be. */
function begun(more: object, textBytes: number, chunkMs: number): number {
  const group = new Group({ limits: { ...limits, ...more } });
  group.network = (from, to) => from !== 'r4' && to !== 'r4';
  const large = texts(52).map((text) => `${text} ${'x'.repeat(textBytes)}`);
  group.put(...large.slice(0, 22));
  group.run(1000);
  const [offer, file] = [
    group.server('r1').replica['pbft'].stableSnapshot!,
    group.server('r1').disk.snapshots.get(20)!,
  ];
  group.put(...large.slice(22));
  group.run(1000);
  givesLittle(group, offer, file, 1);
  group.network = (_from, _to, { kind }) => (kind === 'snapshotChunk' ? chunkMs : true);
  const began = group.now();
  const server = group.server('r4');
  while (server.saw('snapshotInstalled').length === 0 && group.now() < began + 600_000) group.run(1000);
  expect(server.saw('snapshotInstalled')).toMatchObject([{ sequence: 40 }]);
  return server.saw('snapshotFetching').filter(({ sequence }) => sequence === 40).length;
}

test('A snapshot that takes longer than a turn comes in a later one, though another source has what came of it forgotten', () => {
  const times = begun({ chunkBytes: 16, chunksInFlight: 1 }, 2500, 5);
  expect(times).toBeGreaterThan(1);
  expect(times).toBeLessThan(20);
});

test('And one that is more than a source gives at once comes in its turn: that it has to wait is no silence', () => {
  expect(begun({ chunkBytes: 4096, chunksInFlight: 8, transferBytes: 64 * 4096 }, 15_000, 1)).toBeLessThan(5);
});
