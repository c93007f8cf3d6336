import type { Frame, StoredFrame } from '@synod/actor-host';
import { DiskError } from './disk.js';
import { readBody, readHeader } from './frame.js';
import type { Mark } from './mark.js';
import type { PositionIndex, Entry } from './position-index.js';
import type { RecentFrames } from './recent-frames.js';
import type { Segment } from './segment.js';

/** Frames nearer to each other than this are read at once, with what lies between. */
const maxGapBytes = 64 * 1024;

/** Answers reads from memory where it can and from the disk where it must, in the order of the log. */
export class JournalReader {
  constructor(
    private readonly index: PositionIndex,
    private readonly recent: RecentFrames,
    private readonly segmentOf: (id: number) => Segment | undefined,
    private readonly damaged: (error: Error) => void,
  ) {}

  read(from: number, through: number, maxBytes: number, done: (frames: readonly StoredFrame[]) => void): void {
    this.gather(this.choose(from, through, maxBytes), [], done);
  }

  private gather(
    entries: readonly Entry[],
    frames: StoredFrame[],
    done: (frames: readonly StoredFrame[]) => void,
  ): void {
    for (let at = frames.length; at < entries.length; at++) {
      const entry = entries[at]!;
      const frame = this.recent.get(entry.sequence);
      if (frame === undefined) return this.load(entries, frames, done);
      frames.push(stored(frame.type, joined(frame), entry));
    }
    done(frames);
  }

  private choose(from: number, through: number, maxBytes: number): Entry[] {
    const entries: Entry[] = [];
    const begin = this.index.find(from);
    if (begin < 0) return entries;
    for (let rank = begin, bytes = 0, next = from; rank < this.index.length; rank++) {
      const entry = this.index.at(rank);
      bytes += entry.bytes;
      const fits = entries.length === 0 || bytes <= maxBytes;
      // A gap, as a snapshot that was installed leaves it, ends the answer.
      if (entry.first > through || !fits || (entries.length > 0 && entry.first !== next)) break;
      entries.push(entry);
      next = entry.first + entry.count;
    }
    return entries;
  }

  /** Reads one run of neighbours from disk, then goes on. */
  private load(entries: readonly Entry[], frames: StoredFrame[], done: (frames: readonly StoredFrame[]) => void): void {
    const first = entries[frames.length]!;
    const segment = this.segmentOf(first.segment);
    if (segment === undefined) return done([]);
    const run = this.runOf(entries, frames.length);
    const last = run.at(-1)!;
    segment.file.read(first.position, last.position + last.bytes - first.position, (result) => {
      // Cut while the disk worked: what was read may be of the file's next life.
      if (this.segmentOf(first.segment) !== segment) return done([]);
      if (result instanceof Error) return this.giveUp(result, done);
      const bytes = Buffer.from(result.buffer, result.byteOffset, result.length);
      for (const entry of run) {
        const frame = parse(bytes, entry.position - first.position, segment.mark, entry);
        if (frame === undefined) return this.giveUp(damageOf(segment, entry), done);
        frames.push(frame);
      }
      this.gather(entries, frames, done);
    });
  }

  /** Neighbours that are on the disk only: what is in memory may not have been written yet. */
  private runOf(entries: readonly Entry[], from: number): readonly Entry[] {
    let end = from + 1;
    for (; end < entries.length; end++) {
      const before = entries[end - 1]!;
      const entry = entries[end]!;
      const gap = entry.position - before.position - before.bytes;
      if (entry.segment !== before.segment || gap > maxGapBytes || this.recent.get(entry.sequence) !== undefined) break;
    }
    return entries.slice(from, end);
  }

  private giveUp(error: Error, done: (frames: readonly StoredFrame[]) => void): void {
    this.damaged(error);
    done([]);
  }
}

function parse(bytes: Buffer, at: number, mark: Mark, entry: Entry): StoredFrame | undefined {
  const header = readHeader(bytes, at, mark);
  if (header?.sequence !== entry.sequence) return undefined;
  const body = readBody(bytes, at, header);
  return body && stored(header.type, body, entry);
}

function stored(type: number, payload: Uint8Array, entry: Entry): StoredFrame {
  return entry.clipped ? { type, payload, voidFrom: entry.first + entry.count } : { type, payload };
}

function joined(frame: Frame): Uint8Array {
  return frame.payload.length === 1 ? frame.payload[0]! : Buffer.concat(frame.payload);
}

function damageOf(segment: Segment, entry: Entry): DiskError {
  return new DiskError(
    'read',
    segment.file.path,
    'EBADMSG',
    `damaged at byte ${entry.position}, log positions from ${entry.first} are not readable; restart the replica to have its peers repair it`,
  );
}
