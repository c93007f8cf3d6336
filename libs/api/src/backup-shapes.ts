import { backupLimits } from '@synod/state-machine';
import type { FieldShape, MessageShape } from './inspect.js';
import { limits } from './limits.js';

// backup.proto as `inspect` wants it. Operations and queries are closed, results are open, as the key-value store's are.

/** Which field of Operation, Query and Result is about saving and restoring. */
export const backupField = 14;

const number: FieldShape = { type: 'number' };
const uint32: FieldShape = { type: 'uint32' };
const id: FieldShape = { type: 'bytes', maxBytes: backupLimits.idBytes };
const page: FieldShape = { type: 'bytes', maxBytes: backupLimits.pageBytes };
/** Of a state: 16 hexadecimal digits. */
const hash: FieldShape = { type: 'bytes', maxBytes: 64 };

function message(shape: MessageShape): FieldShape {
  return { type: 'message', shape };
}

function within(name: string, shape: MessageShape): MessageShape {
  return { name, fields: { [backupField]: message(shape) }, oneOf: [backupField] };
}

export const backupOperationShape = within('Operation', {
  name: 'BackupOperation',
  fields: {
    1: message({ name: 'BackupFreeze', fields: {} }),
    2: message({ name: 'BackupThaw', fields: { 1: number } }),
    3: message({ name: 'BackupBegin', fields: { 1: id, 2: number, 3: uint32 } }),
    4: message({ name: 'BackupLoad', fields: { 1: id, 2: uint32, 3: page } }),
    5: message({ name: 'BackupFinish', fields: { 1: id, 2: hash } }),
    6: message({ name: 'BackupAbandon', fields: { 1: id } }),
  },
  oneOf: [1, 2, 3, 4, 5, 6],
});

export const backupQueryShape = within('Query', {
  name: 'BackupQuery',
  fields: {
    1: message({ name: 'BackupAskImage', fields: { 1: number } }),
    2: message({ name: 'BackupAskPage', fields: { 1: number, 2: uint32 } }),
    3: message({ name: 'BackupAskRestoration', fields: {} }),
  },
  oneOf: [1, 2, 3],
});

const image: MessageShape = {
  name: 'BackupImage',
  open: true,
  fields: { 1: number, 2: hash, 3: number, 4: number, 5: number },
};
const restoration: MessageShape = {
  name: 'BackupRestoration',
  open: true,
  fields: { 1: uint32, 2: id, 3: uint32, 4: uint32, 5: hash },
};
const error: MessageShape = {
  name: 'BackupError',
  open: true,
  fields: { 1: uint32, 2: { type: 'bytes', maxBytes: limits.detailBytes } },
};
const result: MessageShape = {
  name: 'BackupResult',
  open: true,
  fields: {
    1: message(image),
    2: message({ name: 'BackupPage', open: true, fields: { 1: page } }),
    3: message({ name: 'BackupEnd', open: true, fields: { 1: uint32 } }),
    4: message({ name: 'BackupLater', open: true, fields: {} }),
    5: message(restoration),
    6: message(error),
  },
  oneOf: [1, 2, 3, 4, 5, 6],
};

export const backupResultShape: MessageShape = {
  name: 'Result',
  open: true,
  fields: { [backupField]: message(result) },
  oneOf: [backupField],
};
