import { crc32 } from 'node:zlib';
import { DamagedState } from '@synod/actor';
import type { Chunk, SnapshotId } from '@synod/actor';
import type { SnapshotStore } from '@synod/actor-host';
import { UnknownPageFormat } from '@synod/state-machine';
import type { SnapshotSource, SnapshotTarget } from '@synod/state-machine';
import { DiskError } from './disk.js';
import type { Disk, DiskFile, Done } from './disk.js';
import { Lane } from './lane.js';
import type { Pace } from './pace.js';
import { PartialSnapshot } from './partial-snapshot.js';
import { UnknownVersion, snapshotName } from './snapshot-format.js';
import { SnapshotReader } from './snapshot-reader.js';
import { SnapshotWriter } from './snapshot-writer.js';
import { series } from './series.js';

export interface SnapshotStoreOptions {
  readonly disk: Disk;
  readonly pace: Pace;
  /** Where in the disk; `snapshots` by default. */
  readonly directory?: string;
}

const durableSuffix = '.snapshot';
/** Half-written files of either kind; removed at the start, for nothing durable names them. */
const temporarySuffix = '.tmp';

/** Snapshots as files `<index>-<era>.snapshot`. What has that name is whole and durable. */
export class FileSnapshotStore implements SnapshotStore {
  private readonly disk: Disk;
  private readonly pace: Pace;
  private readonly directory: string;
  /** Everything but reading, in order: the files it works on are nobody else's meanwhile. */
  private readonly changes = new Lane();
  /** Writing one aside takes long and disturbs nothing else. */
  private readonly takes = new Lane();
  private broken: DiskError | undefined;
  private partial: PartialSnapshot | undefined;
  /** The file that was read last; a follower reads one file in many chunks. */
  private reading: { readonly name: string; readonly file: DiskFile } | undefined;

  constructor({ disk, pace, directory = 'snapshots' }: SnapshotStoreOptions) {
    this.disk = disk;
    this.pace = pace;
    this.directory = directory;
    this.changes.add((next) => {
      series<DiskError>(
        [(then) => disk.makeDirectory(directory, then), (then) => this.removeAll(isTemporary, then)],
        (error) => {
          this.broken = error;
          next();
        },
      );
    });
  }

  /** Calls when the directory is there and rid of half-written files; others may be called before. */
  ready(done: Done): void {
    this.changes.add((next) => {
      next();
      done(this.broken);
    });
  }

  take(
    snapshot: SnapshotId,
    pages: Iterator<Uint8Array>,
    done: (error: Error | undefined, sizeBytes: number) => void,
  ): void {
    this.takes.add((next) => {
      const end = (error: Error | undefined, sizeBytes: number): void => {
        done(error, sizeBytes);
        next();
      };
      this.ready((error) => (error === undefined ? this.write(snapshot, pages, end) : end(error, 0)));
    });
  }

  readChunk(snapshot: SnapshotId, offset: number, maxBytes: number, done: (chunk: Chunk | undefined) => void): void {
    const name = snapshotName(snapshot);
    const read = (file: DiskFile): void => {
      file.read(offset, maxBytes, (bytes) => {
        if (bytes instanceof Error || bytes.length === 0) return done(undefined);
        done({ snapshot, offset, totalBytes: file.sizeBytes, bytes, checksum: crc32(bytes) });
      });
    };
    if (!Number.isSafeInteger(offset) || offset < 0 || maxBytes <= 0) return this.pace.later(() => done(undefined));
    if (this.reading?.name === name) return read(this.reading.file);
    this.disk.open(this.pathOf(name, durableSuffix), (file) => {
      if (file instanceof Error) return done(undefined);
      this.reading?.file.close();
      this.reading = { name, file };
      read(file);
    });
  }

  writeChunk(chunk: Chunk, done: (heldBytes: number) => void): void {
    this.changes.add((next) => {
      this.accept(chunk, (heldBytes) => {
        // Also when it was answered at once: callbacks come later.
        this.pace.later(() => done(heldBytes));
        next();
      });
    });
  }

  install(snapshot: SnapshotId, target: SnapshotSource, done: (error: Error | undefined) => void): void {
    this.changes.add((next) => {
      const { partial } = this;
      const ours = partial === undefined || snapshotName(partial.snapshot) !== snapshotName(snapshot);
      const end = (error: Error | undefined): void => {
        done(error && explain(snapshot, error, ours));
        next();
      };
      if (!ours) {
        return this.installPartial(partial, target, end);
      }
      this.disk.open(this.pathOf(snapshotName(snapshot), durableSuffix), (file) => {
        if (file instanceof Error) end(file);
        else this.installDurable(snapshot, file, target, end);
      });
    });
  }

  keepOnly(snapshot: SnapshotId): void {
    this.changes.add((next) => {
      const kept = snapshotName(snapshot) + durableSuffix;
      if (this.reading !== undefined && this.reading.name + durableSuffix !== kept) this.stopReading();
      if (this.partial !== undefined && snapshotName(this.partial.snapshot) !== snapshotName(snapshot))
        this.dropPartial();
      // A file that stays costs room, nothing else: the next call tries again.
      this.removeAll(
        (name) => !isTemporary(name) && name !== kept,
        () => next(),
      );
    });
  }

  /** Closes files; call it when nothing is under way. */
  close(): void {
    this.stopReading();
    this.partial?.file.close();
  }

