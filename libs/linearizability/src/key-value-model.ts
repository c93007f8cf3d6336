import { isStale, isWrite } from './history.js';
import type { Compared, Executed, Operation, Written } from './history.js';
import { KeyValueMeaning } from './key-value-meaning.js';
import { Keys } from './keys.js';
import type { Meaning, Model } from './model.js';
import { observable } from './observed.js';

/**
 * The key-value store of Synod: put, delete, get, compare-and-set, ranges and transactions; revisions, versions and the
 * other details of answers as far as they are told.
 *
 * Each key is a part of its own; a transaction or a range joins the keys that it touches (a range: all keys of the
 * history within it). Not in any part: what was refused, reads without an answer, and `stale` reads.
 *
 * Not covered, so that a wrong answer may pass: a condition on the revision of a write whose revision no answer tells
 * counts as true or false, as needed, unless it must be equal (or must not be unequal); a compare-and-set or a
 * transaction that failed is not held to it either. A range that ends early, with `more`, is not asked why.
 */
export const keyValueModel: Model<Operation> = {
  partition,
  begin,
  claimedPlace,
  mayBeEarlier,
  observable: withoutUnobserved,
};

function partition(history: readonly Operation[]): Int32Array {
  const keys = new Keys();
  const leftOut = -0x80000000;
  const handles = new Int32Array(history.length);
  for (let i = 0; i < handles.length; i++) handles[i] = isJudged(history[i]!) ? keys.add(history[i]!) : leftOut;
  const partOf = keys.parts();
  return handles.map((handle) => (handle === leftOut ? -1 : partOf(handle)));
}

function isJudged(operation: Operation): boolean {
  if (operation.outcome === 'answered') return !isStale(operation);
  return operation.outcome === 'unknown' && isWrite(operation);
}

function begin(operations: readonly Operation[]): Meaning {
  return new KeyValueMeaning(operations);
}

/** More than the operations of one position. */
const places = 4096;

/**
 * A read comes after all writes of the log position whose state it read; a write stands where it made a revision. One that
 * made none has only the position that its answer names, which is later when a repeated copy was answered.
 */
function claimedPlace(operation: Operation): number | undefined {
  const { index, place = 0 } = operation;
  if (!isWrite(operation)) return index === undefined ? undefined : index + 0.5;
  const position = ownRevision(operation) ?? index;
  return position === undefined ? undefined : position + place / places;
}

function mayBeEarlier(operation: Operation): boolean {
  const { kind } = operation;
  return (kind === 'compareAndSet' || kind === 'transaction') && ownRevision(operation) === undefined;
}

/** The position at which a write changed something; undefined: it changed nothing, or its answer does not tell. */
export function ownRevision({ kind, result }: Operation): number | undefined {
  if (result === undefined || kind === 'get' || kind === 'range') return undefined;
  if (kind === 'compareAndSet') return (result as Compared).succeeded ? (result as Compared).revision : undefined;
  const written = kind === 'transaction' ? (result as Executed).results : [result as Written];
  for (const one of written) if ('revision' in one && one.revision !== undefined) return one.revision;
  return undefined;
}

function withoutUnobserved(operations: readonly Operation[]): readonly Operation[] {
  const answered = operations.filter(({ outcome }) => outcome === 'answered');
  if (answered.length === operations.length) return operations;
  const unknown = operations.filter(({ outcome }) => outcome === 'unknown');
  const kept = observable(unknown, answered);
  return kept.length === unknown.length ? operations : [...answered, ...kept];
}
