import { isStale, isWrite } from './history.js';
import type { Operation } from './history.js';
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
export const keyValueModel: Model<Operation> = { partition, begin, claimedPlace, observable: withoutUnobserved };

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

/** A read comes after all writes of the log position whose state it read. */
function claimedPlace(operation: Operation): number | undefined {
  const { index } = operation;
  return index === undefined || isWrite(operation) ? index : index + 0.5;
}

function withoutUnobserved(operations: readonly Operation[]): readonly Operation[] {
  const answered = operations.filter(({ outcome }) => outcome === 'answered');
  if (answered.length === operations.length) return operations;
  const unknown = operations.filter(({ outcome }) => outcome === 'unknown');
  const kept = observable(unknown, answered);
  return kept.length === unknown.length ? operations : [...answered, ...kept];
}
