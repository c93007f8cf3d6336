import { DamagedState } from '@synod/actor';
import type { Chunk, SnapshotId } from '@synod/actor';
import type { SnapshotSource } from '@synod/state-machine';
import { crc32 } from 'node:zlib';
import type { Scheduler, SnapshotStore } from '../ports.js';

/** Snapshot files as lists of pages; answers come in the next turn. */
export class MemorySnapshots implements SnapshotStore {
  readonly files = new Map<number, Uint8Array[]>();
  private readonly partial = new Map<number, Uint8Array[]>();
  /** Set to make the next `take` or `install` fail with it. */
  failure: Error | undefined;

  constructor(private readonly scheduler: Scheduler) {}

  take(
    snapshot: SnapshotId,
    pages: Iterator<Uint8Array>,
    done: (error: Error | undefined, sizeBytes: number) => void,
  ): void {
    this.scheduler.soon(() => {
      if (this.failure) return done(this.failure, 0);
      const file: Uint8Array[] = [];
      for (let page = pages.next(); !page.done; page = pages.next()) file.push(Uint8Array.from(page.value));
      this.files.set(snapshot.index, file);
      done(undefined, size(file));
    });
  }

  readChunk(snapshot: SnapshotId, offset: number, maxBytes: number, done: (chunk: Chunk | undefined) => void): void {
    this.scheduler.soon(() => {
      const file = this.files.get(snapshot.index);
      if (!file) return done(undefined);
      const frames = framed(file);
      const bytes = frames.subarray(offset, offset + maxBytes);
      done({ snapshot, offset, totalBytes: frames.length, bytes, checksum: crc32(bytes) });
    });
  }

  writeChunk(chunk: Chunk, done: (heldBytes: number) => void): void {
    this.scheduler.soon(() => {
      const parts = this.partial.get(chunk.snapshot.index) ?? [];
      const sound = crc32(chunk.bytes) === chunk.checksum && size(parts) === chunk.offset;
      if (sound) this.partial.set(chunk.snapshot.index, [...parts, Uint8Array.from(chunk.bytes)]);
      done(size(this.partial.get(chunk.snapshot.index) ?? []));
    });
  }

  install(snapshot: SnapshotId, target: SnapshotSource, done: (error: Error | undefined) => void): void {
    this.scheduler.soon(() => {
      const received = this.partial.get(snapshot.index);
      const file = received ? unframed(Buffer.concat(received)) : this.files.get(snapshot.index);
      if (this.failure || !file)
        return done(this.failure ?? new DamagedState(`there is no snapshot ${snapshot.index}`));
      const state = target.restore();
      for (const page of file) state.page(page);
      state.finish();
      this.files.set(snapshot.index, file);
      this.partial.delete(snapshot.index);
      done(undefined);
    });
  }

  keepOnly(snapshot: SnapshotId): void {
    for (const held of [this.files, this.partial]) {
      for (const index of [...held.keys()]) if (index !== snapshot.index) held.delete(index);
    }
  }
}

function size(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** On the wire a file is one run of bytes: each page behind its length. */
function framed(file: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    file.flatMap((page) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(page.length);
      return [length, page];
    }),
  );
}

function unframed(bytes: Buffer): Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    pages.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return pages;
}
