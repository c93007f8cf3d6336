import { MemoryDisk } from '../src/index.js';
import { readHeader } from '../src/frame.js';
import { openMark } from '../src/mark.js';
import { entries, note, World } from './journal-world.js';

const nothing = { keepsSector: () => false, keepsName: () => false };
const segment = (id: number): string => `journal/000000000${id}.wal`;

/** Frames that were each durable before the next; 700 bytes make two a segment. The spare is there, too. */
function filled(count: number, bytes: number): World {
  const world = World.open();
  for (let at = 1; at <= count; at++) {
    world.append(at, entries(at, 1, 'a'.repeat(bytes)));
    world.disk.pump();
  }
  return world;
}

describe('what is gone without a witness among the frames that are left', () => {
  it('as a segment before an empty spare is corruption: numbers have no gaps', () => {
    const disk = filled(5, 700).disk.crash(nothing);
    expect(disk.paths).toEqual([1, 2, 3, 4].map(segment));
    disk.remove(segment(3), () => undefined);
    disk.syncDirectory('journal', () => undefined);
    disk.pump();
    const after = World.open(disk);
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 4]);
  });

  it('as what was cut off a file behind a frame is corruption: a segment is made in full length', () => {
    const disk = filled(2, 700).disk.crash(nothing);
    const bytes = disk.content(segment(1)).platter.get(0, 512 + 760);
    disk.create(segment(1), (file) => {
      if (file instanceof Error) throw file;
      file.write(bytes, 0);
      file.sync(() => undefined);
    });
    disk.syncDirectory('journal', () => undefined);
    disk.pump();
    const after = World.open(disk);
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 1]);
  });

  it('as the header of an empty spare is corruption: what is written behind it would not be found', () => {
    const disk = filled(2, 700).disk.crash(nothing);
    disk.flipBit(segment(2), 20);
    const after = World.open(disk);
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 2]);
  });

  it('as a sector of a frame that a later one calls durable, and be it the last but one, is corruption', () => {
    const world = World.open(undefined, { segmentBytes: 8192 });
    for (let at = 1; at <= 3; at++) {
      world.append(at, entries(at, 1, 'a'.repeat(1500)));
      world.disk.pump();
    }
    const disk = world.disk.crash(nothing);
    disk.misdirect(segment(1), 2560, new Uint8Array(512)); // the second sector of the second frame
    const after = World.open(disk, { segmentBytes: 8192 });
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 1]);
  });
});

describe('a journal whose segments are to be of another size', () => {
  const sizes = { small: { segmentBytes: 2048 }, large: { segmentBytes: 8192 } };
  function written(options: { readonly segmentBytes: number }): World {
    const world = World.open(undefined, options);
    for (let at = 1; at <= 9; at++) {
      world.append(at, entries(at, 1, 'a'.repeat(600)));
      world.disk.pump();
    }
    return world;
  }

  it('from now on a smaller one is read whole and goes on', () => {
    const world = World.open(written(sizes.large).disk.crash(nothing), sizes.small);
    expect([world.tail, world.frames.length]).toEqual(['clean', 9]);
    for (let at = 10; at <= 15; at++) {
      world.append(at, entries(at, 1, 'b'.repeat(600)));
      world.disk.pump();
    }
    const after = World.open(world.disk.crash(nothing), sizes.small);
    expect([after.tail, after.frames.length]).toEqual(['clean', 15]);
  });

  it('from now on a larger one is taken for one that was cut off: everything is read, and nothing relied on', () => {
    const after = World.open(written(sizes.small).disk.crash(nothing), sizes.large);
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 9]);
  });
});

describe('what a life that found damage leaves', () => {
  /** Damage in the last of five frames, and no spare: the next segment goes on behind the damage. */
  function hurt(): World {
    const disk = filled(5, 66).disk.crash(nothing);
    disk.remove(segment(2), () => undefined);
    disk.syncDirectory('journal', () => undefined);
    disk.flipBit(segment(1), 512 + 4 * 128 + 60);
    disk.pump();
    const world = World.open(disk);
    expect([world.tail, world.frames.length]).toEqual(['corrupt', 4]);
    world.append(1, note('recovering'));
    world.disk.pump();
    return world;
  }

  it('is corruption, though empty, when the damage is not there any more: it does not go on where the frames end', () => {
    const disk = hurt().disk.crash(nothing);
    disk.flipBit(segment(1), 512 + 4 * 128 + 60);
    disk.remove(segment(3), () => undefined);
    disk.syncDirectory('journal', () => undefined);
    disk.pump();
    disk.misdirect(segment(2), 512, new Uint8Array(2048 - 512));
    const after = World.open(disk);
    expect([after.tail, after.frames.length]).toEqual(['corrupt', 5]);
  });

  it('has numbers that no void frame has', () => {
    const { disk } = hurt();
    const sequenceAt = (id: number, at: number): number | undefined =>
      readHeader(Buffer.from(disk.content(segment(id)).platter.get(0, 2048)), at, openMark(id))?.sequence;
    expect([4, 5].map((frame) => sequenceAt(1, 512 + (frame - 1) * 128))).toEqual([4, 5]);
    expect(sequenceAt(2, 512)).toBe(6);
  });
});

it('a segment whose name only the page cache has when a life is killed has it on the disk before the next life uses it', () => {
  for (let completions = 0; completions < 40; completions++) {
    for (let more = 1; more <= 3; more++) {
      const killed = World.open();
      killed.append(1, entries(1, 1, 'a'.repeat(400)));
      killed.disk.pump(completions);
      const next = World.open(killed.disk.kill());
      const count = next.frames.length + more;
      for (let at = next.frames.length + 1; at <= count; at++) {
        next.append(at, entries(at, 1, 'b'.repeat(700)));
        // The power goes as soon as the last one is acknowledged.
        next.disk.pump(Infinity, () => (next.durable.includes(at) ? -1 : 0));
      }
      const after = World.open(next.disk.crash(nothing));
      expect([completions, more, after.tail, after.frames.length]).toEqual([completions, more, 'clean', count]);
    }
  }
});

describe('a journal', () => {
  it.each([
    ['cuts no segment of which a batch ends with the token to keep', 2, true],
    ['cuts a segment that ends before the token to keep', 3, false],
  ])('%s', (_what, keep, isThere) => {
    const world = World.open();
    world.journal.append(1, entries(1, 1, 'a'.repeat(600)));
    world.journal.append(2, note('of the same batch'));
    world.journal.flush();
    world.disk.pump();
    world.append(3, entries(2, 1, 'b'.repeat(1000)));
    world.disk.pump();
    world.journal.cut(1, keep);
    world.disk.pump();
    expect(World.open(world.disk.kill()).payloads.includes('of the same batch')).toBe(isThere);
  });

  it('answers a read up to a gap, as an installed snapshot leaves one', () => {
    const world = World.open();
    world.append(1, entries(1, 2, 'before'));
    world.append(2, entries(10, 1, 'behind'));
    world.disk.pump();
    expect(world.read(1)).toHaveLength(1);
    expect(world.read(10)).toHaveLength(1);
  });

  it('does not take a whole frame of another number for the one that it looks for', () => {
    const world = World.open(new MemoryDisk(), { recentBytes: 0 });
    for (let at = 1; at <= 5; at++) world.append(at, entries(at, 1, String(at).repeat(66)));
    world.disk.pump();
    const content = world.disk.content(segment(1));
    content.write(content.seen.get(512, 128), 512 + 128); // the first in the place of the second
    expect(world.read(2)).toEqual([]);
    expect(world.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining('0000000001.wal: damaged at byte 640, log positions from 2 are not readable'),
    ]);
  });
});
