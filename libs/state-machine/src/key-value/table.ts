import { HashSum } from '../hash.js';
import { HashIndex } from './hash-index.js';
import { limits } from './operations.js';
import { Records, RecordView } from './records.js';
import { SearchKey } from './search-key.js';
import type { HashSecret } from './search-key.js';
import { SortedIndex } from './sorted-index.js';

/** What a view is frozen for: the protocol's snapshots, or a copy that is saved (`synod snapshot save`). */
export type FrozenFor = 'snapshot' | 'image';

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
  private readonly key: SearchKey;
  private readonly byKey = new HashIndex(this.records);
  private readonly byOrder = new SortedIndex((pointer) => this.records.compare(this.key, pointer));
  private readonly numbers = { revision: 0, created: 0, version: 0 };
  /** Records carry the epoch they were written in; freezing begins another one. */
  private epoch = 1;
  private readonly frozen = new Map<FrozenFor, FrozenTable>();

  constructor(secret: HashSecret) {
    this.key = new SearchKey(limits.keyBytes, secret);
  }

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
    this.key.set(key, keyStart, keyEnd);
    const old = this.byKey.find(this.key);
    const { numbers, records } = this;
    if (old < 0) {
      numbers.revision = numbers.created = revision;
      numbers.version = 1;
      this.insert(value, valueStart, valueEnd);
      return false;
    }
    records.numbers(old, numbers);
    numbers.revision = revision;
    numbers.version++;
    this.hash.subtract(records.hashLow(old), records.hashHigh(old));
    if (records.canHold(old, this.key, valueEnd - valueStart)) {
      if (this.frozen.size > 0) this.keepCopies(old);
      records.fill(old, this.key, value, valueStart, valueEnd, numbers, this.epoch);
      this.hash.add(records.hashLow(old), records.hashHigh(old));
    } else this.move(old, value, valueStart, valueEnd);
    return true;
  }

  /** A record as a snapshot has it. Keys must come only once. */
  load(key: Uint8Array, value: Uint8Array, revision: number, created: number, version: number): void {
    this.key.set(key, 0, key.length);
    if (this.byKey.find(this.key) >= 0) throw new Error('a snapshot with the same key twice');
    Object.assign(this.numbers, { revision, created, version });
    this.insert(value, 0, value.length);
  }

  /** Tells whether the key was there. */
  remove(key: Uint8Array): boolean {
    this.key.set(key, 0, key.length);
    const pointer = this.byKey.find(this.key);
    if (pointer < 0) return false;
    this.hash.subtract(this.records.hashLow(pointer), this.records.hashHigh(pointer));
    this.byKey.remove(pointer);
    this.byOrder.seek();
    this.byOrder.remove();
    this.retire(pointer);
    this.size--;
    return true;
  }

  get(key: Uint8Array, into: RecordView): boolean {
    this.key.set(key, 0, key.length);
    const pointer = this.byKey.find(this.key);
    if (pointer >= 0) this.records.view(pointer, into);
    return pointer >= 0;
  }

  /** Goes to the first record at or after `key`, then forward with `next`. */
  seek(key: Uint8Array): void {
    this.key.set(key, 0, key.length);
    this.byOrder.seek();
  }

  /** The record at the place, then one further; false at the end. */
  next(into: RecordView): boolean {
    const pointer = this.byOrder.current;
    if (pointer === undefined) return false;
    this.records.view(pointer, into);
    this.byOrder.advance();
    return true;
  }

  /** At most one view at a time for each purpose: another one ends the one before. */
  freeze(purpose: FrozenFor = 'snapshot'): FrozenTable {
    this.frozen.get(purpose)?.end();
    const onEnd = (): void => void this.frozen.delete(purpose);
    const view = new FrozenTable(this.records, this.byOrder, this.key, this.epoch++, onEnd);
    this.frozen.set(purpose, view);
    return view;
  }

  private insert(value: Uint8Array, valueStart: number, valueEnd: number): void {
    const pointer = this.create(value, valueStart, valueEnd);
    this.byKey.insert(pointer);
    this.byOrder.seek();
    this.byOrder.insert(pointer);
    this.size++;
  }

  /** The key's new value needs a slot of another size. */
  private move(old: number, value: Uint8Array, valueStart: number, valueEnd: number): void {
    const pointer = this.create(value, valueStart, valueEnd);
    this.byKey.replace(old, pointer);
    this.byOrder.seek();
    this.byOrder.replace(pointer);
    this.retire(old);
  }

  private create(value: Uint8Array, valueStart: number, valueEnd: number): number {
    const { records } = this;
    const pointer = records.create(this.key, value, valueStart, valueEnd, this.numbers, this.epoch);
    this.hash.add(records.hashLow(pointer), records.hashHigh(pointer));
    return pointer;
  }

  private keepCopies(pointer: number): void {
    for (const view of this.frozen.values()) if (view.wants(pointer)) view.keep(this.records.copy(pointer));
  }

  /** The first view that wants it gets the record itself, every other one a copy: each lets go of its own. */
  private retire(pointer: number): void {
    let isTaken = false;
    for (const view of this.frozen.values()) {
      if (!view.wants(pointer)) continue;
      view.keep(isTaken ? this.records.copy(pointer) : pointer);
      isTaken = true;
    }
    if (!isTaken) this.records.release(pointer);
  }
}

