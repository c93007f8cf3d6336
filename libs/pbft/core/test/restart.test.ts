import { contradiction } from '@synod/pbft-core';
import type { Message } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import {
  batchOf,
  commit,
  complaint,
  digestOf,
  newView,
  prePrepare,
  prepare,
  prepared,
  primaryOf,
  stableAt,
  status,
  viewChange,
} from './saying.js';
import { Disk } from './server.js';

const small = { checkpointInterval: 5, logSize: 10 };
const snapshots = { ...small, snapshotAfterBatches: 20, chunkBytes: 256 };
const [one, other] = [batchOf('one'), batchOf('other')];

describe('After a restart', () => {
  test('a member is what it was: view, checkpoint, log, state', () => {
    const group = new Group({ limits: snapshots });
    group.put(...texts(12));
    group.crash('r1');
    group.put(...texts(35, 'u'));
    group.run(100);
    const before = group.server('r3').state;
    const again = group.restart('r3');
    group.run(1);
    expect(again.state).toMatchObject({
      view: 1,
      active: true,
      lowWaterMark: before.lowWaterMark,
      stableSnapshot: 40,
      lastExecuted: before.lowWaterMark,
    });
    group.run(1000);
    expect(again.state).toMatchObject({
      lastExecuted: before.lastExecuted,
      history: before.history,
      stateHash: before.stateHash,
    });
    group.put('goes on');
    expect(again.service.applied).toEqual(group.history());
  });

  test('a backup prepares nothing else where it prepared something', () => {
    const lone = new Lone('r2');
    lone.hear(prePrepare(0, 1, one));
    lone.group.restart('r2');
    lone.hear(prePrepare(0, 1, other));
    const digests = lone.said('prepare').map(({ signed }) => signed.statement.digest);
    expect(new Set(digests)).toEqual(new Set([digestOf(one)]));
    expect(lone.server.saw('equivocation')).toHaveLength(1);
  });

  test('a proposal that was not on the disk was not prepared, so another one may be', () => {
    const lone = new Lone('r2');
    lone.server.syncMs = 50;
    lone.hear(prePrepare(0, 1, one));
    expect(lone.said('prepare')).toEqual([]);
    lone.group.restart('r2');
    lone.hear(prePrepare(0, 1, other));
    expect(lone.said('prepare').map(({ signed }) => signed.statement.digest)).toEqual([digestOf(other)]);
  });

  test('a primary gives no place away again', () => {
    const group = new Group();
    group.network = (from) => from === 'ann';
    group.ask('a');
    group.run(20);
    expect(group.server('r1').state.lastProposed).toBe(1);
    const again = group.restart('r1');
    group.network = () => true;
    group.put('b');
    expect(again.saw('proposed').map(({ sequence }) => sequence)).toEqual([2]);
    expect(group.history()).toEqual(['a', 'b']);
    expect(group.audit.contradictions).toEqual([]);
  });

  test('what an older view proposed takes no place of this one', () => {
    const lone = new Lone('r3');
    lone.hear(prePrepare(0, 1, one));
    const changes = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1));
    const signed = changes.map((each) => each.signed);
    lone.hear(...changes, newView(1, signed));
    const again = lone.group.restart('r3');
    lone.hear(prePrepare(1, 1, other));
    const votes = again.sent.flatMap(({ message }) => (message.kind === 'prepare' ? [message.signed.statement] : []));
    expect(votes).toMatchObject([{ view: 1, digest: digestOf(other) }]);
    expect(again.saw('equivocation')).toEqual([]);
  });

  test('nothing of a view that was given up is accepted', () => {
    const lone = new Lone('r3');
    lone.hear(viewChange('r2', 1), viewChange('r4', 1));
    expect(lone.server.state).toMatchObject({ view: 1, active: false });
    const again = lone.group.restart('r3');
    expect(again.state).toMatchObject({ view: 1, active: false });
    lone.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digestOf(one)));
    expect(lone.said('prepare')).toEqual([]);
  });

  test('who knows a batch by its digest only prepares it no sooner than before', () => {
    const lone = new Lone('r3');
    const certificate = prepared(0, 1, one, ['r2', 'r4']);
    const changes = [viewChange('r1', 1), viewChange('r2', 1, [certificate]), viewChange('r4', 1)];
    const signed = changes.map((each) => each.signed);
    lone.hear(...changes, newView(1, signed));
    expect(lone.server.state).toMatchObject({ view: 1, active: true });
    lone.group.restart('r3');
    lone.group.run(20);
    expect(lone.said('prepare')).toEqual([]);
    lone.group.post('r4', 'r3', { kind: 'missing', sequence: 1, batch: one });
    lone.group.run(3);
    expect(lone.said('prepare').map((each) => each.signed.statement)).toMatchObject([
      { view: 1, digest: digestOf(one) },
    ]);
  });

  test('a view change is the same as before, and shows what had prepared', () => {
    const lone = new Lone('r3');
    lone.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digestOf(one)));
    lone.group.restart('r3');
    lone.hear(viewChange('r2', 1), viewChange('r4', 1));
    expect(lone.said('viewChange')[0]!.signed.statement.prepared).toHaveLength(1);
    const [before] = lone.said('viewChange');
    const again = lone.group.restart('r3');
    lone.group.run(300);
    lone.group.post('r4', 'r3', status({}));
    lone.group.run(5);
    const [after] = again.sent.flatMap(({ message }) => (message.kind === 'viewChange' ? [message] : []));
    expect(Buffer.from(after!.signed.bytes).equals(Buffer.from(before!.signed.bytes))).toBe(true);
  });

  test('who executes a query again, and has another answer now, has not contradicted itself', () => {
    const group = new Group();
    group.put('a');
    const [before, after] = ['a page of an image', 'no image'].map((text) => Uint8Array.from(Buffer.from(text)));
    group.server('r2').service.query = () => before!;
    const request = group.request('page 1', 'ann', 'queries');
    for (const name of group.names) group.post('ann', name, request);
    group.run(200);
    group.restart('r2').service.query = () => after!;
    group.run(3000);
    const claims = group.told.flatMap(({ from, message }) =>
      from === 'r2' && message.kind === 'reply' && message.answer.kind === 'results' ? [message.answer.signed] : [],
    );
    expect(new Set(claims.map(({ statement }) => statement.root)).size).toBeGreaterThan(2);
    expect(claims.flatMap((one) => claims.filter((other) => contradiction(one, other) !== undefined))).toEqual([]);
  });

  test('votes that were on their way are given again, and count here', () => {
    const lone = new Lone('r2');
    lone.hear(prePrepare(0, 1, one), prepare('r3', 0, 1, digestOf(one)));
    lone.group.restart('r2');
    lone.hear(commit('r1', 0, 1, digestOf(one)), commit('r3', 0, 1, digestOf(one)));
    expect(lone.server.service.applied).toEqual(['one']);
    expect(lone.said('commit')).toHaveLength(1);
  });
});

