/**
 * A 64-bit hash in two lanes of 32 bits: tells states and requests apart that differ by mistake, not by malice. Used where
 * every applied byte passes, so it takes words and leaves no garbage: `low` and `high` hold the last result.
 */
export class Hasher {
  low = 0;
  high = 0;

  begin(seed: number): void {
    this.low = seed | 0;
    this.high = ~seed;
  }

  /** Each step is a bijection of the lane, so a change in one word is never lost on the way. */
  word(word: number): void {
    const low = Math.imul(this.low ^ word, 0x9e3779b1);
    this.low = low ^ (low >>> 15);
    const high = Math.imul((this.high + word) | 0, 0x85ebca6b);
    this.high = high ^ (high >>> 13);
  }

  /** A non-negative integer up to 2^53-1. */
  integer(value: number): void {
    this.word(value % 0x100000000 | 0);
    this.word((value / 0x100000000) | 0);
  }

  /** Bytes and their number. */
  bytes(bytes: Uint8Array): void {
    let { low, high } = this;
    const { length } = bytes;
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4) {
      const word = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
      low = Math.imul(low ^ word, 0x9e3779b1);
      low ^= low >>> 15;
      high = Math.imul((high + word) | 0, 0x85ebca6b);
      high ^= high >>> 13;
    }
    this.low = low;
    this.high = high;
    if (whole < length) this.word(lastWord(bytes, whole, length));
    this.word(length);
  }

  /** Whole words of a view. */
  view(view: DataView, start: number, end: number): void {
    let { low, high } = this;
    for (let at = start; at < end; at += 4) {
      const word = view.getInt32(at);
      low = Math.imul(low ^ word, 0x9e3779b1);
      low ^= low >>> 15;
      high = Math.imul((high + word) | 0, 0x85ebca6b);
      high ^= high >>> 13;
    }
    this.low = low;
    this.high = high;
  }

  /** Bytes while they are copied; both are filled up with zeros to whole words, so their number must be hashed apart. */
  copy(source: Uint8Array, start: number, end: number, target: DataView, targetStart: number): void {
    let { low, high } = this;
    const whole = start + ((end - start) & ~3);
    let at = targetStart;
    for (let i = start; i < whole; i += 4, at += 4) {
      const word = (source[i]! << 24) | (source[i + 1]! << 16) | (source[i + 2]! << 8) | source[i + 3]!;
      target.setInt32(at, word);
      low = Math.imul(low ^ word, 0x9e3779b1);
      low ^= low >>> 15;
      high = Math.imul((high + word) | 0, 0x85ebca6b);
      high ^= high >>> 13;
    }
    this.low = low;
    this.high = high;
    if (whole === end) return;
    const word = lastWord(source, whole, end);
    target.setInt32(at, word);
    this.word(word);
  }

  text(text: string): void {
    for (let i = 0; i < text.length; i++) this.word(text.charCodeAt(i));
    this.word(text.length);
  }

  end(): void {
    this.low = avalanche(this.low);
    this.high = avalanche(this.high ^ this.low);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return hex(this.high) + hex(this.low);
  }
}

/** Up to three bytes, filled up with zeros. */
function lastWord(bytes: Uint8Array, start: number, end: number): number {
  let word = 0;
  for (let i = start; i < end; i++) word |= bytes[i]! << (24 - 8 * (i - start));
  return word;
}

/** MurmurHash3's finalizer. */
function avalanche(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A set's hash: the sum of its members' hashes, so that members come and go in any order at constant cost. */
export class HashSum {
  low = 0;
  high = 0;

  add(low: number, high: number): void {
    this.low = (this.low + low) | 0;
    this.high = (this.high + high) | 0;
  }

  subtract(low: number, high: number): void {
    this.low = (this.low - low) | 0;
    this.high = (this.high - high) | 0;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return hex(this.high) + hex(this.low);
  }
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