/** Records at which a call of `next` looks before it gives way to other work. */
const visitsMost = 1024;

/**
 * A table as it was when it was frozen: its records in key order, whatever happens meanwhile. Equal tables give equal records in
 * the same order, so replicas can compare snapshots byte by byte.
 */
export class FrozenTable {
  /** Changed or deleted since, not given yet; in key order, each behind the last key that was passed. */
  private readonly kept: SortedIndex;
  private keptCount = 0;
  /** The last key that was given or passed over. */
  private readonly passed: SearchKey;
  private readonly place = new RecordView();
  private started = false;
  private ended = false;

  constructor(
    private readonly records: Records,
    private readonly index: SortedIndex,
    /** The table's own: set to the key of the record that is about to change. */
    private readonly key: SearchKey,
    private readonly epoch: number,
    private readonly onEnd: () => void,
  ) {
    this.passed = new SearchKey(limits.keyBytes, key.secret);
    this.kept = new SortedIndex((pointer) => records.compare(key, pointer));
  }

  /** Whether a record that is about to change belongs to this view and has not been given yet. */
  wants(pointer: number): boolean {
    if (this.records.epoch(pointer) > this.epoch) return false;
    return !this.started || this.records.compare(this.passed, pointer) > 0;
  }

  /** Takes over a record that is in no index any more, and whose key is the one that is sought. */
  keep(pointer: number): void {
    this.kept.seek();
    this.kept.insert(pointer);
    this.keptCount++;
  }

  /** Gives records until `visit` says it is enough, or for a while. False when all have been given. */
  read(visit: (record: RecordView) => boolean): boolean {
    if (this.ended) throw new Error('this frozen state was ended by a later one');
    if (!this.walk(visit)) this.end();
    return !this.ended;
  }

  /** Lets go of everything kept for this view. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd();
    for (let pointer = this.firstKept(); pointer !== undefined; pointer = this.firstKept()) this.release(pointer);
  }

  /** Whether there may be more. */
  private walk(visit: (record: RecordView) => boolean): boolean {
    const { records, index, place } = this;
    this.goBehindPassed();
    for (let visits = 1; ; visits++) {
      const live = index.current;
      const kept = this.firstKept();
      if (kept !== undefined && (live === undefined || this.isBefore(kept, live))) {
        if (!this.giveKept(kept, visit) || visits >= visitsMost) return true;
        continue;
      }
      if (live === undefined) return false;
      index.advance();
      const goOn = records.epoch(live) > this.epoch || (records.view(live, place), visit(place));
      if (goOn && visits < visitsMost) continue;
      this.setPassed(live);
      return true;
    }
  }

  private giveKept(pointer: number, visit: (record: RecordView) => boolean): boolean {
    this.records.view(pointer, this.place);
    const goOn = visit(this.place);
    this.setPassed(pointer);
    this.release(pointer);
    return goOn;
  }

  private firstKept(): number | undefined {
    if (this.keptCount === 0) return undefined;
    this.key.set(nothing, 0, 0);
    this.kept.seek();
    return this.kept.current;
  }

  /** The first one, at which the place is. */
  private release(pointer: number): void {
    this.firstKept();
    this.kept.remove();
    this.keptCount--;
    this.records.release(pointer);
  }

  private isBefore(kept: number, live: number): boolean {
    this.records.view(kept, this.place);
    const { slab, keyStart, keyEnd } = this.place;
    this.key.set(slab.bytes, keyStart, keyEnd);
    return this.records.compare(this.key, live) > 0;
  }

  private goBehindPassed(): void {
    if (this.started) this.key.copy(this.passed);
    else this.key.set(nothing, 0, 0);
    if (this.index.seek()) this.index.advance();
  }

  private setPassed(pointer: number): void {
    this.records.view(pointer, this.place);
    const { slab, keyStart, keyEnd } = this.place;
    this.passed.set(slab.bytes, keyStart, keyEnd);
    this.started = true;
  }
}

const nothing = new Uint8Array(0);
