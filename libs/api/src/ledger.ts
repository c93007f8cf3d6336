import type {
  Block,
  LedgerCodec,
  LedgerErrorCode,
  LedgerOperation,
  LedgerQuery,
  LedgerResult,
  LedgerTransaction,
} from '@synod/state-machine';
import { synod } from './gen/api.js';
import { decodeWith } from './inspect.js';
import { ledgerField, ledgerOperationShape, ledgerQueryShape, ledgerResultShape } from './ledger-shapes.js';
import { limits } from './limits.js';
import { DecodeError, WireReader } from './wire-reader.js';

const { Operation: OperationMessage, Query: QueryMessage, Result: ResultMessage } = synod.api.v1;
type BlockProperties = synod.api.v1.LedgerBlock.$Properties;
type TransactionProperties = synod.api.v1.LedgerTransaction.$Properties;
type ResultProperties = synod.api.v1.LedgerResult.$Properties;

const none = new Uint8Array(0);
const firstByte = ledgerField * 8 + 2;
const hashBytes = 32;
const errorCodes: readonly (LedgerErrorCode | undefined)[] = [
  undefined,
  'malformed',
  'unknown',
  'empty',
  'tooLarge',
  'timeInvalid',
  'authorInvalid',
  'full',
  'nothingToCut',
  'restoring',
  'notAllowed',
];
const errorDetails: Readonly<Record<LedgerErrorCode, string>> = {
  malformed: 'not an operation or query of the ledger',
  unknown: 'an operation or query that this replica does not know',
  empty: 'a transaction has at least one byte',
  tooLarge: 'a transaction has at most 8192 bytes',
  timeInvalid: 'a time is of the years 1970 to 9999',
  authorInvalid: 'an author has a name of at most 128 bytes',
  full: 'the ledger holds as much as it may',
  nothingToCut: 'no transaction waits in a block of that height',
  restoring: 'the group is being restored from what was saved',
  notAllowed: 'the admin saves and restores, nothing else',
};

export function encodeLedgerOperation(operation: LedgerOperation): Uint8Array {
  const { time } = operation;
  const ledger =
    operation.kind === 'submit'
      ? { submit: { data: operation.data, time } }
      : { cut: { height: operation.height, time } };
  return OperationMessage.encode({ ledger }).finish();
}

export function encodeLedgerQuery(query: LedgerQuery): Uint8Array {
  if (query.kind === 'head') return QueryMessage.encode({ ledger: { head: {} } }).finish();
  const { from, limit, headersOnly } = query;
  return QueryMessage.encode({ ledger: { blocks: { from, limit, headersOnly } } }).finish();
}

export function encodeLedgerResult(result: LedgerResult): Uint8Array {
  return ResultMessage.encode({ ledger: resultOut(result) }).finish();
}

/** The data is a view of `bytes`. Undefined for a kind of a later version. */
export function decodeLedgerOperation(bytes: Uint8Array): LedgerOperation | undefined {
  checkSize(bytes, limits.operationBytes, 'an operation');
  if (isUnknown(bytes)) return undefined;
  const { submit, cut } = decodeWith(OperationMessage, bytes, ledgerOperationShape).ledger ?? {};
  if (submit) return { kind: 'submit', data: submit.data ?? none, time: submit.time ?? 0 };
  return { kind: 'cut', height: cut?.height ?? 0, time: cut?.time ?? 0 };
}

export function decodeLedgerQuery(bytes: Uint8Array): LedgerQuery | undefined {
  checkSize(bytes, limits.operationBytes, 'a query');
  if (isUnknown(bytes)) return undefined;
  const { blocks } = decodeWith(QueryMessage, bytes, ledgerQueryShape).ledger ?? {};
  if (!blocks) return { kind: 'head' };
  const { from, limit, headersOnly } = blocks;
  return { kind: 'blocks', from: from ?? 0, limit: limit ?? 0, headersOnly: headersOnly ?? false };
}

