import { Batch, checkpointDigest, extendHistory, zeroDigest } from '@synod/pbft-core';
import type { Command } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import {
  batchOf,
  checkpoint,
  commit,
  cryptography,
  digestOf,
  newView,
  prePrepare,
  prepare,
  prepared,
  stableAt,
  viewChange,
} from './saying.js';

/** What simulation found, each as a story of its own. */

const small = { checkpointInterval: 5, logSize: 10, inFlightSmall: 1, inFlight: 1 };
const snapshots = { ...small, snapshotAfterBatches: 20, chunkBytes: 256 };

interface Inside {
  readonly pbft: { transfer: object | undefined; executed: { readonly sequence: number }; stable: { state: { history: string } } }; // prettier-ignore
}

const insideOf = (group: Group, name: string): Inside['pbft'] => (group.server(name).replica as unknown as Inside).pbft;

test('what opens a session is answered the same when it is ordered twice', () => {
  const group = new Group();
  const statement: Command = {
    ...{ type: 'request', client: 'c', session: 0, sequence: 1, holds: 'operations' },
    batch: Uint8Array.from(Buffer.from('open')),
  };
  const batch = new Batch([cryptographyOf('ann').sign(statement)]);
  group.betray('r1');
  for (const sequence of [1, 2])
    for (const to of ['r2', 'r3', 'r4']) group.post('r1', to, prePrepare(0, sequence, batch, 'r1'));
  group.run(100);
  expect(group.server('r2').state.lastExecuted).toBe(2);
  const indexes = group.told.map(({ message }) => message.kind === 'reply' && message.answer.kind === 'results' && message.answer.index); // prettier-ignore
  expect(indexes).toEqual(Array.from({ length: 6 }, () => 1));
});

test('who skips a proposal by a snapshot does not wait for what was in it', () => {
  const group = new Group({ limits: snapshots });
  group.put('a');
  const query = group.request('q', 'ann', 'queries');
  // r4 hears what r1 proposes, and nothing more.
  group.network = (from, to, message) => to !== 'r4' || (from === 'r1' && message.kind === 'prePrepare');
  group.post('ann', 'r1', query);
  group.run(50);
  expect(group.server('r4').state.waitingRequests).toBe(1);
  group.network = (from, to) => from !== 'r4' && to !== 'r4';
  group.put(...texts(50, 'x'));
  group.network = () => true;
  group.put('b');
  group.run(3000);
  expect(group.server('r4').saw('snapshotInstalled')).toHaveLength(1);
  expect(group.server('r4').state).toMatchObject({ waitingRequests: 0, complaints: [] });
});

test('a transfer is over when what it was for has been executed otherwise', () => {
  const group = new Group({ limits: small });
  group.put(...texts(12, 'x'));
  const pbft = insideOf(group, 'r4');
  const { history } = pbft.stable.state;
  const nothing = { digests: [], proven: false, paused: false, asked: 0, snapshot: undefined };
  pbft.transfer = { source: 'r1', through: 5, history, first: 3, ...nothing };
  group.put('y');
  expect(group.server('r4').state).toMatchObject({ transfer: undefined, lastExecuted: 13 });
});

test('a snapshot that the log has overtaken takes nothing back', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(32, 'x'));
  const server = group.server('r4');
  const pbft = insideOf(group, 'r4');
  const manifest = { sequence: 20, position: 20, history: 'ab'.repeat(32), totalBytes: 3, chunkBytes: 256, chunks: ['cd'.repeat(32)] }; // prettier-ignore
  const snapshot = { stable: { manifest, votes: [] }, held: 0, asked: 1, writing: new Map([[77, 0]]) };
  pbft.transfer = { source: 'r1', through: 40, history: 'ab'.repeat(32), first: 33, digests: [], proven: false, paused: false, asked: 0, snapshot }; // prettier-ignore
  server.step({ kind: 'chunkWritten', id: 77, heldBytes: 3 });
  group.run(1000);
  expect(server.state).toMatchObject({ lastExecuted: 32, transfer: undefined });
  expect(server.service.applied).toEqual(group.history());
});

test('a snapshot that is taken while an older one is marked stays', () => {
  const group = new Group({ limits: { ...small, snapshotAfterBatches: 5 } });
  const server = group.server('r4');
  group.put(...texts(4, 'x'));
  server.syncMs = 60;
  // The others' word for the second one comes when the mark of the first is on disk.
  group.network = (_from, to, message) =>
    to !== 'r4' || message.kind !== 'snapshot' || message.signed.statement.sequence < 10;
  group.put(...texts(8, 'y'));
  group.run(300);
  server.syncMs = 0;
  group.network = () => true;
  group.run(1000);
  expect(server.state.stableSnapshot).toBe(10);
  expect([...server.disk.snapshots.keys()]).toEqual([10]);
  const again = group.restart('r4');
  group.put('z');
  group.run(1000);
  expect(again.state).toMatchObject({ standing: 'active', lastExecuted: 13 });
});

