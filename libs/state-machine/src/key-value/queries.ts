import { limits } from './operations.js';
import type { KeyValue, Range, Result } from './operations.js';
import type { RecordView } from './records.js';
import type { Table } from './table.js';

const nothing: Uint8Array = new Uint8Array(0);

/** The result is a view of the table: valid until the table changes. */
export function find(table: Table, key: Uint8Array, record: RecordView): Result {
  if (key.length === 0 || key.length > limits.keyBytes) return { kind: 'error', code: 'keyInvalid' };
  if (!table.get(key, record)) return { kind: 'notFound' };
  const { revision, created, version } = record;
  return { kind: 'found', key: keyOf(record), value: valueOf(record), revision, created, version };
}

/** A page of the keys that begin with the prefix; views of the table. */
export function range(table: Table, { prefix, startAfter, limit, keysOnly }: Range, record: RecordView): Result {
  if (prefix.length > limits.keyBytes || startAfter.length > limits.keyBytes)
    return { kind: 'error', code: 'keyInvalid' };
  const most = limit === 0 ? limits.rangeItems : Math.min(limit, limits.rangeItems);
  const items: KeyValue[] = [];
  let bytes = 0;
  const isAfterPrefix = order(startAfter, prefix) >= 0 && startAfter.length > 0;
  table.seek(isAfterPrefix ? startAfter : prefix);
  while (table.next(record)) {
    if (isAfterPrefix && items.length === 0 && hasKey(record, startAfter)) continue;
    if (!beginsWith(record, prefix)) break;
    bytes += record.keyEnd - record.keyStart + (keysOnly ? 0 : record.valueEnd - record.valueStart);
    if (items.length === most || (items.length > 0 && bytes > limits.rangeBytes))
      return { kind: 'range', items, more: true };
    const { revision, created, version } = record;
    items.push({ key: keyOf(record), value: keysOnly ? nothing : valueOf(record), revision, created, version });
  }
  return { kind: 'range', items, more: false };
}

function keyOf({ slab, keyStart, keyEnd }: RecordView): Uint8Array {
  return slab.bytes.subarray(keyStart, keyEnd);
}

function valueOf({ slab, valueStart, valueEnd }: RecordView): Uint8Array {
  return slab.bytes.subarray(valueStart, valueEnd);
}

function beginsWith({ slab, keyStart, keyEnd }: RecordView, prefix: Uint8Array): boolean {
  if (keyEnd - keyStart < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (slab.bytes[keyStart + i] !== prefix[i]) return false;
  return true;
}

function hasKey(record: RecordView, key: Uint8Array): boolean {
  return record.keyEnd - record.keyStart === key.length && beginsWith(record, key);
}

/** Byte order: negative when `a` comes before `b`. */
export function order(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
