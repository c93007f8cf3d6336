import { MemoryDisk } from '../src/index.js';
import { writeFrame } from '../src/frame.js';
import { openMark } from '../src/mark.js';
import { entries, note, World } from './journal-world.js';

const first = 'journal/0000000001.wal';
const headers = 512;

/** Five frames, each synced on its own: one frame begins every 128 bytes. */
function five(): World {
  const world = World.open();
  for (let at = 1; at <= 5; at++) {
    world.append(at, entries(at, 1, String(at).repeat(66)));
    world.disk.pump();
  }
  return world;
}

describe('damage in what was durable', () => {
  it('is corruption at whichever bit it is, and frames before it are still given', () => {
    for (let position = headers; position < headers + 5 * 128; position++) {
      const disk = five().disk.kill();
      disk.flipBit(first, position, position % 8);
      const after = World.open(disk);
      const hit = Math.floor((position - headers) / 128);
      // Up to 7 bytes that fill a frame up to 8 are nobody's.
      const filling = (position - headers) % 128 >= 56 + 4 + 66;
      expect([position, after.tail, after.frames.length]).toEqual(
        filling ? [position, 'clean', 5] : [position, 'corrupt', hit],
      );
    }
  });

  it('changes nothing on the disk: the next start finds it again', () => {
    const disk = five().disk.kill();
    disk.flipBit(first, headers + 140);
    const once = World.open(disk);
    const twice = World.open(once.disk.kill());
    expect([once.tail, twice.tail, twice.frames.length]).toEqual(['corrupt', 'corrupt', 1]);
  });

  it('of a segment header is corruption', () => {
    const disk = five().disk.kill();
    disk.flipBit(first, 20);
    expect(World.open(disk).result).toEqual({ tail: 'corrupt', empty: false });
  });

  it('of the first segment header is gone around, too, by the next life', () => {
    const disk = five().disk.kill();
    disk.flipBit(first, 20);
    const hurt = World.open(disk);
    hurt.append(1, note('recovering'));
    hurt.disk.pump();
    expect(hurt.durable).toEqual([1]);
    const healed = World.open(hurt.disk.kill());
    expect([healed.tail, healed.payloads]).toEqual(['clean', ['recovering']]);
  });

  it('by a whole segment that is gone is corruption', () => {
    const world = World.open();
    for (let at = 1; at <= 60; at++) world.append(at, entries(at, 1, 'x'.repeat(100)));
    world.disk.pump();
    const disk = world.disk.kill();
    disk.remove('journal/0000000002.wal', () => undefined);
    disk.pump();
    expect(World.open(disk).tail).toBe('corrupt');
  });

  it('by a zeroed sector below a durable place is corruption, not a torn write', () => {
    const world = five();
    const disk = world.disk.kill();
    disk.content(first).write(new Uint8Array(512), 512);
    expect(World.open(disk).tail).toBe('corrupt');
  });

  it('by a misdirected write is corruption', () => {
    const disk = new MemoryDisk();
    const world = World.open(disk);
    world.append(1, note('one'));
    disk.pump();
    disk.faults = { write: () => 512 };
    world.append(2, note('two'));
    disk.pump();
    disk.faults = {};
    world.append(3, note('three'));
    disk.pump();
    const after = World.open(disk.kill());
    expect([after.tail, after.payloads]).toEqual(['corrupt', ['one']]);
  });

  it('is gone around by the next life once that has written: the void part is never read again', () => {
    const disk = five().disk.kill();
    disk.flipBit(first, headers + 2 * 128 + 60);
    const hurt = World.open(disk);
    hurt.append(1, note('recovering'));
    hurt.append(2, entries(3, 2, 'repaired'));
    hurt.disk.pump();
    expect(hurt.durable.at(-1)).toBe(2);
    const healed = World.open(hurt.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect(healed.tail).toBe('clean');
    expect(healed.payloads.slice(2)).toEqual(['recovering', '3+2 repaired']);
    for (let at = 5; at <= 40; at++) healed.append(at, entries(at, 1, 'on'.repeat(40)));
    healed.disk.pump();
    const later = World.open(healed.disk.kill());
    expect([later.tail, later.payloads.length]).toEqual(['clean', 40]);
  });

  it('is forgotten by a cut, wherever a crash stops that cut', () => {
    const world = World.open();
    for (let at = 1; at <= 60; at++) world.append(at, entries(at, 1, 'x'.repeat(100)));
    world.disk.pump();
    const disk = world.disk.kill();
    disk.flipBit(first, headers + 200);
    const hurt = World.open(disk);
    expect([hurt.tail, hurt.frames.length]).toEqual(['corrupt', 1]);
    hurt.append(1, note('recovering'));
    for (let at = 2; at <= 40; at++) hurt.append(at, entries(59 + at, 1, 'after'.repeat(20)));
    hurt.disk.pump();
    const healed = hurt.disk.kill();
    const seen = new Set<string>();
    for (let completions = 0, more = true; more; completions++) {
      const cutting = World.open(healed.crash({ keepsSector: () => true, keepsName: () => true }));
      cutting.append(1, note('mark'));
      cutting.disk.pump();
      cutting.journal.cut(98, 1);
      more = cutting.disk.pump(completions) === completions;
      const after = World.open(cutting.disk.crash({ keepsSector: () => false, keepsName: () => false }));
      expect([completions, after.tail, after.payloads.at(-1)]).toEqual([completions, 'clean', 'mark']);
      expect(after.payloads.filter((text) => text.startsWith('3+1'))).toEqual([]);
      seen.add(after.payloads[0]!);
    }
    expect([...seen].slice(0, 2)).toEqual([`1+1 ${'x'.repeat(100)}`, 'recovering']);
  });

  it('stays corruption when the next life dies before it has written', () => {
    let completions = 0;
    for (let durable = false; !durable; completions++) {
      const disk = five().disk.kill();
      disk.flipBit(first, headers + 2 * 128 + 60);
      const hurt = World.open(disk);
      hurt.append(1, note('recovering'));
      hurt.disk.pump(completions);
      durable = hurt.durable.length > 0;
      const after = World.open(hurt.disk.crash({ keepsSector: () => false, keepsName: () => true }));
      expect([completions, after.tail]).toEqual([completions, durable ? 'clean' : 'corrupt']);
    }
    expect(completions).toBeGreaterThan(5);
  });

  it('found while reading fails the journal once and answers with nothing', () => {
    const world = World.open(new MemoryDisk(), { recentBytes: 0 });
    for (let at = 1; at <= 5; at++) world.append(at, entries(at, 1, 'x'));
    world.disk.pump();
    world.disk.flipBit(first, headers + 60);
    expect(world.read(1)).toEqual([]);
    expect(world.failures.map((error) => error.message)).toEqual([
      expect.stringContaining('0000000001.wal: damaged at byte 512, log positions from 1 are not readable'),
    ]);
  });
});

describe('damage above what was durable', () => {
  function unsynced(payload: string): MemoryDisk {
    const world = World.open();
    world.append(1, note('durable'));
    world.disk.pump();
    world.append(2, note(payload));
    return world.disk;
  }

  it('with a sector of zeros is a torn write: cut off, and clean from then on', () => {
    const disk = unsynced('x'.repeat(1200));
    const after = World.open(
      disk.crash({ keepsSector: (_path, _write, sector) => sector !== 2, keepsName: () => true }),
    );
    expect([after.tail, after.payloads]).toEqual(['torn', ['durable']]);
    const next = World.open(after.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect([next.tail, next.payloads]).toEqual(['clean', ['durable']]);
  });

  it('without a sector of zeros cannot come from a crash: corruption', () => {
    const disk = unsynced('x'.repeat(1200)).kill();
    disk.flipBit(first, 1100);
    expect(World.open(disk).tail).toBe('corrupt');
  });

  it('in a frame that has zeros of its own proves nothing: corruption', () => {
    const disk = unsynced('x'.repeat(300) + '\0'.repeat(1000)).kill();
    disk.flipBit(first, 700);
    expect(World.open(disk).tail).toBe('corrupt');
  });
});

describe('a journal that is not ours', () => {
  it('is refused when it belongs to another replica or cluster', () => {
    expect(World.open(five().disk.kill(), { replica: 'r2' }).tail).toBe(
      'journal/0000000001.wal belongs to replica "r1", this is replica "r2": give each replica a data directory of its own',
    );
    expect(World.open(five().disk.kill(), { cluster: 'other' }).tail).toContain('belongs to cluster "test"');
  });

  it('is refused when a later release wrote it', () => {
    const disk = five().disk.kill();
    const header = Buffer.from(disk.content(first).seen.get(0, 512));
    header.writeUInt32LE(3, 8);
    const { crc32 } = jest.requireActual<typeof import('node:zlib')>('node:zlib');
    header.writeUInt32LE(crc32(header.subarray(16), crc32(header.subarray(0, 12))), 12);
    disk.content(first).write(header, 0);
    expect(World.open(disk).tail).toBe(
      'journal/0000000001.wal has journal format version 3, this release reads versions 1 and 2: start the release that wrote it',
    );
  });

  it('with a segment that belongs elsewhere is corruption', () => {
    const disk = five().disk.kill();
    const foreign = disk.content(first).seen.get(0, 2048);
    disk.content('journal/0000000002.wal').write(foreign, 0);
    expect(World.open(disk).tail).toBe('corrupt');
  });

  it('is not continued by a whole frame that belongs to another segment', () => {
    const disk = five().disk.kill();
    const stray = Buffer.alloc(128);
    writeFrame(stray, 0, note('stray'), headers + 5 * 128, openMark(2), 6, 0, { segment: 1, position: headers });
    disk.content(first).write(stray, headers + 5 * 128);
    const after = World.open(disk);
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 5]);
  });

  it('leaves files that it does not know alone', () => {
    const disk = five().disk.kill();
    disk.create('journal/README', () => undefined);
    disk.create('journal/next.tmp', () => undefined);
    disk.pump();
    const after = World.open(disk);
    expect(after.tail).toBe('clean');
    after.disk.list('journal', (names) => expect(names).toEqual(['0000000001.wal', '0000000002.wal', 'README']));
    after.disk.pump();
  });
});
