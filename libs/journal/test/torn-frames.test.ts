import { crc32 } from 'node:zlib';
import { frameHeaderBytes, readHeader, writeFrame } from '../src/frame.js';
import { sectorBytes } from '../src/index.js';
import type { MemoryDisk } from '../src/index.js';
import { entries, World } from './journal-world.js';

/*
 * A frame that was never durable, and so never acknowledged, of which a power cut lets some sectors reach the disk: whatever a client has
 * written in it, the tail is torn at most. Taken for damage, it would cost the replica its state, and a group all of them at once.
 */

const segmentBytes = 64 * 1024;

/** Every prefix of sectors, and every single one missing. */
function tailsOf(value: Buffer): readonly string[] {
  const sectors = Math.ceil((value.length + frameHeaderBytes + 1024) / sectorBytes);
  const kept = (n: number) => [(sector: number) => sector < n, (sector: number) => sector !== n];
  return Array.from({ length: sectors + 1 }, (_, n) => kept(n)).flatMap((ways) =>
    ways.map((keeps) => {
      const world = World.open(undefined, { segmentBytes });
      world.append(1, entries(1, 1, 'first, acknowledged'));
      world.disk.pump();
      expect(world.durable).toEqual([1]);
      world.append(2, { type: 2, payload: [value], log: { first: 2, count: 1 } });
      const keepsSector = (_path: string, _write: number, sector: number) => keeps(sector);
      const crashed = (world.disk as MemoryDisk).crash({ keepsSector, keepsName: () => true });
      return World.open(crashed, { segmentBytes }).tail!;
    }),
  );
}

const ordinary = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, i) => 1 + ((i * 7919) % 251)));
const zeros = (bytes: number) => Buffer.alloc(bytes);

test.each([
  ['of ordinary bytes', ordinary(4000)],
  ['with zeros in the middle', Buffer.concat([ordinary(1000), zeros(1536), ordinary(1000)])],
  ['with zeros at its end', Buffer.concat([ordinary(1000), zeros(3000)])],
  ['of nothing but zeros', zeros(4000)],
  ['with zeros here and there', Buffer.concat([zeros(1100), ordinary(700), zeros(1200), ordinary(900)])],
])('a value %s', (_what, value) => {
  expect(tailsOf(value).filter((tail) => tail !== 'clean' && tail !== 'torn')).toEqual([]);
});

test('a value that holds what looks like a frame, which promises what is not there', () => {
  const forged = Buffer.alloc(64);
  writeFrame(forged, 0, { type: 2, payload: [] }, 0, 1, 7, 0, { segment: 1, position: 60_000 });
  const tails = tailsOf(Buffer.concat([ordinary(1000), forged.subarray(0, frameHeaderBytes), ordinary(3000)]));
  // One way is left: the sector of the real header is the only one that is lost.
  expect(tails.filter((tail) => tail === 'corrupt').length).toBeLessThanOrEqual(1);
});

test('a frame of a version that did not count its zero sectors says that it has some', () => {
  const frame = Buffer.alloc(8192);
  writeFrame(frame, 0, { type: 2, payload: [zeros(4000)] }, 0, 1, 1, 0, { segment: 1, position: 64 });
  expect(readHeader(frame, 0)!.zeroSectors).toBe(7);
  frame.writeUInt16LE(0, 42);
  frame.writeUInt32LE(crc32(frame.subarray(0, 52)), 52);
  expect(readHeader(frame, 0)!.zeroSectors).toBeUndefined();
});
