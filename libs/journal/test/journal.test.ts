import { MemoryDisk } from '../src/index.js';
import { entries, note, textOf, truncate, World } from './journal-world.js';

describe('a journal', () => {
  it('is empty and clean on an empty disk', () => {
    expect(World.open().result).toEqual({ tail: 'clean', empty: true });
  });

  it('reports tokens in order, once durable, and gives frames back after a restart', () => {
    const world = World.open();
    for (let token = 1; token <= 40; token++) world.append(token, entries(token, 1, 'x'.repeat(token * 5)));
    expect(world.durable).toEqual([]);
    world.disk.pump();
    expect(world.durable.at(-1)).toBe(40);
    expect(world.durable).toEqual([...world.durable].sort((a, b) => a - b));
    const again = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect(again.result).toEqual({ tail: 'clean', empty: false });
    expect(again.payloads).toHaveLength(40);
    expect(again.payloads[39]).toBe(`40+1 ${'x'.repeat(200)}`);
  });

  it('lets the event loop take turns while it recovers', () => {
    const world = World.open(undefined, { segmentBytes: 64 * 1024 });
    for (let token = 1; token <= 40; token++) world.append(token, entries(token, 1, 'x'));
    world.disk.pump();
    let now = 0;
    let turns = 0;
    // Each look at the clock finds half a millisecond gone.
    const later = (run: () => void): void => {
      turns++;
      world.disk.later(run);
    };
    const again = World.open(world.disk, { segmentBytes: 64 * 1024, pace: { now: () => (now += 0.5), later } });
    expect(again.result).toEqual({ tail: 'clean', empty: false });
    expect(again.payloads).toHaveLength(40);
    expect(turns).toBeGreaterThan(8);
  });

  it('gathers while a sync is under way: one sync for many frames', () => {
    const world = World.open();
    const before = world.journal.statistics.syncs;
    world.append(1, note('first'));
    for (let token = 2; token <= 10; token++) world.append(token, note('later'));
    world.disk.pump();
    expect(world.durable).toEqual([1, 10]);
    expect(world.journal.statistics.syncs - before).toBe(2);
  });

  it('asks the disk for no other syncs of a segment than those it counts', () => {
    const syncs: string[] = [];
    const sync = (path: string) => void syncs.push(path);
    const world = World.open(new MemoryDisk({ faults: { sync } }), { segmentBytes: 64 * 1024 });
    const [asked, counted] = [syncs.length, world.journal.statistics.syncs];
    for (let token = 1; token <= 20; token++) {
      world.append(token, note('x'));
      if (token % 4 === 0) world.disk.pump();
    }
    expect(world.durable.at(-1)).toBe(20);
    const segments = syncs.slice(asked).filter((path) => path === 'journal/0000000001.wal');
    expect(segments).toHaveLength(world.journal.statistics.syncs - counted);
    expect(segments).toHaveLength(10);
  });

  it('writes nothing before flush', () => {
    const world = World.open();
    world.journal.append(1, note('waits'));
    world.disk.pump();
    expect(world.durable).toEqual([]);
    world.journal.flush();
    world.disk.pump();
    expect(world.durable).toEqual([1]);
  });

  it('reads what is in memory at once and what is on disk later, in the order of the log', () => {
    const world = World.open(new MemoryDisk(), { recentBytes: 300 });
    for (let at = 1; at <= 30; at++) world.append(at, entries(at * 2 - 1, 2, `batch ${at}`));
    expect(world.read(59).map(textOf)).toEqual(['59+2 batch 30']);
    expect(world.read(1).map(textOf)).toHaveLength(30);
    expect(world.read(4, 7).map(textOf)).toEqual(['3+2 batch 2', '5+2 batch 3', '7+2 batch 4']);
    expect(world.read(4, 60, 1).map(textOf)).toEqual(['3+2 batch 2']);
    expect(world.read(61)).toEqual([]);
    const again = World.open(world.disk.kill());
    expect(again.read(1).map(textOf)).toHaveLength(30);
  });

  it('reads over the border between disk, memory and what is not written yet', () => {
    const world = World.open(new MemoryDisk(), { recentBytes: 300 });
    for (let at = 1; at <= 20; at++) world.append(at, entries(at, 1, 'x'.repeat(100)));
    world.disk.pump();
    for (let at = 21; at <= 40; at++) world.journal.append(at, entries(at, 1, 'y'.repeat(100)));
    let answer: readonly string[] = [];
    world.journal.read(1, 40, 1e6, (frames) => (answer = frames.map(textOf)));
    expect(answer).toEqual([]);
    world.disk.pump();
    expect(answer.map((text) => text.split('+')[0])).toEqual(Array.from({ length: 40 }, (_, at) => String(at + 1)));
    expect(world.failures).toEqual([]);
  });

  it('answers a read with nothing when its segments are cut and recycled while the disk works', () => {
    const world = World.open(new MemoryDisk(), { recentBytes: 0 });
    for (let at = 1; at <= 60; at++) world.append(at, entries(at, 1, 'x'.repeat(100)));
    world.disk.pump();
    let answer: readonly unknown[] | undefined;
    world.disk.faults = { read: () => 'fail' };
    world.journal.read(1, 60, 1e6, (frames) => (answer = frames));
    world.journal.cut(60, 60);
    world.disk.pump();
    expect([answer, world.failures]).toEqual([[], []]);
  });

  it('is never two empty segments ahead, however slow the sync of the first is', () => {
    const world = World.open();
    for (let at = 1; at <= 8; at++) world.append(at, entries(at, 1, 'x'.repeat(100)));
    world.disk.pump();
    world.append(9, entries(9, 1, 'rolls'.repeat(200)));
    const slow = 'sync journal/0000000002.wal';
    world.disk.pump(Infinity, (waiting) => waiting.findIndex((operation) => operation !== slow));
    const after = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => true }));
    expect([after.tail, after.payloads.length]).toEqual(['clean', 8]);
  });

  it('gives a frame larger than a segment a segment of its own', () => {
    const world = World.open();
    world.append(1, note('small'));
    world.append(2, entries(1, 1, 'y'.repeat(5000)));
    world.append(3, note('small again'));
    world.disk.pump();
    const again = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect(again.tail).toBe('clean');
    expect(again.frames.map((frame) => frame.payload.length)).toEqual([5, 5004, 11]);
  });

  it('reads nothing from a truncated place on, and marks the frame that the truncation cut into', () => {
    const world = World.open();
    world.append(1, entries(1, 4, 'a'));
    world.append(2, entries(5, 4, 'b'));
    world.append(3, truncate(3));
    expect(world.read(1)).toEqual([{ type: 2, payload: Buffer.from('1+4 a'), voidFrom: 3 }]);
    world.append(4, entries(3, 2, 'c'));
    for (const frames of [world.read(1), World.open(world.disk.kill()).read(1)]) {
      expect(frames.map((frame) => [textOf(frame), frame.voidFrom])).toEqual([
        ['1+4 a', 3],
        ['3+2 c', undefined],
      ]);
    }
  });

  it('cuts whole segments, recycles them, and stays flat under endless writes', () => {
    const world = World.open();
    const sizes = new Set<number>();
    for (let at = 1; at <= 600; at++) {
      world.append(at, entries(at, 1, 'z'.repeat(100)));
      world.disk.pump();
      if (at % 10 !== 0) continue;
      world.journal.cut(at - 5, at - 2);
      world.disk.pump();
      if (at > 100) sizes.add(world.journal.statistics.sizeBytes);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5 * 2048);
    expect(world.read(1)).toEqual([]);
    expect(world.read(596).map(textOf)).toHaveLength(5);
    const again = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect(again.tail).toBe('clean');
    expect(again.read(596).map(textOf)).toHaveLength(5);
    expect(again.payloads.length).toBeLessThan(60);
  });

  it('cuts nothing that is still named by keep', () => {
    const world = World.open();
    world.append(1, note('the vote'));
    for (let at = 2; at <= 60; at++) world.append(at, entries(at, 1, 'z'.repeat(100)));
    world.disk.pump();
    world.journal.cut(60, 1);
    world.disk.pump();
    expect(World.open(world.disk.kill()).payloads[0]).toBe('the vote');
  });

  it('goes on after restarts, frame after frame', () => {
    let world = World.open();
    for (let at = 1; at <= 30; at++) {
      world.append(at, entries(at, 1, `life ${at}`));
      world.disk.pump();
      world = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => false }));
      expect(world.tail).toBe('clean');
      expect(world.payloads).toHaveLength(at);
    }
  });

  it('closes when all that was flushed is durable', async () => {
    const world = World.open();
    world.append(1, note('a'));
    world.append(2, note('b'));
    const closed = world.journal.close();
    world.disk.pump();
    await closed;
    expect(world.durable).toEqual([1, 2]);
  });
});
