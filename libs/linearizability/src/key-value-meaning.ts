import { Columns, isSingleKey, kinds } from './columns.js';
import { compile, Numbering } from './compiled.js';
import type { Compiled, CompiledCondition, CompiledRange, CompiledStep, CompiledTransaction } from './compiled.js';
import type { Operation } from './history.js';
import { InternedArrays } from './interned-arrays.js';
import { KeyStates } from './key-states.js';
import { byCodeUnits, touchedKeys } from './keys.js';
import { unshownIn } from './observed.js';
import type { Meaning } from './model.js';

/** What operations on a few keys mean. A state is an array of the keys' states, in the order of the keys. */
export class KeyValueMeaning implements Meaning {
  readonly initial: number;
  readonly alternatives: number;
  private readonly columns: Columns;
  private readonly several = new Map<number, Compiled>();
  private readonly keys: KeyStates;
  private readonly arrays: InternedArrays;
  private readonly texts: readonly string[];

  constructor(operations: readonly Operation[]) {
    const names = namesIn(operations);
    const numbering = new Numbering(names);
    const isUnshown = unshownIn(operations);
    this.columns = new Columns(operations.length);
    for (let row = 0; row < operations.length; row++) {
      const operation = operations[row]!;
      if (isSingleKey(operation)) this.columns.set(row, operation, numbering);
      if (isUnshown(operation)) this.columns.value[row] = numbering.unshown;
      if (!isSingleKey(operation)) this.several.set(row, compile(operation, numbering));
    }
    this.texts = numbering.texts;
    this.alternatives = operations.some(({ kind, outcome }) => kind === 'transaction' && outcome === 'unknown') ? 2 : 1;
    this.keys = new KeyStates(numbering.tellsVersions);
    // The state of a key that was never there has number 0, so the array of zeros is the empty store.
    this.arrays = new InternedArrays(names.length);
    this.initial = this.arrays.zeros;
  }

  apply(state: number, operation: number, alternative: number): number {
    const { kind, key } = this.columns;
    if (kind[operation] === kinds.several) return this.applySeveral(state, this.several.get(operation)!, alternative);
    if (alternative > 0) return -1;
    const at = key[operation]!;
    return this.changed(state, at, this.after(this.arrays.get(state, at), operation));
  }

  /** What it makes of its key. */
  private after(before: number, operation: number): number {
    const { keys } = this;
    const { kind, value, revision, present, other, version } = this.columns;
    const told = revision[operation]!;
    switch (kind[operation]) {
      case kinds.get:
        if (present[operation] === 0) return keys.isPresent(before) ? -1 : before;
        return keys.shown(before, value[operation]!, told, other[operation]!, version[operation]!);
      case kinds.mismatch:
        return this.mismatch(before, other[operation]!, told);
      case kinds.compareAndSet: {
        const expected = keys.withRevision(before, other[operation]!);
        return expected < 0 ? -1 : keys.written(expected, value[operation]!, told, -1);
      }
      default:
        return keys.written(before, value[operation]!, told, present[operation]!);
    }
  }

  private applySeveral(state: number, call: Compiled, alternative: number): number {
    if (call.kind === 'transaction') return this.transaction(state, call, alternative);
    return call.kind === 'range' ? this.range(state, call) : -1;
  }

  /** What may have been put or deleted is the same when key and value are. */
  twins(operation: number): number {
    const { kind, key, value } = this.columns;
    return kind[operation] === kinds.write ? key[operation]! * 2 ** 32 + value[operation]! + 1 : -1;
  }

  isRead(operation: number): boolean {
    const kind = this.columns.kind[operation];
    if (kind === kinds.several) return this.several.get(operation)!.kind === 'range';
    return kind === kinds.get || kind === kinds.mismatch;
  }

  /** -1 stays -1. */
  private changed(state: number, key: number, keyState: number): number {
    return keyState < 0 ? -1 : this.arrays.with(state, key, keyState);
  }

  private write(state: number, step: { key: number; value: number; revision: number; existed: number }): number {
    const { key, value, revision, existed } = step;
    return this.changed(state, key, this.keys.written(this.arrays.get(state, key), value, revision, existed));
  }

  private mismatch(state: number, expected: number, told: number): number {
    if (told >= 0) return told === expected ? -1 : this.keys.withRevision(state, told);
    return this.keys.revisionIn(state) === expected ? -1 : state;
  }

  private transaction(state: number, call: CompiledTransaction, alternative: number): number {
    const succeeded = call.isUnknown ? alternative === 0 : call.succeeded;
    let at = state;
    if (succeeded) {
      for (const condition of call.conditions) if ((at = this.assume(at, condition)) < 0) return -1;
    } else if (call.conditions.every((condition) => this.mustHold(at, condition))) return -1;
    for (const step of succeeded ? call.success : call.failure) if ((at = this.step(at, step)) < 0) return -1;
    return at;
  }

  private step(state: number, step: CompiledStep): number {
    if (step.seen === undefined) return this.write(state, step);
    return this.changed(state, step.key, this.keys.seen(this.arrays.get(state, step.key), step.seen));
  }

  /** The state in which the condition holds; -1: it does not. */
  private assume(state: number, condition: CompiledCondition): number {
    const key = this.arrays.get(state, condition.key);
    if (condition.isRevision && condition.is === 'equal') {
      return this.changed(state, condition.key, this.keys.withRevision(key, condition.target));
    }
    return this.holds(key, condition) === false ? -1 : state;
  }

  private mustHold(state: number, condition: CompiledCondition): boolean {
    return this.holds(this.arrays.get(state, condition.key), condition) === true;
  }

  /** Undefined: it depends on a revision that is not known. */
  private holds(key: number, { isRevision, is, target }: CompiledCondition): boolean | undefined {
    if (isRevision) {
      const revision = this.keys.revisionIn(key);
      return revision < 0 ? undefined : relates(revision - target, is);
    }
    const value = this.keys.valueIn(key);
    if (value < 0) return is === 'notEqual';
    return relates(value === target ? 0 : byCodeUnits(this.texts[value]!, this.texts[target]!), is);
  }

  private range(state: number, { from, to, entries, more }: CompiledRange): number {
    let at = state;
    let shown = 0;
    for (let key = from; key < to; key++) {
      const keyState = this.arrays.get(at, key);
      if (!this.keys.isPresent(keyState)) continue;
      const entry = entries[shown];
      if (entry === undefined) return more ? at : -1;
      if (entry.key !== key || (at = this.changed(at, key, this.keys.seen(keyState, entry.seen))) < 0) return -1;
      shown++;
    }
    return shown === entries.length && !more ? at : -1;
  }
}

/** The keys, in their order. Most parts have one only, which is not looked up for each operation. */
function namesIn(operations: readonly Operation[]): string[] {
  const names = new Set<string>();
  let last: string | undefined;
  for (const operation of operations) {
    if (operation.kind === 'range' || operation.kind === 'transaction') {
      for (const key of touchedKeys(operation)) names.add(key);
    } else if (operation.key !== last) names.add((last = operation.key));
  }
  return [...names].sort(byCodeUnits);
}

function relates(difference: number, is: CompiledCondition['is']): boolean {
  if (is === 'equal') return difference === 0;
  if (is === 'notEqual') return difference !== 0;
  return is === 'greater' ? difference > 0 : difference < 0;
}
