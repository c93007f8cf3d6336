import { compile, Numbering } from './compiled.js';
import type { Compiled, CompiledCondition, CompiledRange, CompiledStep, CompiledTransaction } from './compiled.js';
import type { Operation } from './history.js';
import { InternedArrays } from './interned-arrays.js';
import { KeyStates } from './key-states.js';
import { byCodeUnits, touchedKeys } from './keys.js';
import type { Meaning } from './model.js';

/** What operations on a few keys mean. A state is an array of the keys' states, in the order of the keys. */
export class KeyValueMeaning implements Meaning {
  readonly initial: number;
  readonly alternatives: number;
  private readonly compiled: readonly Compiled[];
  private readonly keys: KeyStates;
  private readonly arrays: InternedArrays;
  private readonly texts: readonly string[];

  constructor(operations: readonly Operation[]) {
    const names = new Set<string>();
    for (const operation of operations) for (const key of touchedKeys(operation)) names.add(key);
    const numbering = new Numbering([...names].sort(byCodeUnits));
    this.compiled = operations.map((operation) => compile(operation, numbering));
    this.texts = numbering.texts;
    this.alternatives = operations.some(({ kind, outcome }) => kind === 'transaction' && outcome === 'unknown') ? 2 : 1;
    this.keys = new KeyStates(numbering.tellsVersions);
    // The state of a key that was never there has number 0, so the array of zeros is the empty store.
    this.arrays = new InternedArrays(names.size);
    this.initial = this.arrays.zeros;
  }

  apply(state: number, operation: number, alternative: number): number {
    const call = this.compiled[operation]!;
    switch (call.kind) {
      case 'write':
        return alternative > 0 ? -1 : this.write(state, call);
      case 'get':
        return this.changed(state, call.key, this.keys.seen(this.arrays.get(state, call.key), call.seen));
      case 'compareAndSet': {
        if (alternative > 0) return -1;
        const before = this.arrays.get(state, call.key);
        if (call.mismatch) return this.changed(state, call.key, this.mismatch(before, call.expected, call.revision));
        const expected = this.keys.withRevision(before, call.expected);
        return expected < 0 ? -1 : this.write(this.changed(state, call.key, expected), call);
      }
      case 'transaction':
        return this.transaction(state, call, alternative);
      case 'range':
        return this.range(state, call);
      case 'impossible':
        return -1;
    }
  }

  isRead(operation: number): boolean {
    const call = this.compiled[operation]!;
    return call.kind === 'get' || call.kind === 'range' || (call.kind === 'compareAndSet' && call.mismatch);
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

function relates(difference: number, is: CompiledCondition['is']): boolean {
  if (is === 'equal') return difference === 0;
  if (is === 'notEqual') return difference !== 0;
  return is === 'greater' ? difference > 0 : difference < 0;
}
