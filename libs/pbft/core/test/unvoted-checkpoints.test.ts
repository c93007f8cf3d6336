import { Group, texts } from './group.js';
import { Disk } from './server.js';

const limits = { checkpointInterval: 5, logSize: 10, snapshotAfterBatches: 5 };
const ofSnapshots = new Set(['snapshot', 'snapshotOffer', 'snapshotChunk', 'history']);
const ofCheckpoints = new Set(['checkpoint', 'checkpointProof']);

/** One fault at a time, and nobody lies: r4 loses its disk and is back, then r2 goes for good. */
test('who fetched a snapshot at the high water mark while it might not sign votes for the checkpoint when it may', () => {
  const group = new Group({ limits });
  group.crash('r4');
  const again = group.start('r4', new Disk());
  let [away, withoutCheckpoints, deafToR2] = [false, false, false];
  group.network = (from, to, { kind }) => {
    if (from === 'r2' && ofSnapshots.has(kind)) return false;
    if (withoutCheckpoints && (from === 'r2' || to === 'r2') && ofCheckpoints.has(kind)) return false;
    if (deafToR2 && from === 'r2' && to === 'r4') return false;
    return !away || (from !== 'r4' && to !== 'r4');
  };
  group.run(1000);
  expect(again.state).toMatchObject({ standing: 'recovering', floor: 20 });
  away = true;
  group.put(...texts(100));
  group.run(2000);
  withoutCheckpoints = true;
  const r1 = () => group.server('r1').state;
  for (let i = 0; r1().lastExecuted < r1().highWaterMark; i++) group.put(`u${i}`);
  group.run(3000);
  [away, deafToR2] = [false, true];
  group.run(5000);
  expect(again.state).toMatchObject({ standing: 'recovering', lastExecuted: r1().lastExecuted });
  expect(again.state.lowWaterMark).toBeLessThan(again.state.lastExecuted);
  deafToR2 = false;
  for (let i = 0; i < 200 && again.state.standing !== 'active'; i++) group.run(50);
  expect(again.state.standing).toBe('active');
  group.crash('r2');
  withoutCheckpoints = false;
  const { signed } = group.ask('beyond the high water mark');
  for (let minute = 0; minute < 5 && group.answerTo(signed) === undefined; minute++) group.run(60_000);
  expect(group.answerTo(signed)).toBeDefined();
  expect(group.audit.contradictions).toEqual([]);
});
