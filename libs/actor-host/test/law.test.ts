import { MemoryJournal } from '@synod/actor-host/memory';
import { World, persist, saw, send } from './world.js';
import type { TestEffect } from './world.js';

/** A world whose disk finishes a sync only when it is told to. */
async function withSlowDisk(reactions: Record<string, readonly TestEffect[]>): Promise<World> {
  const journal = new MemoryJournal();
  return World.started({
    journal,
    react: (input) => (input.kind === 'receive' ? (reactions[input.message.text] ?? []) : []),
  });
}

describe('The law: a send leaves only when what it rests on is durable', () => {
  test('a send after a persist waits for the sync, one that rests on nothing does not', async () => {
    const world = await withSlowDisk({ a: [persist(1), send('vote', 1), send('heartbeat', 0)] });
    world.post('a');
    world.loop.settle();
    expect(world.told).toEqual(['heartbeat']);
    world.journal.completeSync();
    expect(world.told).toEqual(['heartbeat', 'vote']);
  });

  test('steps go on while a sync is under way, and one sync then covers many of them', async () => {
    const world = await withSlowDisk({
      a: [persist(1), send('ack 1', 1)],
      b: [persist(2), send('ack 2', 2)],
      c: [persist(3), send('ack 3', 3)],
    });
    world.post('a');
    world.loop.settle();
    world.post('b');
    world.loop.settle();
    world.post('c');
    world.loop.settle();
    world.journal.completeSync();
    expect(world.told).toEqual(['ack 1']);
    world.journal.completeSync();
    expect(world.told).toEqual(['ack 1', 'ack 2', 'ack 3']);
    world.loop.settle();
    expect(world.steps.filter((step) => step.startsWith('persisted'))).toEqual(['persisted 1', 'persisted 3']);
    expect(world.journal.statistics.syncs).toBe(2);
  });

  test('waiting sends keep their order', async () => {
    const world = await withSlowDisk({ a: [persist(1), persist(2), send('first', 2), send('second', 1)] });
    world.post('a');
    world.loop.settle();
    world.journal.completeSync();
    expect(world.told).toEqual(['first', 'second']);
  });

  test('the actor hears of its durability after its sends have left, and nothing of late completions', async () => {
    const world = await withSlowDisk({ a: [persist(1), persist(2), send('ack', 2)] });
    world.post('a');
    world.loop.settle();
    world.journal.onDurable(2, 0, 0);
    world.journal.onDurable(1, 0, 0);
    expect(world.told).toEqual(['ack']);
    world.loop.settle();
    expect(world.steps).toEqual(['receive a', 'persisted 2']);
    expect(world.log.of('durable')).toEqual(['2']);
  });

  test('a disk that reports durability within flush breaks nothing', async () => {
    const journal = new MemoryJournal();
    const flush = journal.flush.bind(journal);
    journal.flush = () => {
      flush();
      journal.completeSync();
    };
    const world = await World.started({
      journal,
      react: (input) => (input.kind === 'receive' ? [persist(1), send('ack', 1)] : [saw(input.kind)]),
    });
    world.post('a');
    world.loop.settle();
    expect(world.told).toEqual(['ack']);
    expect(world.steps).toEqual(['receive a', 'persisted 1']);
  });

  test('effects happen in the order of the list, events bear the stamp of their step', async () => {
    const world = await withSlowDisk({ a: [saw('x'), persist(1), saw('y'), send('s'), saw('z')] });
    world.loop.advance(7);
    world.log.lines.length = 0;
    world.post('a');
    world.loop.settle();
    expect(world.log.lines).toEqual([
      'received a from peer',
      'event x at 7',
      'persisting 1',
      'event y at 7',
      'sending s to peer',
      'event z at 7',
    ]);
  });
});

describe('A crash between any two effects', () => {
  const script: Record<string, readonly TestEffect[]> = {
    a: [send('entries 1'), persist(1), send('vote 1', 1)],
    b: [persist(2), send('ack 2', 2), send('entries 2')],
    c: [send('heartbeat'), persist(3), persist(4), send('ack 4', 4)],
  };
  /** What each promise rests on. */
  const grounds: Record<string, string> = { 'vote 1': 'record 1', 'ack 2': 'record 2', 'ack 4': 'record 4' };

  /** Runs the script; after `effects` calls of ports that the outside can see, the power is gone. */
  async function crashedAfter(effects: number): Promise<{ told: string[]; kept: string[]; cut: boolean }> {
    const world = await withSlowDisk(script);
    let left = effects;
    const powered = (): boolean => left-- > 0;
    const { journal, network } = world;
    const published: string[] = [];
    const post = network.post.bind(network);
    network.post = (parcel) => {
      if (parcel.from !== 'me') return post(parcel);
      if (powered()) published.push(Buffer.from(parcel.payload).toString());
    };
    const completeSync = journal.completeSync.bind(journal);
    journal.completeSync = () => void (powered() && completeSync());
    for (const message of ['a', 'b', 'c']) {
      world.post(message);
      world.loop.settle();
      if (message !== 'a') journal.completeSync();
    }
    journal.completeSync();
    const kept = journal.synced.map((frame) => Buffer.from(frame.payload).toString());
    return { told: published, kept, cut: left < 0 };
  }

  test('leaves no promise without its record, and records without gaps', async () => {
    let cuts = 0;
    for (let effects = 0; ; effects++) {
      const { told, kept, cut } = await crashedAfter(effects);
      for (const promise of told) {
        const ground = grounds[promise];
        if (ground !== undefined) expect(kept).toContain(ground);
      }
      expect(kept).toEqual(['record 1', 'record 2', 'record 3', 'record 4'].slice(0, kept.length));
      if (!cut) break;
      cuts++;
    }
    expect(cuts).toBeGreaterThan(6);
  });
});
