import { grown } from './interned-arrays.js';
import type { InternedArrays } from './interned-arrays.js';

/**
 * The configurations that a search has been in, so that it is in none twice (Lowe's memoisation): the position, the state,
 * which operations beyond the position have their place already, and which ones of unknown outcome took effect.
 *
 * One that differs from an earlier one only in more used-up operations of unknown outcome cannot get further than that
 * did, because those may as well stay unused; it counts as visited.
 */
export class Visited {
  size = 0;
  private readonly width: number;
  private rows: Int32Array;
  private table = new Int32Array(256);

  /** `words`: of the bit mask of operations beyond the position. */
  constructor(
    private readonly words: number,
    private readonly sets: InternedArrays,
  ) {
    this.width = 3 + words;
    this.rows = new Int32Array(128 * this.width);
  }

  /** False when it was there before. */
  add(position: number, state: number, ahead: Int32Array, used: number): boolean {
    const { rows, width, words, sets } = this;
    const mask = this.table.length - 1;
    let slot = this.hash(position, state, ahead, 0) & mask;
    for (let row = this.table[slot]!; row > 0; row = this.table[slot]!) {
      const at = (row - 1) * width;
      if (rows[at] === position && rows[at + 1] === state && sets.isSubset(rows[at + 2]!, used)) {
        let word = 0;
        while (word < words && rows[at + 3 + word] === ahead[word]) word++;
        if (word === words) return false;
      }
      slot = (slot + 1) & mask;
    }
    this.insert(slot, position, state, ahead, used);
    return true;
  }

  private insert(slot: number, position: number, state: number, ahead: Int32Array, used: number): void {
    const at = this.size++ * this.width;
    if (at + this.width > this.rows.length) this.rows = grown(this.rows);
    const { rows } = this;
    rows[at] = position;
    rows[at + 1] = state;
    rows[at + 2] = used;
    for (let word = 0; word < this.words; word++) rows[at + 3 + word] = ahead[word]!;
    this.table[slot] = this.size;
    if (2 * this.size > this.table.length) this.rehash();
  }

  private rehash(): void {
    const table = new Int32Array(4 * this.table.length);
    const mask = table.length - 1;
    for (let row = 0; row < this.size; row++) {
      const at = row * this.width;
      let slot = this.hash(this.rows[at]!, this.rows[at + 1]!, this.rows, at + 3) & mask;
      while (table[slot]! > 0) slot = (slot + 1) & mask;
      table[slot] = row + 1;
    }
    this.table = table;
  }

  private hash(position: number, state: number, ahead: Int32Array, from: number): number {
    let hash = Math.imul(position, 0x9e3779b1) ^ Math.imul(state, 0x85ebca6b);
    for (let word = 0; word < this.words; word++) {
      hash = Math.imul(hash ^ (hash >>> 15) ^ ahead[from + word]!, 0xc2b2ae35);
    }
    return hash ^ (hash >>> 15) ^ (hash >>> 7);
  }
}
