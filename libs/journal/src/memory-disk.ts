import type { Dice } from '@synod/actor-host';
import { DiskError } from './disk.js';
import type { Disk, DiskFile, Done } from './disk.js';
import { MemoryContent } from './memory-file.js';

/** A change of names that no directory sync has covered yet: `path` names `content` from now on, or nothing. */
export interface NameChange {
  readonly path: string;
  readonly content: MemoryContent | undefined;
  /** A rename: the name that is given up in the same instant. */
  readonly givenUp?: string;
}

/** What a power cut spares. `write` and `change` count the unsynced ones of the file or the directory, from 0. */
export interface Crash {
  keepsSector(path: string, write: number, sector: number): boolean;
  keepsName(change: number, path: string): boolean;
}

/** Decides how the disk misbehaves; whatever is left out goes well. */
export interface DiskFaults {
  /** Milliseconds until the callback of an operation, for `schedule`; its effect comes then, too. */
  delay?(operation: string, path: string): number;
  /** `fail` writes nothing; `half` writes the first half, in whole pages, then fails; a number writes so many bytes off the place. */
  write?(path: string, position: number, length: number): 'fail' | 'half' | number | undefined;
  /** `kept`: fails, a later sync may still carry the pages; `dropped`: fails and forgets them, as Linux does. */
  sync?(path: string): 'kept' | 'dropped' | undefined;
  read?(path: string): 'fail' | undefined;
}

export interface MemoryDiskOptions {
  readonly faults?: DiskFaults;
  /** All files together; a write beyond fails with ENOSPC. Endless by default. */
  readonly capacityBytes?: number;
  /** Runs callbacks when it is their time, such as a simulated clock's `schedule`; by default they wait for `pump`. */
  readonly schedule?: (delayMs: number, run: () => void) => void;
}

/**
 * A disk in memory that forgets, tears and reorders what was not synced, as a power cut makes real ones do, and fails as
 * it is told. The same calls and decisions always give the same result.
 */
export class MemoryDisk implements Disk {
  faults: DiskFaults;
  capacityBytes: number;
  private names = new Map<string, MemoryContent>();
  private durableNames = new Map<string, MemoryContent>();
  private changes: NameChange[] = [];
  private readonly waiting: { readonly label: string; readonly run: () => void }[] = [];
  private used = 0;
  private dead = false;

  constructor(private readonly options: MemoryDiskOptions = {}) {
    this.faults = options.faults ?? {};
    this.capacityBytes = options.capacityBytes ?? Infinity;
  }

  /**
   * Lets up to `most` waiting callbacks come, and what they cause; returns how many came. Disks finish in any order:
   * `choose` gets what waits, such as `sync journal/0000000001.wal`, and gives the rank of the next, or -1 to stop.
   */
  pump(most = Infinity, choose?: (waiting: readonly string[]) => number): number {
    let ran = 0;
    for (; ran < most && this.waiting.length > 0; ran++) {
      const rank = choose?.(this.waiting.map(({ label }) => label)) ?? 0;
      if (rank < 0) break;
      this.waiting.splice(rank, 1)[0]?.run();
    }
    return ran;
  }

  /** For slow work that takes turns: comes with the disk's own callbacks, in order. */
  later(run: () => void): void {
    this.enqueue('later', '', run);
  }

  /** The power is cut: a new disk holds what survives, and nothing comes from this one any more. */
  crash(crash: Crash, options = this.options): MemoryDisk {
    this.dead = true;
    const after = new MemoryDisk(options);
    const names = new Map(this.durableNames);
    this.changes.forEach((change, at) => {
      if (crash.keepsName(at, change.path)) applyChange(names, change);
    });
    const left = new Map<MemoryContent, MemoryContent>();
    for (const [path, content] of names) {
      const survivor = left.get(content) ?? content.leave((write, sector) => crash.keepsSector(path, write, sector));
      left.set(content, survivor);
      after.adopt(path, survivor);
    }
    return after;
  }

  /** Only the process dies: the page cache, and what it still owes the platter, stay. */
  kill(options = this.options): MemoryDisk {
    this.dead = true;
    const after = new MemoryDisk(options);
    for (const [path, content] of this.names) after.names.set(path, content);
    after.durableNames = this.durableNames;
    after.changes = this.changes;
    after.used = this.used;
    return after;
  }

  /** Another disk with what programs see of this one, as `cp` makes it; this one goes on. */
  copy(options = this.options): MemoryDisk {
    const copy = new MemoryDisk(options);
    for (const [path, content] of this.names) copy.adopt(path, new MemoryContent(content.seen.copy()));
    return copy;
  }

  /** Damages what is durable. */
  flipBit(path: string, position: number, bit = 0): void {
    this.content(path).rot(position, (byte) => byte ^ (1 << bit));
  }

  /** A sector of a file gets bytes that belong elsewhere. */
  misdirect(path: string, position: number, bytes: Uint8Array): void {
    const content = this.content(path);
    bytes.forEach((byte, at) => content.rot(position + at, () => byte));
  }

  /** All files, sorted. */
  get paths(): readonly string[] {
    return [...this.names.keys()].sort();
  }

  /** For tests and fault plans: files with unsynced writes, and pending changes of names. */
  get unsynced(): ReadonlyMap<string, MemoryContent> {
    return new Map([...this.names].filter(([, content]) => content.unsynced.length > 0));
  }

  get unsyncedNames(): readonly NameChange[] {
    return this.changes;
  }

  content(path: string): MemoryContent {
    const content = this.names.get(path);
    if (content === undefined) throw new DiskError('open', path, 'ENOENT', 'no such file');
    return content;
  }

