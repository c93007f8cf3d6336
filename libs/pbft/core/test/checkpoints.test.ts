import type { Message } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import {
  batchOf,
  checkpoint,
  commit,
  digestOf,
  newView,
  prePrepare,
  prepare,
  snapshot,
  stableAt,
  status,
  viewChange,
} from './saying.js';

const small = { checkpointInterval: 5, logSize: 10, inFlightSmall: 1, inFlight: 1 };
const lowsOf = (group: Group): readonly number[] => group.live.map(({ state }) => state.lowWaterMark);

describe('A checkpoint', () => {
  test('is taken at every K-th sequence and stable by a quorum; the log behind it goes', () => {
    const group = new Group({ limits: small });
    group.put(...texts(23));
    group.run(50);
    expect(lowsOf(group)).toEqual([20, 20, 20, 20]);
    for (const server of group.live) {
      expect(server.state).toMatchObject({ highWaterMark: 30, lastExecuted: 23, held: { slots: 3 } });
      expect(server.saw('checkpointTaken').map(({ sequence }) => sequence)).toEqual([5, 10, 15, 20]);
    }
  });

  test('has the same digest everywhere, and another one for every other history', () => {
    const group = new Group({ limits: small });
    group.put(...texts(5));
    const [digest, ...others] = group.live.map((server) => server.saw('checkpointTaken')[0]!.digest);
    expect(others).toEqual([digest, digest, digest]);
    const elsewhere = new Group({ limits: small });
    elsewhere.put('t1', 't2', 't4', 't3', 't5');
    expect(elsewhere.server('r1').saw('checkpointTaken')[0]!.digest).not.toBe(digest);
  });

  test('is stable without one that is silent, and not without two', () => {
    const group = new Group({ limits: small });
    group.network = (from, _to, message) => message.kind !== 'checkpoint' || from !== 'r4';
    group.put(...texts(5));
    group.run(20);
    expect(group.server('r1').state.lowWaterMark).toBe(5);
    const two = new Group({ limits: small });
    two.network = (_from, _to, message) => message.kind !== 'checkpoint' && message.kind !== 'checkpointProof';
    two.put(...texts(5));
    two.run(20);
    expect(lowsOf(two)).toEqual([0, 0, 0, 0]);
  });

  test('that is not stable stops the primary at the high water mark, until it is', () => {
    const group = new Group({ limits: small });
    group.network = (_from, _to, message) => message.kind !== 'checkpoint' && message.kind !== 'checkpointProof';
    group.put(...texts(10));
    group.ask('more');
    group.run(500);
    expect(group.server('r1').state.lastProposed).toBe(10);
    expect(group.history()).toHaveLength(10);
    group.network = () => true;
    group.run(500);
    expect(group.history()).toHaveLength(11);
    expect(lowsOf(group)).toEqual([10, 10, 10, 10]);
  });

  test('counts each member once, and nobody else', () => {
    const lone = new Lone('r2', { limits: small });
    const digest = 'ab'.repeat(32);
    for (const name of ['r3', 'r3', 'r9']) lone.hear(checkpoint(name, 5, digest));
    expect(lone.server.state.lowWaterMark).toBe(0);
    expect(lone.server.rejections()).toEqual(['r9: notAMember']);
  });

  test('that somebody proves is believed, whatever it was that made it so', () => {
    const lone = new Lone('r2', { limits: small });
    lone.group.post('r3', 'r2', { kind: 'checkpointProof', stable: stableAt(40, ['r1', 'r3']) });
    lone.group.run(3);
    expect(lone.server.state.lowWaterMark).toBe(0);
    expect(lone.server.rejections()).toEqual(['r3: tooFewVotes']);
    lone.group.post('r3', 'r2', { kind: 'checkpointProof', stable: stableAt(40, ['r1', 'r3', 'r4']) });
    lone.group.run(3);
    expect(lone.server.state).toMatchObject({ lowWaterMark: 40, highWaterMark: 50, lastExecuted: 0 });
    lone.hear(prePrepare(0, 41, batchOf('beyond')));
    expect(lone.said('prepare')).toHaveLength(1);
  });

  test('that contradicts what a quorum has means that our own state is wrong: it is set aside', () => {
    const group = new Group({ limits: small });
    group.put(...texts(4));
    // A bit of r4's memory flips.
    group.server('r4').service.applied[1] = 'flipped';
    (group.server('r4').service as unknown as { hash: () => string }).hash = () => 'other';
    expect(() => {
      group.put('t5');
      group.run(50);
    }).toThrow('not the one that a quorum agreed on');
  });

  test('that is proven otherwise than we have it means the same', () => {
    const lone = new Lone('r2', { limits: small });
    for (let sequence = 1; sequence <= 5; sequence++) {
      const batch = batchOf(`t${sequence}`);
      const digest = digestOf(batch);
      lone.hear(prePrepare(0, sequence, batch), prepare('r3', 0, sequence, digest));
      lone.hear(commit('r1', 0, sequence, digest), commit('r3', 0, sequence, digest));
    }
    expect(lone.server.saw('checkpointTaken')).toHaveLength(1);
    lone.group.post('r3', 'r2', { kind: 'checkpointProof', stable: stableAt(5, ['r1', 'r3', 'r4']) });
    expect(() => lone.group.run(3)).toThrow('not the one that a quorum agreed on');
  });

  test('and so does one that others prove while it is still to be executed here', () => {
    const lone = new Lone('r2', { limits: { ...small, executeBytes: 1 } });
    const digests = texts(5).map((text) => digestOf(batchOf(text)));
    for (const [place, digest] of digests.entries()) {
      const sequence = place + 1;
      lone.hear(prePrepare(0, sequence, batchOf(texts(5)[place]!)), prepare('r3', 0, sequence, digest));
      lone.hear(commit('r1', 0, sequence, digest));
      if (sequence > 1) lone.hear(commit('r3', 0, sequence, digest));
    }
    lone.server.hear('r3', commit('r3', 0, 1, digests[0]!));
    expect(lone.server.state.lastExecuted).toBeLessThan(5);
    lone.server.hear('r3', { kind: 'checkpointProof', stable: stableAt(5, ['r1', 'r3', 'r4']) });
    expect(lone.server.state.lowWaterMark).toBe(5);
    expect(() => lone.group.run(20)).toThrow('not the one that a quorum agreed on');
  });

  test('of which one member says two things proves it faulty, and stops nobody', () => {
    const group = new Group({ limits: small });
    group.betray('r4');
    for (const digest of ['ab'.repeat(32), 'cd'.repeat(32)]) group.post('r4', 'r1', checkpoint('r4', 5, digest));
    group.put(...texts(6));
    group.run(50);
    expect(group.server('r1').saw('equivocation')).toMatchObject([{ by: 'r4' }]);
    expect(lowsOf(group)).toEqual([5, 5, 5]);
  });
});

