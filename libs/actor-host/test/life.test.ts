import { InvariantViolation } from '@synod/actor';
import { MemoryJournal } from '@synod/actor-host/memory';
import { World, persist, saw, send, start } from './world.js';
import type { TestEffect, TestInput } from './world.js';

const stored = (text: string, type = 1) => ({ type, payload: Buffer.from(text) });
const on = (kind: TestInput['kind'], effects: readonly TestEffect[]) => (input: TestInput) =>
  input.kind === kind ? effects : [];

describe('Start', () => {
  test('records in order, then recovered, then it listens', async () => {
    const journal = new MemoryJournal(undefined, [stored('one'), stored('two')], 'torn');
    const world = new World({ journal, react: on('recovered', [start('election', 5), send('hello')]) });
    world.post('too early');
    world.loop.settle();
    await world.host.start();
    world.post('a');
    world.loop.advance(5);
    expect(world.steps).toEqual(['recover one', 'recover two', 'recovered', 'receive a', 'timeout election']);
    expect(world.inputs[2]).toMatchObject({ tail: 'torn', empty: false, incarnation: 1 });
    expect(world.told).toEqual(['hello']);
  });

  test('an incarnation is a whole number below 2^48', async () => {
    const world = new World();
    await world.host.start();
    const [recovered] = world.inputs;
    if (recovered?.kind !== 'recovered') throw new Error('not recovered');
    expect(recovered).toMatchObject({ empty: true });
    expect(Number.isInteger(recovered.incarnation) && recovered.incarnation < 2 ** 48).toBe(true);
  });

  test('a record that cannot be understood stops it, in words', async () => {
    const world = new World({ journal: new MemoryJournal(undefined, [stored('one'), stored('x', 9), stored('two')]) });
    await expect(world.host.start()).rejects.toThrow(
      'a journal record of type 9 cannot be understood: there is no record type 9',
    );
    world.loop.settle();
    expect(world.steps).toEqual(['recover one']);
    expect(world.failures).toEqual([]); // told by the rejection, once
  });

  test('an invariant that does not hold during recovery rejects, too', async () => {
    const world = new World({
      react: () => {
        throw new InvariantViolation('terms never decrease');
      },
    });
    await expect(world.host.start()).rejects.toThrow('terms never decrease');
  });

  test('a host starts once', async () => {
    const world = await World.started();
    await expect(world.host.start()).rejects.toThrow('once');
  });
});

