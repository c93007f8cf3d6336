import { crc32 } from 'node:zlib';
import type { DiskFile } from './disk.js';
import type { Place } from './frame.js';
import { isSecret, openMark, secretBytes, secretMark } from './mark.js';
import type { Mark } from './mark.js';

/** Whose journal it is. A journal of another replica or cluster is never continued: its votes are not ours. */
export interface Owner {
  readonly cluster: string;
  readonly replica: string;
}

/** One file of the journal. */
export interface Segment {
  readonly id: number;
  readonly file: DiskFile;
  readonly mark: Mark;
  /** Frames with tokens up to this one may be in it; 0 when all are from an earlier life. */
  lastToken: number;
}

export interface SegmentHeader {
  readonly id: number;
  /** The segment continues the journal there: what follows that place in older segments is damaged and void. */
  readonly continues: Place | undefined;
  /** Of its frames' mark; undefined in an open segment. */
  readonly secret: Uint8Array | undefined;
}

/*
 * Layout, little-endian; every version keeps the first 16 bytes, these 512 in all and what the checksum covers. How large segments are is
 * not in it: see `JournalOptions.segmentBytes`.
 *
 *   0 magic · 8 version u32 · 12 crc of the rest u32 · 16 segment u32 · 20 continues segment u32 (0: none)
 *   24 continues position u32 · 32 cluster, 64 bytes · 96 replica, 64 bytes (each: length u8, then UTF-8)
 *   160 secret, 8 bytes, none of them 0 (version 2)
 *
 * A segment is of version 1 as long as it needs no secret, so that a release that knows no other can go on with it.
 */
export const segmentHeaderBytes = 512;
const openVersion = 1;
const secretVersion = 2;
const secretAt = 160;
const magic = 'SYNODWAL';
const maxNameBytes = 63;

export function segmentName(id: number): string {
  return `${String(id).padStart(10, '0')}.wal`;
}

/** The number in a segment's file name; undefined for other files. */
export function segmentIdOf(name: string): number | undefined {
  return /^\d{10}\.wal$/.test(name) ? Number(name.slice(0, 10)) : undefined;
}

export function encodeSegmentHeader(owner: Owner, header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(segmentHeaderBytes);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(header.secret === undefined ? openVersion : secretVersion, 8);
  bytes.writeUInt32LE(header.id, 16);
  bytes.writeUInt32LE(header.continues?.segment ?? 0, 20);
  bytes.writeUInt32LE(header.continues?.position ?? 0, 24);
  writeName(bytes, 32, owner.cluster);
  writeName(bytes, 96, owner.replica);
  if (header.secret !== undefined) bytes.set(header.secret, secretAt);
  bytes.writeUInt32LE(checksumOf(bytes), 12);
  return bytes;
}

/** The header, or undefined when it is damaged. Throws a readable error when it is whole but not for us. */
export function decodeSegmentHeader(bytes: Buffer, path: string, id: number, owner: Owner): SegmentHeader | undefined {
  if (bytes.length < segmentHeaderBytes || bytes.toString('latin1', 0, 8) !== magic) return undefined;
  if (bytes.readUInt32LE(12) !== checksumOf(bytes)) return undefined;
  const version = bytes.readUInt32LE(8);
  if (version !== openVersion && version !== secretVersion) {
    throw new Error(
      `${path} has journal format version ${version}, this release reads versions ${openVersion} and ${secretVersion}: start the release that wrote it`,
    );
  }
  refuseForeign(path, 'cluster', readName(bytes, 32), owner.cluster);
  refuseForeign(path, 'replica', readName(bytes, 96), owner.replica);
  const continued = bytes.readUInt32LE(20);
  const continues = continued === 0 ? undefined : { segment: continued, position: bytes.readUInt32LE(24) };
  const secret = version === openVersion ? undefined : bytes.subarray(secretAt, secretAt + secretBytes);
  const isWhole = bytes.readUInt32LE(16) === id && (secret === undefined || isSecret(secret));
  return isWhole ? { id, continues, secret } : undefined;
}

/** Frames behind a damaged header count for nothing; they are looked at as if it were an open one. */
export function markOf(id: number, header: Pick<SegmentHeader, 'secret'> | undefined): Mark {
  return header?.secret === undefined ? openMark(id) : secretMark(header.secret);
}

function refuseForeign(path: string, what: string, found: string, ours: string): void {
  if (found === ours) return;
  throw new Error(
    `${path} belongs to ${what} "${found}", this is ${what} "${ours}": give each replica a data directory of its own`,
  );
}

function checksumOf(header: Buffer): number {
  return crc32(header.subarray(16, segmentHeaderBytes), crc32(header.subarray(0, 12)));
}

function writeName(bytes: Buffer, at: number, name: string): void {
  const length = Buffer.byteLength(name);
  if (length === 0 || length > maxNameBytes) {
    throw new RangeError(`name "${name}" has ${length} bytes, a cluster or replica name has 1 to ${maxNameBytes}`);
  }
  bytes[at] = length;
  bytes.write(name, at + 1);
}

function readName(bytes: Buffer, at: number): string {
  return bytes.toString('utf8', at + 1, at + 1 + Math.min(bytes[at]!, maxNameBytes));
}
