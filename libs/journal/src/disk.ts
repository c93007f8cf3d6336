/**
 * What journal and snapshots need of a disk; small, so that the simulator's disk can be as treacherous as a real one.
 * Paths are relative to the disk's root and use `/`. Callbacks come later, never before the call returns.
 */
export interface Disk {
  /** Names of the files in a directory, sorted; none when there is no such directory. */
  list(directory: string, done: (names: readonly string[] | DiskError) => void): void;
  /** Makes a directory in the root; its name is durable when `done` comes. An existing one is fine. */
  makeDirectory(path: string, done: Done): void;
  /** An empty file, in place of one that was there. Its name is durable only after `syncDirectory`. */
  create(path: string, done: (file: DiskFile | DiskError) => void): void;
  /** An existing file, for reading and writing. `ENOENT` when there is none. */
  open(path: string, done: (file: DiskFile | DiskError) => void): void;
  /** Replaces a file of that name; durable only after `syncDirectory`. */
  rename(from: string, to: string, done: Done): void;
  remove(path: string, done: Done): void;
  syncDirectory(path: string, done: Done): void;
}

export interface DiskFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Writes all bytes, at once; `bytes` may be reused afterwards. Throws `DiskError`; what was written is then unknown. */
  write(bytes: Uint8Array, position: number): void;
  /** Up to `length` bytes, fewer only at the end of the file; the receiver may keep them. */
  read(position: number, length: number, done: (bytes: Uint8Array | DiskError) => void): void;
  /** What was written before the call, and the size, are durable when `done` comes without an error. */
  sync(done: Done): void;
  /** Operations under way still end well. */
  close(): void;
}

export type Done = (error: DiskError | undefined) => void;

/** A failed disk operation: what was tried, on which file, and the system's code. */
export class DiskError extends Error {
  override readonly name = 'DiskError';

  constructor(
    readonly operation: string,
    readonly path: string,
    readonly code: string,
    reason: string,
  ) {
    super(`cannot ${operation} ${path}: ${reason}`);
  }
}

/** What a disk writes as one: a torn write leaves each sector old or new. */
export const sectorBytes = 512;
