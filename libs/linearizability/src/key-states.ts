/** What an answer tells of a key; -1: it does not tell. */
export interface SeenKey {
  readonly isPresent: boolean;
  /** A value's number. */
  readonly value: number;
  readonly revision: number;
  readonly created: number;
  readonly version: number;
}

const absent = -1;
const untold = -1;

/** Numbers per state: value, revision, floor, created, version. */
const width = 5;

/**
 * The states of one key, numbered: equal ones have equal numbers.
 *
 * The revision of a write is known from its own answer or, when that never came, from the first answer that shows it; until
 * then it is left open. It is never below the floor, the highest one known of the key before.
 */
export class KeyStates {
  /** The key was never there. */
  readonly initial: number;
  private rows = new Float64Array(16 * width);
  private count = 0;
  private table = new Int32Array(32);

  /** `countsVersions`: whether any answer tells how often a key was put; if not, that does not tell states apart. */
  constructor(private readonly countsVersions: boolean) {
    this.initial = this.state(absent, untold, untold, untold, 0);
  }

  isPresent(state: number): boolean {
    return this.rows[state * width] !== absent;
  }

  /** The value's number; -1: there is no such key. */
  valueIn(state: number): number {
    return this.rows[state * width]!;
  }

  /** 0: there is no such key; -1: not known. */
  revisionIn(state: number): number {
    return this.isPresent(state) ? this.rows[state * width + 1]! : 0;
  }

  /** After a put, or, without a value, a delete. `existed`: 1 the key was there before, 0 it was not. */
  written(state: number, value: number, revision: number, existed: number): number {
    const { rows } = this;
    const at = state * width;
    const wasPresent = rows[at] !== absent;
    if (existed !== untold && (existed === 1) !== wasPresent) return -1;
    let floor = rows[at + 2]!;
    if (revision !== untold) {
      if (revision < floor) return -1;
      floor = revision;
    }
    if (value === absent) return this.state(absent, untold, floor, untold, 0);
    if (!wasPresent) return this.state(value, revision, floor, revision, this.countsVersions ? 1 : 0);
    return this.state(value, revision, floor, rows[at + 3]!, this.countsVersions ? rows[at + 4]! + 1 : 0);
  }

  /** The state if it is as it was seen, with what that tells of it; -1: it is not. */
  seen(state: number, { isPresent, value, revision, created, version }: SeenKey): number {
    if (!isPresent) return this.isPresent(state) ? -1 : state;
    return this.shown(state, value, revision, created, version);
  }

  /** The same of a key that is there. */
  shown(state: number, value: number, revision: number, created: number, version: number): number {
    const { rows } = this;
    const at = state * width;
    if (rows[at] === absent) return -1;
    if (value !== untold && value !== rows[at]) return -1;
    if (version !== untold && version !== rows[at + 4]) return -1;
    const known = revision === untold ? state : this.withRevision(state, revision);
    if (known < 0 || created === untold) return known;
    return this.withCreated(known, created);
  }

  /** The state if the key has, or may have, the revision; it is known from then on. 0: there is no such key. */
  withRevision(state: number, revision: number): number {
    const { rows } = this;
    const at = state * width;
    if (rows[at] === absent) return revision === 0 ? state : -1;
    if (rows[at + 1] !== untold) return rows[at + 1] === revision ? state : -1;
    if (revision < rows[at + 2]! || revision === 0) return -1;
    const version = rows[at + 4]!;
    return this.state(rows[at]!, revision, revision, version === 1 ? revision : rows[at + 3]!, version);
  }

  private withCreated(state: number, created: number): number {
    const { rows } = this;
    const at = state * width;
    if (rows[at + 3] !== untold) return rows[at + 3] === created ? state : -1;
    const revision = rows[at + 1]!;
    if (revision !== untold && created > revision) return -1;
    return this.state(rows[at]!, revision, rows[at + 2]!, created, rows[at + 4]!);
  }

  private state(value: number, revision: number, floor: number, created: number, version: number): number {
    const mask = this.table.length - 1;
    let slot = hashOf(value, revision, floor, created, version) & mask;
    for (let named = this.table[slot]!; named > 0; named = this.table[slot]!) {
      const { rows } = this;
      const at = (named - 1) * width;
      if (
        rows[at] === value &&
        rows[at + 1] === revision &&
        rows[at + 2] === floor &&
        rows[at + 3] === created &&
        rows[at + 4] === version
      ) {
        return named - 1;
      }
      slot = (slot + 1) & mask;
    }
    const state = this.count++;
    if (this.count * width > this.rows.length) this.grow();
    const { rows } = this;
    const at = state * width;
    rows[at] = value;
    rows[at + 1] = revision;
    rows[at + 2] = floor;
    rows[at + 3] = created;
    rows[at + 4] = version;
    this.table[slot] = state + 1;
    if (2 * this.count > this.table.length) this.rehash();
    return state;
  }

  private grow(): void {
    const rows = new Float64Array(2 * this.rows.length);
    rows.set(this.rows);
    this.rows = rows;
  }

  private rehash(): void {
    const { rows } = this;
    const table = new Int32Array(4 * this.table.length);
    for (let state = 0; state < this.count; state++) {
      const at = state * width;
      let slot = hashOf(rows[at]!, rows[at + 1]!, rows[at + 2]!, rows[at + 3]!, rows[at + 4]!) & (table.length - 1);
      while (table[slot]! > 0) slot = (slot + 1) & (table.length - 1);
      table[slot] = state + 1;
    }
    this.table = table;
  }
}

function hashOf(value: number, revision: number, floor: number, created: number, version: number): number {
  let hash = Math.imul(value, 0x9e3779b1) ^ Math.imul(revision | 0, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ (floor | 0), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ (created | 0), 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15) ^ version, 0x165667b1);
  return hash ^ (hash >>> 15);
}
