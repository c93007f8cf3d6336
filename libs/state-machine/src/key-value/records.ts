import { Arena, offsetOf } from './arena.js';
import type { Slab } from './arena.js';
import { Hasher } from '../hash.js';
import type { SearchKey } from './search-key.js';

// A record in its slot: numbers, then the key and the value, each filled up to whole words.
const revisionAt = 0;
const createdAt = 8;
const versionAt = 16;
const hashLowAt = 24;
const hashHighAt = 28;
const epochAt = 32;
const valueLengthAt = 36;
const keyLengthAt = 40;
const keyAt = 44;

const seed = 0x6b76;

export interface RecordNumbers {
  revision: number;
  created: number;
  version: number;
}

/** Where a record's parts are; filled in place. The key begins at `keyStart`, filled up to whole words. */
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

  /** Copies key and value out of what is passed. */
  write(
    key: SearchKey,
    value: Uint8Array,
    valueStart: number,
    valueEnd: number,
    numbers: Readonly<RecordNumbers>,
    epoch: number,
  ): number {
    const { revision, created, version } = numbers;
    const keyBytes = (key.length + 3) & ~3;
    const pointer = this.arena.allocate(keyAt + keyBytes + ((valueEnd - valueStart + 3) & ~3));
    const slab = this.arena.slabOf(pointer);
    const offset = offsetOf(pointer);
    const { view } = slab;
    view.setFloat64(offset + revisionAt, revision);
    view.setFloat64(offset + createdAt, created);
    view.setFloat64(offset + versionAt, version);
    view.setInt32(offset + epochAt, epoch);
    view.setUint32(offset + valueLengthAt, valueEnd - valueStart);
    view.setUint32(offset + keyLengthAt, key.length);
    const valueAt = key.writeTo(slab, offset + keyAt);
    const end = copyWords(value, valueStart, valueEnd, view, valueAt);
    this.hash(view, offset, end);
    return pointer;
  }

  /** Over numbers, lengths, key and value as they stand in the slot; not over the epoch, which is of this process only. */
  private hash(view: DataView, offset: number, end: number): void {
    const { hasher } = this;
    hasher.begin(seed);
    hasher.integer(view.getFloat64(offset + revisionAt));
    hasher.integer(view.getFloat64(offset + createdAt));
    hasher.integer(view.getFloat64(offset + versionAt));
    let { low, high } = hasher;
    for (let at = offset + valueLengthAt; at < end; at += 4) {
      const word = view.getInt32(at);
      low = Math.imul(low ^ word, 0x9e3779b1);
      low ^= low >>> 15;
      high = Math.imul((high + word) | 0, 0x85ebca6b);
      high ^= high >>> 13;
    }
    hasher.low = low;
    hasher.high = high;
    hasher.end();
    view.setInt32(offset + hashLowAt, hasher.low);
    view.setInt32(offset + hashHighAt, hasher.high);
  }

  compare(key: SearchKey, pointer: number): number {
    const slab = this.arena.slabOf(pointer);
    const offset = offsetOf(pointer);
    return key.compare(slab, offset + keyAt, slab.view.getUint32(offset + keyLengthAt));
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
    return this.arena.slabOf(pointer).view.getInt32(offsetOf(pointer) + epochAt);
  }

  hashLow(pointer: number): number {
    return this.arena.slabOf(pointer).view.getInt32(offsetOf(pointer) + hashLowAt);
  }

  hashHigh(pointer: number): number {
    return this.arena.slabOf(pointer).view.getInt32(offsetOf(pointer) + hashHighAt);
  }

  release(pointer: number): void {
    this.arena.release(pointer);
  }
}

/** Copies bytes and fills them up with zeros to whole words; gives where they end. */
function copyWords(source: Uint8Array, start: number, end: number, target: DataView, offset: number): number {
  const wholeEnd = start + ((end - start) & ~3);
  let at = offset;
  for (let i = start; i < wholeEnd; i += 4, at += 4) {
    target.setInt32(at, (source[i]! << 24) | (source[i + 1]! << 16) | (source[i + 2]! << 8) | source[i + 3]!);
  }
  if (wholeEnd === end) return at;
  let word = 0;
  for (let i = wholeEnd; i < end; i++) word |= source[i]! << (24 - 8 * (i - wholeEnd));
  target.setInt32(at, word);
  return at + 4;
}
