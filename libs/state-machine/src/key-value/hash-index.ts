import type { Records } from './records.js';
import type { SearchKey } from './search-key.js';

const segmentBits = 14;
const segmentBuckets = 1 << segmentBits;
const firstBuckets = 1024;
const none = -1;

/**
 * Finds a record by its key in constant time. Linear hashing: a new record splits one bucket, so that there is never a
 * whole table to be hashed again, which for a million records would stop the event loop for a tenth of a second. The
 * records of a bucket are chained through their own slots.
 */
export class HashIndex {
  /** All of them whole but the first, which grows with its buckets. */
  private readonly segments: Int32Array[] = [new Int32Array(firstBuckets).fill(none)];
  private size = 0;
  /** Buckets in use: `base` of them at the last doubling and those that have been split since. */
  private count = firstBuckets;
  private base = firstBuckets;

  constructor(private readonly records: Records) {}

  /** A pointer, or -1. */
  find(key: SearchKey): number {
    const { records } = this;
    let pointer = this.head(this.bucketOf(key.hash));
    while (pointer !== none && !records.has(key, pointer)) pointer = records.next(pointer);
    return pointer;
  }

  insert(pointer: number): void {
    this.link(this.bucketOf(this.records.keyHash(pointer)), pointer);
    if (++this.size > this.count) this.split();
  }

  remove(pointer: number): void {
    this.unlink(pointer, this.records.next(pointer));
    this.size--;
  }

  /** Another record with the same key takes the place. */
  replace(old: number, pointer: number): void {
    this.records.setNext(pointer, this.records.next(old));
    this.unlink(old, pointer);
  }

  /** Whatever points to `pointer` points to `instead` afterwards. */
  private unlink(pointer: number, instead: number): void {
    const { records } = this;
    const bucket = this.bucketOf(records.keyHash(pointer));
    let before = this.head(bucket);
    if (before === pointer) return this.setHead(bucket, instead);
    while (records.next(before) !== pointer) before = records.next(before);
    records.setNext(before, instead);
  }

  private split(): void {
    const from = this.count - this.base;
    const to = this.count++;
    if (to >> segmentBits === this.segments.length) this.segments.push(new Int32Array(segmentBuckets));
    else if (to === this.segments[0]!.length) this.growFirst();
    this.setHead(to, none);
    let pointer = this.head(from);
    this.setHead(from, none);
    if (this.count === this.base * 2) this.base = this.count;
    while (pointer !== none) {
      const next = this.records.next(pointer);
      this.link(this.bucketOf(this.records.keyHash(pointer)), pointer);
      pointer = next;
    }
  }

  private growFirst(): void {
    const [small] = this.segments as [Int32Array];
    const grown = new Int32Array(2 * small.length);
    grown.set(small);
    this.segments[0] = grown;
  }

  private link(bucket: number, pointer: number): void {
    this.records.setNext(pointer, this.head(bucket));
    this.setHead(bucket, pointer);
  }

  private bucketOf(hash: number): number {
    const bucket = hash & (this.base * 2 - 1);
    return bucket < this.count ? bucket : bucket & (this.base - 1);
  }

  private head(bucket: number): number {
    return this.segments[bucket >> segmentBits]![bucket & (segmentBuckets - 1)]!;
  }

  private setHead(bucket: number, pointer: number): void {
    this.segments[bucket >> segmentBits]![bucket & (segmentBuckets - 1)] = pointer;
  }
}
