import { randomBytes } from 'node:crypto';
import type { Token } from '@synod/actor';
import type { Frame, Journal, JournalStatistics, OpenedJournal, StoredFrame } from '@synod/actor-host';
import type { Disk, DiskError } from './disk.js';
import { bodyBytesOf, frameBytes, maxBodyBytes, writeFrame } from './frame.js';
import type { FrameHeader, Place } from './frame.js';
import { JournalReader } from './journal-reader.js';
import { drawSecret, holdsOpenMark } from './mark.js';
import { openSegments, settle } from './opening.js';
import type { Pace } from './pace.js';
import { PositionIndex } from './position-index.js';
import { RecentFrames } from './recent-frames.js';
import { Recovery } from './recovery.js';
import type { FoundSegment, Verdict } from './recovery.js';
import { encodeSegmentHeader, markOf, segmentHeaderBytes } from './segment.js';
import type { Owner, Segment, SegmentHeader } from './segment.js';
import { minSegmentBytes, SegmentSupply } from './segment-supply.js';
import { series } from './series.js';

export interface JournalOptions extends Owner {
  readonly disk: Disk;
  readonly pace: Pace;
  /** Where in the disk; `journal` by default. */
  readonly directory?: string;
  /**
   * Size of a segment file, 16 MiB by default. A frame that is larger gets a segment of its own. Never a larger one over a directory that
   * there is: recovery takes a segment that is smaller for one that was cut off. (Of larger ones it does not see that they were.)
   */
  readonly segmentBytes?: number;
  /** How much of the youngest frames is kept in memory for reads, 8 MiB by default. */
  readonly recentBytes?: number;
  /** Bytes that nobody can guess; the system's by default. */
  readonly random?: (bytes: number) => Uint8Array;
}

/** The most that one write and sync carries; more waits for the next. */
const maxBatchBytes = 4 * 1024 * 1024;

/** A frame on its way to the disk, with its place. */
interface Pending {
  readonly token: Token;
  readonly frame: Frame;
  readonly bytes: number;
  readonly sequence: number;
  readonly place: Place;
}

/** A segmented write-ahead log with group commit. Format and recovery: see `frame.ts`, `segment.ts` and `recovery.ts`. */
export class SegmentedJournal implements Journal {
  onDurable: Journal['onDurable'] = () => undefined;
  onFailed: Journal['onFailed'] = (error) => {
    throw error;
  };

  /** Live: the same object always tells the present figures. */
  readonly statistics: JournalStatistics;

  private readonly disk: Disk;
  private readonly pace: Pace;
  private readonly directory: string;
  private readonly segmentBytes: number;
  private readonly supply: SegmentSupply;
  private readonly index = new PositionIndex();
  private readonly recent: RecentFrames;
  private readonly reader: JournalReader;

  /** All segments that hold frames, oldest first; the last one is written to. */
  private segments: Segment[] = [];
  private spare: Segment | undefined;
  private preparing = false;
  /** Where the next frame goes. */
  private tail: Place = { segment: 1, position: segmentHeaderBytes };
  private sequence = 0;
  private durable: Place = this.tail;
  /** The next segment that is made goes on there, because what follows is damaged. */
  private damagedFrom: Place | undefined;
  /** Segments from this one on have a secret; see `mark.ts`. */
  private secretFrom = Infinity;

  private pending: Pending[] = [];
  private flushThrough = 0;
  private syncing = false;
  private failure: Error | undefined;
  private whenQuiet: (() => void) | undefined;
  private staging = Buffer.allocUnsafeSlow(4096);
  private readonly counts = { syncs: 0, bytesWritten: 0 };

  constructor(private readonly options: JournalOptions) {
    const {
      disk,
      pace,
      directory = 'journal',
      segmentBytes = 16 * 1024 * 1024,
      recentBytes = 8 * 1024 * 1024,
    } = options;
    if (segmentBytes < minSegmentBytes || segmentBytes % 512 !== 0) {
      throw new RangeError(`segmentBytes is ${segmentBytes}, it must be a multiple of 512 from ${minSegmentBytes} on`);
    }
    // Refuses names that do not fit, before anything is written.
    encodeSegmentHeader(options, this.headerOf(1));
    this.disk = disk;
    this.pace = pace;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.recent = new RecentFrames(recentBytes);
    this.supply = new SegmentSupply({ disk, directory, owner: options, segmentBytes, pace });
    const segmentOf = (id: number): Segment | undefined => this.segments.find((segment) => segment.id === id);
    this.statistics = this.liveStatistics();
    this.reader = new JournalReader(this.index, this.recent, segmentOf, (error) => this.fail(error));
  }

  open(visit: (frame: StoredFrame) => void, done: (result: OpenedJournal | Error) => void): void {
    openSegments(this.disk, this.directory, this.options, (segments) => {
      if (segments instanceof Error) return done(segments);
      if (segments.length === 0) return this.begin(done);
      const follow = new Recovery(
        segments,
        this.segmentBytes,
        this.pace,
        (header, place, body) => this.recovered(header, place, body, visit),
        (verdict) => {
          if (verdict instanceof Error) return done(verdict);
          this.conclude(segments, verdict, done);
        },
      );
      follow.run();
    });
  }

