import type { JournalTail } from '@synod/actor';
import { sectorBytes } from './disk.js';
import type { DiskError } from './disk.js';
import { countZeroSectors, frameBytes, frameHeaderBytes, isBefore, isZero, readBody, readHeader } from './frame.js';
import type { FrameHeader, Place } from './frame.js';
import type { Mark } from './mark.js';
import { sliceMs } from './pace.js';
import type { Pace } from './pace.js';
import { segmentHeaderBytes } from './segment.js';
import type { Segment, SegmentHeader } from './segment.js';

export interface FoundSegment extends Segment {
  /** Undefined when it is damaged. */
  readonly header: SegmentHeader | undefined;
}

export interface Verdict {
  readonly tail: JournalTail;
  /** Behind the last good frame. */
  readonly end: Place;
  /** The highest place that a good frame names as durable. */
  readonly confirmed: Place;
  /** No frame that stays on the disk, good or void, has a higher one. */
  readonly lastSequence: number;
  readonly frames: number;
}

type Visit = (header: FrameHeader, place: Place, body: Buffer) => void;

/**
 * Follows the journal from its first frame to its end, and judges how it ended.
 *
 * Every frame names the place up to which everything was durable when it was written. So if a frame that names a place
 * behind the end is found anywhere, something durable is missing: corruption. If none is, what is damaged was never
 * promised to anyone; a sector of zeros in it, one that was not zeros when it was written, is the trace of a write that a
 * crash cut short. Damage without such a sector cannot come from a crash: a sector is written as a whole.
 */
export class Recovery {
  private rank: number;
  private end: Place;
  private confirmed: Place;
  private lastSequence = 0;
  private frames = 0;

  /** `segments` by ascending number, at least one. */
  constructor(
    private readonly segments: readonly FoundSegment[],
    private readonly segmentBytes: number,
    private readonly pace: Pace,
    private readonly visit: Visit,
    private readonly done: (verdict: Verdict | DiskError) => void,
  ) {
    this.rank = beginningOf(segments);
    this.end = startOf(segments[this.rank]!);
    this.confirmed = this.end;
  }

  run(): void {
    this.load(this.rank, (bytes) => {
      if (this.segments[this.rank]!.header !== undefined) return this.walk(bytes);
      // Nothing in it counts, but a later life may have found that, too, and gone on in a segment of its own.
      this.tryNext(this.continuations(), bytes);
    });
  }

  private load(rank: number, use: (bytes: Buffer) => void): void {
    const { file } = this.segments[rank]!;
    file.read(0, file.sizeBytes, (bytes) => {
      if (bytes instanceof Error) this.done(bytes);
      else use(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    });
  }

  private walk(bytes: Buffer): void {
    this.follow(bytes, segmentHeaderBytes, (position) => {
      this.end = { segment: this.segments[this.rank]!.id, position };
      this.tryNext(this.successors(), bytes);
    });
  }

  /** Visits good frames of the present segment, a slice per turn of the event loop; tells where they end. */
  private follow(bytes: Buffer, from: number, ended: (at: number) => void): void {
    const { id: segment, mark } = this.segments[this.rank]!;
    const until = this.pace.now() + sliceMs;
    for (let at = from; ; ) {
      if (this.pace.now() > until) return this.pace.later(() => this.follow(bytes, at, ended));
      const header = readHeader(bytes, at, mark);
      if (header === undefined || !this.isExpected(header, at)) return ended(at);
      const body = readBody(bytes, at, header);
      if (body === undefined) return ended(at);
      this.visit(header, { segment, position: at }, body);
      this.frames++;
      this.lastSequence = header.sequence;
      if (isBefore(this.confirmed, header.durable)) this.confirmed = header.durable;
      at += frameBytes(header.bodyBytes);
    }
  }

  /** The journal's oldest frame, and the first one after a damage, may have any higher number; all others the next. */
  private isExpected(header: FrameHeader, at: number): boolean {
    const begins =
      at === segmentHeaderBytes && (this.rank === 0 || this.segments[this.rank]!.header!.continues !== undefined);
    return begins ? header.sequence > this.lastSequence : header.sequence === this.lastSequence + 1;
  }

  /** Segments that say they go on here after a damage, youngest first; then the one with the next number. */
  private successors(): number[] {
    const ranks = this.continuations();
    const next = this.segments[this.rank + 1];
    if (next?.id === this.end.segment + 1 && next.header !== undefined && next.header.continues === undefined) {
      ranks.push(this.rank + 1);
    }
    return ranks;
  }

  private continuations(): number[] {
    const ranks: number[] = [];
    for (let rank = this.segments.length - 1; rank > this.rank; rank--) {
      const continues = this.segments[rank]!.header?.continues;
      if (continues?.segment === this.end.segment && continues.position === this.end.position) ranks.push(rank);
    }
    return ranks;
  }

  /** A segment is gone over to only when its first frame is good: before that, nobody relied on it. */
  private tryNext(ranks: readonly number[], bytes: Buffer): void {
    const [rank, ...others] = ranks;
    if (rank === undefined) return this.judge(bytes);
    this.load(rank, (content) => {
      const before = this.rank;
      this.rank = rank;
      const header = readHeader(content, segmentHeaderBytes, this.segments[rank]!.mark);
      const good =
        header !== undefined &&
        this.isExpected(header, segmentHeaderBytes) &&
        readBody(content, segmentHeaderBytes, header) !== undefined;
      if (good) return this.walk(content);
      this.rank = before;
      this.tryNext(others, bytes);
    });
  }

  private judge(bytes: Buffer): void {
    const rest = new Remainder(this.end, this.lastSequence, this.segmentBytes);
    rest.look(this.segments[this.rank]!, bytes, this.end.position);
    this.lookOn(this.rank + 1, rest);
  }

  private lookOn(rank: number, rest: Remainder): void {
    if (rank < this.segments.length) {
      return this.load(rank, (bytes) => {
        rest.look(this.segments[rank]!, bytes, segmentHeaderBytes);
        this.lookOn(rank + 1, rest);
      });
    }
    const { end, confirmed, frames } = this;
    const tail = rest.verdict();
    // Void frames keep their numbers only where they stay on the disk.
    const lastSequence = tail === 'corrupt' ? rest.lastSequence : this.lastSequence;
    this.done({ tail, end, confirmed, lastSequence, frames });
  }
}

/**
 * The rank of the first segment that counts. When a damaged segment has been cut, what was void between it and the one
 * that went on may still be there.
 */
function beginningOf(segments: readonly FoundSegment[]): number {
  const oldest = segments[0]!.id;
  return Math.max(
    0,
    segments.findLastIndex(({ header }) => header?.continues !== undefined && header.continues.segment < oldest),
  );
}

function startOf(segment: Segment): Place {
  return { segment: segment.id, position: segmentHeaderBytes };
}

/** What lies behind the last good frame. */
class Remainder {
  private damaged: boolean | undefined;
  private promised = false;

