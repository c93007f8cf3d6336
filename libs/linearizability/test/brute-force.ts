import { isWrite } from '../src/index.js';
import type { Operation } from '../src/index.js';
import { NaiveStore } from './naive-store.js';

/**
 * The checker's twin for a handful of operations: tries every order, every choice of operations of unknown outcome, and
 * every revision that they may have had. Shares no line with the search.
 */
export function existsOrder(history: readonly Operation[]): boolean {
  const told = [
    ...new Set(
      [...JSON.stringify(history).matchAll(/"(?:revision|created|expectedRevision)":(\d+)/g)].map(([, n]) => Number(n)),
    ),
  ];
  return from(new NaiveStore(), new Map(), history, told);
}

function from(
  store: NaiveStore,
  floors: ReadonlyMap<string, number>,
  left: readonly Operation[],
  told: readonly number[],
): boolean {
  if (left.every(({ outcome }) => outcome === 'unknown')) return true;
  return left.some((operation) => {
    if (left.some((other) => other.returnedAt !== undefined && other.returnedAt < operation.invokedAt)) return false;
    const rest = left.filter((other) => other !== operation);
    return revisionsOf(operation, told).some((revision) => {
      const next = copy(store);
      next.index = revision - 1;
      const result = next.execute(operation);
      if (operation.outcome === 'answered' && !agrees(operation.result, result)) return false;
      const raised = new Map(floors);
      for (const key of Number.isInteger(revision) ? changed(operation, result) : []) {
        if (revision < (floors.get(key) ?? 0)) return false;
        raised.set(key, revision);
      }
      return from(next, raised, rest, told);
    });
  });
}

let fresh = 0;

/** A write's own, when its answer tells it; else any that is told somewhere, or one that nobody ever tells. */
function revisionsOf(operation: Operation, told: readonly number[]): readonly number[] {
  if (!isWrite(operation)) return [0];
  const revision = JSON.stringify(operation.kind === 'get' ? '' : (operation.result ?? '')).match(
    /^\{(?:"existed":\w+,|"succeeded":true,)?"revision":(\d+)/,
  )?.[1];
  if (revision !== undefined) return [Number(revision)];
  return [...told.filter((number) => number > 0), ++fresh + 0.5];
}

/** The keys that it puts or deletes, also when a key was not there to be deleted. */
function changed(operation: Operation, result: NonNullable<Operation['result']>): readonly string[] {
  if (operation.kind === 'get' || operation.kind === 'range') return [];
  const succeeded = !('succeeded' in result) || result.succeeded;
  if (operation.kind !== 'transaction') return succeeded ? [operation.key] : [];
  const steps = succeeded ? operation.success : operation.failure;
  return steps.filter(({ kind }) => kind !== 'get').map(({ key }) => key);
}

function copy(store: NaiveStore): NaiveStore {
  const copied = new NaiveStore();
  for (const [key, entry] of store.entries) copied.entries.set(key, entry);
  return copied;
}

/** Whatever is told is so; lists have the same length, and what is absent is absent. */
function agrees(told: unknown, actual: unknown): boolean {
  if (Array.isArray(told))
    return Array.isArray(actual) && told.length === actual.length && told.every((item, i) => agrees(item, actual[i]));
  if (typeof told !== 'object' || told === null) return told === actual;
  if (typeof actual !== 'object' || actual === null || 'entry' in told !== 'entry' in actual) return false;
  return Object.entries(told).every(
    ([name, value]) => value === undefined || agrees(value, (actual as Record<string, unknown>)[name]),
  );
}
