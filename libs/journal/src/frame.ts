import { crc32 } from 'node:zlib';
import type { Frame } from '@synod/actor-host';
import { sectorBytes } from './disk.js';
import type { Mark } from './mark.js';

/** A byte of the journal: segments are numbered from 1 and never reuse a number. */
export interface Place {
  readonly segment: number;
  readonly position: number;
}

export function isBefore(a: Place, b: Place): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.position < b.position);
}

/** What stands before a frame's payload. */
export interface FrameHeader {
  readonly bodyBytes: number;
  readonly bodyChecksum: number;
  /** Counts all frames of the journal, from 1; with the segment's mark it tells a frame of now from one of an old life. */
  readonly sequence: number;
  readonly type: number;
  readonly log: { readonly first: number; readonly count: number } | undefined;
  readonly truncateFrom: number | undefined;
  /** When the frame was written, everything before this place was durable. */
  readonly durable: Place;
  /**
   * So many of its sectors are all zeros by themselves: only more of them prove a torn write. Undefined when that is not known: too
   * many to be counted, or written by a version that did not count them.
   */
  readonly zeroSectors: number | undefined;
}

/*
 * Layout, little-endian, frames aligned to 8 bytes. The durable segment, never 0, stands in the last 8 bytes, so that
 * no half of a header that a sector's end divides is all zeros.
 *
 *   0 mark u32 · 4 body bytes u32 · 8 body crc u32 · 12 mark u32 · 16 sequence u48 · 22 group u16 · 24 type u8
 *   25 flags u8 · 26 first u48 · 32 count u32 · 36 truncateFrom u48 · 42 zero sectors u16 · 44 durable position u32
 *   48 durable segment u32 · 52 header crc u32 · 56 body
 */
export const frameHeaderBytes = 56;
const hasLog = 1;
const hasTruncate = 2;
const zeroSector = 4;
/** So many zero sectors, or more. */
const uncounted = 0xffff;

/** A frame of more is a mistake of the caller: messages, and so batches, are far smaller. */
export const maxBodyBytes = 256 * 1024 * 1024;

export function bodyBytesOf(frame: Frame): number {
  let bytes = 0;
  for (const part of frame.payload) bytes += part.length;
  return bytes;
}

/** What a frame with that body takes on disk. */
export function frameBytes(bodyBytes: number): number {
  return (frameHeaderBytes + bodyBytes + 7) & ~7;
}

/** Encodes a frame that will stand at `position` of its segment; returns where the next begins in `target`. */
export function writeFrame(
  target: Buffer,
  at: number,
  frame: Frame,
  position: number,
  mark: Mark,
  sequence: number,
  group: number,
  durable: Place,
): number {
  let end = at + frameHeaderBytes;
  for (const part of frame.payload) {
    target.set(part, end);
    end += part.length;
  }
  const bodyEnd = end;
  while ((end - at) % 8 !== 0) target[end++] = 0;
  target.writeUInt32LE(mark.first, at);
  target.writeUInt32LE(bodyEnd - at - frameHeaderBytes, at + 4);
  target.writeUInt32LE(crc32(target.subarray(at + frameHeaderBytes, bodyEnd)), at + 8);
  target.writeUInt32LE(mark.second, at + 12);
  target.writeUIntLE(sequence, at + 16, 6);
  target.writeUInt16LE(group, at + 22);
  target[at + 24] = frame.type;
  target.writeUIntLE(frame.log?.first ?? 0, at + 26, 6);
  target.writeUInt32LE(frame.log?.count ?? 0, at + 32);
  target.writeUIntLE(frame.truncateFrom ?? 0, at + 36, 6);
  const zeroSectors = countZeroSectors(target, at, end, position - at);
  target.writeUInt16LE(Math.min(zeroSectors, uncounted), at + 42);
  target.writeUInt32LE(durable.position, at + 44);
  target.writeUInt32LE(durable.segment, at + 48);
  target[at + 25] =
    (frame.log === undefined ? 0 : hasLog) |
    (frame.truncateFrom === undefined ? 0 : hasTruncate) |
    (zeroSectors > 0 ? zeroSector : 0);
  target.writeUInt32LE(crc32(target.subarray(at, at + 52)), at + 52);
  return end;
}

/** The header at `at` of a segment with this mark, or undefined when there is none or it is damaged. */
export function readHeader(bytes: Buffer, at: number, mark: Mark): FrameHeader | undefined {
  if (at + frameHeaderBytes > bytes.length || bytes.readUInt32LE(at) !== mark.first) return undefined;
  if (bytes.readUInt32LE(at + 12) !== mark.second) return undefined;
  if (crc32(bytes.subarray(at, at + 52)) !== bytes.readUInt32LE(at + 52)) return undefined;
  const flags = bytes[at + 25]!;
  return {
    bodyBytes: bytes.readUInt32LE(at + 4),
    bodyChecksum: bytes.readUInt32LE(at + 8),
    sequence: bytes.readUIntLE(at + 16, 6),
    type: bytes[at + 24]!,
    log: flags & hasLog ? { first: bytes.readUIntLE(at + 26, 6), count: bytes.readUInt32LE(at + 32) } : undefined,
    truncateFrom: flags & hasTruncate ? bytes.readUIntLE(at + 36, 6) : undefined,
    durable: { position: bytes.readUInt32LE(at + 44), segment: bytes.readUInt32LE(at + 48) },
    zeroSectors: zeroSectorsIn(flags, bytes.readUInt16LE(at + 42)),
  };
}

/** Versions that did not count them have the flag only. */
function zeroSectorsIn(flags: number, counted: number): number | undefined {
  if ((flags & zeroSector) === 0) return 0;
  return counted === 0 || counted === uncounted ? undefined : counted;
}

/** The body that belongs to a header at `at`; undefined when it is cut off or damaged. Not a copy. */
export function readBody(bytes: Buffer, at: number, header: FrameHeader): Buffer | undefined {
  const start = at + frameHeaderBytes;
  const end = start + header.bodyBytes;
  if (end > bytes.length) return undefined;
  const body = bytes.subarray(start, end);
  return crc32(body) === header.bodyChecksum ? body : undefined;
}

/**
 * How many of the pieces into which sectors divide `from`…`end` are all zeros. `shift` is what must be added to an
 * offset in `bytes` to get the position on disk.
 */
export function countZeroSectors(bytes: Buffer, from: number, end: number, shift = 0): number {
  let count = 0;
  for (let piece = from; piece < end; ) {
    const next = Math.min(end, piece + sectorBytes - ((piece + shift) % sectorBytes));
    if (isZero(bytes, piece, next)) count++;
    piece = next;
  }
  return count;
}

/** Compared in blocks: at recovery this looks at all of a segment that was never written. */
const zeros = new Uint8Array(64 * 1024);

export function isZero(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += zeros.length) {
    if (bytes[at] !== 0) return false;
    const length = Math.min(zeros.length, end - at);
    if (Buffer.compare(bytes.subarray(at, at + length), zeros.subarray(0, length)) !== 0) return false;
  }
  return true;
}
