import { Arena, offsetOf } from './arena.js';
import type { Slab } from './arena.js';
import { Hasher } from '../hash.js';
import type { SearchKey } from './search-key.js';

// A record in its slot: numbers, then the key and the value, each filled up to whole words. The first three words are of
// this process only; the record's hash is over all that comes after its own.
const nextAt = 0;
const keyHashAt = 4;
const epochAt = 8;
const hashLowAt = 12;
const hashHighAt = 16;
const revisionAt = 20;
const createdAt = 28;
const versionAt = 36;
const valueLengthAt = 44;
const keyLengthAt = 48;
const keyAt = 52;

const seed = 0x6b76;

export interface RecordNumbers {
  revision: number;
  created: number;
  version: number;
}

/** Where a record's parts are; filled in place. */
export class RecordView implements RecordNumbers {
  slab!: Slab;
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  revision = 0;
  created = 0;
  version = 0;
}

/** Records in arena slots. Each keeps its hash, so that taking it away does not mean hashing it again. */
export class Records {
  readonly arena = new Arena();
  private readonly hasher = new Hasher();

  /** A new record. Copies key and value out of what is passed. */
  create(
    key: SearchKey,
    value: Uint8Array,
    valueStart: number,
    valueEnd: number,
    numbers: Readonly<RecordNumbers>,
    epoch: number,
  ): number {
    const pointer = this.arena.allocate(sizeOf(key, valueEnd - valueStart));
    const { view } = this.arena.slabOf(pointer);
    const offset = offsetOf(pointer);
    view.setInt32(offset + keyHashAt, key.hash);
    view.setUint32(offset + keyLengthAt, key.length);
    const { words } = key;
    for (let i = 0, at = offset + keyAt; i < key.filledLength >> 2; i++, at += 4) view.setUint32(at, words[i]!);
    this.fill(pointer, key, value, valueStart, valueEnd, numbers, epoch);
    return pointer;
  }

  /** Whether the record's slot is right for another value of its key. */
  canHold(pointer: number, key: SearchKey, valueLength: number): boolean {
    return this.arena.fits(pointer, sizeOf(key, valueLength));
  }

  /** Everything of a record but its key. */
  fill(
    pointer: number,
    key: SearchKey,
    value: Uint8Array,
    valueStart: number,
    valueEnd: number,
    { revision, created, version }: Readonly<RecordNumbers>,
    epoch: number,
  ): void {
    const { view } = this.arena.slabOf(pointer);
    const offset = offsetOf(pointer);
    view.setInt32(offset + epochAt, epoch);
    view.setFloat64(offset + revisionAt, revision);
    view.setFloat64(offset + createdAt, created);
    view.setFloat64(offset + versionAt, version);
    view.setUint32(offset + valueLengthAt, valueEnd - valueStart);
    const { hasher } = this;
    hasher.begin(seed);
    const valueAt = offset + keyAt + key.filledLength;
    hasher.view(view, offset + revisionAt, valueAt);
    hasher.copy(value, valueStart, valueEnd, view, valueAt);
    hasher.end();
    view.setInt32(offset + hashLowAt, hasher.low);
    view.setInt32(offset + hashHighAt, hasher.high);
  }

  /** The same record in a slot of its own. */
  copy(pointer: number): number {
    const slab = this.arena.slabOf(pointer);
    const copy = this.arena.allocate(slab.slotBytes);
    const offset = offsetOf(pointer);
    this.arena.slabOf(copy).bytes.set(slab.bytes.subarray(offset, offset + slab.slotBytes), offsetOf(copy));
    return copy;
  }

  compare(key: SearchKey, pointer: number): number {
    const slab = this.arena.slabOf(pointer);
    const offset = offsetOf(pointer);
    return key.compare(slab, offset + keyAt, slab.view.getUint32(offset + keyLengthAt));
  }

  has(key: SearchKey, pointer: number): boolean {
    return this.keyHash(pointer) === key.hash && this.compare(key, pointer) === 0;
  }

  view(pointer: number, into: RecordView): void {
    const slab = this.arena.slabOf(pointer);
    const { view } = slab;
    const offset = offsetOf(pointer);
    into.slab = slab;
    this.numbers(pointer, into);
    into.keyStart = offset + keyAt;
    into.keyEnd = into.keyStart + view.getUint32(offset + keyLengthAt);
    into.valueStart = (into.keyEnd + 3) & ~3;
    into.valueEnd = into.valueStart + view.getUint32(offset + valueLengthAt);
  }

  numbers(pointer: number, into: RecordNumbers): void {
    const { view } = this.arena.slabOf(pointer);
    const offset = offsetOf(pointer);
    into.revision = view.getFloat64(offset + revisionAt);
    into.created = view.getFloat64(offset + createdAt);
    into.version = view.getFloat64(offset + versionAt);
  }

  epoch(pointer: number): number {
    return this.word(pointer, epochAt);
  }

  keyHash(pointer: number): number {
    return this.word(pointer, keyHashAt);
  }

  hashLow(pointer: number): number {
    return this.word(pointer, hashLowAt);
  }

  hashHigh(pointer: number): number {
    return this.word(pointer, hashHighAt);
  }

  /** The next record of the same bucket of `HashIndex`. */
  next(pointer: number): number {
    return this.word(pointer, nextAt);
  }

  setNext(pointer: number, next: number): void {
    this.arena.slabOf(pointer).view.setInt32(offsetOf(pointer) + nextAt, next);
  }

  release(pointer: number): void {
    this.arena.release(pointer);
  }

  private word(pointer: number, at: number): number {
    return this.arena.slabOf(pointer).view.getInt32(offsetOf(pointer) + at);
  }
}

function sizeOf(key: SearchKey, valueLength: number): number {
  return keyAt + key.filledLength + ((valueLength + 3) & ~3);
}
