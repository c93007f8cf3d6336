import type { Block, BlockHeader } from './block.js';

/** Changes the ledger. Executed in log order. */
export type LedgerOperation = Submit | Cut;

/** Asks the ledger. */
export type LedgerQuery = AskHead | AskBlocks;

/** Another transaction for the next block. */
export interface Submit {
  readonly kind: 'submit';
  readonly data: Uint8Array;
  /** What the author's clock says, in milliseconds since 1970. */
  readonly time: number;
}

/**
 * Closes the block of this height though it is not full. It names the height, so that of two that wait for the same block
 * the second one cuts nothing.
 */
export interface Cut {
  readonly kind: 'cut';
  readonly height: number;
  readonly time: number;
}

export interface AskHead {
  readonly kind: 'head';
}

/** Closed blocks in order, from this height on. */
export interface AskBlocks {
  readonly kind: 'blocks';
  /** From 1. */
  readonly from: number;
  /** 0: as many as allowed. */
  readonly limit: number;
  /** Without their transactions. */
  readonly headersOnly: boolean;
}

export type LedgerResult = Submitted | WasCut | Head | Blocks | LedgerError;

/** Where the transaction stands, now and for ever. The block is closed by it, or open still. */
export interface Submitted {
  readonly kind: 'submitted';
  readonly height: number;
  /** Its place in the block, from 0. */
  readonly position: number;
  readonly closed: boolean;
}

/** The block is closed; by this operation or before it. */
export interface WasCut {
  readonly kind: 'cut';
  readonly height: number;
  readonly hash: Uint8Array;
  readonly byThis: boolean;
}

export interface Head {
  readonly kind: 'head';
  /** The newest closed block; undefined when there is none. */
  readonly head: (BlockHeader & { readonly hash: Uint8Array }) | undefined;
  /** Of all closed blocks. */
  readonly transactions: number;
  /** Transactions of the block that is open. */
  readonly pending: number;
}

export interface Blocks {
  readonly kind: 'blocks';
  readonly blocks: readonly Block[];
  /** There are others after the last one. */
  readonly more: boolean;
}

/** Nothing was changed. */
export interface LedgerError {
  readonly kind: 'error';
  readonly code: LedgerErrorCode;
}

/**
 * `empty`: a transaction without data. `timeInvalid`: no time of the years 1970 to 9999. `authorInvalid`: a name that is longer than
 * any user's. `full`: the ledger holds as much as it may. `nothingToCut`: no transaction waits in a block of that height.
 * `restoring`, `notAllowed`: as the store's.
 */
export type LedgerErrorCode =
  | 'malformed'
  | 'unknown'
  | 'empty'
  | 'tooLarge'
  | 'timeInvalid'
  | 'authorInvalid'
  | 'full'
  | 'nothingToCut'
  | 'restoring'
  | 'notAllowed';

/** What bounds a ledger; part of what replicas must agree on, so not configurable. */
export const ledgerLimits = {
  /** A block is closed when it has so many. */
  blockTransactions: 10,
  /** Of one transaction. A whole block then fits into one answer. */
  transactionBytes: 8192,
  /** Of an author's name; users have at most 32. */
  authorBytes: 128,
  /**
   * All blocks together, which lie in the memory of every replica and in its snapshots, for ever: some two million
   * transactions of 64 bytes. What goes beyond is refused; a ledger that has to go on goes on in another group.
   */
  ledgerBytes: 256 * 1024 * 1024,
  /** The end of the year 9999. */
  time: 253_402_300_799_999,
  /** How far the clock of one author alone can carry a block beyond the one before: a day. */
  loneStepMs: 86_400_000,
  /** Blocks of an answer, and their bytes beyond the first one. */
  queryBlocks: 100,
  queryBytes: 65_536,
} as const;

/** How operations become bytes. Decoders throw on anything malformed and give undefined for a kind they do not know. */
export interface LedgerCodec {
  /** Whether an operation or a query is the ledger's and not the key-value store's. */
  isLedgers(bytes: Uint8Array): boolean;
  /** What it gives may be views of the bytes. */
  decodeOperation(bytes: Uint8Array): LedgerOperation | undefined;
  decodeQuery(bytes: Uint8Array): LedgerQuery | undefined;
  encodeResult(result: LedgerResult): Uint8Array;
}