  private write(
    snapshot: SnapshotId,
    pages: Iterator<Uint8Array>,
    done: (error: Error | undefined, sizeBytes: number) => void,
  ): void {
    const name = snapshotName(snapshot);
    const aside = this.pathOf(`${name}.taken`, temporarySuffix);
    this.disk.create(aside, (file) => {
      if (file instanceof Error) return done(file, 0);
      const writer = new SnapshotWriter(file, pages, this.pace, (error, sizeBytes) => {
        file.close();
        if (error !== undefined) return this.disk.remove(aside, () => done(error, 0));
        this.publish(aside, name, (failure) => done(failure, failure === undefined ? sizeBytes : 0));
      });
      writer.run(snapshot);
    });
  }

  private publish(aside: string, name: string, done: Done): void {
    series<DiskError>(
      [
        (next) => this.disk.rename(aside, this.pathOf(name, durableSuffix), next),
        (next) => this.disk.syncDirectory(this.directory, next),
      ],
      done,
    );
  }

  private accept(chunk: Chunk, done: (heldBytes: number) => void): void {
    const { snapshot, bytes, offset, totalBytes } = chunk;
    const mine = this.partial?.isOf(snapshot, totalBytes) === true ? this.partial : undefined;
    const whole = offset + bytes.length <= totalBytes && crc32(bytes) === chunk.checksum;
    if (!whole || this.broken !== undefined) return done(mine?.heldBytes ?? 0);
    if (mine !== undefined) return this.extend(mine, chunk, done);
    // Only the beginning of a transfer opens a file. It displaces any other: a new leader's snapshot may be the older one.
    if (offset !== 0) return done(0);
    this.dropPartial();
    this.disk.create(this.pathOf(snapshotName(snapshot), temporarySuffix), (file) => {
      if (file instanceof Error) return done(0);
      this.partial = new PartialSnapshot(snapshot, totalBytes, file);
      this.extend(this.partial, chunk, done);
    });
  }

  private extend(partial: PartialSnapshot, chunk: Chunk, done: (heldBytes: number) => void): void {
    partial.add(chunk, (error) => {
      if (error !== undefined) this.dropPartial();
      done(error === undefined ? partial.heldBytes : 0);
    });
  }

  private installPartial(
    partial: PartialSnapshot,
    target: SnapshotSource,
    done: (error: Error | undefined) => void,
  ): void {
    const { snapshot, file } = partial;
    series<Error>(
      [
        (next) => this.verify(file, snapshot, next),
        (next) => file.sync(next),
        (next) => this.publish(file.path, snapshotName(snapshot), next),
      ],
      (error) => {
        if (error !== undefined) {
          this.dropPartial();
          return done(error);
        }
        this.partial = undefined;
        this.feed(snapshot, file, target, done);
      },
    );
  }

  private installDurable(
    snapshot: SnapshotId,
    file: DiskFile,
    target: SnapshotSource,
    done: (error: Error | undefined) => void,
  ): void {
    this.verify(file, snapshot, (error) => {
      if (error === undefined) return this.feed(snapshot, file, target, done);
      // The file stays: for people to look at, until a whole one of that name replaces it.
      file.close();
      done(error);
    });
  }

  private verify(file: DiskFile, snapshot: SnapshotId, done: (error: Error | undefined) => void): void {
    new SnapshotReader(file, snapshot, this.pace, () => undefined, done).run();
  }

  private feed(
    snapshot: SnapshotId,
    file: DiskFile,
    source: SnapshotSource,
    done: (error: Error | undefined) => void,
  ): void {
    const target = source.restore();
    const visit = (page: Uint8Array): void => target.page(page);
    const reader = new SnapshotReader(file, snapshot, this.pace, visit, (error) => {
      file.close();
      done(error ?? finishOf(target));
    });
    reader.run();
  }

  private dropPartial(): void {
    const { partial } = this;
    this.partial = undefined;
    if (partial === undefined) return;
    partial.file.close();
    this.disk.remove(partial.file.path, () => undefined);
  }

  private stopReading(): void {
    this.reading?.file.close();
    this.reading = undefined;
  }

  private removeAll(condemned: (name: string) => boolean, done: Done): void {
    this.disk.list(this.directory, (names) => {
      if (names instanceof Error) return done(names);
      const steps = names
        .filter(condemned)
        .map((name) => (next: Done) => this.disk.remove(this.pathOf(name, ''), next));
      series<DiskError>(steps, done);
    });
  }

  private pathOf(name: string, suffix: string): string {
    return `${this.directory}/${name}${suffix}`;
  }
}

function finishOf(target: SnapshotTarget): Error | undefined {
  try {
    target.finish();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function isTemporary(name: string): boolean {
  return name.endsWith(temporarySuffix);
}

/**
 * Only what is damaged or gone may be replaced by what others have; a disk that fails, or our own file of another release, is
 * for people. What a peer sent is only refused, whatever it is.
 */
function explain(snapshot: SnapshotId, error: Error, ours: boolean): Error {
  const sentence = `snapshot ${snapshotName(snapshot)} cannot be installed: ${error.message}`;
  const isAnothers = error instanceof UnknownVersion || error instanceof UnknownPageFormat;
  const whole = (ours && isAnothers) || (error instanceof DiskError && error.code !== 'ENOENT');
  return whole ? new Error(sentence, { cause: error }) : new DamagedState(sentence);
}