test('who was given another proposal than the others is shown theirs, and finds the primary out', () => {
  const group = new Group();
  group.betray('r1');
  const [a, b] = [batchOf('a'), batchOf('b')];
  for (const to of ['r2', 'r3']) {
    group.post('r1', to, prePrepare(0, 1, a, 'r1'));
    group.post('r1', to, commit('r1', 0, 1, digestOf(a)));
  }
  group.post('r1', 'r4', prePrepare(0, 1, b, 'r1'));
  // What r4 says of it is lost, or nobody would have to ask.
  group.network = (from, _to, message) => from !== 'r4' || message.kind !== 'prepare';
  group.run(50);
  expect(group.live.map(({ state }) => state.lastExecuted)).toEqual([1, 1, 0]);
  group.run(2000);
  expect(group.server('r4').saw('equivocation')[0]).toMatchObject({ by: 'r1' });
  group.network = () => true;
  group.run(6000);
  // In the next view what r4 was given has its turn.
  expect(group.live.map(({ service }) => service.applied)).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b']]); // prettier-ignore
});

test('what prepared here and leads to the stable checkpoint is executed, though nobody has it any more', () => {
  const group = new Group({ limits: small });
  const lost = new Set(['commit', 'history', 'missing']);
  group.network = (_from, to, message) => to !== 'r4' || !lost.has(message.kind);
  group.put(...texts(10, 'x'));
  group.run(1000);
  expect(group.server('r4').state).toMatchObject({ lowWaterMark: 10, lastExecuted: 10 });
  expect(group.server('r4').saw('transferBegan')).toEqual([]);
});

test('who lost its disk executes by transfer only: what is committed here would be a sign that its former life is over', () => {
  const lone = new Lone('r4', { limits: { checkpointInterval: 1, logSize: 2 } });
  const one = batchOf('one');
  const digest = digestOf(one);
  lone.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digest), prepare('r3', 0, 1, digest));
  Object.assign(insideOf(lone.group, 'r4'), { standing: 'recovering', floor: 4 });
  const history = extendHistory(cryptography, zeroDigest, 1, digest);
  const state = { sequence: 1, position: 1, history, state: 'any' };
  const votes = ['r1', 'r2', 'r3'].map((by) => checkpoint(by, 1, checkpointDigest(cryptography, state)).signed);
  lone.hear({ kind: 'checkpointProof', stable: { state, votes } });
  expect(lone.server.state).toMatchObject({ lowWaterMark: 1, lastExecuted: 0 });
  expect(lone.server.saw('transferBegan')).toHaveLength(1);
});

describe('What prepared here, and is not what leads to the stable checkpoint,', () => {
  const one = batchOf('one');
  const behind = (): Lone => {
    const lone = new Lone('r4', { limits: { checkpointInterval: 1, logSize: 2 } });
    lone.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digestOf(one)), prepare('r3', 0, 1, digestOf(one)));
    lone.hear({ kind: 'checkpointProof', stable: stableAt(1) });
    return lone;
  };

  test('is fetched from others', () => {
    const lone = behind();
    expect(lone.server.state).toMatchObject({ lowWaterMark: 1, lastExecuted: 0 });
    expect(lone.server.saw('transferBegan')).toHaveLength(1);
  });

  test('is not executed again after a restart: it never was', () => {
    const lone = behind();
    const again = lone.group.restart('r4');
    lone.group.run(10);
    expect(again.stopped).toBe(false);
    expect(again.state).toMatchObject({ lowWaterMark: 1, lastExecuted: 0 });
    expect(again.saw('transferBegan')).toHaveLength(1);
  });
});

test('what was executed in an earlier view is prepared in this one as well: who is behind needs our COMMIT', () => {
  const lone = new Lone('r4');
  const one = batchOf('one');
  const digest = digestOf(one);
  const others = ['r1', 'r2', 'r3'];
  lone.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digest), prepare('r3', 0, 1, digest));
  lone.hear(...others.map((by) => commit(by, 0, 1, digest)));
  const changes = others.map((by) => viewChange(by, 1, [prepared(0, 1, one)]));
  lone.hear(...changes);
  lone.hear(newView(1, changes.map(({ signed }) => signed))); // prettier-ignore
  lone.group.run(2000);
  expect(lone.server.state).toMatchObject({ view: 1, active: true, lastExecuted: 1 });
  expect(lone.said('status').at(-1)!.open).toMatchObject([{ sequence: 1, hasProposal: true }]);
  lone.hear(prepare('r1', 1, 1, digest));
  const views = lone.said('commit').map(({ signed }) => signed.statement.view);
  expect(views).toEqual([0, 1]);
});
