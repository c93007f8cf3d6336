import type { Source } from './batch.js';
import { SynodError } from './errors.js';

/** Text is taken as UTF-8. Keys have 1 to 1024 bytes, values at most 65,536. */
export type Bytes = Uint8Array | string;

export function bytesOf(value: Bytes): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value);
  if (value instanceof Uint8Array) return value;
  throw new SynodError('invalid', `keys and values are text or bytes, not ${typeof value}`);
}

/** A key and what is stored under it. The bytes are the caller's own. */
export class Entry {
  constructor(
    readonly key: Uint8Array,
    /** Empty when only keys were asked for. */
    readonly value: Uint8Array,
    /** Log position of the last change; what `compareAndSet` compares. */
    readonly revision: number,
    /** Log position of the change that made the key. */
    readonly created: number,
    /** Changes since then, that one included. */
    readonly version: number,
  ) {}

  get keyText(): string {
    return text(this.key);
  }

  get text(): string {
    return text(this.value);
  }
}

const decoder = new TextDecoder();
const text = (bytes: Uint8Array) => decoder.decode(bytes);

export interface GetAnswer {
  /** Undefined: there is no such key. */
  readonly entry: Entry | undefined;
  readonly source: Source;
}

export interface WriteAnswer {
  /** The log position of the write. */
  readonly revision: number;
  /** The key was there before. */
  readonly existed: boolean;
  readonly source: Source;
}

/** When `succeeded` is false nothing was changed, and `revision` is the key's present one; 0 when there is no such key. */
export interface CompareAndSetAnswer {
  readonly succeeded: boolean;
  readonly revision: number;
  readonly source: Source;
}

export interface RangeQuery {
  /** Keys that begin with it; default: all. */
  readonly prefix?: Bytes;
  /** Keys after this one: where the page before ended. */
  readonly startAfter?: Bytes;
  /** At most and by default 1000. */
  readonly limit?: number;
  readonly keysOnly?: boolean;
}

export interface RangeAnswer {
  /** In the order of the keys' bytes. */
  readonly entries: readonly Entry[];
  /** There are more after the last one. */
  readonly more: boolean;
  readonly source: Source;
}

export type Relation = 'equal' | 'notEqual' | 'greater' | 'less';

/** `{ key: 'a', is: 'equal', revision: 7 }`. The revision of a key that does not exist is 0; its value equals nothing. */
export type Condition = { readonly key: Bytes; readonly is: Relation } & (
  | { readonly revision: number }
  | { readonly value: Bytes }
);

export type Step =
  | { readonly put: { readonly key: Bytes; readonly value: Bytes } }
  | { readonly delete: { readonly key: Bytes } }
  | { readonly get: { readonly key: Bytes } };

/** All conditions hold: `success` is executed, otherwise `failure`; at most 128 of each. All in one log position. */
export interface Transaction {
  readonly conditions?: readonly Condition[];
  readonly success?: readonly Step[];
  readonly failure?: readonly Step[];
}

export type StepAnswer =
  | { readonly kind: 'written'; readonly revision: number; readonly existed: boolean }
  | { readonly kind: 'got'; readonly entry: Entry | undefined };

export interface TransactionAnswer {
  /** Whether the conditions held. */
  readonly succeeded: boolean;
  /** One per executed step, in order. */
  readonly results: readonly StepAnswer[];
  readonly source: Source;
}
