import { Batch, messageLimits, nullBatch } from '@synod/pbft-core';
import type { History, Message } from '@synod/pbft-core';
import { propose } from '../src/normal-case.js';
import { Group, texts } from './group.js';
import { batchOf, checkpoint, stableAt } from './saying.js';

const small = { checkpointInterval: 5, logSize: 10, inFlightSmall: 1, inFlight: 1 };
const snapshots = { ...small, snapshotAfterBatches: 20, chunkBytes: 256 };

/** Cuts r4 off, lets the others go on, and heals. */
function leaveBehind(group: Group, count: number): void {
  group.network = (from, to) => from !== 'r4' && to !== 'r4';
  group.put(...texts(count, 'x'));
  group.run(100);
  group.network = () => true;
}

describe('Who is behind', () => {
  test('a little is sent what it lacks', () => {
    const group = new Group({ limits: small });
    group.put('a');
    leaveBehind(group, 3);
    group.run(1000);
    expect(group.server('r4').service.applied).toEqual(['a', 'x1', 'x2', 'x3']);
    expect(group.server('r4').saw('transferBegan')).toEqual([]);
  });

  test('a stable checkpoint fetches the batches, checks each, and takes part again', () => {
    const group = new Group({ limits: small });
    group.put('a');
    leaveBehind(group, 33);
    group.put('b');
    group.run(2000);
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.history()).toHaveLength(35);
    expect(group.server('r4').saw('transferEnded').length).toBeGreaterThan(0);
    expect(group.server('r4').saw('transferFailed')).toEqual([]);
    group.crash('r3');
    group.put('needs r4');
    expect(group.history().at(-1)).toBe('needs r4');
  });

  test('more null requests than one message may tell of fetches them in parts, and a traitor that is silent then stops nobody', () => {
    const group = new Group();
    group.network = (from, to) => from !== 'r4' && to !== 'r4';
    const { replica } = group.server('r1');
    while (replica['pbft'].lastProposed < 1100) {
      propose(replica['pbft'], nullBatch);
      group.server('r1').step({ kind: 'timeout', timer: 'reads' });
      group.run(5);
    }
    // A decoder takes no more (`wire/test/senders.test.ts`).
    group.network = (_from, _to, { kind, ...said }) => kind !== 'history' || (said as History).batches.length <= messageLimits.batches; // prettier-ignore
    group.run(3000);
    expect(group.server('r4').state.lastExecuted).toBe(1100);
    expect(group.server('r4').saw('transferFailed')).toEqual([]);
    group.betray('r1');
    group.put('needs r4');
    expect(group.server('r4').service.applied).toEqual(['needs r4']);
  }, 60_000);

  test('what the others keep gets the snapshot, and what was executed since', () => {
    const group = new Group({ limits: snapshots });
    group.put('a');
    leaveBehind(group, 50);
    expect(group.server('r1').state.stableSnapshot).toBe(40);
    group.put('b');
    group.run(3000);
    const sizeBytes = expect.any(Number) as number;
    const [fetched] = group.server('r4').saw('snapshotFetching');
    expect(fetched).toMatchObject({ sequence: 40, from: 2, sizeBytes, why: 'checkpointAhead' });
    expect(group.server('r4').saw('snapshotInstalled')).toEqual([
      { kind: 'snapshotInstalled', sequence: 40, sizeBytes: fetched!.sizeBytes },
    ]);
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.history()).toHaveLength(52);
    // It is answered as before for what was executed meanwhile.
    expect(group.server('r4').service.recall('ann', Buffer.from('x7'))).toBeDefined();
  });

  test('and a state so large that the digests of its chunks would fit no message gets larger chunks', () => {
    const group = new Group({ limits: { ...snapshots, chunkBytes: 8 } });
    group.put(...Array.from({ length: 10 }, (_, i) => `${i}`.padEnd(10_000, 'x')));
    leaveBehind(group, 50);
    group.put('b');
    group.run(5000);
    const [offer] = group.server('r1').sent.flatMap(({ message }) => (message.kind === 'snapshotOffer' ? [message.stable.manifest] : [])); // prettier-ignore
    expect(offer!.totalBytes).toBeGreaterThan(8 * messageLimits.chunks);
    expect(offer!.chunks.length).toBeLessThanOrEqual(messageLimits.chunks);
    expect(offer!.chunkBytes).toBe(8 * Math.ceil(offer!.totalBytes / (8 * messageLimits.chunks)));
    expect(group.server('r4').saw('snapshotInstalled')).toHaveLength(1);
    expect(group.server('r4').service.applied).toEqual(group.history());
  });

  test('and whose disk loses half of a snapshot fetches it anew', () => {
    const group = new Group({ limits: { ...snapshots, chunkBytes: 64, chunksInFlight: 2 } });
    leaveBehind(group, 50);
    const r4 = group.server('r4');
    while ((r4.disk.partial?.bytes.length ?? 0) < 256) group.run(1);
    r4.disk.partial = undefined;
    group.run(3000);
    expect(r4.saw('snapshotInstalled')).toHaveLength(1);
    expect(r4.service.applied).toEqual(group.history());
  });

  test('and comes to a checkpoint with another state than a quorum had there sets its own aside', () => {
    const group = new Group({ limits: small });
    leaveBehind(group, 30);
    expect(group.server('r1').state.lowWaterMark).toBe(30);
    group.network = (_from, to, { kind }) => to !== 'r4' || kind !== 'checkpoint';
    group.server('r4').service.hash = () => 'other';
    expect(() => group.run(3000)).toThrow('the state at 30 is not the one that a quorum agreed on');
  });

  test('does not blame the primary for what it has to fetch: it may have been executed long ago', () => {
    const group = new Group({ limits: small });
    leaveBehind(group, 30);
    group.network = (_from, to, { kind }) => to !== 'r4' || kind !== 'history';
    group.ask('meanwhile');
    group.run(5000);
    expect(group.server('r4').state).toMatchObject({ lastExecuted: 0, waitingRequests: 1, view: 0 });
    expect(group.server('r4').state.transfer).toBeDefined();
    expect(group.server('r4').saw('complained')).toEqual([]);
  });

  test('gets on while the group goes on', () => {
    const group = new Group({ limits: snapshots });
    leaveBehind(group, 45);
    group.put(...texts(60, 'y'));
    group.run(3000);
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.history()).toHaveLength(105);
  });

  test('catches up in the midst of view changes, and executes nothing twice', () => {
    const group = new Group({ limits: snapshots });
    leaveBehind(group, 45);
    group.crash('r1');
    group.put('in another view');
    group.run(3000);
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(new Set(group.history()).size).toBe(group.history().length);
    const sequences = group
      .server('r4')
      .saw('executed')
      .map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(new Set(sequences).size).toBe(sequences.length);
  });
});