/** Hashes, names and data are views of `bytes`. */
export function decodeLedgerResult(bytes: Uint8Array): LedgerResult {
  checkSize(bytes, limits.replyBytes, 'a result');
  return resultIn(decodeWith(ResultMessage, bytes, ledgerResultShape).ledger ?? {});
}

/** The ledger's operations, queries and results begin alike: with the tag of their field. */
export function isLedgers(bytes: Uint8Array): boolean {
  return bytes[0] === firstByte;
}

/** For `Ledger`: operations and results as they stand in ledger.proto. */
export const ledgerCodec: LedgerCodec = {
  isLedgers,
  decodeOperation: decodeLedgerOperation,
  decodeQuery: decodeLedgerQuery,
  encodeResult: encodeLedgerResult,
};

function checkSize(bytes: Uint8Array, most: number, what: string): void {
  if (bytes.length > most) throw new DecodeError(`${what} of ${bytes.length} bytes; at most ${most} are allowed`);
}

/** The ledger's, but a single field that is none of ours: of a version that knows more kinds. */
function isUnknown(bytes: Uint8Array): boolean {
  const reader = new WireReader().start(bytes);
  if (!reader.more || reader.tag() !== firstByte) return false;
  const from = reader.span();
  const first = bytes[from] ?? 0;
  return reader.position > from && first % 8 === 2 && first > 2 * 8 + 2;
}

function resultOut(result: LedgerResult): ResultProperties {
  switch (result.kind) {
    case 'submitted':
      return { submitted: { height: result.height, position: result.position, closed: result.closed } };
    case 'cut':
      return { cut: { height: result.height, hash: result.hash, byThis: result.byThis } };
    case 'head': {
      const { head, transactions, pending } = result;
      return { head: { ...(head && { head: blockOut({ ...head, transactions: [] }) }), transactions, pending } };
    }
    case 'blocks':
      return { blocks: { blocks: result.blocks.map(blockOut), more: result.more } };
    case 'error':
      return { error: { code: errorCodes.indexOf(result.code), detail: errorDetails[result.code] } };
  }
}

function resultIn({ submitted, cut, head, blocks, error }: ResultProperties): LedgerResult {
  if (submitted) {
    const { height, position, closed } = submitted;
    return { kind: 'submitted', height: height ?? 0, position: position ?? 0, closed: closed ?? false };
  }
  if (cut) return { kind: 'cut', height: cut.height ?? 0, hash: hashIn(cut.hash), byThis: cut.byThis ?? false };
  if (head) {
    const newest = head.head ? headerIn(blockIn(head.head)) : undefined;
    return { kind: 'head', head: newest, transactions: head.transactions ?? 0, pending: head.pending ?? 0 };
  }
  if (blocks) return { kind: 'blocks', blocks: (blocks.blocks ?? []).map(blockIn), more: blocks.more ?? false };
  const code = errorCodes[error?.code ?? 0];
  if (code === undefined) throw new DecodeError(`ledger error ${error?.code} is not known`);
  return { kind: 'error', code };
}

function headerIn({ transactions: _transactions, ...header }: Block): Omit<Block, 'transactions'> {
  return header;
}

function blockOut(block: Block): BlockProperties {
  const { hash, height, previous, root, time, proposer, proposerTime, count, transactions } = block;
  return { hash, height, previous, root, time, proposer, proposerTime, count, transactions: [...transactions] };
}

function blockIn({ transactions, ...block }: BlockProperties): Block {
  return {
    hash: hashIn(block.hash),
    height: block.height ?? 0,
    previous: hashIn(block.previous),
    root: hashIn(block.root),
    time: block.time ?? 0,
    proposer: block.proposer ?? none,
    proposerTime: block.proposerTime ?? 0,
    count: block.count ?? 0,
    transactions: (transactions ?? []).map(transactionIn),
  };
}

function transactionIn({ author, time, data }: TransactionProperties): LedgerTransaction {
  return { author: author ?? none, time: time ?? 0, data: data ?? none };
}

function hashIn(bytes: Uint8Array | null | undefined): Uint8Array {
  if (bytes?.length === hashBytes) return bytes;
  throw new DecodeError(`a hash of ${bytes?.length ?? 0} bytes`);
}
