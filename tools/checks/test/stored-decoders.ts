import { crc32 } from 'node:zlib';
import { keyValueCodec, batchCodec } from '@synod/api';
import type { Frame } from '@synod/actor-host';
import { FileSnapshotStore, MemoryDisk, SegmentedJournal } from '@synod/journal';
import type { Pace } from '@synod/journal';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import type { Decoder } from './decoders.js';

// What a replica finds on its own disk: a journal's directory and snapshot files. Checksums refuse almost all that is
// mangled, so there are variants whose checksums are made right again: they let nonsense through to what is behind.

const owner = { cluster: 'test', replica: 'r1' };
const segmentBytes = 2048;
const segmentHeaderBytes = 512;
/** Far more callbacks than any of these inputs may cause. */
const mostCallbacks = 20_000;
const snapshot = { index: 7, era: 2 };
const snapshotPath = 'snapshots/7-2.snapshot';

function paceOn(disk: MemoryDisk): Pace {
  return { now: () => 0, later: (run) => disk.later(run) };
}

function settle(disk: MemoryDisk): void {
  if (disk.pump(mostCallbacks) === mostCallbacks) throw new Error('the disk never comes to rest');
}

function fileOf(disk: MemoryDisk, path: string, bytes: Uint8Array): void {
  disk.create(path, () => disk.content(path).write(bytes, 0));
  settle(disk);
}

interface Opened {
  readonly tail: string;
  readonly payloads: readonly string[];
}

interface Life extends Opened {
  readonly journal: SegmentedJournal;
}

function open(disk: MemoryDisk): Life {
  const journal = new SegmentedJournal({ disk, pace: paceOn(disk), ...owner, segmentBytes });
  const payloads: string[] = [];
  let tail: string | undefined;
  let failure: Error | undefined;
  journal.onFailed = (error) => (failure = error);
  journal.open(
    (frame) => void payloads.push(Buffer.from(frame.payload).toString('latin1')),
    (result) => {
      if (result instanceof Error) failure = result;
      else tail = result.tail;
    },
  );
  settle(disk);
  if (failure !== undefined) throw failure;
  if (tail === undefined) throw new Error('the journal never opens');
  return { journal, tail, payloads };
}

/** Opens it; a second start finds the same, and one that goes on finds what it has written. */
function recover(disk: MemoryDisk): Opened {
  const { tail, payloads } = open(disk);
  const again = open(disk.kill());
  requireThat(again.payloads.join() === payloads.join(), 'a second start finds other frames');
  requireThat(again.tail === tail || tail === 'torn', `a second start finds it ${again.tail} instead of ${tail}`);
  return { tail, payloads };
}

function goOn(disk: MemoryDisk): void {
  const { journal } = open(disk);
  let durable = 0;
  journal.onDurable = (token) => (durable = token);
  journal.read(1, Infinity, Infinity, () => undefined);
  journal.append(1, { type: 1, payload: [Buffer.from('after')] });
  journal.flush();
  settle(disk);
  requireThat(durable === 1, 'what is written after a recovery is not durable');
  const next = open(disk.kill());
  requireThat(next.tail === 'clean' && next.payloads.at(-1) === 'after', `what was written is lost: ${next.tail}`);
}

function requireThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** Forty frames in several segments, some of which void others. */
function journalDisk(): MemoryDisk {
  const disk = new MemoryDisk();
  const { journal } = open(disk);
  for (let at = 1; at <= 40; at++) {
    const payload = [Buffer.from(`${at} `.repeat(20))];
    const frame: Frame =
      at % 10 === 0
        ? { type: 3, payload, truncateFrom: at - 1 }
        : { type: 2, payload, log: { first: at - Math.floor(at / 10), count: 1 } };
    journal.append(at, frame);
    journal.flush();
    settle(disk);
  }
  return disk.kill();
}

const segmentPath = (rank: number): string => `journal/${String(rank + 1).padStart(10, '0')}.wal`;

function contentsOf(disk: MemoryDisk): Buffer[] {
  return disk.paths.map((path) => Buffer.from(disk.content(path).seen.get(0, Infinity)));
}

/** A directory as one input: the files one after another, each as long as a segment; the last one has the rest. */
function directoryOf(bytes: Uint8Array, segments: number): MemoryDisk {
  const disk = new MemoryDisk();
  for (let rank = 0; rank < segments; rank++) {
    const end = rank === segments - 1 ? bytes.length : segmentBytes * (rank + 1);
    fileOf(disk, segmentPath(rank), bytes.subarray(segmentBytes * rank, end));
  }
  disk.syncDirectory('journal', () => undefined);
  settle(disk);
  return disk;
}

const files = contentsOf(journalDisk());
const image = Buffer.concat(files);
const written = open(journalDisk()).payloads;

/** Frames are given as they were written and in that order, from the first one that is left on. */
function recoverDirectory(bytes: Uint8Array): Opened {
  const found = recover(directoryOf(bytes, files.length));
  const from = written.indexOf(found.payloads[0] ?? written[0]!);
  const expected = written.slice(from, from + found.payloads.length);
  requireThat(found.payloads.join() === expected.join(), 'a frame is given that was not written, or in another order');
  goOn(directoryOf(bytes, files.length));
  return found;
}