  constructor(
    private readonly end: Place,
    public lastSequence: number,
    private readonly segmentBytes: number,
  ) {}

  look(segment: FoundSegment, bytes: Buffer, from: number): void {
    // A name is given to a segment only after its header is durable, and numbers have no gaps.
    if (segment.header === undefined || (segment.id > this.end.segment && segment.header.continues !== undefined)) {
      this.promised = true;
    }
    if (segment.id > this.end.segment + 1) this.promised = true;
    // A segment is made in full length before it gets its name; what was cut off it, nobody knows.
    if (bytes.length < this.segmentBytes) this.promised = true;
    this.findWitnesses(segment.mark, bytes, from);
    if (this.damaged === undefined && !isZero(bytes, from, bytes.length)) {
      this.damaged = !isTorn(bytes, from, segment.mark);
    }
  }

  verdict(): JournalTail {
    if (this.promised || this.damaged === true) return 'corrupt';
    return this.damaged === false ? 'torn' : 'clean';
  }

  /**
   * `from` is where a frame begins, and so is the end of each whose header is whole. What is in their bodies are no frames, though a
   * client may have written there what looks like one: so it was possible before such frames got segments with a secret. From the
   * first header that is not whole they may be anywhere.
   */
  private findWitnesses(mark: Mark, bytes: Buffer, from: number): void {
    let after = from;
    for (let header = readHeader(bytes, after, mark); header !== undefined; header = readHeader(bytes, after, mark)) {
      this.hear(header);
      after += frameBytes(header.bodyBytes);
    }
    for (let at = bytes.indexOf(mark.bytes, after); at >= 0; at = bytes.indexOf(mark.bytes, at + 1)) {
      const header = readHeader(bytes, at, mark);
      if (header !== undefined) this.hear(header);
    }
  }

  private hear({ sequence, durable }: FrameHeader): void {
    this.lastSequence = Math.max(this.lastSequence, sequence);
    if (isBefore(this.end, durable)) this.promised = true;
  }
}

function isTorn(bytes: Buffer, at: number, mark: Mark): boolean {
  const sectorEnd = at + sectorBytes - (at % sectorBytes);
  if (isZero(bytes, at, Math.min(sectorEnd, bytes.length))) return true;
  const header = readHeader(bytes, at, mark);
  if (header === undefined) {
    return (
      at + frameHeaderBytes > sectorEnd && isZero(bytes, sectorEnd, Math.min(sectorEnd + sectorBytes, bytes.length))
    );
  }
  const end = at + frameBytes(header.bodyBytes);
  if (end > bytes.length) return true; // only a frame with a segment of its own goes beyond the length made before
  const { zeroSectors } = header;
  if (zeroSectors === undefined || readBody(bytes, at, header) !== undefined) return false;
  return countZeroSectors(bytes, at, end) > zeroSectors;
}
