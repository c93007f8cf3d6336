import { limits } from './operations.js';
import type { Condition, Relation, Result, Step, Transaction } from './operations.js';
import { find, order } from './queries.js';
import type { RecordView } from './records.js';
import type { Table } from './table.js';

/** Puts `value`, or deletes when there is none. */
export function change(table: Table, key: Uint8Array, value: Uint8Array | undefined, index: number): Result {
  const existed =
    value === undefined ? table.remove(key) : table.put(key, 0, key.length, value, 0, value.length, index);
  return { kind: 'written', revision: index, existed };
}

/** Of a transaction whose parts have been checked: from here on it cannot fail half way. */
export function executeTransaction(table: Table, transaction: Transaction, index: number, record: RecordView): Result {
  const { conditions, success, failure } = transaction;
  const succeeded = conditions.every((condition) => holds(table, condition, record));
  const steps = succeeded ? success : failure;
  if (resultBytesAtMost(table, steps, record) > limits.transactionResultBytes) {
    return { kind: 'error', code: 'resultTooLarge' };
  }
  const results = steps.map((step) => execute(table, step, index, record));
  return { kind: 'transaction', succeeded, results };
}

function execute(table: Table, step: Step, index: number, record: RecordView): Result {
  if (step.kind === 'get') return copyOf(find(table, step.key, record));
  return change(table, step.key, step.kind === 'put' ? step.value : undefined, index);
}

/** A later step may change the table. */
function copyOf(result: Result): Result {
  return result.kind === 'found' ? { ...result, key: result.key.slice(), value: result.value.slice() } : result;
}

function holds(table: Table, { key, relation, target }: Condition, record: RecordView): boolean {
  const exists = table.get(key, record);
  if ('revision' in target) return compares((exists ? record.revision : 0) - target.revision, relation);
  if (!exists) return relation === 'notEqual';
  const { slab, valueStart, valueEnd } = record;
  return compares(order(slab.bytes.subarray(valueStart, valueEnd), target.value), relation);
}

function compares(difference: number, relation: Relation): boolean {
  if (relation === 'equal') return difference === 0;
  if (relation === 'notEqual') return difference !== 0;
  return relation === 'greater' ? difference > 0 : difference < 0;
}

/** What the gets can give, before anything is executed: the present value, or any that the transaction itself puts. */
function resultBytesAtMost(table: Table, steps: readonly Step[], record: RecordView): number {
  let largestPut = 0;
  for (const step of steps) if (step.kind === 'put') largestPut = Math.max(largestPut, step.value.length);
  let bytes = 0;
  for (const step of steps) {
    if (step.kind !== 'get') continue;
    const present = table.get(step.key, record) ? record.valueEnd - record.valueStart : 0;
    bytes += step.key.length + Math.max(present, largestPut);
  }
  return bytes;
}