describe('A failure stops the replica', () => {
  /** Holds a waiting send, a running timer and queued messages when the failure comes. */
  async function busyWorld(): Promise<{ world: World; journal: MemoryJournal }> {
    const journal = new MemoryJournal();
    const world = await World.started({
      journal,
      react(input) {
        if (input.kind === 'recovered') return [];
        if (input.kind !== 'receive') return [send('after the failure')];
        if (input.message.text === 'broken') throw new InvariantViolation('commit never decreases');
        return [persist(1), send('promise', 1), start('heartbeat', 10)];
      },
    });
    world.post('a');
    world.loop.settle();
    return { world, journal };
  }

  function expectSilence(world: World, journal: MemoryJournal, error: string): void {
    expect(world.loop.waiting).toBe(0);
    journal.completeSync();
    journal.onDurable(1, 0, 0);
    world.post('later');
    world.loop.advance(1000);
    expect(world.told).toEqual([]);
    expect(world.steps.slice(1)).not.toContain('receive later');
    expect(world.steps).not.toContain('timeout heartbeat');
    expect(world.failures.map(({ message }) => message)).toEqual([error]);
    expect(world.host.load()).toEqual({ letters: 0, waitingSends: 0 });
  }

  test('an invariant that does not hold: what waits is discarded, nothing leaves any more, it is told once', async () => {
    const { world, journal } = await busyWorld();
    world.post('broken');
    world.post('broken');
    world.loop.settle();
    expectSilence(world, journal, 'commit never decreases');
  });

  test('a journal that fails', async () => {
    const { world, journal } = await busyWorld();
    journal.fail(new Error('EIO: the disk is gone'));
    expectSilence(world, journal, 'EIO: the disk is gone');
  });

  test('in the middle of a step: no later effect of it happens', async () => {
    const world = await World.started({
      react: on('receive', [send('before'), persist(1), send('behind', 0), saw('behind')]),
    });
    world.journal.append = () => world.journal.fail(new Error('full'));
    world.post('a');
    world.loop.settle();
    expect(world.told).toEqual(['before']);
    expect(world.log.of('event')).toEqual([]);
    expect(world.failures).toHaveLength(1);
  });

  test('a record that our own codec cannot encode is our mistake, not a message to drop', async () => {
    const world = await World.started({
      react: on('receive', [send('before'), persist(1, 'unencodable'), send('behind', 0)]),
    });
    world.post('a');
    world.loop.settle();
    expect(world.told).toEqual(['before']);
    expect(world.failures.map(({ message }) => message)).toEqual(['unencodable']);
  });

  test('afterwards stop closes transport and journal at once', async () => {
    const { world, journal } = await busyWorld();
    const close = jest.spyOn(journal, 'close');
    journal.fail(new Error('gone'));
    await world.host.stop(10_000);
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('Stop', () => {
  test('the actor hands over, what was promised becomes durable and leaves, then all is closed', async () => {
    const journal = new MemoryJournal();
    const order: string[] = [];
    journal.close = async () => void order.push('journal closed');
    const world = await World.started({
      journal,
      react(input) {
        if (input.kind === 'stopping') return [send('take over')];
        if (input.kind === 'receive') return [persist(1), send('last promise', 1), { kind: 'stop' }];
        return [];
      },
    });
    const stopped = world.host.stop(1000).then(() => order.push('stopped'));
    world.loop.settle();
    expect(world.told).toEqual(['take over']);
    world.post('i lead');
    world.loop.settle();
    await Promise.resolve();
    expect(order).toEqual([]);
    journal.completeSync();
    world.loop.settle();
    await stopped;
    expect(world.told).toEqual(['take over', 'last promise']);
    expect(order).toEqual(['journal closed', 'stopped']);
    world.post('anybody there');
    world.loop.settle();
    expect(world.steps.at(-1)).toBe('persisted 1');
  });

  test('the deadline ends it when the actor cannot', async () => {
    const world = await World.started();
    const stopped = world.host.stop(500);
    world.loop.advance(499);
    expect(world.steps).toEqual(['stopping']);
    world.loop.advance(1);
    await stopped;
    expect(world.failures).toEqual([]);
  });

  test('asked twice it steps `stopping` once; asked before the start it only closes', async () => {
    const world = await World.started({ react: on('stopping', [{ kind: 'stop' }]) });
    const both = [world.host.stop(100), world.host.stop(100)];
    world.loop.settle();
    await Promise.all(both);
    expect(world.steps).toEqual(['stopping']);
    await new World().host.stop(100);
  });
});

describe('Effects that are answered', () => {
  const snapshot = { index: 7, era: 2 };

  test('readLog: the batches, through the codec', async () => {
    const entries = [1, 2, 3, 4].map((n) => persist(n, `entry ${n}`));
    const read: TestEffect = { kind: 'readLog', id: 5, from: 2, through: 3, maxBytes: 1000 };
    const world = await World.started({ react: on('receive', [...entries, read]) });
    world.post('a');
    world.loop.settle();
    expect(world.inputs.find(({ kind }) => kind === 'logRead')).toMatchObject({
      id: 5,
      batches: ['entry 2', 'entry 3'],
    });
  });

  test('readLog of what was cut is answered by nothing', async () => {
    const world = await World.started({
      react: on('receive', [{ kind: 'readLog', id: 1, from: 2, through: 3, maxBytes: 1000 }]),
    });
    world.post('a');
    world.loop.settle();
    expect(world.inputs.at(-1)).toMatchObject({ kind: 'logRead', id: 1, batches: [] });
  });

  test('takeSnapshot freezes the state as its step left it, although the next step changes it at once', async () => {
    let state = 0;
    const world = await World.started({
      react(input) {
        if (input.kind !== 'receive') return [];
        state++;
        return input.message.text === 'snapshot' ? [{ kind: 'takeSnapshot', id: 3, snapshot }] : [];
      },
      state: {
        snapshot: () => [Buffer.from(`state ${state}`)][Symbol.iterator](),
        restore: () => ({ page: () => undefined, finish: () => undefined }),
      },
    });
    world.post('a');
    world.post('snapshot');
    world.post('b');
    world.loop.settle();
    expect(Buffer.concat(world.snapshots.files.get(7)!).toString()).toBe('state 2');
    expect(world.inputs.at(-1)).toMatchObject({ kind: 'snapshotTaken', id: 3, snapshot });
  });

  test('a snapshot that cannot be written is a failure: the log would grow for ever', async () => {
    const world = await World.started({ react: on('receive', [{ kind: 'takeSnapshot', id: 3, snapshot }]) });
    world.snapshots.failure = new Error('ENOSPC');
    world.post('a');
    world.loop.settle();
    expect(world.failures.map(({ message }) => message)).toEqual(['cannot write the snapshot at position 7: ENOSPC']);
  });

  test('installSnapshot that fails is answered, and the replica goes on', async () => {
    const world = await World.started({ react: on('receive', [{ kind: 'installSnapshot', id: 4, snapshot }]) });
    world.post('a');
    world.loop.settle();
    expect(world.inputs.at(-1)).toMatchObject({
      ...{ kind: 'snapshotInstalled', id: 4, ok: false, why: expect.stringContaining('there is no snapshot') },
    });
    expect(world.failures).toEqual([]);
  });

  test('installSnapshot that fails for another reason than damage stops the replica', async () => {
    const world = await World.started({ react: on('receive', [{ kind: 'installSnapshot', id: 4, snapshot }]) });
    world.snapshots.failure = new Error('another release wrote it');
    world.post('a');
    world.loop.settle();
    expect(world.failures.map(({ message }) => message)).toEqual(['another release wrote it']);
    expect(world.inputs.at(-1)?.kind).not.toBe('snapshotInstalled');
  });

  test('a snapshot travels in chunks and replaces the state', async () => {
    const restored: string[] = [];
    let chunk: TestInput | undefined;
    const world = await World.started({
      state: {
        snapshot: () => [Buffer.from('page 1'), Buffer.from('page 2')][Symbol.iterator](),
        restore: () => ({
          page: (bytes) => void restored.push(Buffer.from(bytes).toString()),
          finish: () => void restored.push('finished'),
        }),
      },
      react(input) {
        if (input.kind === 'receive') return [{ kind: 'takeSnapshot', id: 1, snapshot }];
        if (input.kind === 'snapshotTaken') return [{ kind: 'readChunk', id: 2, snapshot, offset: 0, maxBytes: 1000 }];
        if (input.kind === 'chunkRead' && input.chunk) {
          chunk = input;
          return [{ kind: 'writeChunk', id: 3, chunk: input.chunk }];
        }
        return input.kind === 'chunkWritten' ? [{ kind: 'installSnapshot', id: 4, snapshot }] : [];
      },
    });
    world.post('a');
    world.loop.settle();
    if (chunk?.kind !== 'chunkRead') throw new Error('no chunk');
    expect(world.inputs.find(({ kind }) => kind === 'chunkWritten')).toMatchObject({
      id: 3,
      heldBytes: chunk.chunk?.totalBytes,
    });
    expect(world.inputs.at(-1)).toMatchObject({ kind: 'snapshotInstalled', id: 4, ok: true });
    expect(restored).toEqual(['page 1', 'page 2', 'finished']);
  });

  test('cut frees the journal and all snapshots but one', async () => {
    const world = await World.started({
      react(input) {
        if (input.kind === 'receive') return [1, 2, 3].map((n) => persist(n, `entry ${n}`));
        return input.kind === 'persisted' ? [{ kind: 'cut', through: 2, keep: 3, snapshot }] : [];
      },
    });
    world.snapshots.files.set(3, []).set(7, []);
    world.post('a');
    world.loop.settle();
    expect(world.journal.synced.map(({ token }) => token)).toEqual([3]);
    expect([...world.snapshots.files.keys()]).toEqual([7]);
  });
});

test('what an actor keeps of a message does not change when the receive buffer does', async () => {
  const kept: string[] = [];
  const world = await World.started({
    react: (input) => (input.kind === 'receive' ? [persist(1, input.message.text), saw(input.message.text)] : []),
  });
  world.post('precious');
  world.loop.settle();
  for (const input of world.inputs) if (input.kind === 'receive') kept.push(input.message.text);
  expect(kept).toEqual(['precious']);
  expect(Buffer.from(world.journal.synced[0]!.payload).toString()).toBe('precious');
});