describe('What a member holds is bounded, whatever others send', () => {
  const digest = digestOf(batchOf('x'));
  const floods: readonly (readonly [string, (i: number) => Message])[] = [
    ['votes for all sequences and views', (i) => prepare('r4', i % 3, i, digest)],
    ['votes for views that are far away', (i) => prepare('r4', i + 1, 1 + (i % 100), digest)],
    ['checkpoints that are far away', (i) => checkpoint('r4', 50 * i, digest)],
    ['snapshots that are far away', (i) => snapshot('r4', 50 * i, digest)],
    ['proposals of its own', (i) => prePrepare(3, i, batchOf(`${i}`), 'r4')],
    ['view changes to view after view', (i) => viewChange('r4', i)],
    ['new views that wait for view changes which never come, with one that does', (i) => laterNewView(i)],
  ];
  /** View 3, 7, 11 … are r4's. */
  const laterNewView = (i: number): Message => {
    const view = 4 * Math.ceil(i / 2) - 1;
    const own = viewChange('r4', view);
    if (i % 2 === 0) return own;
    return newView(
      view,
      [viewChange('r1', view), viewChange('r2', view), own].map(({ signed }) => signed),
      [],
    );
  };

  test.each(floods)('%s', (_what, make) => {
    const lone = new Lone('r2');
    for (let i = 1; i <= 3000; i++) lone.group.post('r4', 'r2', make(i));
    lone.group.run(10);
    const { slots, earlyVotes, viewChanges, newViews } = lone.server.state.held;
    expect(newViews).toBeLessThanOrEqual(1);
    // Nothing was turned away for its form: it is the bounds that hold.
    expect(lone.server.rejections().filter((each) => each !== 'r4: prepareOfPrimary')).toEqual([]);
    expect(slots).toBeLessThanOrEqual(100);
    expect(earlyVotes).toBeLessThanOrEqual(200);
    expect(viewChanges).toBeLessThanOrEqual(4);
    // Of each member's votes for states a few, the latest: those can still matter.
    const { checkpointVotes, snapshotVotes } = lone.server.replica['pbft'];
    const kept = [...checkpointVotes.values(), ...snapshotVotes.values()].flat();
    expect(kept.length).toBeLessThanOrEqual(4);
    for (const { statement } of kept) expect(statement.sequence).toBeGreaterThan(50 * 2990);
  });

  test('a status asks, and is answered once in half a period', () => {
    const group = new Group();
    group.put(...texts(3));
    group.betray('r4');
    const asks = status({
      open: [1, 2, 3].map((sequence) => ({ sequence, hasProposal: false, prepares: [], commits: [] })),
    });
    const before = group.server('r1').sent.length;
    for (let i = 0; i < 1000; i++) group.post('r4', 'r1', asks);
    group.run(10);
    const answers = group
      .server('r1')
      .sent.slice(before)
      .filter(({ to }) => to === 'r4');
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.length).toBeLessThan(10);
  });
});
