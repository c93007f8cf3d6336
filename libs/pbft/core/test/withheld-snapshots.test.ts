import { Group, texts } from './group.js';

const limits = { checkpointInterval: 5, logSize: 10, snapshotAfterBatches: 5 };

/** A traitor votes for everything but snapshots, while another member is away: no snapshot becomes stable. */
describe('While f members withhold their votes for snapshots', () => {
  test('what a member keeps is bounded, who was away catches up, and the traitor is not needed afterwards', () => {
    const group = new Group({ limits });
    let away = true;
    group.network = (from, to, { kind }) => {
      if (from === 'r2' && ['snapshot', 'snapshotOffer', 'snapshotChunk', 'history'].includes(kind)) return false;
      return !away || (from !== 'r4' && to !== 'r4');
    };
    group.put(...texts(100));
    const { tail } = group.server('r1').replica['pbft'];
    expect(tail.size).toBeLessThanOrEqual(4 * limits.snapshotAfterBatches);
    away = false;
    group.run(5000);
    expect(group.server('r4').service.applied).toEqual(group.history());
    group.crash('r2');
    group.put(...texts(30, 'u'));
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.audit.contradictions).toEqual([]);
  });

  test('and for checkpoints: the log is full until who was away is back, and then the group goes on', () => {
    const group = new Group({ limits });
    let away = true;
    // It does not hear of any either: what it signs would prove them.
    const kinds = new Set(['snapshot', 'checkpoint', 'checkpointProof', 'snapshotOffer', 'history']);
    group.network = (from, to, { kind }) => {
      if ((from === 'r2' || to === 'r2') && kinds.has(kind)) return false;
      return !away || (from !== 'r4' && to !== 'r4');
    };
    group.put(...texts(10));
    const waits = group.ask('beyond the high water mark');
    group.run(20_000);
    expect(group.server('r1').state).toMatchObject({ lowWaterMark: 0, lastExecuted: 10 });
    expect([...group.server('r1').replica['pbft'].log.all]).toHaveLength(10);
    away = false;
    group.run(20_000);
    expect(group.answerTo(waits.signed)).toBeDefined();
    group.put(...texts(30, 'u'));
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.audit.contradictions).toEqual([]);
  });

  test('and for checkpoints once the log is nearly full: who was away and got the snapshot at its end votes for it', () => {
    const group = new Group({ limits });
    const [snapshots, all] = [
      new Set(['snapshot', 'snapshotOffer', 'snapshotChunk', 'history']),
      new Set(['snapshot', 'checkpoint', 'checkpointProof', 'snapshotOffer', 'history']),
    ];
    let [away, withheld] = [true, snapshots];
    group.network = (from, to, { kind }) => {
      // As above; while it withholds snapshots only, it hears of everything.
      if ((from === 'r2' || (to === 'r2' && withheld === all)) && withheld.has(kind)) return false;
      return !away || (from !== 'r4' && to !== 'r4');
    };
    group.put(...texts(100));
    expect(group.server('r1').state).toMatchObject({ lowWaterMark: 100 });
    withheld = all;
    group.put(...texts(10, 'u'));
    expect(group.server('r1').state).toMatchObject({ lowWaterMark: 100, lastExecuted: 110 });
    const waits = group.ask('beyond the high water mark');
    group.run(20_000);
    away = false;
    group.run(20_000);
    expect(group.told.filter(({ from, message }) => from === 'r4' && message.kind === 'snapshot')).toEqual([]);
    expect(group.answerTo(waits.signed)).toBeDefined();
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.audit.contradictions).toEqual([]);
  });
});

test('All begin anew from a snapshot of which none knew yet that its checkpoint is stable: they vote for it again', () => {
  const group = new Group({ limits });
  group.network = (_from, _to, { kind }) => !['checkpoint', 'checkpointProof'].includes(kind);
  group.put(...texts(10));
  group.run(5000);
  for (const name of group.names) {
    expect(group.server(name).state).toMatchObject({ lowWaterMark: 0, lastExecuted: 10, stableSnapshot: 10 });
  }
  group.crash(...group.names);
  group.network = () => true;
  for (const name of group.names) group.restart(name);
  group.run(5000);
  group.put(...texts(30, 'u'));
  for (const name of group.names) expect(group.server(name).service.applied).toEqual(group.history());
  expect(group.audit.contradictions).toEqual([]);
});
