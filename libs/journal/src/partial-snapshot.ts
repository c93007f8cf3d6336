import type { Chunk, SnapshotId } from '@synod/actor';
import type { DiskFile, Done } from './disk.js';
import { attempt } from './segment-supply.js';
import { bytesPerSync } from './snapshot-writer.js';

/** A snapshot that arrives in chunks, from its beginning on without a gap. */
export class PartialSnapshot {
  heldBytes = 0;
  private unsynced = 0;

  constructor(
    readonly snapshot: SnapshotId,
    private readonly totalBytes: number,
    readonly file: DiskFile,
  ) {}

  isOf(snapshot: SnapshotId, totalBytes: number): boolean {
    return (
      this.snapshot.index === snapshot.index && this.snapshot.era === snapshot.era && this.totalBytes === totalBytes
    );
  }

  /** Adds a chunk that goes on from what is there; leaves any other alone. Syncs now and then, so that the last sync is short. */
  add({ offset, bytes }: Chunk, done: Done): void {
    if (offset > this.heldBytes || offset + bytes.length <= this.heldBytes) return done(undefined);
    attempt(
      () => this.file.write(bytes, offset),
      (error) => {
        if (error !== undefined) return done(error);
        this.heldBytes = offset + bytes.length;
        this.unsynced += bytes.length;
        if (this.unsynced < bytesPerSync) return done(undefined);
        this.unsynced = 0;
        this.file.sync(done);
      },
    );
  }
}
