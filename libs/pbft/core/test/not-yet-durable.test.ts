import type { Message } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import type { Server } from './server.js';
import { batchOf, commit, digestOf, newView, prePrepare, viewChange } from './saying.js';

/** What is known and not on the disk yet, and what is on the disk and not known again yet. */

const small = { checkpointInterval: 5, logSize: 10 };
const snapshots = { ...small, snapshotAfterBatches: 20, chunkBytes: 256 };

const isAbout = (message: Message, above: number): boolean =>
  (message.kind === 'checkpoint' && message.signed.statement.sequence > above) ||
  (message.kind === 'checkpointProof' && message.stable.state.sequence > above);

const stableOf = (server: Server) =>
  (server.replica as unknown as { pbft: { stable: (Message & { kind: 'checkpointProof' })['stable'] } }).pbft.stable;

test('while its own snapshot is being restored a member forgets nothing of what follows it, though others prove a later checkpoint', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(24));
  group.network = (_from, to, message) => to !== 'r3' || !isAbout(message, 20);
  group.put(...texts(6, 'u'));
  group.run(50);
  expect(group.server('r3').state).toMatchObject({ lastExecuted: 30, lowWaterMark: 20, stableSnapshot: 20 });
  const stable = stableOf(group.server('r1'));
  expect(stable.state.sequence).toBe(30);
  const again = group.restart('r3');
  again.hear('r1', { kind: 'checkpointProof', stable });
  expect(again.state).toMatchObject({ lastExecuted: 0, lowWaterMark: 30 });
  group.crash('r1', 'r2', 'r4'); // nobody gives it anything
  group.run(100);
  expect(again.state).toMatchObject({ lastExecuted: 30 });
  expect(again.service.applied).toEqual([...texts(24), ...texts(6, 'u')]);
});

test('and neither while it executes again what led to where it was', () => {
  const group = new Group({ limits: { ...small, executeBytes: 1 } });
  group.network = (_from, to, message) => to !== 'r3' || !isAbout(message, 25);
  group.put(...texts(30));
  group.run(50);
  const stable = stableOf(group.server('r1'));
  group.crash(...group.names);
  const again = group.restart('r3');
  again.turnMs = 20;
  group.run(60);
  expect(again.state.lastExecuted).toBeLessThan(10);
  again.hear('r1', { kind: 'checkpointProof', stable });
  group.run(1000);
  expect(again.state).toMatchObject({ lowWaterMark: 30, lastExecuted: 30 });
});

describe('While a snapshot is being written', () => {
  const slowly = (...names: readonly string[]): Group => {
    const group = new Group({ limits: snapshots });
    for (const name of names) group.server(name).takeMs = 1500;
    return group;
  };

  test('no place of another one is left out: all members have the same ones, whoever is slow', () => {
    const group = slowly('r1', 'r2');
    group.put(...texts(65));
    group.run(5000);
    for (const server of group.live) {
      expect(server.saw('snapshotTaken').map(({ sequence }) => sequence)).toEqual([20, 40, 60]);
      expect(server.state).toMatchObject({ stableSnapshot: 60, lastExecuted: 65 });
    }
  });

  test.each([
    ['all are', [300, 300, 300, 300]],
    ['none is like another', [300, 360, 420, 480]],
  ])(
    'under a load that never pauses the one before becomes stable, and the journal is cut: %s slow',
    (_who, takeMs) => {
      const group = new Group({ limits: { ...snapshots, inFlightSmall: 1 } });
      for (const [place, server] of group.live.entries()) server.takeMs = takeMs[place]!;
      group.put(...texts(200));
      for (const server of group.live) {
        expect(server.saw('snapshotStable').length).toBeGreaterThanOrEqual(7);
        expect(server.cuts.length).toBeGreaterThanOrEqual(7);
        expect(server.disk.journal.length).toBeLessThan(250);
      }
    },
  );

  test('nobody blames the primary for what waits for it', () => {
    const group = slowly('r1', 'r2', 'r3', 'r4');
    for (const server of group.live) server.takeMs = 20_000;
    group.put(...texts(45));
    group.run(60_000);
    expect(group.live.flatMap((server) => server.saw('complained'))).toEqual([]);
    expect(group.live.map(({ state }) => state.view)).toEqual([0, 0, 0, 0]);
    group.betray('r1');
    group.put('but it is left when it is silent afterwards');
    expect(group.live.map(({ state }) => state.view)).toEqual([1, 1, 1]);
  });

  test.each([
    ['what a source gives meanwhile is taken when it is written', false],
    ['so is what one gives that repeats itself all the time', true],
  ])('%s', (_what, repeats) => {
    const group = new Group({ limits: snapshots });
    group.put(...texts(19));
    const server = group.server('r4');
    server.takeMs = 20_000;
    group.put(...texts(21, 'u')); // 40 is due, and waits for 20
    let said: readonly [string, Message & { kind: 'history' }] | undefined;
    group.network = (from, to, message) => {
      if (to !== 'r4') return true;
      if (message.kind === 'history' && message.batches.length > 0) said = [from, message];
      return !['prePrepare', 'prepare', 'commit'].includes(message.kind);
    };
    group.put(...texts(15, 'v'));
    const repeat = (): void => {
      if (said !== undefined)
        group.deliver(said[0], 'r4', { ...said[1], first: 36, batches: said[1].batches.slice(0, 1) });
      group.later(1, repeat);
    };
    if (repeats) {
      server.turnMs = 1; // letters that wait come before the end of the turn
      repeat();
    }
    group.run(60_000);
    expect(server.saw('snapshotTaken').map(({ sequence }) => sequence)).toEqual([20, 40]);
    expect(server.saw('transferEnded').at(-1)).toMatchObject({ executed: 55 });
    expect(server.saw('transferFailed')).toEqual([]);
    expect(server.service.applied).toEqual(group.history());
  });
});

