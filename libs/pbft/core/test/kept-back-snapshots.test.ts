import { Group, texts } from './group.js';

// A traitor votes for a snapshot and offers it, and gives none of it; nobody else would offer that one.

const limits = {
  ...{ checkpointInterval: 5, logSize: 10, snapshotAfterBatches: 20, chunkBytes: 256 },
  ...{ inFlight: 1, inFlightSmall: 1 },
};

/**
 * r4 was away, and has r1's offer of the snapshot at 40. It is not stable at r2 and r3, which heard nothing of r1's vote for it, and have all that
 * was executed since the one at 20. r1 is silent from then on.
 */
function offeredBack(): Group {
  const group = new Group({ limits });
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
  away = false;
  for (let ms = 0; ms < 20_000 && group.server('r4').saw('snapshotFetching').length === 0; ms += 10) group.run(10);
  expect(group.server('r4').saw('snapshotFetching')).toMatchObject([{ sequence: 40, source: 'r1' }]);
  group.crash('r1');
  return group;
}

function isAllThere(group: Group): void {
  const waits = texts(25, 'v').map((text) => group.ask(text));
  group.run(120_000);
  expect(waits.filter(({ signed }) => group.answerTo(signed) === undefined)).toEqual([]);
  for (const name of ['r2', 'r3', 'r4']) expect(group.server(name).service.applied).toEqual(group.history());
  expect(group.audit.contradictions).toEqual([]);
}

test('Who has it gives it, though he would offer another', () => {
  const group = offeredBack();
  group.run(5000);
  expect(group.server('r4').saw('snapshotInstalled')).toMatchObject([{ sequence: 40 }]);
  isAllThere(group);
});

test('And when nobody gives anything of it, it is left for what others have', () => {
  const group = offeredBack();
  group.network = (_from, _to, { kind }) => kind !== 'snapshotChunk';
  isAllThere(group);
  expect(group.server('r4').saw('snapshotInstalled')).toEqual([]);
});
