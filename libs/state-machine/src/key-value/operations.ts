/** Changes the store. Executed in log order. */
export type Operation = Put | Delete | CompareAndSet | Transaction;

/** Asks the store. */
export type Query = Get | Range;

export interface Put {
  readonly kind: 'put';
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export interface Delete {
  readonly kind: 'delete';
  readonly key: Uint8Array;
}

/** Puts `value`, or deletes when there is none, if the key's revision is the expected one; 0: the key must not exist. */
export interface CompareAndSet {
  readonly kind: 'compareAndSet';
  readonly key: Uint8Array;
  readonly expectedRevision: number;
  readonly value: Uint8Array | undefined;
}

/** If all conditions hold the steps of `success` are executed, else those of `failure`. */
export interface Transaction {
  readonly kind: 'transaction';
  readonly conditions: readonly Condition[];
  readonly success: readonly Step[];
  readonly failure: readonly Step[];
}

/** The key's revision (0: no such key) or value (no such key: nothing is equal, greater or less) against `target`. */
export interface Condition {
  readonly key: Uint8Array;
  readonly relation: Relation;
  readonly target: { readonly revision: number } | { readonly value: Uint8Array };
}

export type Relation = 'equal' | 'notEqual' | 'greater' | 'less';

export type Step = Put | Delete | Get;

export interface Get {
  readonly kind: 'get';
  readonly key: Uint8Array;
}

/** Keys that begin with `prefix`, in byte order, after `startAfter` (empty: from the first one). */
export interface Range {
  readonly kind: 'range';
  readonly prefix: Uint8Array;
  readonly startAfter: Uint8Array;
  /** 0: as many as allowed. */
  readonly limit: number;
  readonly keysOnly: boolean;
}

export type Result = Written | Mismatch | Found | NotFound | RangeResult | TransactionResult | OperationError;

/** A change took effect; `existed`: the key was there before. */
export interface Written {
  readonly kind: 'written';
  readonly revision: number;
  readonly existed: boolean;
}

/** A compare-and-set changed nothing. `revision` is the present one; 0: there is no such key. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly revision: number;
}

export interface KeyValue {
  readonly key: Uint8Array;
  /** Empty when only keys were asked for. */
  readonly value: Uint8Array;
  /** Log position of the last change. */
  readonly revision: number;
  /** Log position of the put that brought the key into being. */
  readonly created: number;
  /** Puts since then, from 1. */
  readonly version: number;
}

export interface Found extends KeyValue {
  readonly kind: 'found';
}

export interface NotFound {
  readonly kind: 'notFound';
}

export interface RangeResult {
  readonly kind: 'range';
  readonly items: readonly KeyValue[];
  /** There are others after the last item. */
  readonly more: boolean;
}

export interface TransactionResult {
  readonly kind: 'transaction';
  readonly succeeded: boolean;
  /** One per step. */
  readonly results: readonly Result[];
}

/** Nothing was changed. */
export interface OperationError {
  readonly kind: 'error';
  readonly code: OperationErrorCode;
}

/** `restoring`: the group is being restored from what was saved. `notAllowed`: the admin saves and restores, nothing else. */
export type OperationErrorCode =
  | 'malformed'
  | 'unknown'
  | 'keyInvalid'
  | 'valueTooLarge'
  | 'tooMany'
  | 'resultTooLarge'
  | 'restoring'
  | 'notAllowed';

/** What bounds operations; part of what replicas must agree on, so not configurable. */
export const limits = {
  keyBytes: 1024,
  valueBytes: 65_536,
  /** Of each of conditions, success and failure. */
  transactionParts: 128,
  /** What the gets of a transaction may give together, counted before it is executed. */
  transactionResultBytes: 98_304,
  rangeItems: 1000,
  /** Keys and values of a range, beyond the first item. */
  rangeBytes: 65_536,
} as const;

/** Where key and value of a put lie within its bytes; filled in place, so that the commonest operation needs no object. */
export class PutPlace {
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;
}

/**
 * How operations become bytes. Decoders throw on anything malformed and give undefined for a kind they do not know; what
 * they give may be views of the bytes.
 */
export interface KeyValueCodec {
  /** False unless the bytes are a well-formed put. */
  readPut(operation: Uint8Array, place: PutPlace): boolean;
  decodeOperation(bytes: Uint8Array): Operation | undefined;
  decodeQuery(bytes: Uint8Array): Query | undefined;
  encodeResult(result: Result): Uint8Array;
}
