import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BackupFileError, endBytes, encodeHeader, kinds, recordLeadBytes } from './format.js';
import type { BackupHeader } from './format.js';

/** Between the file's name and the number of the process that writes it aside. */
const part = '.part-';

/** Writes the file aside, a record at a time; under its own name there is either nothing new or all of it, on disk. */
export class BackupWriter {
  private readonly hash = createHash('sha256');
  private readonly aside: string;
  private file: number | undefined;
  pages = 0;
  registers = 0;
  bytes = 0;

  /** Refuses what is there already, unless it is to be replaced. Only its owner can read the file. */
  constructor(
    private readonly path: string,
    header: BackupHeader,
    private readonly replaces: boolean,
  ) {
    BackupWriter.requireRoom(path, replaces);
    this.aside = `${path}${part}${process.pid}`;
    rmSync(this.aside, { force: true });
    this.file = openSync(this.aside, 'wx', 0o600);
    try {
      this.write(encodeHeader(header));
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  /** Throws what the constructor would: whoever asks first disturbs nobody who is saving. Removes what killed ones have left. */
  static requireRoom(path: string, replaces: boolean): void {
    requireFree(path, replaces);
    clearLeft(path);
  }

  page(bytes: Uint8Array): void {
    this.record(kinds.page, bytes);
    this.pages++;
  }

  register(key: string, value: Uint8Array): void {
    const name = Buffer.from(key, 'latin1');
    this.record(kinds.register, Buffer.concat([Buffer.from([name.length]), name, value]));
    this.registers++;
  }

  /** All is there: the file gets its name. Gives the hash over it. */
  finish(): Uint8Array {
    const end = Buffer.alloc(endBytes);
    end.writeUInt32BE(this.pages);
    end.writeUInt32BE(this.registers, 4);
    this.record(kinds.end, end);
    const hash = this.hash.digest();
    this.onDisk(() => {
      writeAll(this.file!, hash);
      fsyncSync(this.file!);
    });
    this.bytes += hash.length;
    this.close();
    this.name();
    syncDirectory(dirname(this.path));
    return hash;
  }

  /** What was written goes, unless it is finished. */
  abort(): void {
    this.close();
    rmSync(this.aside, { force: true });
  }

  private record(kind: number, bytes: Uint8Array): void {
    const lead = Buffer.alloc(recordLeadBytes);
    lead[0] = kind;
    lead.writeUInt32BE(bytes.length, 1);
    this.write(lead);
    this.write(bytes);
  }

  private write(bytes: Uint8Array): void {
    this.hash.update(bytes);
    this.onDisk(() => writeAll(this.file!, bytes));
    this.bytes += bytes.length;
  }

  /** What the disk says of a descriptor names no file. */
  private onDisk(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new Error(`${this.path} cannot be written: ${(error as Error).message}`, { cause: error });
    }
  }

  /** A link, unlike a renaming, never replaces what somebody else wrote meanwhile. */
  private name(): void {
    if (this.replaces) return renameSync(this.aside, this.path);
    try {
      linkSync(this.aside, this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') requireFree(this.path, false);
      throw error;
    }
    rmSync(this.aside);
  }

  private close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** A link that leads nowhere is there as well: nothing could get its name. */
function requireFree(path: string, replaces: boolean): void {
  if (replaces || lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new BackupFileError(`${path} is there already; --force replaces it`);
}

/** What processes that were killed have left of this file goes: it is all of the data, up to some page. */
function clearLeft(path: string): void {
  const directory = dirname(path);
  const prefix = basename(path) + part;
  for (const name of readdirSync(directory)) {
    const number = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (!/^[1-9]\d*$/.test(number) || Number(number) === process.pid) continue;
    if (isRunning(Number(number))) {
      const advice = `if that is something else, remove ${name}`;
      throw new BackupFileError(`${path} is being written by process ${number}: another save is under way; ${advice}`);
    }
    rmSync(join(directory, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
