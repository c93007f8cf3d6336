import { limits } from './operations.js';
import type { KeyValue, Range, Result } from './operations.js';
import type { RecordView } from './records.js';
import type { Table } from './table.js';

export function find(table: Table, key: Uint8Array, record: RecordView): Result {
  if (key.length === 0 || key.length > limits.keyBytes) return { kind: 'error', code: 'keyInvalid' };
  return table.get(key, record) ? { kind: 'found', ...copyOf(record, false) } : { kind: 'notFound' };
}

/** A page of the keys that begin with the prefix. */
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
    items.push(copyOf(record, keysOnly));
  }
  return { kind: 'range', items, more: false };
}

/** A copy, because the slot may serve another record soon. */
function copyOf(record: RecordView, keyOnly: boolean): KeyValue {
  const { slab, keyStart, keyEnd, valueStart, valueEnd, revision, created, version } = record;
  const key = slab.bytes.slice(keyStart, keyEnd);
  const value = slab.bytes.slice(valueStart, keyOnly ? valueStart : valueEnd);
  return { key, value, revision, created, version };
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