describe('A source that lies is replaced, and what it says is not used', () => {
  type Lie = (message: Message) => Message | boolean;
  const lies: readonly (readonly [string, string, Lie])[] = [
    [
      'about the digests',
      'wrongHistory',
      (m) =>
        m.kind === 'history' && m.digests.length > 0 ? { ...m, digests: m.digests.map(() => 'ab'.repeat(32)) } : true,
    ],
    [
      'about a batch',
      'wrongBatch',
      (m) =>
        m.kind === 'history' && m.batches.length > 0 ? { ...m, batches: m.batches.map(() => batchOf('lie')) } : true,
    ],
    [
      'by leaving a request out',
      'wrongBatch',
      (m) =>
        m.kind === 'history' && m.batches.length > 0 ? { ...m, batches: m.batches.map(() => new Batch([])) } : true,
    ],
    ['by silence', 'silent', (m) => m.kind !== 'history'],
  ];

  test.each(lies)('%s (%s)', (_what, why, lie) => {
    const group = new Group({ limits: small });
    group.put('a');
    group.network = (from, to) => from !== 'r4' && to !== 'r4';
    group.put(...texts(33));
    group.run(100);
    // r1 and r2 are asked in turn; one of them lies.
    const liar = 'r1';
    group.network = (from, to, message) => (from === liar && to === 'r4' ? lie(message) : true);
    group.put('b');
    group.run(10_000);
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.server('r4').saw('transferFailed')).toContainEqual({
      ...{ kind: 'transferFailed', source: liar, why, next: expect.not.stringContaining(liar) },
    });
  });

  const chunkLies: readonly (readonly [string, string, Lie])[] = [
    [
      'about a chunk',
      'wrongChunk',
      (m) =>
        m.kind === 'snapshotChunk'
          ? { ...m, chunk: { ...m.chunk, bytes: m.chunk.bytes.map((byte) => byte ^ 1) } }
          : true,
    ],
    [
      'about the manifest',
      'wrongManifest',
      (m) =>
        m.kind === 'snapshotOffer'
          ? { ...m, stable: { ...m.stable, manifest: { ...m.stable.manifest, position: 99 } } }
          : true,
    ],
    [
      'about who vouches for the manifest',
      'wrongManifest',
      // f vouch for it; with one more it would be true.
      (m) => (m.kind === 'snapshotOffer' ? { ...m, stable: { ...m.stable, votes: m.stable.votes.slice(2) } } : true),
    ],
    [
      'about the checksum, so that the file would not take it',
      'silent',
      (m) => (m.kind === 'snapshotChunk' ? { ...m, chunk: { ...m.chunk, checksum: 0 } } : true),
    ],
    ['by sending no chunk', 'silent', (m) => m.kind !== 'snapshotChunk'],
  ];

  test.each(chunkLies)('%s (%s)', (_what, why, lie) => {
    const group = new Group({ limits: snapshots });
    group.put('a');
    group.network = (from, to) => from !== 'r4' && to !== 'r4';
    group.put(...texts(50));
    group.run(100);
    group.network = (from, to, message) => (from === 'r1' && to === 'r4' ? lie(message) : true);
    group.put('b');
    group.run(20_000);
    expect(group.server('r4').service.applied).toEqual(group.history());
    expect(group.server('r4').saw('transferFailed')).toContainEqual({
      ...{ kind: 'transferFailed', source: 'r1', why, next: 'r2' },
    });
  });

  test('with a chunk of another place', () => {
    const group = new Group({ limits: snapshots });
    group.put('a');
    group.network = (from, to) => from !== 'r4' && to !== 'r4';
    group.put(...texts(50));
    group.run(100);
    const seen: Message[] = [];
    group.network = (from, to, message) => {
      if (from !== 'r1' || to !== 'r4' || message.kind !== 'snapshotChunk') return true;
      seen.push(message);
      const [first] = seen;
      if (first?.kind !== 'snapshotChunk') return true;
      return { ...message, chunk: { ...first.chunk, offset: message.chunk.offset } };
    };
    group.put('b');
    group.run(20_000);
    expect(seen.length).toBeGreaterThan(1);
    expect(group.server('r4').service.applied).toEqual(group.history());
  });
});

