import { ledgerLimits } from '@synod/state-machine';
import type { FieldShape, MessageShape } from './inspect.js';
import { limits } from './limits.js';

// ledger.proto as `inspect` wants it. Sizes of data are not bounded here: that is the ledger's rule, and its errors are results.
// Operations and queries are closed, results are open, as the key-value store's are.

/** Which field of Operation, Query and Result is the ledger's. */
export const ledgerField = 15;

const number: FieldShape = { type: 'number' };
const flag: FieldShape = { type: 'uint32' };
const bytes: FieldShape = { type: 'bytes' };
const hash: FieldShape = { type: 'bytes', maxBytes: 32 };
const name: FieldShape = { type: 'bytes', maxBytes: ledgerLimits.authorBytes };

function message(shape: MessageShape, most = 1): FieldShape {
  return { type: 'message', shape, most };
}

function within(name: string, shape: MessageShape): MessageShape {
  return { name, fields: { [ledgerField]: message(shape) }, oneOf: [ledgerField] };
}

const submit: MessageShape = { name: 'LedgerSubmit', fields: { 1: bytes, 2: number } };
const cut: MessageShape = { name: 'LedgerCut', fields: { 1: number, 2: number } };

export const ledgerOperationShape = within('Operation', {
  name: 'LedgerOperation',
  fields: { 1: message(submit), 2: message(cut) },
  oneOf: [1, 2],
});

const askHead: MessageShape = { name: 'LedgerAskHead', fields: {} };
const askBlocks: MessageShape = { name: 'LedgerAskBlocks', fields: { 1: number, 2: flag, 3: flag } };

export const ledgerQueryShape = within('Query', {
  name: 'LedgerQuery',
  fields: { 1: message(askHead), 2: message(askBlocks) },
  oneOf: [1, 2],
});

const submitted: MessageShape = { name: 'LedgerSubmitted', open: true, fields: { 1: number, 2: flag, 3: flag } };
const wasCut: MessageShape = { name: 'LedgerWasCut', open: true, fields: { 1: number, 2: hash, 3: flag } };
const transaction: MessageShape = { name: 'LedgerTransaction', open: true, fields: { 1: name, 2: number, 3: bytes } };
const block: MessageShape = {
  name: 'LedgerBlock',
  open: true,
  fields: {
    ...{ 1: hash, 2: number, 3: hash, 4: hash, 5: number, 6: name, 7: number, 8: flag },
    9: message(transaction, ledgerLimits.blockTransactions),
  },
};
const head: MessageShape = { name: 'LedgerHead', open: true, fields: { 1: message(block), 2: number, 3: flag } };
const blocks: MessageShape = {
  name: 'LedgerBlocks',
  open: true,
  fields: { 1: message(block, ledgerLimits.queryBlocks), 2: flag },
};
const error: MessageShape = {
  name: 'LedgerError',
  open: true,
  fields: { 1: flag, 2: { type: 'bytes', maxBytes: limits.detailBytes } },
};
const ledgerResult: MessageShape = {
  name: 'LedgerResult',
  open: true,
  fields: { 1: message(submitted), 2: message(wasCut), 3: message(head), 4: message(blocks), 5: message(error) },
  oneOf: [1, 2, 3, 4, 5],
};

export const ledgerResultShape: MessageShape = {
  name: 'Result',
  open: true,
  fields: { [ledgerField]: message(ledgerResult) },
  oneOf: [ledgerField],
};