describe('Who wakes up where a former life took part does not leave because others complain:', () => {
  const changes = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1));
  test.each([
    ['it accepted a proposal', 0, [prePrepare(0, 1, one)]],
    ['it heard of a checkpoint', 0, [{ kind: 'checkpointProof', stable: stableAt(5) } as const]],
    ['it entered a view', 1, [...changes, newView(1, changes.map(({ signed }) => signed))]], // prettier-ignore
  ])('%s', (_what, view, heard) => {
    const lone = new Lone('r3');
    lone.hear(...heard);
    const complaints = ['r1', 'r2', 'r4']
      .filter((name) => name !== primaryOf(view))
      .map((name) => complaint(name, view));
    const again = lone.group.restart('r3');
    expect(again.state).toMatchObject({ view, active: true });
    lone.hear(...complaints);
    expect(again.state.view).toBe(view);
  });
});

describe('A power cut of the whole group', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17])(
    '%i ms after a request loses nothing that its client was told',
    (ms) => {
      const group = new Group();
      for (const server of group.live) server.syncMs = 2;
      group.put('before');
      const request = group.ask('at the time');
      group.run(ms);
      const told = group.answerTo(request.signed) !== undefined;
      for (const name of group.names) group.restart(name);
      for (const server of group.live) server.syncMs = 2;
      group.put('after');
      expect(group.history()).toContain('before');
      if (told) expect(group.history()).toEqual(['before', 'at the time', 'after']);
      expect(group.audit.contradictions).toEqual([]);
    },
  );

  test('in the midst of a view change ends in one view', () => {
    for (let ms = 2000; ms < 2060; ms += 3) {
      const group = new Group();
      for (const server of group.live) server.syncMs = 2;
      group.put('before');
      group.crash('r1');
      group.ask('at the time');
      group.run(ms);
      for (const name of ['r2', 'r3', 'r4']) group.restart(name);
      group.put('after');
      expect(new Set(group.live.map(({ state }) => state.view)).size).toBe(1);
      expect(group.history()).toEqual(expect.arrayContaining(['before', 'at the time', 'after']));
      expect(group.audit.contradictions).toEqual([]);
    }
  });

  test('after snapshots finds all again', () => {
    const group = new Group({ limits: snapshots });
    group.put(...texts(60));
    group.run(100);
    for (const name of group.names) group.restart(name);
    group.put('after');
    group.run(500);
    for (const { service } of group.live) expect(service.applied).toEqual([...texts(60), 'after']);
  });
});

