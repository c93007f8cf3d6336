/**
 * What clients of a key-value store called and were answered: one shape for simulated and real runs.
 *
 * - Keys and values are text with one character per byte (`latin1`), so that their order is the order of the bytes; a
 *   long value may stand as a digest, see `valueOf`.
 * - Times are milliseconds of one monotonic clock that all clients of the history share. Operations need not be sorted.
 *   When one returns at the moment in which another is invoked, they count as concurrent.
 * - What an answer does not tell (a revision, say) is left out, and then not checked.
 */
export type Operation = Put | Delete | CompareAndSet | Get | Range | Transaction;

/** A run's operations, in any order. */
export type History = readonly Operation[];

/**
 * `answered`: there is a result. `refused`: it certainly took no effect and never will. `unknown`: no answer, or an error
 * that leaves it open; it may take effect at any moment from `invokedAt` on, or never.
 */
export type Outcome = 'answered' | 'refused' | 'unknown';

/** What all operations have. */
export interface Call<R> {
  /** Who called. Calls of one client may overlap. */
  readonly client: string;
  readonly invokedAt: number;
  /** Undefined if and only if the outcome is unknown. */
  readonly returnedAt?: number | undefined;
  readonly outcome: Outcome;
  /** Present if and only if the outcome is `answered`. */
  readonly result?: R | undefined;
  /** Log position that the answer names: of the write, or of the state that was read. */
  readonly index?: number | undefined;
  /** Of a write, if it is known: which of the operations of that position it is, from 0. */
  readonly place?: number | undefined;
  /** Who answered. */
  readonly replica?: string | undefined;
}

export interface Put extends Call<Written> {
  readonly kind: 'put';
  readonly key: string;
  readonly value: string;
}

export interface Delete extends Call<Written> {
  readonly kind: 'delete';
  readonly key: string;
}

/** Puts `value`, or deletes when there is none, if the key's revision is the expected one; 0: there must be no such key. */
export interface CompareAndSet extends Call<Compared> {
  readonly kind: 'compareAndSet';
  readonly key: string;
  readonly expectedRevision: number;
  readonly value?: string | undefined;
}

export interface Get extends Call<Got>, ReadOptions {
  readonly kind: 'get';
  readonly key: string;
}

/** The keys that begin with `prefix` and come after `startAfter`, in order; at most `limit`. */
export interface Range extends Call<Listed>, ReadOptions {
  readonly kind: 'range';
  readonly prefix: string;
  readonly startAfter?: string | undefined;
  readonly limit?: number | undefined;
}

/** All conditions hold: the steps of `success` are executed, else those of `failure`; all at one moment. */
export interface Transaction extends Call<Executed> {
  readonly kind: 'transaction';
  readonly conditions: readonly Condition[];
  readonly success: readonly Step[];
  readonly failure: readonly Step[];
}

export interface ReadOptions {
  /** Default `linearizable`. */
  readonly level?: 'linearizable' | 'stale' | undefined;
  /** Of a `stale` read: how old the answer was allowed to be; 0 or none: no bound. */
  readonly maxAgeMs?: number | undefined;
  /** Of a `stale` read: the age that the answer tells. */
  readonly ageMs?: number | undefined;
}

/** The revision of a key that does not exist is 0; its value is equal to, greater and less than nothing. */
export interface Condition {
  readonly key: string;
  readonly is: 'equal' | 'notEqual' | 'greater' | 'less';
  /** Either this or `value`. */
  readonly revision?: number | undefined;
  readonly value?: string | undefined;
}

/** `value` belongs to `put`. */
export interface Step {
  readonly kind: 'put' | 'delete' | 'get';
  readonly key: string;
  readonly value?: string | undefined;
}

/** A key as it was read. */
export interface Seen {
  /** Left out when only keys were asked for. */
  readonly value?: string | undefined;
  /** Log position of the last change. */
  readonly revision?: number | undefined;
  /** Log position of the put that made the key. */
  readonly created?: number | undefined;
  /** Puts since then, from 1. */
  readonly version?: number | undefined;
}

export interface Written {
  /** Log position of the write. */
  readonly revision?: number | undefined;
  /** The key was there before. */
  readonly existed?: boolean | undefined;
}

export interface Compared {
  readonly succeeded: boolean;
  /** Of the write; when nothing was changed, the key's present one; 0: there is no such key. */
  readonly revision?: number | undefined;
}

export interface Got {
  /** None: there is no such key. */
  readonly entry?: Seen | undefined;
}

export interface Listed {
  /** In the order of the keys. */
  readonly entries: readonly (Seen & { readonly key: string })[];
  /** There are others after the last one. */
  readonly more: boolean;
}

export interface Executed {
  /** Whether the conditions held. */
  readonly succeeded: boolean;
  /** One per executed step: of a put or delete `Written`, of a get `Got`. */
  readonly results: readonly (Written | Got)[];
}

/** Whether it can change anything. */
export function isWrite(operation: Operation): boolean {
  return operation.kind !== 'get' && operation.kind !== 'range';
}

/** A read that is bound by its own promise instead of by real time. */
export function isStale(operation: Operation): operation is Get | Range {
  return (operation.kind === 'get' || operation.kind === 'range') && operation.level === 'stale';
}
