import { crc32 } from 'node:zlib';
import type { Token, Vocabulary } from '@synod/actor';
import type { Frame, OpenedJournal, StoredFrame } from '@synod/actor-host';
import { FileSnapshotStore, MemoryDisk, SegmentedJournal, randomCrash, sectorBytes } from '@synod/journal';
import type { Pace } from '@synod/journal';
import { journalOptions } from './journal-options.js';
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';
import { Violation } from './violation.js';
import type { DiskTampering } from './wrong-disks.js';

/** Spans are [min, max] in true milliseconds, drawn anew each time. */
export interface DiskTiming {
  readonly syncMs: readonly [number, number];
  /** Everything else that a disk does. */
  readonly otherMs: readonly [number, number];
  /** Nothing takes time: what was asked is done before anything that rests on it leaves. */
  readonly instant: boolean;
  /** What was not synced may survive a power cut all the same, in any part. */
  readonly unsyncedSurvives: boolean;
  readonly segmentBytes: number;
  /** How much of the journal's youngest frames may be read without the disk. */
  readonly recentBytes: number;
}

/** One persisted record. */
export interface Slot<V extends Vocabulary> {
  readonly token: Token;
  readonly record: V['record'];
  /** Checksum of its bytes, by which recovery is compared with what was written. */
  print: number;
  /** The last log position in it, 0 when there is none. */
  position: number;
}

/**
 * A machine's disk, with the production journal and snapshot store on it, and beside it the list of what was written and
 * what of that must survive.
 */
