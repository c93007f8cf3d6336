import { crc32 } from 'node:zlib';
import type { SnapshotId } from '@synod/actor';
import type { DiskFile } from './disk.js';
import { sliceMs } from './pace.js';
import type { Pace } from './pace.js';
import {
  checkFooter,
  checkHeader,
  footerBytes,
  maxPageBytes,
  pageHeaderBytes,
  snapshotHeaderBytes,
} from './snapshot-format.js';

const blockBytes = 256 * 1024;

/** Reads a snapshot file from end to end, a slice per turn of the event loop, and checks every byte of it. */
export class SnapshotReader {
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  /** How far the file has been read into `bytes`. */
  private position = 0;
  private checksum = 0;
  private pages = 0;

  /** `visit` gets each page, valid during the call; what it throws ends the reading. */
  constructor(
    private readonly file: DiskFile,
    private readonly snapshot: SnapshotId,
    private readonly pace: Pace,
    private readonly visit: (page: Uint8Array) => void,
    private readonly done: (error: Error | undefined) => void,
  ) {}

  run(): void {
    this.need(snapshotHeaderBytes, () => {
      checkHeader(this.take(snapshotHeaderBytes), this.snapshot);
      this.slice();
    });
  }

  private slice(): void {
    const until = this.pace.now() + sliceMs;
    while (this.pace.now() < until) {
      if (this.held < pageHeaderBytes) return this.need(pageHeaderBytes, () => this.slice());
      const length = this.bytes.readUInt32LE(this.at);
      if (length === 0) return this.need(footerBytes, () => this.finish());
      if (length > maxPageBytes) throw new Error(`page ${this.pages + 1} is damaged`);
      if (this.held < pageHeaderBytes + length) return this.need(pageHeaderBytes + length, () => this.slice());
      this.page(length);
    }
    this.pace.later(() => this.guarded(() => this.slice()));
  }

  private page(length: number): void {
    const expected = this.bytes.readUInt32LE(this.at + 4);
    const page = this.take(pageHeaderBytes + length).subarray(pageHeaderBytes);
    this.pages++;
    if (crc32(page) !== expected) throw new Error(`page ${this.pages} is damaged`);
    this.visit(page);
  }

  private finish(): void {
    const checksum = this.checksum;
    checkFooter(this.take(footerBytes), this.pages, checksum);
    if (this.held > 0 || this.position < this.file.sizeBytes) throw new Error('bytes follow its footer');
    this.end(undefined);
  }

  /** Later, so that what the listener throws is not taken for damage of the file. */
  private end(error: Error | undefined): void {
    this.pace.later(() => this.done(error));
  }

  private get held(): number {
    return this.bytes.length - this.at;
  }

  private take(length: number): Buffer {
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    this.checksum = crc32(taken, this.checksum);
    return taken;
  }

  /** Goes on when so many bytes are in memory. */
  private need(length: number, next: () => void): void {
    if (this.held >= length) return next();
    this.file.read(this.position, Math.max(blockBytes, length), (block) => {
      this.guarded(() => {
        if (block instanceof Error) throw block;
        this.position += block.length;
        this.bytes = Buffer.concat([this.bytes.subarray(this.at), block]);
        this.at = 0;
        if (this.held < length) throw new Error('it ends too early');
        next();
      });
    });
  }

  private guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.end(error as Error);
    }
  }
}
