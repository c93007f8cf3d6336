import type {
  Condition,
  KeyValue,
  KeyValueCodec,
  Operation,
  OperationErrorCode,
  PutPlace,
  Query,
  Relation,
  Result,
  Step,
} from '@synod/state-machine';
import type protobuf from './gen/protobuf.js';
import { synod } from './gen/api.js';
import { decodeWith } from './inspect.js';
import type { MessageShape } from './inspect.js';
import { operationShape, queryShape, resultShape } from './key-value-shapes.js';
import { limits } from './limits.js';
import { DecodeError } from './wire-reader.js';
import {
  encodeFound,
  encodeGet,
  encodePut,
  encodeWritten,
  readFound,
  readGet,
  readPut,
  readWritten,
} from './key-value-fast.js';

type Messages = typeof synod.api.v1;
const { Operation: OperationMessage, Query: QueryMessage, Result: ResultMessage } = synod.api.v1;
type ConditionProperties = synod.api.v1.Condition.$Properties;
type StepProperties = synod.api.v1.Step.$Properties;
type ResultProperties = synod.api.v1.Result.$Properties;
type KeyValueProperties = synod.api.v1.KeyValue.$Properties;

const none = new Uint8Array(0);
const relations: readonly Relation[] = ['equal', 'notEqual', 'greater', 'less'];
const errorCodes: readonly (OperationErrorCode | undefined)[] = [
  undefined,
  'malformed',
  'unknown',
  'keyInvalid',
  'valueTooLarge',
  'tooMany',
  'resultTooLarge',
  'restoring',
  'notAllowed',
];
const errorDetails: Readonly<Record<OperationErrorCode, string>> = {
  malformed: 'not an operation or query of the key-value store',
  unknown: 'an operation or query that this replica does not know',
  keyInvalid: 'a key is 1 to 1024 bytes',
  valueTooLarge: 'a value is at most 65536 bytes',
  tooMany: 'a transaction has at most 128 conditions and as many steps in each branch',
  resultTooLarge: 'what a transaction gets is at most 98304 bytes',
  restoring: 'the group is being restored from what was saved',
  notAllowed: 'the admin saves and restores, nothing else',
};

export function encodeOperation(operation: Operation): Uint8Array {
  if (operation.kind === 'put') return encodePut(operation);
  if (operation.kind === 'delete') return finish(OperationMessage, { delete: { key: operation.key } });
  if (operation.kind === 'compareAndSet') {
    const { key, expectedRevision, value } = operation;
    const change = value === undefined ? { remove: true } : { value };
    return finish(OperationMessage, { compareAndSet: { key, expectedRevision, ...change } });
  }
  const { conditions, success, failure } = operation;
  return finish(OperationMessage, {
    transaction: {
      conditions: conditions.map(conditionOut),
      success: success.map(stepOut),
      failure: failure.map(stepOut),
    },
  });
}

export function encodeQuery(query: Query): Uint8Array {
  if (query.kind === 'get') return encodeGet(query.key);
  const { prefix, startAfter, limit, keysOnly } = query;
  return finish(QueryMessage, { range: { prefix, startAfter, limit, keysOnly } });
}

export function encodeResult(result: Result): Uint8Array {
  if (result.kind === 'written') return encodeWritten(result);
  if (result.kind === 'found') return encodeFound(result);
  return finish(ResultMessage, resultOut(result));
}

/** Keys and values are views of `bytes`. */
export function decodeOperation(bytes: Uint8Array): Operation | undefined {
  checkSize(bytes, limits.operationBytes, 'an operation');
  if (isUnknown(bytes, operationShape)) return undefined;
  const { put, delete: remove, compareAndSet, transaction } = decodeWith(OperationMessage, bytes, operationShape);
  if (put) return { kind: 'put', key: put.key ?? none, value: put.value ?? none };
  if (remove) return { kind: 'delete', key: remove.key ?? none };
  if (compareAndSet) {
    const { key, expectedRevision, value, remove } = compareAndSet;
    const wanted = remove ? undefined : (value ?? none);
    return { kind: 'compareAndSet', key: key ?? none, expectedRevision: expectedRevision ?? 0, value: wanted };
  }
  return {
    kind: 'transaction',
    conditions: (transaction?.conditions ?? []).map(conditionIn),
    success: (transaction?.success ?? []).map(stepIn),
    failure: (transaction?.failure ?? []).map(stepIn),
  };
}