/** Every frame that there is gets the checksums of what it holds now. */
function withRightFrames(bytes: Uint8Array): Buffer {
  const right = Buffer.from(bytes);
  for (let at = right.indexOf('SFRM'); at >= 0 && at + 56 <= right.length; at = right.indexOf('SFRM', at + 4)) {
    const end = at + 56 + right.readUInt32LE(at + 4);
    if (end <= right.length) right.writeUInt32LE(crc32(right.subarray(at + 56, end)), at + 8);
    right.writeUInt32LE(crc32(right.subarray(at, at + 52)), at + 52);
  }
  return right;
}

function withRightHeader(bytes: Uint8Array, headerBytes: number): Buffer {
  const right = Buffer.from(bytes);
  if (right.length < headerBytes) return right;
  right.writeUInt32LE(crc32(right.subarray(16, headerBytes), crc32(right.subarray(0, 12))), 12);
  return right;
}

/** Pages and footer get the checksums of what they hold now; the footer the number of pages, too. */
function withRightPages(bytes: Uint8Array): Buffer {
  const right = withRightHeader(bytes, 64);
  let [at, pages] = [64, 0];
  for (; at + 8 <= right.length; pages++) {
    const length = right.readUInt32LE(at);
    if (length === 0 || at + 8 + length > right.length) break;
    right.writeUInt32LE(crc32(right.subarray(at + 8, at + 8 + length)), at + 4);
    at += 8 + length;
  }
  if (at + 16 > right.length) return right;
  right.writeUInt32LE(pages, at + 4);
  right.writeUInt32LE(crc32(right.subarray(0, at)), at + 8);
  right.writeUInt32LE(crc32(right.subarray(at, at + 12)), at + 12);
  return right;
}

function newService(): Sessions {
  return new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
}

function storeOn(disk: MemoryDisk): FileSnapshotStore {
  return new FileSnapshotStore({ disk, pace: paceOn(disk) });
}

function installFrom(store: FileSnapshotStore, disk: MemoryDisk): Sessions {
  const service = newService();
  let failure: Error | undefined;
  let ended = false;
  store.install(snapshot, service, (error) => ([ended, failure] = [true, error]));
  settle(disk);
  requireThat(ended, 'installing never ends');
  if (failure !== undefined) throw failure;
  return service;
}

function installFile(bytes: Uint8Array): Sessions {
  const disk = new MemoryDisk();
  const store = storeOn(disk);
  fileOf(disk, snapshotPath, bytes);
  return installFrom(store, disk);
}

/** As a peer sends it: the checksums of the chunks are right, what they make together is not. */
function installChunks(bytes: Uint8Array): Sessions {
  const disk = new MemoryDisk();
  const store = storeOn(disk);
  const step = Math.max(50, Math.ceil(bytes.length / 20));
  for (let offset = 0; offset < bytes.length; offset += step) {
    const part = bytes.subarray(offset, offset + step);
    store.writeChunk(
      { snapshot, offset, totalBytes: bytes.length, bytes: part, checksum: crc32(part) },
      () => undefined,
    );
  }
  settle(disk);
  return installFrom(store, disk);
}

function snapshotFile(pages: readonly Uint8Array[]): Buffer {
  const disk = new MemoryDisk();
  storeOn(disk).take(snapshot, pages.values(), () => undefined);
  settle(disk);
  return Buffer.from(disk.content(snapshotPath).seen.get(0, Infinity));
}

const ofSnapshot = ({ message }: Error): boolean =>
  message.startsWith('snapshot 7-2 cannot be installed: ') || message.startsWith('a snapshot');
const ofJournal = ({ message }: Error): boolean => /^journal\/\d{10}\.wal (has|belongs to) /.test(message);
const never = (): boolean => false;

/** `pages` are those of a service that holds something. */
export function storedDecoders(pages: readonly Uint8Array[]): Decoder[] {
  const file = snapshotFile(pages);
  const frames = image.subarray(segmentHeaderBytes, segmentBytes);
  const header = image.subarray(0, segmentHeaderBytes);
  const oneSegment = (bytes: Uint8Array): Opened => recover(directoryOf(bytes, 1));
  return [
    { name: 'the directory of a journal', valid: [image], decode: recoverDirectory, documented: never },
    {
      name: 'frames of a journal with right checksums',
      valid: [frames],
      decode: (bytes) => oneSegment(Buffer.concat([header, withRightFrames(bytes)])),
      documented: never,
    },
    {
      name: 'decodeSegmentHeader with a right checksum',
      valid: [header],
      decode: (bytes) => oneSegment(Buffer.concat([withRightHeader(bytes, segmentHeaderBytes), frames])),
      documented: ofJournal,
    },
    { name: 'a snapshot file', valid: [file], decode: installFile, documented: ofSnapshot },
    {
      name: 'a snapshot file with right checksums',
      valid: [file],
      decode: (bytes) => installFile(withRightPages(bytes)),
      documented: ofSnapshot,
    },
    {
      name: 'a snapshot that a peer sends',
      valid: [file],
      decode: (bytes) => installChunks(withRightPages(bytes)),
      documented: ofSnapshot,
    },
  ];
}