test('what prepared above the checkpoint is remembered, though a snapshot that reaches beyond it is stable', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(12));
  group.network = (_from, to, { kind }) => to !== 'r3' || (kind !== 'checkpoint' && kind !== 'checkpointProof');
  group.put(...texts(10, 'u'));
  group.run(100);
  expect(group.server('r3').state).toMatchObject({ lowWaterMark: 10, stableSnapshot: 20 });
  const again = group.restart('r3');
  group.crash('r1');
  group.ask('in another view');
  group.run(2500);
  const [change] = again.sent.flatMap(({ message }) => (message.kind === 'viewChange' ? [message] : []));
  const { stable, prepared } = change!.signed.statement;
  expect(stable.state.sequence).toBe(10);
  const sequences = prepared.map((each) => each.proposal.statement.sequence);
  expect(sequences.slice(0, 10)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
});

test('a journal that was cut still tells everything that is needed', () => {
  const group = new Group({ limits: snapshots });
  for (let round = 0; round < 6; round++) {
    group.put(...texts(23, `${round}.`));
    group.run(50);
    const name = group.names[round % 4]!;
    const again = group.restart(name);
    group.run(500);
    expect(again.service.applied).toEqual(group.history());
  }
  const records = group.live.map(({ disk }) => disk.journal.length);
  expect(Math.max(...records)).toBeLessThan(400);
});

test('a journal is cut when the mark is on the disk, and not when something before it is', () => {
  const group = new Group({ limits: snapshots });
  group.server('r2').syncMs = 20;
  for (let round = 0; round < 3; round++) {
    group.put(...texts(25, `${round}.`));
    group.run(500);
  }
  const { cuts } = group.server('r2');
  expect(cuts.map(({ through }) => through)).toEqual([20, 40, 60]);
  expect(cuts.every(({ hasMark }) => hasMark)).toBe(true);
});

test('a journal is not cut through a checkpoint whose proof is still on its way to the disk', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(12));
  const kept: Message[] = [];
  group.network = (_from, to, message) => {
    if (to !== 'r3' || (message.kind !== 'checkpoint' && message.kind !== 'checkpointProof')) return true;
    kept.push(message);
    return false;
  };
  group.put(...texts(7, 'u'));
  const server = group.server('r3');
  server.syncMs = 20;
  group.ask('the last one of the snapshot');
  for (let ms = 0; ms < 500 && server.state.stableSnapshot < 20; ms++) group.run(1);
  const hasMark = () => server.disk.journal.some(({ record }) => record.kind === 'snapshotMark');
  group.run(25); // the mark is being written, so that the proof comes after it
  expect(hasMark()).toBe(false);
  expect(server.state.lowWaterMark).toBe(10);
  for (const message of kept) server.hear('r1', message);
  expect(server.state.lowWaterMark).toBe(20);
  for (let ms = 0; ms < 500 && !hasMark(); ms++) group.run(1);
  group.crash('r3');
  const again = group.restart('r3');
  expect(again.state).toMatchObject({ lowWaterMark: 10, stableSnapshot: 20, held: { slots: 10 } });
  group.network = () => true;
  group.put('goes on');
  group.run(500);
  expect(again.service.applied).toEqual(group.history());
});

test('a snapshot that is gone from our own disk means that our data are set aside', () => {
  const group = new Group({ limits: snapshots });
  group.put(...texts(25));
  group.run(100);
  const { disk } = group.server('r2');
  disk.snapshots.clear();
  group.restart('r2', disk);
  expect(() => group.run(5)).toThrow('cannot be restored');
  expect(new Disk().journal).toEqual([]);
});