/** Keys are views of `bytes`. */
export function decodeQuery(bytes: Uint8Array): Query | undefined {
  checkSize(bytes, limits.operationBytes, 'a query');
  const key = readGet(bytes);
  if (key) return { kind: 'get', key };
  if (isUnknown(bytes, queryShape)) return undefined;
  const { get, range } = decodeWith(QueryMessage, bytes, queryShape);
  if (get) return { kind: 'get', key: get.key ?? none };
  return {
    kind: 'range',
    prefix: range?.prefix ?? none,
    startAfter: range?.startAfter ?? none,
    limit: range?.limit ?? 0,
    keysOnly: range?.keysOnly ?? false,
  };
}

/** Keys and values are views of `bytes`. */
export function decodeResult(bytes: Uint8Array): Result {
  checkSize(bytes, limits.replyBytes, 'a result');
  return readWritten(bytes) ?? readFound(bytes) ?? resultIn(decodeWith(ResultMessage, bytes, resultShape));
}

/** For `KeyValueStore`: operations and results as they stand in key-value.proto. */
export const keyValueCodec: KeyValueCodec = {
  readPut: (operation: Uint8Array, place: PutPlace) => readPut(operation, place),
  decodeOperation,
  decodeQuery,
  encodeResult,
};

type Encodable = Messages['Operation'] | Messages['Query'] | Messages['Result'];

function finish<M extends Encodable>(message: M, properties: Parameters<M['encode']>[0]): Uint8Array {
  return (message as { encode(properties: unknown): protobuf.Writer }).encode(properties).finish();
}

function checkSize(bytes: Uint8Array, most: number, what: string): void {
  if (bytes.length > most) throw new DecodeError(`${what} of ${bytes.length} bytes; at most ${most} are allowed`);
}

/** A single field that is none of ours: of a version that knows more kinds. */
function isUnknown(bytes: Uint8Array, shape: MessageShape): boolean {
  const first = bytes[0] ?? 0;
  return first % 8 === 2 && first > 8 && shape.fields[first >> 3] === undefined;
}

function conditionOut({ key, relation, target }: Condition): ConditionProperties {
  return { key, relation: relations.indexOf(relation), ...target };
}

function conditionIn(condition: ConditionProperties): Condition {
  const relation = relations[condition.relation ?? 0];
  if (relation === undefined) throw new DecodeError(`relation ${condition.relation} is not known`);
  const { revision, value } = condition;
  return { key: condition.key ?? none, relation, target: value ? { value } : { revision: revision ?? 0 } };
}

function stepOut(step: Step): StepProperties {
  if (step.kind === 'put') return { put: { key: step.key, value: step.value } };
  return step.kind === 'delete' ? { delete: { key: step.key } } : { get: { key: step.key } };
}

function stepIn({ put, delete: remove, get }: StepProperties): Step {
  if (put) return { kind: 'put', key: put.key ?? none, value: put.value ?? none };
  if (remove) return { kind: 'delete', key: remove.key ?? none };
  return { kind: 'get', key: get?.key ?? none };
}

function resultOut(result: Result): ResultProperties {
  switch (result.kind) {
    case 'written':
      return { written: { revision: result.revision, existed: result.existed } };
    case 'mismatch':
      return { mismatch: { revision: result.revision } };
    case 'found':
      return { found: keyValueOut(result) };
    case 'notFound':
      return { notFound: {} };
    case 'range':
      return { range: { items: result.items.map(keyValueOut), more: result.more } };
    case 'transaction':
      return { transaction: { succeeded: result.succeeded, results: result.results.map(resultOut) } };
    case 'error':
      return { error: { code: errorCodes.indexOf(result.code), detail: errorDetails[result.code] } };
  }
}

function resultIn(result: ResultProperties): Result {
  const { written, mismatch, transaction, found, notFound, range, error } = result;
  if (written) return { kind: 'written', revision: written.revision ?? 0, existed: written.existed ?? false };
  if (mismatch) return { kind: 'mismatch', revision: mismatch.revision ?? 0 };
  if (found) return { kind: 'found', ...keyValueIn(found) };
  if (notFound) return { kind: 'notFound' };
  if (range) return { kind: 'range', items: (range.items ?? []).map(keyValueIn), more: range.more ?? false };
  if (transaction) {
    const results = (transaction.results ?? []).map(resultIn);
    return { kind: 'transaction', succeeded: transaction.succeeded ?? false, results };
  }
  const code = errorCodes[error?.code ?? 0];
  if (code === undefined) throw new DecodeError(`operation error ${error?.code} is not known`);
  return { kind: 'error', code };
}

function keyValueOut({ key, value, revision, created, version }: KeyValue): KeyValueProperties {
  return { key, value, revision, created, version };
}

function keyValueIn({ key, value, revision, created, version }: KeyValueProperties): KeyValue {
  return {
    key: key ?? none,
    value: value ?? none,
    revision: revision ?? 0,
    created: created ?? 0,
    version: version ?? 0,
  };
}
