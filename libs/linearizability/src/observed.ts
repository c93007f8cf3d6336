import type { Executed, Got, Listed, Operation, Seen } from './history.js';

/** The operation with no more of its answer than values: what a weaker store would tell. */
export function withoutDetails(operation: Operation): Operation {
  const { result } = operation;
  if (operation.kind === 'put' || operation.kind === 'delete') return { ...operation, ...(result && { result: {} }) };
  if (operation.kind !== 'get' || operation.result?.entry === undefined) return operation;
  return { ...operation, result: { entry: valueOnly(operation.result.entry) } };
}

function valueOnly({ value }: Seen): Seen {
  return value === undefined ? {} : { value };
}

/**
 * Of writes that may have happened or not, those that could matter to the answers. When these tell values only, and only
 * of single keys, a put whose value none of them shows can be taken out of any order that explains them; unless another one that
 * may have happened asks what was there before.
 */
export function observable(unknown: readonly Operation[], answers: readonly Operation[]): readonly Operation[] {
  const shown = new Set<string>();
  for (const answer of answers) {
    if (answer.kind === 'put' || answer.kind === 'delete') {
      if (answer.result?.existed !== undefined || answer.result?.revision !== undefined) return unknown;
    } else if (answer.kind !== 'get' || answer.result === undefined) return unknown;
    else {
      const { entry } = answer.result;
      if (entry && (entry.value === undefined || Object.keys(entry).length > 1)) return unknown;
      shown.add(placeOf(answer.key, entry?.value));
    }
  }
  return neededFor(shown, unknown);
}

/** Those that may have written what is shown, and all writes to the keys that those ask about. */
function neededFor(shown: ReadonlySet<string>, unknown: readonly Operation[]): readonly Operation[] {
  const asked = new Set<string>();
  const kept = new Set<Operation>();
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const operation of unknown) {
      if (kept.has(operation)) continue;
      const isNeeded = writesOf(operation).some(({ key, value }) => asked.has(key) || shown.has(placeOf(key, value)));
      if (!isNeeded) continue;
      kept.add(operation);
      for (const key of askedBy(operation)) asked.add(key);
    }
  }
  return unknown.filter((operation) => kept.has(operation));
}

/** What it may write; without a value: a key that is gone then. */
function writesOf(operation: Operation): readonly { readonly key: string; readonly value?: string | undefined }[] {
  if (operation.kind === 'transaction')
    return [...operation.success, ...operation.failure].filter(({ kind }) => kind !== 'get');
  return operation.kind === 'get' || operation.kind === 'range' ? [] : [operation];
}

/** On what was there before it depends what it does. */
function askedBy(operation: Operation): readonly string[] {
  if (operation.kind === 'transaction') return operation.conditions.map(({ key }) => key);
  return operation.kind === 'compareAndSet' ? [operation.key] : [];
}

/**
 * Tells of puts that may have happened or not those whose value no answer shows, nor a transaction asks for: which of them it was that
 * somebody saw the version or the revision of, or that made a key exist, nothing tells.
 */
export function unshownIn(operations: readonly Operation[]): (operation: Operation) => boolean {
  const mayBe = ({ kind, outcome }: Operation): boolean => kind === 'put' && outcome === 'unknown';
  if (!operations.some(mayBe)) return () => false;
  const shown = new Set<string | undefined>();
  for (const operation of operations) {
    for (const value of valuesShownTo(operation)) shown.add(value);
    // Values are compared with its own: which is the greater, too.
    if (operation.kind === 'transaction' && operation.conditions.some(({ value }) => value !== undefined)) return () => false; // prettier-ignore
  }
  return (operation) => mayBe(operation) && !shown.has((operation as { readonly value: string }).value);
}

function valuesShownTo({ kind, result }: Operation): readonly (string | undefined)[] {
  if (result === undefined) return [];
  if (kind === 'get') return [(result as Got).entry?.value];
  if (kind === 'range') return (result as Listed).entries.map(({ value }) => value);
  return kind === 'transaction' ? (result as Executed).results.map((step) => ('entry' in step ? step.entry?.value : undefined)) : []; // prettier-ignore
}

const placeOf = (key: string, value: string | undefined) => `${key}\u{ffff}${value === undefined ? '' : `=${value}`}`;
