import { crc32 } from 'node:zlib';
import { frameHeaderBytes, readHeader, writeFrame } from '../src/frame.js';
import { sectorBytes } from '../src/index.js';
import type { JournalOptions, MemoryDisk } from '../src/index.js';
import { openMark, secretMark } from '../src/mark.js';
import type { Mark } from '../src/mark.js';
import { entries, World } from './journal-world.js';

/*
 * A frame that was never durable, and so never acknowledged, of which a power cut lets some sectors reach the disk: whatever a client has
 * written in it, the tail is torn at most. Taken for damage, it would cost the replica its state, and a group all of them at once.
 */

const segmentBytes = 64 * 1024;

/** Every prefix of sectors, and every single one missing. */
function tailsOf(value: Buffer, random?: JournalOptions['random']): readonly string[] {
  const options = { segmentBytes, ...(random && { random }) };
  const sectors = Math.ceil((value.length + frameHeaderBytes + 1024) / sectorBytes);
  const kept = (n: number) => [(sector: number) => sector < n, (sector: number) => sector !== n];
  return Array.from({ length: sectors + 1 }, (_, n) => kept(n)).flatMap((ways) =>
    ways.map((keeps) => {
      const world = World.open(undefined, options);
      world.append(1, entries(1, 1, 'first, acknowledged'));
      world.disk.pump();
      expect(world.durable).toEqual([1]);
      world.append(2, { type: 2, payload: [value], log: { first: 2, count: 1 } });
      // Up to the write itself: a segment with a secret may have to be made for it.
      while (!isWritten(world)) expect(world.disk.pump(1)).toBe(1);
      const keepsSector = (_path: string, _write: number, sector: number) => keeps(sector);
      const crashed = (world.disk as MemoryDisk).crash({ keepsSector, keepsName: () => true });
      return World.open(crashed, options).tail!;
    }),
  );
}

/** The second frame, which is longer than whatever else is written to a segment that has its name. */
function isWritten(world: World): boolean {
  return [...world.disk.unsynced].some(
    ([path, { unsynced }]) => path.endsWith('.wal') && unsynced.some(({ bytes }) => bytes.length > sectorBytes),
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
  expect(tailsOf(value).filter(isDamage)).toEqual([]);
});

const secret = Uint8Array.of(11, 22, 33, 44, 55, 66, 77, 88);
const random = () => secret;

/** What stands in a value and looks like a frame of segment 1 or 2 that promises what is not there. */
function forged(mark: Mark, segment: number): Buffer {
  const frame = Buffer.alloc(64);
  writeFrame(frame, 0, { type: 2, payload: [] }, 0, mark, 7, 0, { segment, position: 60_000 });
  return frame.subarray(0, frameHeaderBytes);
}

/** The four bytes that are searched for, and the segment's number where the other four belong. */
const halfGuessed: Mark = { ...secretMark(secret), second: 2 };

const fullOf = (...frames: readonly Buffer[]) => Buffer.concat([ordinary(1000), ...frames, ordinary(3000)]);
const isDamage = (tail: string) => tail !== 'clean' && tail !== 'torn';

test.each([
  ['as everybody may write one', fullOf(forged(openMark(1), 1), forged(openMark(2), 2))],
  ['with a secret that is guessed', fullOf(forged(openMark(2), 2), forged(secretMark(secret.with(7, 89)), 2))],
  ['with half of the secret', fullOf(forged(openMark(2), 2), forged(halfGuessed, 2))],
])('a value that holds what looks like a frame, which promises what is not there, %s', (_how, value) => {
  expect(tailsOf(value, random).filter(isDamage)).toEqual([]);
});

test('who knew the secret would have a torn write taken for damage', () => {
  const value = fullOf(forged(openMark(2), 2), forged(secretMark(secret), 2));
  expect(tailsOf(value, random).filter(isDamage)).toEqual(['corrupt']);
});

test('a frame of a version that did not count its zero sectors says that it has some', () => {
  const frame = Buffer.alloc(8192);
  writeFrame(frame, 0, { type: 2, payload: [zeros(4000)] }, 0, openMark(1), 1, 0, { segment: 1, position: 64 });
  expect(readHeader(frame, 0, openMark(1))!.zeroSectors).toBe(7);
  frame.writeUInt16LE(0, 42);
  frame.writeUInt32LE(crc32(frame.subarray(0, 52)), 52);
  expect(readHeader(frame, 0, openMark(1))!.zeroSectors).toBeUndefined();
});
