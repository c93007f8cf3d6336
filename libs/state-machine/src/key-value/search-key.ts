import type { Slab } from './arena.js';

/**
 * Of one process, and told to nobody: who knew it could choose keys that all lie in one place of `HashIndex`, and each operation would
 * look through all of them. What is replicated does not depend on it. Two numbers of 32 bits.
 */
export interface HashSecret {
  readonly low: number;
  readonly high: number;
}

/** For those who need not fear their users, as tests. */
export const openSecret: HashSecret = { low: 0, high: 0 };

/** A key as big-endian words, filled up with zeros: a comparison takes four bytes at a time and still is in byte order. */
export class SearchKey {
  readonly words: Uint32Array;
  length = 0;
  /** Where `HashIndex` looks for it. */
  hash = 0;

  constructor(
    maxBytes: number,
    readonly secret: HashSecret,
  ) {
    this.words = new Uint32Array((maxBytes + 3) >> 2);
  }

  set(bytes: Uint8Array, start: number, end: number): void {
    const { words } = this;
    this.length = end - start;
    let at = start;
    let i = 0;
    for (; at < end; i++) {
      let word = bytes[at++]! << 24;
      if (at < end) word |= bytes[at++]! << 16;
      if (at < end) word |= bytes[at++]! << 8;
      if (at < end) word |= bytes[at++]!;
      words[i] = word;
    }
    this.hash = halfSipHash(words, i, this.length, this.secret);
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

/**
 * HalfSipHash-1-3: keyed, so that who does not know the secret cannot make collisions.
 *
 * @see Aumasson and Bernstein, SipHash: a fast short-input PRF; its variant of 32-bit words
 */
function halfSipHash(words: Uint32Array, count: number, length: number, { low, high }: HashSecret): number {
  let [v0, v1, v2, v3] = [low | 0, high | 0, low ^ 0x6c796765, high ^ 0x74656462];
  // After the words the length, and three rounds to finish.
  for (let i = 0; i < count + 4; i++) {
    const word = i < count ? words[i]! | 0 : i === count ? length : 0;
    if (i === count + 1) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return v1 ^ v3;
}
