import type { Chunk, SnapshotId } from '@synod/actor';
import type { SnapshotSource } from '@synod/state-machine';
import { crc32 } from './crc32.js';
import type { Random } from './random.js';

interface PartialFile {
  readonly bytes: Uint8Array;
  held: number;
}

/** A machine's snapshot files. Whole ones are durable; partial ones may be gone after a crash. */
export class SnapshotFiles {
  private whole = new Map<string, Uint8Array>();
  private partial = new Map<string, PartialFile>();

  write(snapshot: SnapshotId, pages: Iterator<Uint8Array>): number {
    const file = framed(pages);
    this.whole.set(nameOf(snapshot), file);
    return file.length;
  }

  readChunk(snapshot: SnapshotId, offset: number, maxBytes: number): Chunk | undefined {
    const file = this.whole.get(nameOf(snapshot));
    if (file === undefined || offset > file.length) return undefined;
    const bytes = file.slice(offset, offset + maxBytes);
    return { snapshot, offset, totalBytes: file.length, bytes, checksum: crc32(bytes) };
  }

  /** Bytes held without a gap afterwards. */
  writeChunk({ snapshot, offset, totalBytes, bytes, checksum }: Chunk): number {
    const name = nameOf(snapshot);
    if (this.whole.has(name)) return totalBytes;
    const file = this.partial.get(name) ?? { bytes: new Uint8Array(totalBytes), held: 0 };
    this.partial.set(name, file);
    const fits = offset <= file.held && offset + bytes.length <= file.bytes.length && file.bytes.length === totalBytes;
    if (!fits || crc32(bytes) !== checksum) return file.held;
    file.bytes.set(bytes, offset);
    file.held = Math.max(file.held, offset + bytes.length);
    return file.held;
  }

  /** False when the file is not whole, and then it is gone. */
  install(snapshot: SnapshotId, target: SnapshotSource): boolean {
    const name = nameOf(snapshot);
    const file = this.whole.get(name) ?? this.completed(name);
    this.partial.delete(name);
    if (file === undefined) return false;
    this.whole.set(name, file);
    const building = target.restore();
    for (let at = 0; at < file.length; ) {
      const length = new DataView(file.buffer, file.byteOffset + at).getUint32(0);
      building.page(file.slice(at + 4, at + 4 + length));
      at += 4 + length;
    }
    building.finish();
    return true;
  }

  keepOnly(snapshot: SnapshotId): void {
    const name = nameOf(snapshot);
    for (const other of this.whole.keys()) if (other !== name) this.whole.delete(other);
    for (const other of this.partial.keys()) if (other !== name) this.partial.delete(other);
  }

  crash(random: Random): void {
    for (const name of this.partial.keys()) if (random.chance(0.5)) this.partial.delete(name);
  }

  wipe(): void {
    this.whole.clear();
    this.partial.clear();
  }

  private completed(name: string): Uint8Array | undefined {
    const file = this.partial.get(name);
    return file !== undefined && file.held === file.bytes.length ? file.bytes : undefined;
  }
}

function nameOf({ index, era }: SnapshotId): string {
  return `${index}.${era}`;
}

function framed(pages: Iterator<Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let next = pages.next(); next.done !== true; next = pages.next()) {
    parts.push(next.value);
    total += 4 + next.value.length;
  }
  const file = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    new DataView(file.buffer).setUint32(at, part.length);
    file.set(part, at + 4);
    at += 4 + part.length;
  }
  return file;
}
