import type { Operation, Query, Result } from '@synod/state-machine';
import { isBackups } from './backup.js';
import { backupOperationText, backupQueryText, backupResultText } from './backup-print.js';
import { decodeReadBatch, decodeRequestBatch } from './batches.js';
import { decodeOperation, decodeQuery, decodeResult } from './key-value.js';
import { isLedgers } from './ledger.js';
import { ledgerOperationText, ledgerQueryText, ledgerResultText } from './ledger-print.js';
import { decodeResults } from './results.js';

const strict = new TextDecoder('utf-8', { fatal: true });
/** Control characters, and those that turn the direction of text: what others wrote must not steer a terminal. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/; // eslint-disable-line no-control-regex
/** Bytes of one key or value. */
const bytesShown = 48;
const partsShown = 3;

/** A client's batch on one line, for scenarios and transcripts: `open`, or `5.9 put k=v` for sequence 9 of session 5. */
export function printRequest(bytes: Uint8Array): string {
  return printed(bytes, () => {
    const { session, sequence, acknowledgedThrough, operations } = decodeRequestBatch(bytes);
    if (session === 0) return 'open';
    const acknowledged = acknowledgedThrough > 0 ? `/${acknowledgedThrough}` : '';
    return `${session}.${sequence}${acknowledged} ${parts(operations, operationText)}`;
  });
}

export function printQueries(bytes: Uint8Array): string {
  return printed(bytes, () => {
    const { level, queries } = decodeReadBatch(bytes);
    return level === 'discover' ? 'who leads' : parts(queries, queryText);
  });
}

export function printResults(bytes: Uint8Array): string {
  return printed(bytes, () => {
    const { results, sessionError } = decodeResults(bytes);
    return sessionError === undefined ? parts(results, resultText) : `error ${sessionError}`; // prettier-ignore
  });
}

/** Services of tests speak plain text; so may those of users. What neither is text nor ours is told by its length. */
function printed(bytes: Uint8Array, decoded: () => string): string {
  const text = plain(bytes);
  if (text !== undefined) return text;
  try {
    return decoded();
  } catch {
    return `${bytes.length} bytes`;
  }
}

function parts(all: readonly Uint8Array[], print: (part: Uint8Array) => string): string {
  const texts = all.slice(0, partsShown).map((part) => printed(part, () => print(part)));
  return `${texts.join('; ')}${all.length > partsShown ? `; … ${all.length} in all` : ''}`;
}

const operationText = (part: Uint8Array): string =>
  isBackups(part)
    ? backupOperationText(part)
    : isLedgers(part)
      ? ledgerOperationText(part, word)
      : printOperation(decodeOperation(part));
const queryText = (part: Uint8Array): string =>
  isBackups(part) ? backupQueryText(part) : isLedgers(part) ? ledgerQueryText(part) : printQuery(decodeQuery(part));
const resultText = (part: Uint8Array): string =>
  isBackups(part) ? backupResultText(part) : isLedgers(part) ? ledgerResultText(part) : printResult(decodeResult(part));

function printOperation(operation: Operation | undefined): string {
  switch (operation?.kind) {
    case undefined:
      return 'an unknown operation';
    case 'put':
      return `put ${word(operation.key)}=${word(operation.value)}`;
    case 'delete':
      return `delete ${word(operation.key)}`;
    case 'compareAndSet': {
      const { key, expectedRevision, value } = operation;
      return `cas ${word(key)}@${expectedRevision} ${value === undefined ? 'delete' : word(value)}`;
    }
    case 'transaction':
      return `txn of ${operation.conditions.length} conditions, ${operation.success.length} steps, else ${operation.failure.length}`;
  }
}

function printQuery(query: Query | undefined): string {
  if (query === undefined) return 'an unknown query';
  return query.kind === 'get' ? `get ${word(query.key)}` : `range ${word(query.prefix)}`;
}

function printResult(result: Result): string {
  switch (result.kind) {
    case 'written':
      return `written ${result.revision}`;
    case 'mismatch':
      return `mismatch ${result.revision}`;
    case 'found':
      return `${word(result.key)}@${result.revision}=${word(result.value)}`;
    case 'notFound':
      return 'not found';
    case 'range':
      return `${result.items.length} keys${result.more ? ' and more' : ''}`;
    case 'transaction':
      return `${result.succeeded ? 'success' : 'else'}: ${result.results.length} results`;
    case 'error':
      return `error ${result.code}`;
  }
}

function word(bytes: Uint8Array): string {
  const short = bytes.subarray(0, bytesShown);
  return `${plain(short) ?? `0x${hex(short)}`}${bytes.length > bytesShown ? '…' : ''}`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Undefined when it is not text that can be shown as it is. */
function plain(bytes: Uint8Array): string | undefined {
  try {
    const text = strict.decode(bytes);
    return unprintable.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