  append(token: Token, frame: Frame): void {
    if (this.failure !== undefined) return;
    const body = bodyBytesOf(frame);
    if (body > maxBodyBytes) throw new RangeError(`a frame of ${body} bytes; the most is ${maxBodyBytes}`);
    const bytes = frameBytes(body);
    const place = this.placeFor(bytes, frame);
    const sequence = ++this.sequence;
    this.note(frame.truncateFrom, frame.log, sequence, place, bytes);
    this.recent.add(frame.log && frame, bytes);
    this.pending.push({ token, frame, bytes, sequence, place });
  }

  flush(): void {
    this.flushThrough = this.sequence;
    if (!this.syncing) this.writeBatch();
  }

  read(from: number, through: number, maxBytes: number, done: (frames: readonly StoredFrame[]) => void): void {
    this.reader.read(from, through, maxBytes, done);
  }

  cut(through: number, keep: Token): void {
    while (this.segments.length > 1) {
      const oldest = this.segments[0]!;
      if (oldest.lastToken >= keep || this.index.lastPositionThrough(oldest.id) > through) return;
      this.segments.shift();
      this.index.dropThroughSegment(oldest.id);
      this.supply.retire(oldest, (error) => {
        if (error !== undefined) this.fail(error);
      });
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.flush();
      this.whenQuiet = () => {
        this.whenQuiet = undefined;
        for (const segment of this.segments) segment.file.close();
        this.spare?.file.close();
        resolve();
      };
      this.checkQuiet();
    });
  }

  private liveStatistics(): JournalStatistics {
    const { counts } = this;
    const all = (): readonly Segment[] => (this.spare === undefined ? this.segments : [...this.segments, this.spare]);
    return {
      get syncs() {
        return counts.syncs;
      },
      get bytesWritten() {
        return counts.bytesWritten;
      },
      get segments() {
        return all().length;
      },
      get sizeBytes() {
        return all().reduce((sum, segment) => sum + segment.file.sizeBytes, 0);
      },
    };
  }

  private recovered(header: FrameHeader, place: Place, body: Buffer, visit: (frame: StoredFrame) => void): void {
    this.note(header.truncateFrom, header.log, header.sequence, place, frameBytes(header.bodyBytes));
    // A copy: the receiver may keep it, and must not keep the whole segment with it.
    visit({ type: header.type, payload: Uint8Array.prototype.slice.call(body) });
  }

  private note(
    truncateFrom: number | undefined,
    log: Frame['log'],
    sequence: number,
    place: Place,
    bytes: number,
  ): void {
    if (truncateFrom !== undefined) this.index.truncateFrom(truncateFrom);
    if (log !== undefined) this.index.add(log.first, log.count, sequence, place.segment, place.position, bytes);
  }

  private begin(done: (result: OpenedJournal | Error) => void): void {
    this.supply.prepare(this.headerOf(1), (segment) => {
      if (segment instanceof Error) return done(segment);
      this.activate(segment);
      done({ tail: 'clean', empty: true });
    });
  }

  private conclude(
    segments: readonly FoundSegment[],
    verdict: Verdict,
    done: (result: OpenedJournal | Error) => void,
  ): void {
    const { tail, end } = verdict;
    this.sequence = verdict.lastSequence;
    this.recent.startAt(this.sequence + 1);
    this.secretFrom = segments[segments.findLastIndex(({ mark }) => mark.isOpen) + 1]?.id ?? Infinity;
    if (tail === 'corrupt') {
      // Nothing is overwritten. Should the actor write again, it does so in a new segment.
      this.segments = [...segments];
      this.damagedFrom = end;
      this.tail = { segment: segments.at(-1)!.id, position: Infinity };
    } else {
      this.segments = segments.filter((segment) => segment.id <= end.segment);
      this.spare = segments.find((segment) => segment.id > end.segment);
      this.tail = end;
      this.durable = end;
    }
    series<DiskError>(
      [(next) => settle(segments, verdict, next), (next) => this.disk.syncDirectory(this.directory, next)],
      (error) => {
        if (error !== undefined) return done(error);
        if (tail !== 'corrupt' && this.spare === undefined) this.prepareNext(end.segment + 1);
        done({ tail, empty: tail !== 'corrupt' && verdict.frames === 0 });
      },
    );
  }

  private placeFor(bytes: number, frame: Frame): Place {
    const { segment, position } = this.tail;
    const needsSecret = segment < this.secretFrom && holdsOpenMark(frame.payload);
    if (needsSecret) this.secretFrom = segment + 1;
    const fits = !needsSecret && (position + bytes <= this.segmentBytes || position === segmentHeaderBytes);
    const place = fits ? this.tail : { segment: segment + 1, position: segmentHeaderBytes };
    this.tail = { segment: place.segment, position: place.position + bytes };
    return place;
  }

  private writeBatch(): void {
    const first = this.pending[0];
    if (this.failure !== undefined || first === undefined || first.sequence > this.flushThrough)
      return this.checkQuiet();
    if (this.segments.at(-1)?.id !== first.place.segment && !this.roll(first.place.segment)) return;
    const batch = this.takeBatch(first);
    const segment = this.segments.at(-1)!;
    const last = batch.at(-1)!;
    segment.lastToken = last.token;
    const startedAt = this.pace.now();
    try {
      segment.file.write(
        this.encode(batch, last.place.position + last.bytes - first.place.position),
        first.place.position,
      );
    } catch (error) {
      return this.fail(error as Error);
    }
    this.syncing = true;
    segment.file.sync((error) => {
      this.syncing = false;
      if (this.failure !== undefined) return this.checkQuiet();
      if (error !== undefined) return this.fail(error);
      this.batchDurable(last, startedAt);
    });
  }

  private batchDurable(last: Pending, startedAt: number): void {
    this.counts.syncs++;
    this.durable = { segment: last.place.segment, position: last.place.position + last.bytes };
    this.recent.evict(last.sequence);
    // Not before: recovery takes a second empty segment as a sign that frames of the first are missing.
    if (this.spare === undefined && !this.preparing) this.prepareNext(this.durable.segment + 1);
    this.onDurable(last.token, startedAt, this.pace.now());
    if (!this.syncing) this.writeBatch();
  }

  /** Makes the prepared segment the one that is written to; false while there is none. */
  private roll(id: number): boolean {
    const { spare } = this;
    if (spare?.id === id) {
      if (id >= this.secretFrom && spare.mark.isOpen) this.giveSecret(spare);
      else this.activate(spare);
      return this.spare === undefined;
    }
    if (!this.preparing) this.prepareNext(id);
    return false;
  }

  /** The spare was made before it was known to need one. It is durable before anything is written that rests on it. */
  private giveSecret(spare: Segment): void {
    const header = this.headerOf(spare.id);
    try {
      spare.file.write(encodeSegmentHeader(this.options, header), 0);
    } catch (error) {
      return this.fail(error as Error);
    }
    this.syncing = true;
    spare.file.sync((error) => {
      this.syncing = false;
      if (this.failure !== undefined) return this.checkQuiet();
      if (error !== undefined) return this.fail(error);
      this.spare = { ...spare, mark: markOf(spare.id, header) };
      this.writeBatch();
    });
  }

  private headerOf(id: number): SegmentHeader {
    const secret = id >= this.secretFrom ? drawSecret(this.options.random ?? randomBytes) : undefined;
    return { id, continues: this.damagedFrom, secret };
  }

  private activate(segment: Segment): void {
    this.spare = undefined;
    this.segments.push(segment);
    // Else the end of the segment before stands: nothing of this one is durable yet.
    if (this.damagedFrom !== undefined) this.durable = { segment: segment.id, position: segmentHeaderBytes };
    this.damagedFrom = undefined;
  }

  private takeBatch(first: Pending): readonly Pending[] {
    let count = 0;
    for (let bytes = 0; count < this.pending.length; count++) {
      const { place, bytes: more } = this.pending[count]!;
      bytes += more;
      if (place.segment !== first.place.segment || (count > 0 && bytes > maxBatchBytes)) break;
    }
    if (count < this.pending.length) return this.pending.splice(0, count);
    const batch = this.pending;
    this.pending = [];
    return batch;
  }

  /** One buffer for the batch, so that it is one write; reused, because the write is over when it returns. */
  private encode(batch: readonly Pending[], bytes: number): Uint8Array {
    if (this.staging.length < bytes) this.staging = Buffer.allocUnsafeSlow(Math.max(bytes, this.staging.length * 2));
    const { mark } = this.segments.at(-1)!;
    let at = 0;
    for (const { frame, place, sequence } of batch) {
      at = writeFrame(this.staging, at, frame, place.position, mark, sequence, 0, this.durable);
    }
    this.counts.bytesWritten += at;
    return this.staging.subarray(0, at);
  }

  private prepareNext(id: number): void {
    this.preparing = true;
    this.supply.prepare(this.headerOf(id), (segment) => {
      this.preparing = false;
      if (!(segment instanceof Error)) this.spare = segment;
      // On a full disk, say: no harm until the segment is needed, for room may be made by then.
      else if (this.pending[0]?.place.segment === id) this.fail(segment);
      if (!this.syncing) this.writeBatch();
    });
  }

  private fail(error: Error): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.pending = [];
    this.onFailed(error);
    this.checkQuiet();
  }

  private checkQuiet(): void {
    if (this.whenQuiet === undefined || this.syncing || (this.pending.length > 0 && this.failure === undefined)) return;
    this.supply.idle(() => this.whenQuiet?.());
  }
}