export class Disk<V extends Vocabulary> {
  private memory: MemoryDisk;
  private slots: Slot<V>[] = [];
  private syncedSlots = 0;
  /** So many of the oldest records are not needed any more. */
  private droppable = 0;
  private stalledUntil = 0;
  private fullUntil = 0;
  private failing: { readonly sync?: 'kept' | 'dropped'; readonly write?: 'half' } = {};
  /** The power is cut after so many more operations. */
  crashAfter = Number.POSITIVE_INFINITY;
  /** Durable data was damaged, and no life has found out. */
  harmed = false;
  /** Durable data of this disk was damaged at some time, whether or not anybody has found out. */
  wasHarmed = false;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
    private readonly timing: DiskTiming,
    private readonly process: {
      /** What the disk has done reaches the process in its own time. */
      complete(run: () => void): void;
      cutPower(): void;
    },
  ) {
    this.memory = this.blank();
  }

  /** Records of the journal that are known to be durable; none that it was cut of since the last start. */
  get durable(): readonly Slot<V>[] {
    return this.slots.slice(0, this.syncedSlots);
  }

  /** The same, and those that a crash may take. */
  get written(): readonly Slot<V>[] {
    return this.slots;
  }

  get stalled(): boolean {
    return this.stalledUntil > this.timeline.now;
  }

  /** In a world of instant disks: everything that was asked for is done. */
  get idle(): boolean {
    return this.waiting.length === 0;
  }

  get empty(): boolean {
    return this.slots.length === 0;
  }

  /** What a process opens at its start, with `tamper` between the store and the disk. */
  open(
    replica: string,
    now: () => number,
    tamper: DiskTampering,
  ): { journal: WatchedJournal<V>; snapshots: FileSnapshotStore } {
    const pace: Pace = { now, later: (run) => this.schedule(0, run) };
    const disk = tamper(this.memory);
    return {
      journal: new WatchedJournal<V>(this, { disk, pace, replica, ...journalOptions, ...this.timing }),
      snapshots: new FileSnapshotStore({ disk, pace }),
    };
  }

  /** The process is gone; what it wrote waits in the page cache. */
  kill(): void {
    this.use(this.memory.kill());
  }

  /** The power is cut: of what was not synced, any part survives. */
  crash(): void {
    const { random } = this;
    const nothing = { keepsSector: () => false, keepsName: () => false };
    this.use(this.memory.crash(this.timing.unsyncedSurvives ? randomCrash(random, random.next()) : nothing));
  }

  /** Another disk, with what programs saw of this one, as `cp` makes it. */
  copy(): void {
    const copy = this.memory.copy(this.memoryOptions());
    this.memory.kill();
    this.use(copy);
  }

  /** Another disk, empty. */
  replace(): void {
    this.use(this.blank());
    this.harmed = this.wasHarmed = false;
    this.slots = [];
    this.syncedSlots = 0;
    this.droppable = 0;
  }

  /** A journal that a former life left, of these records. */
  prepare(replica: string, records: readonly V['record'][], encode: (record: V['record']) => Frame): void {
    this.replace();
    const memory = new MemoryDisk();
    const pace: Pace = { now: () => 0, later: (run) => memory.later(run) };
    const { segmentBytes } = this.timing;
    const journal = new SegmentedJournal({ disk: memory, pace, replica, segmentBytes, ...journalOptions });
    journal.open(() => undefined, () => undefined); // prettier-ignore
    memory.pump();
    records.forEach((record, i) => {
      const frame = encode(record);
      this.note(i + 1, record);
      this.appended(frame);
      journal.append(i + 1, frame);
    });
    journal.flush();
    memory.pump();
    this.syncedSlots = this.slots.length;
    this.memory = memory.kill(this.memoryOptions());
  }

  /** Nothing that is under way, or asked for, ends before this much time has passed. */
  stall(forMs: number): void {
    this.stalledUntil = Math.max(this.stalledUntil, this.timeline.now + forMs);
  }

  /** The next sync fails; `dropped`: its pages are taken to be clean all the same. */
  failNextSync(outcome: 'kept' | 'dropped'): void {
    this.failing = { sync: outcome };
  }

  /** The next write fails when half of it is done. */
  failNextWrite(): void {
    this.failing = { write: 'half' };
  }

  /** Files can grow by no more than this for a while. */
  fill(roomBytes: number, forMs: number): void {
    this.fullUntil = this.timeline.now + forMs;
    this.memory.capacityBytes = this.memory.usedBytes + roomBytes;
    this.timeline.at(this.fullUntil, () => {
      if (this.fullUntil <= this.timeline.now) this.memory.capacityBytes = Number.POSITIVE_INFINITY;
    });
  }

  /** One bit of durable data, at fractions of the list of files and of one of them. False when nothing has changed. */
  flipBit(file: number, place: number, bit: number): boolean {
    const at = this.findData(file, place);
    if (at === undefined) return false;
    return this.damage(at.path, () => this.memory.flipBit(at.path, at.position, bit));
  }

  /** A sector of durable data holds what was to be written elsewhere. False when that is the same. */
  misdirect(file: number, place: number): boolean {
    const to = this.findData(file, place);
    const from = this.findData(1 - file, 1 - place);
    if (to === undefined || from === undefined) return false;
    const sector = (position: number): number => position - (position % sectorBytes);
    const bytes = this.memory.content(from.path).seen.get(sector(from.position), sectorBytes);
    return this.damage(to.path, () => this.memory.misdirect(to.path, sector(to.position), bytes));
  }

  /** The disk works again; what rots stays rotten. */
  heal(): void {
    this.failing = {};
    this.fullUntil = this.stalledUntil = 0;
    this.memory.capacityBytes = Number.POSITIVE_INFINITY;
    this.settle();
  }

  /** In a world of instant disks only: does what was asked for. */
  settle(): void {
    while (this.waiting.length > 0 && !this.stalled) this.waiting.shift()!();
  }

  /** In a world of instant disks only: does what was asked for until a sync has made something durable, and stalls. */
  syncOnce(): void {
    const { syncedSlots } = this;
    this.stalledUntil = 0;
    while (this.waiting.length > 0 && this.syncedSlots === syncedSlots) this.waiting.shift()!();
    this.stall(Number.POSITIVE_INFINITY);
  }

  // What the journal tells.

  note(token: Token, record: V['record']): void {
    this.slots.push({ token, record, print: 0, position: 0 });
  }

  appended({ type, payload, log, truncateFrom }: Frame): void {
    const slot = this.slots[this.slots.length - 1]!;
    this.supersede(truncateFrom ?? log?.first ?? Number.POSITIVE_INFINITY);
    slot.print = printOf(type, payload);
    slot.position = log === undefined ? 0 : log.first + log.count - 1;
  }

  /** From here on the log is void: what wrote these positions is needed for what comes before them only. */
  private supersede(from: number): void {
    for (let i = this.slots.length - 2; i >= 0; i--) {
      const slot = this.slots[i]!;
      if (slot.position >= from) slot.position = from - 1;
      else if (slot.position > 0) return;
    }
  }

  /** From now on the journal may begin later: with the first record that is still needed. */
  cut(through: number, keep: Token): void {
    const { slots } = this;
    while (this.droppable < slots.length) {
      const { token, position } = slots[this.droppable]!;
      if (token >= keep || position > through) return;
      this.droppable++;
    }
  }

  /** Everything through `token` is durable; returns what was not known to be. */
  synced(token: Token): readonly Slot<V>[] {
    const from = this.syncedSlots;
    while (this.syncedSlots < this.slots.length && this.slots[this.syncedSlots]!.token <= token) this.syncedSlots++;
    return this.slots.slice(from, this.syncedSlots);
  }

  /** Compares what a new life finds with what former ones wrote. Throws when something is missing or was never written. */
  recovered(frames: readonly StoredFrame[]): void {
    this.harmed = false;
    const prints = frames.map(({ type, payload }) => printOf(type, [payload]));
    const { slots } = this;
    for (let end = slots.length; end >= this.syncedSlots; end--) {
      const start = end - prints.length;
      if (start < 0 || start > this.droppable) continue;
      if (!prints.every((print, i) => slots[start + i]!.print === print)) continue;
      this.slots = slots.slice(start, end).map((slot) => ({ ...slot, token: 0 }));
      this.syncedSlots = this.slots.length;
      this.droppable = 0;
      return;
    }
    throw new Violation(
      'Durable is Durable',
      'Raft Figure 2, "persistent state"',
      `the journal gives ${frames.length} records; of the ${slots.length} that were written, ${this.syncedSlots} had been synced, and it is not these with what came after`,
    );
  }

  /** Counted by what it has done, not by what it was to do. */
  private damage(path: string, harm: () => void): boolean {
    const print = (): number => crc32(this.memory.content(path).platter.get(0, Number.POSITIVE_INFINITY));
    const before = print();
    harm();
    const isHarmed = print() !== before;
    if (isHarmed) this.harmed = this.wasHarmed = true;
    return isHarmed;
  }

  private blank(): MemoryDisk {
    return new MemoryDisk(this.memoryOptions());
  }

  private memoryOptions() {
    const { syncMs, otherMs } = this.timing;
    return {
      schedule: (delayMs: number, run: () => void) => this.schedule(delayMs, run),
      faults: {
        delay: (operation: string) => this.random.between(...(operation === 'sync' ? syncMs : otherMs)),
        sync: () => this.takeFailure('sync'),
        write: () => this.takeFailure('write'),
      },
    };
  }

  private use(memory: MemoryDisk): void {
    memory.capacityBytes = this.memory.capacityBytes;
    this.memory = memory;
    this.waiting = [];
    this.failing = {};
    this.crashAfter = Number.POSITIVE_INFINITY;
  }

  private takeFailure<K extends 'sync' | 'write'>(kind: K): { sync: 'kept' | 'dropped'; write: 'half' }[K] | undefined {
    const failure = this.failing[kind];
    if (failure !== undefined) this.failing = {};
    return failure as { sync: 'kept' | 'dropped'; write: 'half' }[K] | undefined;
  }

  /** A byte that says something, at or behind that place. */
  private findData(file: number, place: number): { readonly path: string; readonly position: number } | undefined {
    const paths = this.memory.paths.filter((path) => !path.endsWith('.tmp'));
    const path = paths[Math.floor(file * paths.length)];
    if (path === undefined) return undefined;
    const bytes = this.memory.content(path).platter.get(0, Number.POSITIVE_INFINITY);
    const used = bytes.findLastIndex((byte) => byte !== 0) + 1;
    const position = bytes.findIndex((byte, at) => at >= place * used && byte !== 0);
    return position < 0 ? undefined : { path, position };
  }

  /** The place between two operations of the disk: here, too, the power may be cut. */
  private operate(run: () => void): void {
    if (--this.crashAfter >= 0) run();
    else this.process.cutPower();
  }

  private schedule(delayMs: number, run: () => void): void {
    if (this.timing.instant) return void this.waiting.push(run);
    const end = (): void => {
      if (this.stalled) this.timeline.at(this.stalledUntil, end);
      else this.process.complete(() => this.operate(run));
    };
    this.timeline.after(delayMs, end);
  }
}