test('a place that is due is passed over when the state is replaced by a later one', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(19));
  const server = group.server('r4');
  server.takeMs = 30_000;
  group.put(...texts(21, 'u')); // 40 is due, and waits for 20
  group.run(50);
  expect(server.state.lastExecuted).toBe(40);
  group.network = (from, to) => from !== 'r4' && to !== 'r4';
  group.put(...texts(80, 'v'));
  group.network = () => true;
  group.run(5000);
  expect(server.saw('snapshotInstalled')).toHaveLength(1);
  group.run(60_000);
  expect(server.saw('snapshotTaken')).toEqual([]);
  expect(server.service.applied).toEqual(group.history());
});

test('what is executed again is cut from the journal by no mark that comes meanwhile', () => {
  const group = new Group({ limits: { ...snapshots, executeBytes: 1 } });
  for (const server of group.live) server.takeMs = 2000;
  group.put(...texts(35));
  group.run(50);
  group.crash(...group.names);
  for (const name of group.names) group.restart(name).turnMs = 20;
  const { disk, state } = group.server('r3');
  expect(state).toMatchObject({ lowWaterMark: 35, stableSnapshot: 0, held: { slots: 0 } });
  for (let ms = 0; ms < 1000 && group.server('r3').state.stableSnapshot === 0; ms++) group.run(1);
  group.run(5);
  expect(group.server('r3').state).toMatchObject({ lastExecuted: 20, stableSnapshot: 20 });
  const accepted = disk.journal.flatMap(({ record }) => (record.kind === 'accepted' ? record.proposal.statement.sequence : [])); // prettier-ignore
  expect(accepted.slice(-15)).toEqual(Array.from({ length: 15 }, (_, place) => 21 + place));
  group.put('goes on');
  group.run(1000);
  expect(group.server('r3').cuts.map(({ through }) => through)).toEqual([20]);
});

test('a snapshot that rests on our own vote is offered when that is on the disk', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(19));
  const server = group.server('r3');
  // Of the others only r1’s vote is heard: with ours there are f + 1.
  group.network = (from, to, message) => to !== 'r3' || message.kind !== 'snapshot' || from === 'r1';
  server.syncMs = 50;
  group.ask('the 20th');
  for (let ms = 0; ms < 500 && server.saw('snapshotTaken').length === 0; ms++) group.run(1);
  group.run(5);
  const offers = () => server.sent.filter(({ message }) => message.kind === 'snapshotOffer');
  server.hear('r4', { kind: 'fetch', from: -5, through: 20, what: 'digests' });
  expect(offers()).toEqual([]);
  group.run(200);
  expect(offers()).toHaveLength(1);
});

test('who wakes up with a new view, and without the proof of the checkpoint that it begins at, accepts nothing in it that is before', () => {
  const group = new Group({ limits: { ...small, snapshotAfterBatches: 1000, inFlightSmall: 1 } });
  group.put(...texts(20));
  group.network = (_from, to, message) => to !== 'r3' || !isAbout(message, 20);
  group.put(...texts(10, 'u'));
  group.run(50);
  expect(group.server('r3').state).toMatchObject({ lowWaterMark: 20, lastExecuted: 30 });
  const later = stableOf(group.server('r1'));
  const earlier = stableOf(group.server('r3'));
  const [first, second, fourth] = [viewChange('r1', 1, [], earlier), viewChange('r2', 1, [], later), viewChange('r4', 1, [], earlier)]; // prettier-ignore
  const begin = newView(1, [first.signed, second.signed, fourth.signed], undefined, 'r2');
  group.crash('r1', 'r2', 'r4');
  // What r2 has said of a later view keeps its word for this one from being heard but as a part of the new view.
  group.server('r3').hear('r2', viewChange('r2', 2, [], earlier));
  group.server('r3').hear('r2', begin);
  for (const change of [first, fourth, second]) group.server('r3').hear(change.signed.signer, change);
  group.run(5);
  expect(group.server('r3').state).toMatchObject({ view: 1, active: true, lowWaterMark: 30 });
  const { disk } = group.server('r3');
  expect(disk.journal.slice(-2).map(({ record }) => record.kind)).toEqual(['newView', 'stable']);
  disk.journal.pop(); // the write was torn
  const again = group.restart('r3', disk);
  const evil = batchOf('evil');
  group.post('r2', 'r3', prePrepare(1, 21, evil, 'r2'));
  group.post('r2', 'r3', commit('r2', 1, 21, digestOf(evil)));
  group.run(50);
  expect(again.state).toMatchObject({ view: 1, active: true, lowWaterMark: 30 });
  expect(again.sent.filter(({ message }) => message.kind === 'prepare')).toEqual([]);
});
