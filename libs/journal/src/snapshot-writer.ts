import { crc32 } from 'node:zlib';
import type { SnapshotId } from '@synod/actor';
import type { DiskFile } from './disk.js';
import { sliceMs } from './pace.js';
import type { Pace } from './pace.js';
import {
  encodeFooter,
  encodeHeader,
  footerBytes,
  maxPageBytes,
  pageHeaderBytes,
  snapshotHeaderBytes,
} from './snapshot-format.js';

/** One write to the file. */
const bufferBytes = 64 * 1024;
/** The buffer at first; it grows to what the pages need. */
const firstBytes = 4096;
/**
 * So much is written between two syncs. One sync at the end of a large file would keep the disk busy for long, and
 * the journal's next sync would wait behind it.
 */
export const bytesPerSync = 4 * 1024 * 1024;

/** Writes pages into a file, a slice per turn of the event loop, and syncs it. */
export class SnapshotWriter {
  private buffer = Buffer.allocUnsafeSlow(firstBytes);
  private filled = 0;
  private position = 0;
  private unsynced = 0;
  private checksum = 0;
  private pageCount = 0;

  constructor(
    private readonly file: DiskFile,
    private readonly pages: Iterator<Uint8Array>,
    private readonly pace: Pace,
    private readonly done: (error: Error | undefined, sizeBytes: number) => void,
  ) {}

  run(snapshot: SnapshotId): void {
    this.filled = encodeHeader(snapshot).copy(this.buffer);
    this.checksum = crc32(this.buffer.subarray(0, snapshotHeaderBytes));
    this.slice();
  }

  private slice(): void {
    const until = this.pace.now() + sliceMs;
    try {
      while (this.filled < bufferBytes && this.pace.now() < until) {
        const page = this.pages.next();
        if (page.done === true) return this.finish();
        this.add(page.value);
      }
      if (this.filled >= bufferBytes) this.write();
    } catch (error) {
      return this.fail(error as Error);
    }
    if (this.unsynced < bytesPerSync) return this.pace.later(() => this.slice());
    this.sync(() => this.slice());
  }

  private add(page: Uint8Array): void {
    if (page.length === 0 || page.length > maxPageBytes) {
      throw new RangeError(`the state machine gave a page of ${page.length} bytes, a page has 1 to ${maxPageBytes}`);
    }
    const at = this.filled;
    this.makeRoom(at + pageHeaderBytes + page.length + footerBytes);
    this.buffer.writeUInt32LE(page.length, at);
    this.buffer.writeUInt32LE(crc32(page), at + 4);
    this.buffer.set(page, at + pageHeaderBytes);
    this.filled = at + pageHeaderBytes + page.length;
    this.checksum = crc32(this.buffer.subarray(at, this.filled), this.checksum);
    this.pageCount++;
  }

  private makeRoom(bytes: number): void {
    if (bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.buffer.length));
    larger.set(this.buffer.subarray(0, this.filled));
    this.buffer = larger;
  }

  private finish(): void {
    this.filled += encodeFooter(this.pageCount, this.checksum).copy(this.buffer, this.filled);
    this.write();
    this.sync(() => this.done(undefined, this.position));
  }

  private write(): void {
    this.file.write(this.buffer.subarray(0, this.filled), this.position);
    this.position += this.filled;
    this.unsynced += this.filled;
    this.filled = 0;
  }

  private sync(next: () => void): void {
    this.unsynced = 0;
    this.file.sync((error) => (error === undefined ? next() : this.fail(error)));
  }

  private fail(error: Error): void {
    // Lets the state machine let go of the frozen state.
    this.pages.return?.();
    this.done(error, 0);
  }
}