describe('Snapshots', () => {
  test('are the same file at the same places everywhere, and the journal before them goes', () => {
    const group = new Group({ limits: snapshots });
    group.put(...texts(45));
    group.run(100);
    const digests = group.live.map((server) =>
      server.saw('snapshotTaken').map(({ sequence, digest }) => `${sequence} ${digest}`),
    );
    expect(digests.map((each) => each.length)).toEqual([2, 2, 2, 2]);
    expect(new Set(digests.map(String)).size).toBe(1);
    for (const { disk, state } of group.live) {
      expect(state.stableSnapshot).toBe(40);
      expect([...disk.snapshots.keys()]).toEqual([40]);
      const accepted = disk.journal.flatMap(({ record }) =>
        record.kind === 'accepted' ? [record.proposal.statement.sequence] : [],
      );
      expect(Math.min(...accepted)).toBeGreaterThan(40);
    }
  });

  test('of which a quorum has another one than we mean that ours is wrong: it is set aside', () => {
    const group = new Group({ limits: snapshots });
    group.put(...texts(15));
    const { service } = group.server('r4');
    const taken = service.snapshot.bind(service);
    service.snapshot = () => {
      const pages = [...{ [Symbol.iterator]: taken }];
      return [...pages, Uint8Array.of(32)][Symbol.iterator]();
    };
    expect(() => {
      group.put(...texts(10, 'y'));
      group.run(100);
    }).toThrow('not the one that a quorum has');
  });

  test('do not count for less than a quorum', () => {
    const group = new Group({ limits: snapshots });
    group.network = (from, _to, message) => message.kind !== 'snapshot' || from === 'r1';
    group.put(...texts(25));
    group.run(100);
    expect(group.live.map(({ state }) => state.stableSnapshot)).toEqual([0, 0, 0, 0]);
    group.network = () => true;
    group.run(1500);
    expect(group.live.map(({ state }) => state.stableSnapshot)).toEqual([20, 20, 20, 20]);
  });
});

test('a checkpoint that nobody can serve is not waited for: voting goes on above it', () => {
  const group = new Group({ limits: small });
  group.betray('r1');
  group.betray('r2');
  group.betray('r3');
  group.post('r1', 'r4', { kind: 'checkpointProof', stable: stableAt(40) });
  group.run(5000);
  expect(group.server('r4').state).toMatchObject({ lowWaterMark: 40, lastExecuted: 0 });
  expect(group.server('r4').saw('transferFailed').length).toBeGreaterThan(3);
  expect(
    new Set(
      group
        .server('r4')
        .saw('transferFailed')
        .map(({ source }) => source),
    ),
  ).toEqual(new Set(['r1', 'r2', 'r3']));
  expect(checkpoint('r1', 5, 'ab'.repeat(32)).kind).toBe('checkpoint');
});