/** The production journal; what it finds and what it takes is told to the disk. */
class WatchedJournal<V extends Vocabulary> extends SegmentedJournal {
  /** When everything was read, before any of it is visited. */
  onRead: () => void = () => undefined;

  constructor(
    private readonly watcher: Disk<V>,
    options: ConstructorParameters<typeof SegmentedJournal>[0],
  ) {
    super(options);
  }

  override open(visit: (frame: StoredFrame) => void, done: (opened: OpenedJournal | Error) => void): void {
    const frames: StoredFrame[] = [];
    super.open(
      (frame) => void frames.push(frame),
      (opened) => {
        if (!(opened instanceof Error)) {
          // What is damaged is for the actor to refuse.
          if (opened.tail !== 'corrupt') this.watcher.recovered(frames);
          this.onRead();
          for (const frame of frames) visit(frame);
        }
        done(opened);
      },
    );
  }

  override append(token: Token, frame: Frame): void {
    this.watcher.appended(frame);
    super.append(token, frame);
  }

  override cut(through: number, keep: Token): void {
    this.watcher.cut(through, keep);
    super.cut(through, keep);
  }
}

function printOf(type: number, parts: readonly Uint8Array[]): number {
  let print = type;
  for (const part of parts) print = crc32(part, print);
  return print;
}
