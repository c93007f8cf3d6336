import { crc32 } from 'node:zlib';
import type { SnapshotId } from '@synod/actor';

/*
 * A snapshot file, little-endian. Every version keeps the first 16 bytes, the header's size and what its checksum covers.
 *
 *   header  0 magic · 8 version u32 · 12 crc of the rest u32 · 16 index u48 · 22 era u48 · zeros up to 64
 *   pages   each: length u32, never 0 · crc u32 · bytes
 *   footer  0 u32 · pages u32 · crc of all before the footer u32 · crc of the footer's first 12 bytes u32
 */
export const snapshotHeaderBytes = 64;
export const pageHeaderBytes = 8;
export const footerBytes = 16;
export const snapshotVersion = 1;
/** Far above what a state machine may give; a larger length is damage. */
export const maxPageBytes = 1024 * 1024;
const magic = 'SYNODSNP';

export function snapshotName(snapshot: SnapshotId): string {
  return `${snapshot.index}-${snapshot.era}`;
}

export function encodeHeader(snapshot: SnapshotId): Buffer {
  const bytes = Buffer.alloc(snapshotHeaderBytes);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(snapshotVersion, 8);
  bytes.writeUIntLE(snapshot.index, 16, 6);
  bytes.writeUIntLE(snapshot.era, 22, 6);
  bytes.writeUInt32LE(headerChecksum(bytes), 12);
  return bytes;
}

/** Nothing is damaged: another release wrote it. */
export class UnknownVersion extends Error {}

/** Throws a readable error when the header is not that of this snapshot. */
export function checkHeader(bytes: Buffer, snapshot: SnapshotId): void {
  if (bytes.toString('latin1', 0, 8) !== magic) throw new Error('it is not a snapshot file');
  if (bytes.readUInt32LE(12) !== headerChecksum(bytes)) throw new Error('its header is damaged');
  const version = bytes.readUInt32LE(8);
  if (version !== snapshotVersion) {
    throw new UnknownVersion(
      `it has snapshot format version ${version}, this release reads version ${snapshotVersion}`,
    );
  }
  const index = bytes.readUIntLE(16, 6);
  const era = bytes.readUIntLE(22, 6);
  if (index !== snapshot.index || era !== snapshot.era) {
    throw new Error(`it holds snapshot ${index}-${era} instead of ${snapshotName(snapshot)}`);
  }
}

export function encodeFooter(pages: number, checksum: number): Buffer {
  const bytes = Buffer.alloc(footerBytes);
  bytes.writeUInt32LE(pages, 4);
  bytes.writeUInt32LE(checksum, 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 12)), 12);
  return bytes;
}

export function checkFooter(bytes: Buffer, pages: number, checksum: number): void {
  if (!encodeFooter(pages, checksum).equals(bytes)) throw new Error('its footer does not fit its pages');
}

function headerChecksum(header: Buffer): number {
  return crc32(header.subarray(16), crc32(header.subarray(0, 12)));
}