  list(directory: string, done: (names: readonly string[] | DiskError) => void): void {
    this.enqueue('list', directory, () => {
      const prefix = `${directory}/`;
      const paths = [...this.names.keys()].filter((path) => path.startsWith(prefix));
      done(paths.map((path) => path.slice(prefix.length)).sort());
    });
  }

  makeDirectory(path: string, done: Done): void {
    this.enqueue('make', path, () => done(undefined));
  }

  create(path: string, done: (file: DiskFile | DiskError) => void): void {
    this.enqueue('create', path, () => {
      this.release(this.names.get(path));
      this.change({ path, content: new MemoryContent() });
      done(this.fileAt(path));
    });
  }

  open(path: string, done: (file: DiskFile | DiskError) => void): void {
    this.enqueue('open', path, () => {
      if (this.names.has(path)) done(this.fileAt(path));
      else done(new DiskError('open', path, 'ENOENT', 'no such file'));
    });
  }

  rename(from: string, to: string, done: Done): void {
    this.enqueue('rename', from, () => {
      const content = this.names.get(from);
      if (content === undefined) return done(new DiskError('rename', from, 'ENOENT', 'no such file'));
      this.release(this.names.get(to));
      this.change({ path: to, content, givenUp: from });
      done(undefined);
    });
  }

  remove(path: string, done: Done): void {
    this.enqueue('remove', path, () => {
      if (!this.names.has(path)) return done(new DiskError('remove', path, 'ENOENT', 'no such file'));
      this.release(this.names.get(path));
      this.change({ path, content: undefined });
      done(undefined);
    });
  }

  syncDirectory(path: string, done: Done): void {
    this.enqueue('sync', path, () => {
      if (this.faults.sync?.(path) !== undefined) return done(new DiskError('sync', path, 'EIO', 'input/output error'));
      const here = this.changes.filter((change) => change.path.startsWith(`${path}/`));
      for (const change of here) applyChange(this.durableNames, change);
      this.changes = this.changes.filter((change) => !here.includes(change));
      done(undefined);
    });
  }

  private fileAt(path: string): DiskFile {
    return new MemoryFile(path, this.content(path), this, (operation, run) => this.enqueue(operation, path, run));
  }

  private enqueue(operation: string, path: string, work: () => void): void {
    const run = (): void => {
      if (!this.dead) work();
    };
    const { schedule } = this.options;
    if (schedule === undefined) this.waiting.push({ label: `${operation} ${path}`, run });
    else schedule(this.faults.delay?.(operation, path) ?? 0, run);
  }

  private change(change: NameChange): void {
    applyChange(this.names, change);
    this.changes.push(change);
  }

  private adopt(path: string, content: MemoryContent): void {
    this.names.set(path, content);
    this.durableNames.set(path, content);
    this.used += content.seen.sizeBytes;
  }

  /** Whether its process or its power is gone. */
  get isDead(): boolean {
    return this.dead;
  }

  get usedBytes(): number {
    return this.used;
  }

  /** Takes room for a file's growth; false when the disk is full. */
  claim(bytes: number): boolean {
    if (this.used + bytes > this.capacityBytes) return false;
    this.used += bytes;
    return true;
  }

  private release(content: MemoryContent | undefined): void {
    this.used -= content?.seen.sizeBytes ?? 0;
  }
}

const pageBytes = 4096;

class MemoryFile implements DiskFile {
  constructor(
    readonly path: string,
    private readonly content: MemoryContent,
    private readonly disk: MemoryDisk,
    private readonly enqueue: (operation: string, run: () => void) => void,
  ) {}

  get sizeBytes(): number {
    return this.content.seen.sizeBytes;
  }

  write(bytes: Uint8Array, position: number): void {
    if (this.disk.isDead) return;
    const fault = this.disk.faults.write?.(this.path, position, bytes.length);
    if (fault === 'half') this.content.write(bytes.subarray(0, halfOf(position, bytes.length)), position);
    if (fault === 'fail' || fault === 'half') throw new DiskError('write', this.path, 'EIO', 'input/output error');
    const growth = Math.max(0, position + bytes.length - this.sizeBytes);
    if (!this.disk.claim(growth)) throw new DiskError('write', this.path, 'ENOSPC', 'no space left on device');
    this.content.write(bytes, position + (fault ?? 0));
  }

  read(position: number, length: number, done: (bytes: Uint8Array | DiskError) => void): void {
    this.enqueue('read', () => {
      if (this.disk.faults.read?.(this.path) === 'fail')
        done(new DiskError('read', this.path, 'EIO', 'input/output error'));
      else done(this.content.seen.get(position, length));
    });
  }

  sync(done: Done): void {
    const covered = this.content.unsynced.length;
    this.enqueue('sync', () => {
      const fault = this.disk.faults.sync?.(this.path);
      if (fault === 'dropped') this.content.dropPages();
      if (fault === undefined) this.content.sync(covered);
      done(fault && new DiskError('sync', this.path, 'EIO', 'input/output error'));
    });
  }

  close(): void {
    // Nothing is held for an open file.
  }
}

/** A write gets into the page cache page by page: what it leaves undone begins with a page. */
function halfOf(position: number, length: number): number {
  const middle = position + (length >> 1);
  return Math.max(0, middle - (middle % pageBytes) - position);
}

function applyChange(names: Map<string, MemoryContent>, { path, content, givenUp }: NameChange): void {
  if (content === undefined) names.delete(path);
  else names.set(path, content);
  if (givenUp !== undefined && names.get(givenUp) === content) names.delete(givenUp);
}

/** A power cut as dice decide: each unsynced sector and name survives with this probability. */
export function randomCrash(dice: Dice, survival = 0.5): Crash {
  const lives = (): boolean => dice.between(0, 1) < survival;
  return { keepsSector: lives, keepsName: lives };
}
