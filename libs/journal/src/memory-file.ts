import { sectorBytes } from './disk.js';

/** A write that no sync has covered yet. */
export interface UnsyncedWrite {
  readonly position: number;
  readonly bytes: Uint8Array;
}

/** Whether a sector of a file reached the platter with this unsynced write (counted from 0) in it. */
export type SectorSurvives = (write: number, sector: number) => boolean;

/** A file's content as processes see it, in the page cache, and as it is on the platter. */
export class MemoryContent {
  readonly seen: Bytes;
  readonly platter: Bytes;
  private written: UnsyncedWrite[] = [];

  constructor(content?: Bytes) {
    this.seen = content?.copy() ?? new Bytes();
    this.platter = content ?? new Bytes();
  }

  get unsynced(): readonly UnsyncedWrite[] {
    return this.written;
  }

  write(bytes: Uint8Array, position: number): void {
    this.seen.put(bytes, position);
    // A copy: slice of a Buffer is a view, and the journal uses its buffer again.
    this.written.push({ position, bytes: new Uint8Array(bytes) });
  }

  /** The first `count` unsynced writes reach the platter: whole sectors, with all that the page cache holds of them. */
  sync(count: number): void {
    for (const { position, bytes } of this.written.splice(0, count)) {
      const start = position - (position % sectorBytes);
      const end = Math.ceil((position + bytes.length) / sectorBytes) * sectorBytes;
      this.platter.put(this.seen.view(start, end - start), start);
    }
  }

  /** A failed sync that marks its pages clean: they are still read, and no later sync writes them. */
  dropPages(): void {
    this.written = [];
  }

  rot(position: number, change: (byte: number) => number): void {
    const rotten = Uint8Array.of(change(this.platter.get(position, 1)[0] ?? 0));
    this.platter.put(rotten, position);
    this.seen.put(rotten, position);
  }

  /** What a power cut leaves. A sector is as the youngest write that survived in it left it, older ones included. */
  leave(survives: SectorSurvives): MemoryContent {
    const left = this.platter.copy();
    const youngest = new Map<number, number>();
    for (let write = this.written.length - 1; write >= 0; write--) {
      for (const sector of sectorsOf(this.written[write]!)) {
        if (!youngest.has(sector) && survives(write, sector)) youngest.set(sector, write);
      }
    }
    this.written.forEach((unsynced, write) => {
      for (const sector of sectorsOf(unsynced)) {
        if (write <= (youngest.get(sector) ?? -1)) putSector(left, unsynced, sector);
      }
    });
    return new MemoryContent(left);
  }
}

/** Bytes that grow as they are written; what lies between is zeros. */
class Bytes {
  private bytes = new Uint8Array(0);
  private length = 0;

  get sizeBytes(): number {
    return this.length;
  }

  put(bytes: Uint8Array, position: number): void {
    const end = position + bytes.length;
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(bytes, position);
    this.length = Math.max(this.length, end);
  }

  get(position: number, length: number): Uint8Array {
    return this.bytes.slice(position, Math.min(position + length, this.length));
  }

  /** Until the next change. */
  view(position: number, length: number): Uint8Array {
    return this.bytes.subarray(position, Math.min(position + length, this.length));
  }

  copy(): Bytes {
    const copy = new Bytes();
    copy.put(this.bytes.subarray(0, this.length), 0);
    return copy;
  }
}

export function* sectorsOf({ position, bytes }: UnsyncedWrite): Generator<number> {
  for (let sector = Math.floor(position / sectorBytes); sector * sectorBytes < position + bytes.length; sector++)
    yield sector;
}

function putSector(target: Bytes, { position, bytes }: UnsyncedWrite, sector: number): void {
  const start = Math.max(position, sector * sectorBytes);
  const end = Math.min(position + bytes.length, (sector + 1) * sectorBytes);
  target.put(bytes.subarray(start - position, end - position), start);
}
