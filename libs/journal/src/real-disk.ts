import fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DiskError } from './disk.js';
import type { Disk, DiskFile, Done } from './disk.js';
import { SyncMode } from './sync-mode.js';

const { O_CREAT, O_RDWR, O_TRUNC } = fs.constants;

/** A directory of the operating system. Files are for their owner only: 0600, directories 0700. */
export class RealDisk implements Disk {
  readonly root: string;

  constructor(root: string) {
    this.root = resolve(root);
    const firstMade = fs.mkdirSync(this.root, { recursive: true, mode: 0o700 });
    if (firstMade !== undefined) syncNames(this.root, dirname(firstMade));
  }

  list(directory: string, done: (names: readonly string[] | DiskError) => void): void {
    fs.readdir(this.at(directory), (error, names) => {
      if (error?.code === 'ENOENT') done([]);
      else done(error ? failure('list', directory, error) : names.sort());
    });
  }

  makeDirectory(path: string, done: Done): void {
    fs.mkdir(this.at(path), { mode: 0o700 }, (error) => {
      if (error && error.code !== 'EEXIST') done(failure('make', path, error));
      else this.syncDirectory('.', done);
    });
  }

  create(path: string, done: (file: DiskFile | DiskError) => void): void {
    this.openWith('create', path, O_RDWR | O_CREAT | O_TRUNC, done);
  }

  open(path: string, done: (file: DiskFile | DiskError) => void): void {
    this.openWith('open', path, O_RDWR, done);
  }

  rename(from: string, to: string, done: Done): void {
    fs.rename(this.at(from), this.at(to), (error) => done(error ? failure('rename', from, error) : undefined));
  }

  remove(path: string, done: Done): void {
    fs.unlink(this.at(path), (error) => done(error ? failure('remove', path, error) : undefined));
  }

  syncDirectory(path: string, done: Done): void {
    fs.open(this.at(path), 'r', (openError, fd) => {
      if (openError) return done(failure('open', path, openError));
      fs.fsync(fd, (syncError) => {
        fs.close(fd, () => done(syncError ? failure('sync', path, syncError) : undefined));
      });
    });
  }

  private openWith(operation: string, path: string, flags: number, done: (file: DiskFile | DiskError) => void): void {
    fs.open(this.at(path), flags, 0o600, (error, fd) => {
      if (error) return done(failure(operation, path, error));
      fs.fstat(fd, (statError, stat) => {
        if (!statError) return done(new RealFile(path, fd, stat.size));
        fs.close(fd, () => done(failure(operation, path, statError)));
      });
    });
  }

  private at(path: string): string {
    return join(this.root, path);
  }
}

class RealFile implements DiskFile {
  private underWay = 0;
  private closing = false;
  private unsyncedBytes = 0;
  private readonly mode = new SyncMode();

  constructor(
    readonly path: string,
    private readonly fd: number,
    public sizeBytes: number,
  ) {}

  write(bytes: Uint8Array, position: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += fs.writeSync(this.fd, bytes, done, bytes.length - done, position + done);
      }
    } catch (error) {
      throw failure('write', this.path, error as NodeJS.ErrnoException);
    }
    this.unsyncedBytes += bytes.length;
    this.sizeBytes = Math.max(this.sizeBytes, position + bytes.length);
  }

  read(position: number, length: number, done: (bytes: Uint8Array | DiskError) => void): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, this.sizeBytes - position)));
    this.underWay++;
    this.fill(bytes, 0, position, (result) => {
      this.ended();
      done(result);
    });
  }

  sync(done: Done): void {
    const onTheSpot = this.mode.isOnTheSpot(this.unsyncedBytes);
    this.unsyncedBytes = 0;
    this.underWay++;
    // Not before what this turn sends has left: other disks work on it while ours does.
    if (onTheSpot) queueMicrotask(() => this.syncOnTheSpot(done));
    else this.syncInThread(done);
  }

  private syncOnTheSpot(done: Done): void {
    const startedAt = performance.now();
    let failed: NodeJS.ErrnoException | undefined;
    try {
      fs.fdatasyncSync(this.fd);
    } catch (error) {
      failed = error as NodeJS.ErrnoException;
    }
    this.mode.tookOnTheSpot(performance.now() - startedAt);
    this.synced(failed, done);
  }

  private syncInThread(done: Done): void {
    const startedAt = performance.now();
    fs.fdatasync(this.fd, (error) => {
      this.mode.tookInThread(performance.now() - startedAt);
      this.synced(error ?? undefined, done);
    });
  }

  private synced(error: NodeJS.ErrnoException | undefined, done: Done): void {
    this.ended();
    done(error ? failure('sync', this.path, error) : undefined);
  }

  close(): void {
    if (this.closing) return;
    this.closing = true;
    if (this.underWay === 0) this.release();
  }

  private fill(bytes: Buffer, filled: number, position: number, done: (bytes: Uint8Array | DiskError) => void): void {
    fs.read(this.fd, bytes, filled, bytes.length - filled, position + filled, (error, count) => {
      if (error) done(failure('read', this.path, error));
      else if (count === 0 || filled + count === bytes.length) done(bytes.subarray(0, filled + count));
      else this.fill(bytes, filled + count, position, done);
    });
  }

  /** A descriptor closed under a running read could be reused by another file, and the read would return its bytes. */
  private ended(): void {
    if (--this.underWay === 0 && this.closing) this.release();
  }

  private release(): void {
    fs.close(this.fd, () => undefined);
  }
}

/** A new directory's name lives in the directory above it: without this a power cut takes the whole data directory. */
function syncNames(from: string, through: string): void {
  for (let directory = from; ; directory = dirname(directory)) {
    const fd = fs.openSync(directory, 'r');
    fs.fsyncSync(fd);
    fs.closeSync(fd);
    if (directory === through) return;
  }
}

function failure(operation: string, path: string, error: NodeJS.ErrnoException): DiskError {
  return new DiskError(operation, path, error.code ?? 'EUNKNOWN', error.message);
}
