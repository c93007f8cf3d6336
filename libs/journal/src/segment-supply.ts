import type { Disk, DiskError, DiskFile, Done } from './disk.js';
import { Lane } from './lane.js';
import type { Pace } from './pace.js';
import { encodeSegmentHeader, markOf, segmentHeaderBytes, segmentName } from './segment.js';
import type { Owner, Segment, SegmentHeader } from './segment.js';
import { series } from './series.js';

export interface SupplyOptions {
  readonly disk: Disk;
  readonly directory: string;
  readonly owner: Owner;
  readonly segmentBytes: number;
  readonly pace: Pace;
}

/** Zeros are written in pieces of this size, one per turn of the event loop. */
const zeros = new Uint8Array(512 * 1024);
const nextName = 'next.tmp';
const spareName = 'spare.tmp';

/**
 * Has the next segment ready before it is needed and takes old ones back, one directory change at a time and each
 * durable before the next, so that a crash leaves no gap. A segment gets its name only when it is zeroed and synced:
 * then later syncs need no metadata, and whatever a crash leaves unwritten in it reads as zeros. That goes for a
 * recycled file too, which is zeroed anew: nothing of its old life can be read from it.
 */
export class SegmentSupply {
  private readonly lane = new Lane();
  private hasSpare = false;

  constructor(private readonly options: SupplyOptions) {}

  /** Makes the segment with this header. */
  prepare(header: SegmentHeader, done: (segment: Segment | DiskError) => void): void {
    this.lane.add((next) =>
      this.make(header, (segment) => {
        done(segment);
        next();
      }),
    );
  }

  /** Removes a segment, or keeps its file for the next `prepare`. */
  retire(segment: Segment, done: Done): void {
    this.lane.add((next) =>
      this.takeBack(segment, (error) => {
        done(error);
        next();
      }),
    );
  }

  /** Calls once nothing is under way. */
  idle(done: () => void): void {
    this.lane.idle(done);
  }

  private make(header: SegmentHeader, done: (segment: Segment | DiskError) => void): void {
    const { id } = header;
    const { disk, directory } = this.options;
    const aside = `${directory}/${nextName}`;
    const path = `${directory}/${segmentName(id)}`;
    this.obtain(aside, (file) => {
      if (file instanceof Error) return done(file);
      series<DiskError>(
        [
          (next) => this.zero(file, 0, next),
          (next) => attempt(() => file.write(encodeSegmentHeader(this.options.owner, header), 0), next),
          (next) => file.sync(next),
          (next) => disk.rename(aside, path, next),
          (next) => disk.syncDirectory(directory, next),
        ],
        (error) => {
          file.close();
          if (error !== undefined) return done(error);
          // Opened anew, so that later errors name the file as people find it.
          disk.open(path, (file) =>
            done(file instanceof Error ? file : { id, file, mark: markOf(id, header), lastToken: 0 }),
          );
        },
      );
    });
  }

  private obtain(path: string, done: (file: DiskFile | DiskError) => void): void {
    const { disk, directory } = this.options;
    if (!this.hasSpare) return disk.create(path, done);
    this.hasSpare = false;
    disk.rename(`${directory}/${spareName}`, path, (error) => (error ? done(error) : disk.open(path, done)));
  }

  private zero(file: DiskFile, from: number, done: Done): void {
    const { segmentBytes, pace } = this.options;
    if (from >= segmentBytes) return done(undefined);
    const piece = zeros.subarray(0, Math.min(zeros.length, segmentBytes - from));
    attempt(
      () => file.write(piece, from),
      (error) => {
        if (error !== undefined) done(error);
        else pace.later(() => this.zero(file, from + piece.length, done));
      },
    );
  }

  private takeBack(segment: Segment, done: Done): void {
    const { disk, directory, segmentBytes } = this.options;
    const name = `${directory}/${segmentName(segment.id)}`;
    const recycle = !this.hasSpare && segment.file.sizeBytes === segmentBytes;
    segment.file.close();
    series<DiskError>(
      [
        (next) => (recycle ? disk.rename(name, `${directory}/${spareName}`, next) : disk.remove(name, next)),
        (next) => disk.syncDirectory(directory, next),
      ],
      (error) => {
        if (error === undefined && recycle) this.hasSpare = true;
        done(error);
      },
    );
  }
}

/** The least a segment can be: its header and a few frames. */
export const minSegmentBytes = segmentHeaderBytes * 2;

/** A write that throws, as a step. */
export function attempt(write: () => void, next: Done): void {
  try {
    write();
  } catch (error) {
    return next(error as DiskError);
  }
  next(undefined);
}
