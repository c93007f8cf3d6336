import type { Numbering } from './compiled.js';
import type { CompareAndSet, Delete, Get, Operation, Put } from './history.js';

/** What a row holds. `several`: an operation that is not in the columns, because it touches several keys. */
export const kinds = { several: 0, write: 1, get: 2, compareAndSet: 3, mismatch: 4 } as const;

type SingleKey = Put | Delete | Get | CompareAndSet;

/** Puts, deletes, gets and compare-and-sets in columns, a row per operation: there may be millions of them. */
export class Columns {
  readonly kind: Uint8Array;
  readonly key: Int32Array;
  /** Written or seen; -1: none, or not told. */
  readonly value: Int32Array;
  /** -1: not told. */
  readonly revision: Float64Array;
  /** Write: the key was there before, -1: not told. Get: the key is there. */
  readonly present: Int8Array;
  /** Compare-and-set: the revision expected. Get: the one that the key was made with. */
  readonly other: Float64Array;
  readonly version: Int32Array;

  constructor(rows: number) {
    this.kind = new Uint8Array(rows);
    this.key = new Int32Array(rows);
    this.value = new Int32Array(rows).fill(-1);
    this.revision = new Float64Array(rows).fill(-1);
    this.present = new Int8Array(rows).fill(-1);
    this.other = new Float64Array(rows).fill(-1);
    this.version = new Int32Array(rows).fill(-1);
  }

  set(row: number, operation: SingleKey, numbering: Numbering): void {
    this.key[row] = numbering.key(operation.key);
    if (operation.kind === 'get') return this.setGet(row, operation, numbering);
    this.kind[row] = kinds.write;
    if (operation.kind !== 'delete' && operation.value !== undefined)
      this.value[row] = numbering.value(operation.value);
    this.revision[row] = operation.result?.revision ?? -1;
    if (operation.kind === 'compareAndSet') {
      this.kind[row] = operation.result?.succeeded === false ? kinds.mismatch : kinds.compareAndSet;
      this.other[row] = operation.expectedRevision;
    } else if (operation.result?.existed !== undefined) this.present[row] = operation.result.existed ? 1 : 0;
  }

  private setGet(row: number, operation: Get, numbering: Numbering): void {
    const entry = operation.result?.entry;
    this.kind[row] = kinds.get;
    this.present[row] = entry === undefined ? 0 : 1;
    if (entry === undefined) return;
    if (entry.value !== undefined) this.value[row] = numbering.value(entry.value);
    this.revision[row] = entry.revision ?? -1;
    this.other[row] = entry.created ?? -1;
    this.version[row] = entry.version ?? -1;
    if (entry.version !== undefined) numbering.tellsVersions = true;
  }
}

export function isSingleKey(operation: Operation): operation is SingleKey {
  return operation.kind !== 'range' && operation.kind !== 'transaction';
}
