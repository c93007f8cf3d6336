import { HashSum } from '../hash.js';
import { limits } from './operations.js';
import { Records, RecordView } from './records.js';
import { SearchKey } from './search-key.js';
import { SortedIndex } from './sorted-index.js';

/**
 * The store's content: records in key order, and a view of them as they were when it was frozen.
 *
 * Freezing costs nothing. While a frozen view is read, a record that it has not given yet is kept aside when it is
 * changed or deleted, and a record written since is passed over; so each frozen record is given exactly once.
 */
export class Table {
  readonly hash = new HashSum();
  size = 0;
  private readonly records = new Records();
  private readonly key = new SearchKey(limits.keyBytes);
  private readonly index = new SortedIndex((pointer) => this.records.compare(this.key, pointer));
  private readonly numbers = { revision: 0, created: 0, version: 0 };
  /** Records carry the epoch they were written in; freezing begins another one. */
  private epoch = 1;
  private frozen: FrozenTable | undefined;

  /** Copies key and value. Tells whether the key was there before. */
  put(
    key: Uint8Array,
    keyStart: number,
    keyEnd: number,
    value: Uint8Array,
    valueStart: number,
    valueEnd: number,
    revision: number,
  ): boolean {
    const existed = this.find(key, keyStart, keyEnd);
    const { numbers, records } = this;
    numbers.revision = revision;
    if (existed) {
      const old = this.index.current!;
      records.numbers(old, numbers);
      numbers.revision = revision;
      numbers.version++;
      this.withdraw(old);
    } else {
      numbers.created = revision;
      numbers.version = 1;
    }
    this.enter(value, valueStart, valueEnd, existed);
    return existed;
  }

  /** A record as a snapshot has it. Keys must come only once. */
  load(key: Uint8Array, value: Uint8Array, revision: number, created: number, version: number): void {
    if (this.find(key, 0, key.length)) throw new Error('a snapshot with the same key twice');
    Object.assign(this.numbers, { revision, created, version });
    this.enter(value, 0, value.length, false);
  }

  private enter(value: Uint8Array, valueStart: number, valueEnd: number, existed: boolean): void {
    const { records } = this;
    const pointer = records.write(this.key, value, valueStart, valueEnd, this.numbers, this.epoch);
    this.hash.add(records.hashLow(pointer), records.hashHigh(pointer));
    if (existed) this.index.replace(pointer);
    else {
      this.index.insert(pointer);
      this.size++;
    }
  }

  /** Tells whether the key was there. */
  remove(key: Uint8Array): boolean {
    if (!this.find(key, 0, key.length)) return false;
    this.withdraw(this.index.current!);
    this.index.remove();
    this.size--;
    return true;
  }

  get(key: Uint8Array, into: RecordView): boolean {
    if (!this.find(key, 0, key.length)) return false;
    this.records.view(this.index.current!, into);
    return true;
  }

  /** Goes to the first record at or after `key`, then forward with `next`. */
  seek(key: Uint8Array): void {
    this.find(key, 0, key.length);
  }

  /** The record at the place, then one further; false at the end. */
  next(into: RecordView): boolean {
    const pointer = this.index.current;
    if (pointer === undefined) return false;
    this.records.view(pointer, into);
    this.index.advance();
    return true;
  }

  /** At most one view at a time: another one ends the one before. */
  freeze(): FrozenTable {
    this.frozen?.end();
    this.frozen = new FrozenTable(this.records, this.index, this.key, this.epoch++, () => (this.frozen = undefined));
    return this.frozen;
  }

  private find(key: Uint8Array, start: number, end: number): boolean {
    this.key.set(key, start, end);
    return this.index.seek();
  }

  private withdraw(pointer: number): void {
    const { records } = this;
    this.hash.subtract(records.hashLow(pointer), records.hashHigh(pointer));
    if (this.frozen?.keep(pointer)) return;
    records.release(pointer);
  }
}

/** Records at which a call of `next` looks before it gives way to other work. */
const visitsMost = 1024;

/** A table as it was when it was frozen. */
export class FrozenTable {
  /** Changed or deleted since, not given yet. */
  private readonly kept: number[] = [];
  /** The last key that the walk through the live table has passed. */
  private readonly passed = new SearchKey(limits.keyBytes);
  private readonly place = new RecordView();
  private started = false;
  private walked = false;
  private ended = false;

  constructor(
    private readonly records: Records,
    private readonly index: SortedIndex,
    private readonly key: SearchKey,
    private readonly epoch: number,
    private readonly onEnd: () => void,
  ) {}

  /** Whether a record that is about to go belongs to this view and must be kept for it. */
  keep(pointer: number): boolean {
    if (this.walked || this.records.epoch(pointer) > this.epoch) return false;
    if (this.started && this.records.compare(this.passed, pointer) <= 0) return false;
    this.kept.push(pointer);
    return true;
  }

  /** Gives records until `visit` says it is enough, or for a while. False when all have been given. */
  read(visit: (record: RecordView) => boolean): boolean {
    if (this.ended) throw new Error('this frozen state was ended by a later one');
    if (this.readKept(visit) && !this.walked) this.walk(visit);
    if (this.walked && this.kept.length === 0) this.end();
    return !this.ended;
  }

  /** Lets go of everything kept for this view. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd();
    for (const pointer of this.kept) this.records.release(pointer);
    this.kept.length = 0;
  }

  /** Whether `visit` wants more. */
  private readKept(visit: (record: RecordView) => boolean): boolean {
    for (let pointer = this.kept.pop(); pointer !== undefined; pointer = this.kept.pop()) {
      this.records.view(pointer, this.place);
      const goOn = visit(this.place);
      this.records.release(pointer);
      if (!goOn) return false;
    }
    return true;
  }

  private walk(visit: (record: RecordView) => boolean): void {
    const { records, index, place } = this;
    this.goBehindPassed();
    for (let visits = 0; visits < visitsMost; visits++) {
      const pointer = index.current;
      if (pointer === undefined) {
        this.walked = true;
        return;
      }
      index.advance();
      const goOn = records.epoch(pointer) > this.epoch || (records.view(pointer, place), visit(place));
      if (!goOn || visits === visitsMost - 1) return this.setPassed(pointer);
    }
  }

  private goBehindPassed(): void {
    if (this.started) this.key.copy(this.passed);
    else this.key.set(new Uint8Array(0), 0, 0);
    if (this.index.seek()) this.index.advance();
  }

  private setPassed(pointer: number): void {
    this.records.view(pointer, this.place);
    const { slab, keyStart, keyEnd } = this.place;
    this.passed.set(slab.bytes, keyStart, keyEnd);
    this.started = true;
  }
}
