import { keyValueLimits } from '@synod/state-machine';
import type { FieldShape, MessageShape } from './inspect.js';
import { limits } from './limits.js';

// key-value.proto as `inspect` wants it. Lengths of keys and values are not bounded here: that is the store's rule, and
// its errors are results. Operations and queries are closed: what a replica does not know it must not half understand.

const number: FieldShape = { type: 'number' };
const flag: FieldShape = { type: 'uint32' };
const bytes: FieldShape = { type: 'bytes' };

function message(shape: MessageShape, most = 1): FieldShape {
  return { type: 'message', shape, most };
}

const put: MessageShape = { name: 'Put', fields: { 1: bytes, 2: bytes } };
const remove: MessageShape = { name: 'Delete', fields: { 1: bytes } };
const get: MessageShape = { name: 'Get', fields: { 1: bytes } };
const compareAndSet: MessageShape = {
  name: 'CompareAndSet',
  fields: { 1: bytes, 2: number, 3: bytes, 4: flag },
};
const condition: MessageShape = {
  name: 'Condition',
  fields: { 1: bytes, 2: flag, 3: number, 4: bytes },
  oneOf: [3, 4],
};
const step: MessageShape = {
  name: 'Step',
  fields: { 1: message(put), 2: message(remove), 3: message(get) },
  oneOf: [1, 2, 3],
};
// One more than the store allows, so that it can tell; what is far beyond is malformed.
const parts = keyValueLimits.transactionParts + 1;
const transaction: MessageShape = {
  name: 'Transaction',
  fields: { 1: message(condition, parts), 2: message(step, parts), 3: message(step, parts) },
};
const range: MessageShape = { name: 'Range', fields: { 1: bytes, 2: bytes, 3: flag, 4: flag } };

export const operationShape: MessageShape = {
  name: 'Operation',
  fields: { 1: message(put), 2: message(remove), 3: message(compareAndSet), 4: message(transaction) },
  oneOf: [1, 2, 3, 4],
};

export const queryShape: MessageShape = {
  name: 'Query',
  fields: { 1: message(get), 2: message(range) },
  oneOf: [1, 2],
};

const written: MessageShape = { name: 'Written', open: true, fields: { 1: number, 2: flag } };
const mismatch: MessageShape = { name: 'Mismatch', open: true, fields: { 1: number } };
const keyValue: MessageShape = {
  name: 'KeyValue',
  open: true,
  fields: { 1: bytes, 2: bytes, 3: number, 4: number, 5: number },
};
const notFound: MessageShape = { name: 'NotFound', open: true, fields: {} };
const rangeResult: MessageShape = {
  name: 'RangeResult',
  open: true,
  fields: { 1: message(keyValue, limits.replyItems), 2: flag },
};
const operationError: MessageShape = {
  name: 'OperationError',
  open: true,
  fields: { 1: flag, 2: { type: 'bytes', maxBytes: limits.detailBytes } },
};

const simpleResults: Readonly<Record<number, FieldShape>> = {
  1: message(written),
  2: message(mismatch),
  4: message(keyValue),
  5: message(notFound),
  6: message(rangeResult),
  7: message(operationError),
};
// A transaction's results are of simple steps: results do not nest any deeper.
const stepResult: MessageShape = { name: 'Result', open: true, fields: simpleResults, oneOf: [1, 2, 4, 5, 6, 7] };
const transactionResult: MessageShape = {
  name: 'TransactionResult',
  open: true,
  fields: { 1: flag, 2: message(stepResult, limits.replyItems) },
};

export const resultShape: MessageShape = {
  name: 'Result',
  open: true,
  fields: { ...simpleResults, 3: message(transactionResult) },
  oneOf: [1, 2, 3, 4, 5, 6, 7],
};
