import type { Condition, Got, Range, Seen, Step, Transaction, Written } from './history.js';
import type { SeenKey } from './key-states.js';
import { interval } from './keys.js';

/** Operations on several keys, with numbers for keys and values. Of what an answer does not tell, the number is -1. */
export type Compiled =
  | CompiledTransaction
  | CompiledRange
  /** Nothing explains its answer. */
  | { readonly kind: 'impossible' };

export interface CompiledWrite {
  readonly key: number;
  /** -1: it deletes. */
  readonly value: number;
  readonly revision: number;
  /** 1: the key was there before; 0: it was not. */
  readonly existed: number;
}

export interface CompiledStep extends CompiledWrite {
  /** Of a get. */
  readonly seen: SeenKey | undefined;
}

export interface CompiledCondition {
  readonly key: number;
  readonly is: Condition['is'];
  readonly isRevision: boolean;
  /** A revision, or a value's number. */
  readonly target: number;
}

export interface CompiledTransaction {
  readonly kind: 'transaction';
  readonly isUnknown: boolean;
  readonly succeeded: boolean;
  readonly conditions: readonly CompiledCondition[];
  readonly success: readonly CompiledStep[];
  readonly failure: readonly CompiledStep[];
}

export interface CompiledRange {
  readonly kind: 'range';
  /** Keys from here to there, exclusive. */
  readonly from: number;
  readonly to: number;
  readonly entries: readonly { readonly key: number; readonly seen: SeenKey }[];
  readonly more: boolean;
}

const unseen: SeenKey = { isPresent: false, value: -1, revision: -1, created: -1, version: -1 };

/** Numbers of keys, in their order, and of values. */
export class Numbering {
  readonly texts: string[] = [];
  /** Some answer tells a version. */
  tellsVersions = false;
  private readonly keys: ReadonlyMap<string, number>;
  private readonly values = new Map<string, number>();
  private unshownValue: number | undefined;

  constructor(readonly sortedKeys: readonly string[]) {
    this.keys = new Map(sortedKeys.map((key, i) => [key, i]));
  }

  key(key: string): number {
    return this.sortedKeys.length === 1 ? 0 : this.keys.get(key)!;
  }

  value(text: string): number {
    let value = this.values.get(text);
    if (value === undefined) this.values.set(text, (value = this.texts.push(text) - 1));
    return value;
  }

  /** The number of all values together that no answer shows: nothing tells them apart. */
  get unshown(): number {
    return (this.unshownValue ??= this.texts.push('') - 1);
  }

  seen({ value, revision = -1, created = -1, version = -1 }: Seen): SeenKey {
    if (version >= 0) this.tellsVersions = true;
    return { isPresent: true, value: value === undefined ? -1 : this.value(value), revision, created, version };
  }
}

export function compile(operation: Range | Transaction, numbering: Numbering): Compiled {
  return operation.kind === 'range' ? compileRange(operation, numbering) : compileTransaction(operation, numbering);
}

function write(
  key: string,
  value: string | undefined,
  result: Written | undefined,
  numbering: Numbering,
): CompiledWrite {
  return {
    key: numbering.key(key),
    value: value === undefined ? -1 : numbering.value(value),
    revision: result?.revision ?? -1,
    existed: result?.existed === undefined ? -1 : Number(result.existed),
  };
}

function compileRange({ prefix, startAfter, limit = Infinity, result }: Range, numbering: Numbering): Compiled {
  const { entries, more } = result!;
  if (entries.length > limit || (more && entries.length === 0)) return { kind: 'impossible' };
  const [from, to] = interval(numbering.sortedKeys, prefix, startAfter);
  const shown = entries.map((entry) => ({ key: numbering.key(entry.key), seen: numbering.seen(entry) }));
  return { kind: 'range', from, to, entries: shown, more };
}

function compileTransaction(transaction: Transaction, numbering: Numbering): Compiled {
  const { outcome, conditions, success, failure, result } = transaction;
  const succeeded = result?.succeeded ?? false;
  const executed = succeeded ? success : failure;
  if (result !== undefined && !areAnswersTo(executed, result.results)) return { kind: 'impossible' };
  const steps = (all: readonly Step[]) => {
    const results = all === executed ? result?.results : undefined;
    const compiled = all.map((step, i) => compileStep(step, results?.[i], numbering));
    return results === undefined ? compiled.filter((_, i) => all[i]!.kind !== 'get') : compiled;
  };
  return {
    kind: 'transaction',
    isUnknown: outcome === 'unknown',
    succeeded,
    conditions: conditions.map((condition) => compileCondition(condition, numbering)),
    success: steps(success),
    failure: steps(failure),
  };
}

function areAnswersTo(steps: readonly Step[], results: readonly (Written & Got)[]): boolean {
  const revisions = new Set(results.map(({ revision }) => revision));
  revisions.delete(undefined);
  if (steps.length !== results.length || revisions.size > 1) return false;
  return steps.every(({ kind }, i) => {
    const { entry, existed, revision } = results[i]!;
    return kind === 'get' ? existed === undefined && revision === undefined : entry === undefined;
  });
}

function compileStep(step: Step, result: (Written & Got) | undefined, numbering: Numbering): CompiledStep {
  const change = write(step.key, step.kind === 'put' ? (step.value ?? '') : undefined, result, numbering);
  const seen = result?.entry ? numbering.seen(result.entry) : unseen;
  return { ...change, seen: step.kind === 'get' ? seen : undefined };
}

function compileCondition({ key, is, revision, value }: Condition, numbering: Numbering): CompiledCondition {
  const isRevision = value === undefined;
  return { key: numbering.key(key), is, isRevision, target: isRevision ? (revision ?? 0) : numbering.value(value) };
}
