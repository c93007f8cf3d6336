import { MemoryDisk } from '../src/index.js';
import type { DiskFaults } from '../src/index.js';
import { entries, note, World } from './journal-world.js';

function faulty(faults: DiskFaults): World {
  const world = World.open();
  world.append(1, note('good'));
  world.disk.pump();
  world.disk.faults = faults;
  return world;
}

describe('a journal whose disk fails', () => {
  it.each<[string, DiskFaults, string]>([
    ['a write', { write: () => 'fail' }, 'cannot write journal/0000000001.wal: input/output error'],
    ['half a write', { write: () => 'half' }, 'cannot write journal/0000000001.wal: input/output error'],
    ['a sync that keeps its pages', { sync: () => 'kept' }, 'cannot sync journal/0000000001.wal: input/output error'],
    [
      'a sync that drops its pages',
      { sync: () => 'dropped' },
      'cannot sync journal/0000000001.wal: input/output error',
    ],
  ])('at %s reports it once, retries nothing and reports no token after', (_what, faults, message) => {
    let tries = 0;
    const counted: DiskFaults = {
      write: (...args) => (tries++, faults.write?.(...args)),
      sync: (path) => faults.sync?.(path),
    };
    const world = faulty(counted);
    world.append(2, note('lost'));
    world.append(3, note('never'));
    world.disk.pump();
    world.disk.faults = {};
    world.append(4, note('after'));
    world.disk.pump();
    expect(world.failures.map((error) => error.message)).toEqual([message]);
    expect(world.durable).toEqual([1]);
    expect(tries).toBe(1);
  });

  it('closes after a failure', async () => {
    const world = faulty({ sync: () => 'kept' });
    world.append(2, note('lost'));
    world.disk.pump();
    const closed = world.journal.close();
    world.disk.pump();
    await expect(closed).resolves.toBeUndefined();
  });

  it('makes durable anew what a failed sync left in the page cache only', () => {
    const world = faulty({ sync: () => 'dropped' });
    world.append(2, note('in the cache only'));
    world.disk.pump();
    const restarted = World.open(world.disk.kill({}));
    expect(restarted.payloads).toEqual(['good', 'in the cache only']);
    const afterPowerCut = World.open(restarted.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect(afterPowerCut.payloads).toEqual(['good', 'in the cache only']);
  });

  it('fails when a full disk leaves no room for the next segment, and only when that is needed', () => {
    const world = World.open(new MemoryDisk({ capacityBytes: 3 * 2048 }));
    for (let at = 1; at <= 12; at++) {
      world.append(at, entries(at, 1, 'x'.repeat(1100)));
      world.disk.pump();
    }
    expect(world.durable).toEqual([1, 2, 3]);
    expect(world.failures.map((error) => error.message)).toEqual([
      'cannot write journal/next.tmp: no space left on device',
    ]);
    const roomier = World.open(world.disk.kill({ capacityBytes: 1e6 }));
    expect([roomier.tail, roomier.frames.length]).toEqual(['clean', 3]);
  });

  it('goes on when room is made before the next segment is needed', () => {
    const world = World.open(new MemoryDisk({ capacityBytes: 3 * 2048 }));
    for (let at = 1; at <= 12; at++) {
      world.append(at, entries(at, 1, 'x'.repeat(1100)));
      world.disk.pump();
      world.journal.cut(at - 1, at);
      world.disk.pump();
    }
    expect(world.failures).toEqual([]);
    expect(world.durable).toHaveLength(12);
  });

  it('says at the start why it cannot begin', () => {
    expect(World.open(new MemoryDisk({ capacityBytes: 1000 })).tail).toBe(
      'cannot write journal/next.tmp: no space left on device',
    );
    expect(World.open(new MemoryDisk({ faults: { sync: () => 'kept' } })).tail).toContain('cannot sync');
    const disk = faulty({}).disk.kill({ faults: { read: () => 'fail' } });
    expect(World.open(disk).tail).toBe('cannot read journal/0000000001.wal: input/output error');
  });

  it('waits for a stalled sync and loses nothing', () => {
    const world = faulty({});
    world.append(2, note('waits'));
    for (let token = 3; token <= 2000; token++) world.append(token, note('gathers'));
    expect(world.durable).toEqual([1]);
    world.disk.pump();
    expect(world.durable).toEqual([1, 2, ...world.durable.slice(2)]);
    expect(world.durable.at(-1)).toBe(2000);
  });

  it('refuses options and frames that cannot be right', () => {
    expect(() => new World(new MemoryDisk(), { segmentBytes: 1000 })).toThrow('segmentBytes is 1000');
    expect(() => new World(new MemoryDisk(), { replica: '' })).toThrow('name "" has 0 bytes');
  });
});
