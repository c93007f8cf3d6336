import { crc32 } from 'node:zlib';
import { UnreadableRecording } from './bytes.js';
import type { Recorded } from './flight-recorder.js';

/*
 * A recording's file, little-endian. Every version keeps the first 20 bytes.
 *
 *   0 magic · 8 version u32 · 12 bytes of the header u32 · 16 crc of these 16 bytes and the header u32 · header · segments
 *
 * The header is JSON and tells each segment's length and checksum; a segment is what `segment.ts` writes.
 */
const magic = 'SYNODREC';
/** 1 told of a step's messages and records their kinds only, and not why a snapshot could not be restored; 2 tells both. */
export const recordingVersion = 2;
const preambleBytes = 20;
/** A header that is longer is damage. */
const headerMost = 4 * 1024 * 1024;

/** Who was recorded, and why it was written. */
export interface RecordingHeader {
  readonly protocol: string;
  /** The core's state is written as it is, so only the same release can go on from it. */
  readonly release: string;
  readonly cluster: string;
  readonly group: string;
  readonly replica: string;
  /** What was configured, for people. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly why: string;
}

export interface Recording {
  readonly header: RecordingHeader & { readonly stepsDropped: number };
  readonly segments: readonly Uint8Array[];
}

interface Place {
  readonly bytes: number;
  readonly crc: number;
}

/** The pieces of the file, in order. */
export function encodeRecording(header: RecordingHeader, { segments, stepsDropped }: Recorded): Uint8Array[] {
  const places = segments.map((pieces): Place => {
    const crc = pieces.reduce((sum, piece) => crc32(piece, sum), 0);
    return { bytes: pieces.reduce((sum, { length }) => sum + length, 0), crc };
  });
  const text = Buffer.from(JSON.stringify({ ...header, stepsDropped, segments: places }));
  const preamble = Buffer.alloc(preambleBytes);
  preamble.write(magic, 0, 'latin1');
  preamble.writeUInt32LE(recordingVersion, 8);
  preamble.writeUInt32LE(text.length, 12);
  preamble.writeUInt32LE(crc32(text, crc32(preamble.subarray(0, 16))), 16);
  return [preamble, text, ...segments.flat()];
}

/** Throws `UnreadableRecording` for anything that is not a whole and undamaged recording of this version. */
export function decodeRecording(bytes: Uint8Array): Recording {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < preambleBytes || file.toString('latin1', 0, 8) !== magic)
    throw new UnreadableRecording('it is not a recording');
  const version = file.readUInt32LE(8);
  if (version !== recordingVersion)
    throw new UnreadableRecording(`it is of format version ${version}; this release reads version ${recordingVersion}: replay it with the release that wrote it`); // prettier-ignore
  const { segments: places, ...header } = headerOf(file);
  let at = preambleBytes + file.readUInt32LE(12);
  const segments = places.map(({ bytes: length, crc }, i) => {
    const segment = file.subarray(at, at + length);
    at += length;
    if (segment.length < length) throw new UnreadableRecording(`it is cut off: of ${total(places)} recorded bytes ${total(places.slice(0, i)) + segment.length} are there`); // prettier-ignore
    if (crc32(segment) !== crc) throw new UnreadableRecording(`it is damaged between bytes ${at - length} and ${at}`);
    return segment;
  });
  if (at < file.length) throw new UnreadableRecording(`${file.length - at} bytes follow its end`);
  return { header, segments };
}

function total(places: readonly Place[]): number {
  return places.reduce((sum, { bytes }) => sum + bytes, 0);
}

function headerOf(file: Buffer): Recording['header'] & { readonly segments: readonly Place[] } {
  const length = file.readUInt32LE(12);
  const text = file.subarray(preambleBytes, preambleBytes + Math.min(length, headerMost));
  if (text.length < length) throw new UnreadableRecording('it is cut off in its header, or that is damaged');
  if (crc32(text, crc32(file.subarray(0, 16))) !== file.readUInt32LE(16))
    throw new UnreadableRecording('its header is damaged');
  let header: unknown;
  try {
    header = JSON.parse(text.toString());
  } catch {
    throw new UnreadableRecording('its header is not JSON');
  }
  if (!isHeader(header)) throw new UnreadableRecording('its header does not say what it has to');
  return header;
}

const texts = ['protocol', 'release', 'cluster', 'group', 'replica', 'writtenAt', 'why'];

function isHeader(value: unknown): value is ReturnType<typeof headerOf> {
  if (!isObject(value) || !texts.every((name) => typeof value[name] === 'string')) return false;
  const { settings, stepsDropped, segments } = value;
  return isObject(settings) && isCount(stepsDropped) && Array.isArray(segments) && segments.every(isPlace);
}

function isPlace(value: unknown): boolean {
  return isObject(value) && isCount(value['bytes']) && isCount(value['crc']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
