import { decodeLedgerResult, decodeResult, encodeLedgerOperation, encodeLedgerQuery } from '@synod/api';
import { ledgerLimits } from '@synod/state-machine';
import type { LedgerErrorCode } from '@synod/state-machine';
import type { Source } from '../batch.js';
import { SynodError } from '../errors.js';
import { bytesOf, type Bytes } from '../key-value.js';
import { headerOf, hex, LedgerBlock, type BlocksAnswer, type HeadAnswer } from './block.js';
import type { BlocksQuery, CutAnswer } from './ledger.js';

const { transactionBytes, time: latest, queryBlocks } = ledgerLimits;
type Result = ReturnType<typeof decodeLedgerResult>;

const meanings: Readonly<Record<LedgerErrorCode, string>> = {
  malformed: 'not an operation of the ledger',
  unknown: 'an operation that its replicas do not know: they are of an older version',
  empty: 'a transaction has at least one byte',
  tooLarge: `a transaction has at most ${transactionBytes} bytes`,
  timeInvalid: 'a time is of the years 1970 to 9999',
  authorInvalid: "the user's name is too long",
  full: `the ledger holds as much as it may, ${ledgerLimits.ledgerBytes} bytes: go on in another group`,
  nothingToCut: 'no transaction waits in a block of that height',
  restoring: 'the group is being restored from what was saved',
  notAllowed: 'the admin saves and restores, nothing else',
};

// The ledger checks all of this again; what is told here is told before a message leaves.

export function encodeSubmit(data: Bytes, time: number): Uint8Array {
  const bytes = bytesOf(data);
  if (bytes.length === 0) throw new SynodError('invalid', meanings.empty);
  if (bytes.length > transactionBytes) throw new SynodError('tooLarge', `${meanings.tooLarge}, not ${bytes.length}`);
  return encodeLedgerOperation({ kind: 'submit', data: bytes, time: timeIn(time) });
}

export function encodeCut(height: number, time: number): Uint8Array {
  return encodeLedgerOperation({ kind: 'cut', height: heightIn(height), time: timeIn(time) });
}

export const encodeHead = (): Uint8Array => encodeLedgerQuery({ kind: 'head' });

export function encodeBlocks({ from = 1, limit = 0, headersOnly = false }: BlocksQuery): Uint8Array {
  if (!Number.isSafeInteger(limit) || limit < 0 || limit > queryBlocks) {
    throw new SynodError('invalid', `an answer has at most ${queryBlocks} blocks, not ${limit}`);
  }
  return encodeLedgerQuery({ kind: 'blocks', from: heightIn(from), limit, headersOnly });
}

/** `closed`: by this transaction. */
export function decodeSubmitted(bytes: Uint8Array, source: Source) {
  const result = resultOf(bytes);
  if (result.kind !== 'submitted') throw unexpected(result.kind);
  const { height, position, closed } = result;
  return { height, position, closed, source };
}

export function decodeCut(bytes: Uint8Array, source: Source): CutAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'cut') throw unexpected(result.kind);
  const { height, hash, byThis } = result;
  return { height, hash: hex(hash), byThis, source };
}

export function decodeHead(bytes: Uint8Array, source: Source): HeadAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'head') throw unexpected(result.kind);
  const { head, transactions, pending } = result;
  return { head: head && headerOf(head), transactions, pending, source };
}

export function decodeBlocks(bytes: Uint8Array, source: Source): BlocksAnswer {
  const result = resultOf(bytes);
  if (result.kind !== 'blocks') throw unexpected(result.kind);
  return { blocks: result.blocks.map((block) => new LedgerBlock(block)), more: result.more, source };
}

function resultOf(bytes: Uint8Array): Result {
  let result: Result;
  try {
    result = decodeLedgerResult(bytes);
  } catch (error) {
    if (isStoresRefusal(bytes)) throw withoutLedger();
    throw new SynodError('invalid', `not a result of a ledger: ${(error as Error).message}`);
  }
  if (result.kind !== 'error') return result;
  const { code } = result;
  const isTooMuch = code === 'tooLarge' || code === 'full';
  const notNow = code === 'restoring' ? 'unavailable' : code === 'notAllowed' ? 'unauthorized' : 'invalid';
  throw new SynodError(isTooMuch ? 'tooLarge' : notNow, `the ledger refuses: ${meanings[result.code]}`);
}

/** A key-value store that stands alone does not know the ledger's operations. */
function isStoresRefusal(bytes: Uint8Array): boolean {
  try {
    return decodeResult(bytes).kind === 'error';
  } catch {
    return false;
  }
}

function withoutLedger(): SynodError {
  const message = 'the group has no ledger: its replicas are of an older version, or have a state machine of their own';
  return new SynodError('unsupported', message);
}

function unexpected(kind: string): SynodError {
  return new SynodError('invalid', `the group answered with an unexpected result, ${kind}`);
}

function heightIn(height: number): number {
  if (Number.isSafeInteger(height) && height >= 1) return height;
  throw new SynodError('invalid', `a height is a whole number from 1, not ${height}`);
}

function timeIn(time: number): number {
  if (Number.isSafeInteger(time) && time >= 0 && time <= latest) return time;
  throw new SynodError('invalid', `${meanings.timeInvalid}, in milliseconds, not ${time}`);
}
