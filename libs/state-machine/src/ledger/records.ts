import { hashBytes, headerSize, transactionSize, writeHeader, writeTransaction } from './block.js';
import type { Block, BlockHeader, Transaction } from './block.js';
import { ledgerLimits } from './operations.js';

// A block as the ledger keeps it: its hash, its header, then each transaction behind its length.

const headerFixedBytes = 96;
const transactionFixedBytes = 12;
const { blockTransactions, transactionBytes, authorBytes } = ledgerLimits;
const transactionMost = transactionFixedBytes + authorBytes + transactionBytes;
/** No block's record is longer. */
export const recordMost = hashBytes + headerFixedBytes + authorBytes + blockTransactions * (4 + transactionMost);

export function writeRecord(block: Block): Uint8Array {
  const sizes = block.transactions.map(transactionSize);
  const record = new Uint8Array(sizes.reduce((sum, size) => sum + 4 + size, hashBytes + headerSize(block)));
  const view = new DataView(record.buffer);
  record.set(block.hash);
  let at = writeHeader(block, record, hashBytes);
  block.transactions.forEach((transaction, i) => {
    view.setUint32(at, sizes[i]!);
    at = writeTransaction(transaction, record, at + 4);
  });
  return record;
}

/** Hashes, names and data are views of the record. Throws when it is none. */
export function readRecord(record: Uint8Array, headerOnly = false): Block {
  const hash = record.subarray(0, hashBytes);
  const { header, end } = readHeader(record, hashBytes);
  if (headerOnly) return { ...header, hash, transactions: [] };
  const view = viewOf(record);
  const transactions: Transaction[] = [];
  let at = end;
  while (at < record.length) {
    requireRoom(record, at, 4);
    const size = view.getUint32(at);
    requireRoom(record, at + 4, size);
    transactions.push(readTransaction(record.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  if (transactions.length !== header.count) throw wrong('a block with another number of transactions than it states');
  return { ...header, hash, transactions };
}

/** Author and data are views of the bytes. */
export function readTransaction(bytes: Uint8Array): Transaction {
  requireRoom(bytes, 0, transactionFixedBytes);
  const view = viewOf(bytes);
  const length = view.getUint32(8);
  if (length > authorBytes) throw wrong(`an author of ${length} bytes`);
  requireRoom(bytes, transactionFixedBytes, length);
  const data = bytes.subarray(transactionFixedBytes + length);
  if (data.length === 0 || data.length > transactionBytes) throw wrong(`a transaction of ${data.length} bytes`);
  const author = bytes.subarray(transactionFixedBytes, transactionFixedBytes + length);
  return { author, time: timeAt(view, 0), data };
}

function readHeader(record: Uint8Array, start: number): { readonly header: BlockHeader; readonly end: number } {
  requireRoom(record, start, headerFixedBytes);
  const view = viewOf(record);
  const length = view.getUint32(start + 92);
  if (length > authorBytes) throw wrong(`a proposer of ${length} bytes`);
  const end = start + headerFixedBytes + length;
  requireRoom(record, start + headerFixedBytes, length);
  const header = {
    height: integerAt(view, start),
    previous: record.subarray(start + 8, start + 40),
    root: record.subarray(start + 40, start + 72),
    time: timeAt(view, start + 72),
    proposerTime: timeAt(view, start + 80),
    count: view.getUint32(start + 88),
    proposer: record.subarray(start + headerFixedBytes, end),
  };
  return { header, end };
}

function integerAt(view: DataView, at: number): number {
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
}

function timeAt(view: DataView, at: number): number {
  const time = integerAt(view, at);
  if (time > ledgerLimits.time) throw wrong('a time beyond the year 9999');
  return time;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function requireRoom(bytes: Uint8Array, at: number, length: number): void {
  if (length > bytes.length - at) throw wrong('a block that ends too early');
}

function wrong(what: string): Error {
  return new Error(`a snapshot of a ledger with ${what}`);
}
