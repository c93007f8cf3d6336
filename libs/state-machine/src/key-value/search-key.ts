import type { Slab } from './arena.js';

/** A key as big-endian words, filled up with zeros: a comparison takes four bytes at a time and still is in byte order. */
export class SearchKey {
  readonly words: Uint32Array;
  length = 0;
  /** Where `HashIndex` looks for it. */
  hash = 0;

  constructor(maxBytes: number) {
    this.words = new Uint32Array((maxBytes + 3) >> 2);
  }

  set(bytes: Uint8Array, start: number, end: number): void {
    const { words } = this;
    this.length = end - start;
    let hash = end - start;
    let at = start;
    for (let i = 0; at < end; i++) {
      let word = bytes[at++]! << 24;
      if (at < end) word |= bytes[at++]! << 16;
      if (at < end) word |= bytes[at++]! << 8;
      if (at < end) word |= bytes[at++]!;
      words[i] = word;
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    this.hash = hash;
  }

  copy(other: SearchKey): void {
    this.words.set(other.words);
    this.length = other.length;
    this.hash = other.hash;
  }

  /** Length in bytes when filled up to whole words. */
  get filledLength(): number {
    return (this.length + 3) & ~3;
  }

  /** Negative when the key at `offset` of a slab comes before this one. */
  compare({ view }: Slab, offset: number, length: number): number {
    const { words } = this;
    const count = ((length < this.length ? length : this.length) + 3) >> 2;
    for (let i = 0, at = offset; i < count; i++, at += 4) {
      const theirs = view.getUint32(at);
      const ours = words[i]!;
      if (theirs !== ours) return theirs < ours ? -1 : 1;
    }
    return length - this.length;
  }
}
