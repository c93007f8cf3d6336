import { decodeResult, encodeOperation, encodeQuery } from '@synod/api';
import type { Source } from './batch.js';
import { SynodError } from './errors.js';
import { bytesOf, Entry } from './key-value.js';
import type {
  Bytes,
  CompareAndSetAnswer,
  Condition,
  GetAnswer,
  RangeAnswer,
  RangeQuery,
  Step,
  StepAnswer,
  Transaction,
  TransactionAnswer,
  WriteAnswer,
} from './key-value.js';

// The store checks all of this again; what is told here is told before a message leaves.
const mostKeyBytes = 1024;
const mostValueBytes = 65_536;
const mostParts = 128;
const mostItems = 1000;

type Result = ReturnType<typeof decodeResult>;
type KeyValue = Omit<Extract<Result, { kind: 'found' }>, 'kind'>;

export const encodePut = (key: Bytes, value: Bytes) => encodeOperation(putOf({ key, value }));

export const encodeDelete = (key: Bytes) => encodeOperation({ kind: 'delete', key: keyBytes(key) });

export function encodeCompareAndSet(key: Bytes, expectedRevision: number, value: Bytes | undefined): Uint8Array {
  return encodeOperation({
    kind: 'compareAndSet',
    key: keyBytes(key),
    expectedRevision: wholeNumber('expectedRevision', expectedRevision),
    value: value === undefined ? undefined : valueBytes(value),
  });
}

export function encodeTransaction({ conditions = [], success = [], failure = [] }: Transaction): Uint8Array {
  const longest = Math.max(conditions.length, success.length, failure.length);
  if (longest > mostParts) {
    throw new SynodError('tooLarge', `a transaction has at most ${mostParts} parts of each kind, not ${longest}`);
  }
  return encodeOperation({
    kind: 'transaction',
    conditions: conditions.map(conditionOf),
    success: success.map(stepOf),
    failure: failure.map(stepOf),
  });
}

export const encodeGet = (key: Bytes) => encodeQuery({ kind: 'get', key: keyBytes(key) });

export function encodeRange({ prefix = '', startAfter = '', limit = 0, keysOnly = false }: RangeQuery): Uint8Array {
  if (wholeNumber('limit', limit) > mostItems) {
    throw new SynodError('invalid', `a range gives at most ${mostItems} keys, not ${limit}: use startAfter or scan()`);
  }
  return encodeQuery({ kind: 'range', prefix: bytesOf(prefix), startAfter: bytesOf(startAfter), limit, keysOnly });
}

export function decodeWritten(bytes: Uint8Array, source: Source): WriteAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'written') throw unexpected(result);
  return { revision: result.revision, existed: result.existed, source };
}

export function decodeCompareAndSet(bytes: Uint8Array, source: Source): CompareAndSetAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'written' && result.kind !== 'mismatch') throw unexpected(result);
  return { succeeded: result.kind === 'written', revision: result.revision, source };
}

export function decodeTransaction(bytes: Uint8Array, source: Source): TransactionAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'transaction') throw unexpected(result);
  return { succeeded: result.succeeded, results: result.results.map(stepAnswer), source };
}

export function decodeGet(bytes: Uint8Array, source: Source): GetAnswer {
  return { entry: entryIn(resultOf(bytes)), source };
}

export function decodeRange(bytes: Uint8Array, source: Source): RangeAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'range') throw unexpected(result);
  return { entries: result.items.map(entryOf), more: result.more, source };
}

function putOf({ key, value }: { readonly key: Bytes; readonly value: Bytes }) {
  return { kind: 'put', key: keyBytes(key), value: valueBytes(value) } as const;
}

function conditionOf(condition: Condition) {
  const { is: relation } = condition;
  if (!['equal', 'notEqual', 'greater', 'less'].includes(relation)) {
    throw new SynodError('invalid', `a condition is equal, notEqual, greater or less, not ${JSON.stringify(relation)}`);
  }
  const target =
    'value' in condition
      ? { value: valueBytes(condition.value) }
      : { revision: wholeNumber('revision', condition.revision) };
  return { key: keyBytes(condition.key), relation, target };
}

function stepOf(step: Step) {
  if ('put' in step) return putOf(step.put);
  if ('delete' in step) return { kind: 'delete', key: keyBytes(step.delete.key) } as const;
  return { kind: 'get', key: keyBytes(step.get.key) } as const;
}

function stepAnswer(result: Result): StepAnswer {
  if (result.kind === 'written') return { kind: 'written', revision: result.revision, existed: result.existed };
  return { kind: 'got', entry: entryIn(result) };
}

function entryIn(result: Result): Entry | undefined {
  if (result.kind === 'found') return entryOf(result);
  if (result.kind === 'notFound') return undefined;
  throw unexpected(result);
}

/** Copies: what was received is a view into the connection's buffer. */
function entryOf({ key, value, revision, created, version }: KeyValue): Entry {
  return new Entry(new Uint8Array(key), new Uint8Array(value), revision, created, version);
}

function resultOf(bytes: Uint8Array): Result {
  const result = decodeResult(bytes);
  if (result.kind !== 'error') return result;
  const { code } = result;
  if (code === 'restoring') throw new SynodError('unavailable', 'the group is being restored from what was saved');
  if (code === 'notAllowed') throw new SynodError('unauthorized', 'the admin saves and restores, nothing else');
  const tooLarge = ['valueTooLarge', 'tooMany', 'resultTooLarge'].includes(code);
  throw new SynodError(tooLarge ? 'tooLarge' : 'invalid', `the key-value store refuses the operation: ${code}`);
}

function unexpected({ kind }: Result): SynodError {
  return new SynodError('invalid', `the group answered with an unexpected result, ${kind}: is it a key-value store?`);
}

function keyBytes(key: Bytes): Uint8Array {
  const bytes = bytesOf(key);
  if (bytes.length >= 1 && bytes.length <= mostKeyBytes) return bytes;
  throw new SynodError('invalid', `a key has 1 to ${mostKeyBytes} bytes, not ${bytes.length}`);
}

function valueBytes(value: Bytes): Uint8Array {
  const bytes = bytesOf(value);
  if (bytes.length <= mostValueBytes) return bytes;
  throw new SynodError('tooLarge', `a value has at most ${mostValueBytes} bytes, not ${bytes.length}`);
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new SynodError('invalid', `${name} is a whole number from 0, not ${value}`);
}
