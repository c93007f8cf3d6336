import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import {
  BackupFileError,
  decodeHeader,
  endBytes,
  formatVersion,
  hashBytes,
  headerMost,
  kinds,
  leadBytes,
  magic,
  recordLeadBytes,
  recordMost,
} from './format.js';
import type { BackupHeader } from './format.js';

export interface SavedRegister {
  readonly key: string;
  readonly value: Uint8Array;
}

interface Found {
  readonly kind: number;
  readonly bytes: Buffer;
}

const truncated = 'it ends too early: it was cut, or never written to its end';

/** A file that is whole: opening it reads all of it, a record at a time, and believes nothing before the hash is right. */
export class BackupFile {
  private constructor(
    private readonly file: number,
    readonly header: BackupHeader,
    readonly pageCount: number,
    readonly registerCount: number,
    /** The hash over all of it. */
    readonly id: Uint8Array,
    readonly sizeBytes: number,
    private readonly recordsAt: number,
  ) {}

  /** Throws a `BackupFileError` that says what is wrong with it. */
  static open(path: string): BackupFile {
    let file: number;
    try {
      // Of a pipe the opening would wait for who writes to it, and nothing could end that.
      file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new BackupFileError(code === 'ENOENT' ? 'there is no such file' : message, { cause: error });
    }
    try {
      return BackupFile.verified(file);
    } catch (error) {
      closeSync(file);
      if (error instanceof BackupFileError) throw error;
      throw new BackupFileError((error as Error).message, { cause: error });
    }
  }

  private static verified(file: number): BackupFile {
    const found = fstatSync(file);
    if (!found.isFile()) throw new BackupFileError('it is no regular file');
    const { size } = found;
    const hash = createHash('sha256');
    const lead = read(file, 0, leadBytes, size);
    if (!lead.subarray(0, magic.length).equals(magic)) throw new BackupFileError('it is no snapshot of Synod');
    const version = lead.readUInt32BE(magic.length);
    if (version !== formatVersion) {
      const advice = version > formatVersion ? '; a newer release wrote it: use that one' : '';
      throw new BackupFileError(`its format is ${version}, and this release reads ${formatVersion}${advice}`);
    }
    const headerBytes = lead.readUInt32BE(magic.length + 4);
    if (headerBytes > headerMost) throw new BackupFileError('its header is damaged');
    const header = read(file, leadBytes, headerBytes, size);
    hash.update(lead).update(header);
    const recordsAt = leadBytes + headerBytes;
    const { pages, registers, end } = survey(file, recordsAt, size, hash);
    const id = read(file, end, hashBytes, size);
    if (!id.equals(hash.digest())) throw new BackupFileError('it is damaged: its checksum is not that of its content');
    if (size !== end + hashBytes) throw new BackupFileError('it is damaged: there is something behind its end');
    return new BackupFile(file, decodeHeader(header), pages, registers, id, size, recordsAt);
  }

  *pages(): Generator<Uint8Array, void> {
    for (const { kind, bytes } of records(this.file, this.recordsAt, this.sizeBytes)) {
      if (kind === kinds.page) yield bytes;
    }
  }

  *registers(): Generator<SavedRegister, void> {
    for (const { kind, bytes } of records(this.file, this.recordsAt, this.sizeBytes)) {
      if (kind !== kinds.register) continue;
      const valueAt = 1 + bytes[0]!;
      yield { key: bytes.toString('latin1', 1, valueAt), value: bytes.subarray(valueAt) };
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Counts what there is, up to and with the record that says how much there must be. */
function survey(file: number, from: number, size: number, hash: ReturnType<typeof createHash>) {
  const counts: Record<number, number> = { [kinds.page]: 0, [kinds.register]: 0, [kinds.end]: 0 };
  let end = from;
  for (const { kind, bytes } of records(file, from, size)) {
    const lead = Buffer.alloc(recordLeadBytes);
    lead[0] = kind;
    lead.writeUInt32BE(bytes.length, 1);
    hash.update(lead).update(bytes);
    end += recordLeadBytes + bytes.length;
    counts[kind]!++;
    if (kind === kinds.register && (bytes.length === 0 || bytes.length < 1 + bytes[0]!)) throw damaged();
    if (kind !== kinds.end) continue;
    const isRight = bytes.length === endBytes && bytes.readUInt32BE(0) === counts[kinds.page];
    if (!isRight || bytes.readUInt32BE(4) !== counts[kinds.register]) throw damaged();
  }
  return { pages: counts[kinds.page]!, registers: counts[kinds.register]!, end };
}

/** Through the one that ends them. No length is believed beyond what its kind may have, and what the file has. */
function* records(file: number, from: number, size: number): Generator<Found, void> {
  for (let at = from; ; ) {
    const lead = read(file, at, recordLeadBytes, size);
    const [kind, length] = [lead[0]!, lead.readUInt32BE(1)];
    const most = recordMost[kind];
    if (most === undefined || length > most) throw damaged();
    yield { kind, bytes: read(file, at + recordLeadBytes, length, size) };
    if (kind === kinds.end) return;
    at += recordLeadBytes + length;
  }
}

function read(file: number, at: number, length: number, size: number): Buffer {
  if (at + length > size) throw new BackupFileError(truncated);
  const bytes = Buffer.allocUnsafe(length);
  for (let have = 0; have < length; ) {
    const got = readSync(file, bytes, have, length - have, at + have);
    if (got === 0) throw new BackupFileError(truncated);
    have += got;
  }
  return bytes;
}

function damaged(): BackupFileError {
  return new BackupFileError('it is damaged: a record in it cannot be');
}
