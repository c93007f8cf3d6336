import { isStale } from './history.js';
import type { History, Operation, Seen, Transaction, Written } from './history.js';
import { StaleAges, defaultClocksMs } from './stale-age.js';

/** A change of a key whose place in the log is known. */
interface Change {
  readonly revision: number;
  /** Among the operations of that position. */
  readonly place: number;
  /** Undefined: deleted. */
  readonly value: string | undefined;
  readonly invokedAt: number;
  readonly client: string;
}

/** What a read shows of one key that it covers; nothing, where there is no such key. */
interface Showing {
  readonly key: string;
  readonly entry: Seen | undefined;
}

/**
 * Sentences about `stale` reads that break their own promise: what they show, of each key that a range covers, was current at the log
 * position that they name, was invoked before they returned, is not older than was asked for, and not older than they say (by
 * replicas' clocks, which may differ by `clocksMs` from the history's while an age lasts; Infinity: not asked). None when all keep it.
 *
 * A stale read promises nothing else, so nothing else is asked: not that a client's later read is of a later position.
 * Not covered: keys that a write of unknown outcome may have changed are held to known revisions only.
 */
export function staleViolations(history: History, clocksMs = defaultClocksMs): string[] {
  const reads = history.filter(isAnsweredStale);
  if (reads.length === 0) return [];
  const changes = changesByKey(history);
  const ages = new StaleAges(history, clocksMs);
  return reads.flatMap((read) => {
    const shown = shownBy(read, changes.keys());
    const wrong =
      ageProblem(read) ??
      firstOf(read, shown, ({ key, entry }) => contentProblem(read, entry, changes.get(key) ?? uncertain())) ??
      ages.ofPosition(read) ??
      firstOf(read, shown, ({ key, entry }) => ages.ofValue(read, key, entry));
    return wrong === undefined ? [] : [`${read.client} read ${asked(read)} at ${read.invokedAt}: ${wrong}`];
  });
}

type StaleRead = Extract<Operation, { kind: 'get' | 'range' }>;

function isAnsweredStale(operation: Operation): operation is StaleRead {
  return isStale(operation) && operation.outcome === 'answered';
}

function asked(read: StaleRead): string {
  return read.kind === 'get' ? JSON.stringify(read.key) : `what begins with ${JSON.stringify(read.prefix)}`;
}

/** `known`: keys that anybody ever wrote. */
function shownBy(read: StaleRead, known: Iterable<string>): readonly Showing[] {
  if (read.kind === 'get') return [{ key: read.key, entry: read.result!.entry }];
  const { prefix, startAfter, result } = read;
  const { entries, more } = result!;
  const listed = new Map(entries.map((entry) => [entry.key, entry]));
  const last = entries.at(-1)?.key ?? '';
  const absent = [...known].filter(
    (key) =>
      key.startsWith(prefix) &&
      (startAfter === undefined || key > startAfter) &&
      (!more || key < last) &&
      !listed.has(key),
  );
  return [...listed, ...absent.map((key) => [key, undefined] as const)].map(([key, entry]) => ({ key, entry }));
}

function firstOf(
  { kind }: StaleRead,
  shown: readonly Showing[],
  problemOf: (showing: Showing) => string | undefined,
): string | undefined {
  for (const showing of shown) {
    const problem = problemOf(showing);
    if (problem !== undefined) return kind === 'get' ? problem : `of ${JSON.stringify(showing.key)}: ${problem}`;
  }
  return undefined;
}

interface Changes {
  readonly known: Change[];
  /** When those began of which it is not known whether and where they are in the log; first one. */
  unknownFrom: number;
  /** What those put, and who: others of that client, whose position is known, may stand in the same log entry. */
  readonly unknown: { readonly client: string; readonly value: string | undefined }[];
}

const uncertain = (): Changes => ({ known: [], unknownFrom: Infinity, unknown: [] });

function changesByKey(history: History): Map<string, Changes> {
  const all = new Map<string, Changes>();
  const of = (key: string): Changes => {
    if (!all.has(key)) all.set(key, uncertain());
    return all.get(key)!;
  };
  for (const operation of history) {
    if (operation.outcome === 'refused' || operation.kind === 'get' || operation.kind === 'range') continue;
    const changes = knownChanges(operation);
    if (changes !== undefined) for (const { key, change } of changes) of(key).known.push(change);
    else for (const { key, value } of writesOf(operation)) noteUnknown(of(key), operation, value);
  }
  for (const { known } of all.values()) known.sort((a, b) => a.revision - b.revision || a.place - b.place);
  return all;
}

function noteUnknown(changes: Changes, { client, invokedAt }: Operation, value: string | undefined): void {
  changes.unknownFrom = Math.min(changes.unknownFrom, invokedAt);
  changes.unknown.push({ client, value });
}

function writesOf(operation: Operation): readonly { readonly key: string; readonly value?: string | undefined }[] {
  if (operation.kind === 'transaction') return [...operation.success, ...operation.failure];
  return operation.kind === 'range' ? [] : [operation];
}

/** What an answered write did to which keys; undefined when its place in the log is not known. */
function knownChanges(operation: Operation): readonly { readonly key: string; readonly change: Change }[] | undefined {
  const { outcome, index, place = 0, invokedAt, client } = operation;
  if (outcome !== 'answered' || operation.kind === 'get' || operation.kind === 'range') return undefined;
  if (operation.kind === 'compareAndSet' && !operation.result!.succeeded) return [];
  const value = 'value' in operation ? operation.value : undefined;
  const steps =
    operation.kind === 'transaction' ? executedIn(operation) : [{ key: operation.key, value, told: operation.result }];
  const changes = steps.map(({ key, value, told }) => {
    return { key, change: { revision: told?.revision ?? index ?? 0, place, value, invokedAt, client } };
  });
  return changes.some(({ change }) => change.revision === 0) ? undefined : changes;
}

/** The last word of each key, as the branch that was executed has it. */
function executedIn({ success, failure, result }: Transaction) {
  const { succeeded, results } = result!;
  const steps = (succeeded ? success : failure).map(({ kind, key, value }, i) => {
    return { kind, key, value: kind === 'put' ? value : undefined, told: results[i] as Written | undefined };
  });
  const writes = steps.filter(({ kind }) => kind !== 'get');
  return [...new Map(writes.map((write) => [write.key, write])).values()];
}

function ageProblem({ maxAgeMs = 0, ageMs }: StaleRead): string | undefined {
  if (maxAgeMs === 0 || ageMs === undefined || ageMs <= maxAgeMs) return undefined;
  return `its age is ${ageMs} ms, and at most ${maxAgeMs} ms were asked for`;
}

function contentProblem(
  { index, returnedAt = Infinity }: StaleRead,
  entry: Seen | undefined,
  { known, unknownFrom, unknown }: Changes,
): string | undefined {
  if (index === undefined) return undefined;
  if (entry?.revision !== undefined && entry.revision > index)
    return `it shows revision ${entry.revision} of a state at ${index}`;
  const current = known.findLast(({ revision }) => revision <= index);
  if (current !== undefined && current.invokedAt > returnedAt) return `what it shows was written after it returned`;
  if (unknownFrom <= returnedAt) return knownProblem(entry, known, unknown);
  const isSameRevision = entry?.revision === undefined || entry.revision === current?.revision;
  if (shows(entry, current?.value) && isSameRevision) return undefined;
  const shown = worded(entry && (entry.value ?? 'a value'), entry?.revision);
  return `it shows ${shown}, but at ${index} there was ${worded(current?.value, current?.revision)}`;
}

/** Where only keys were asked for, any value is as good. */
function shows(entry: Seen | undefined, value: string | undefined): boolean {
  if (entry === undefined || value === undefined) return entry === undefined && value === undefined;
  return entry.value === undefined || entry.value === value;
}

function worded(value: string | undefined, revision: number | undefined): string {
  return value === undefined ? 'nothing' : `${JSON.stringify(value)} of revision ${revision}`;
}

/** Where others may have written as well, what is shown under a known revision must at least be what was written there. */
function knownProblem(
  entry: Seen | undefined,
  known: readonly Change[],
  unknown: Changes['unknown'],
): string | undefined {
  const same = known.filter(({ revision }) => revision === entry?.revision);
  if (entry === undefined || same.length === 0 || same.some(({ value }) => shows(entry, value))) return undefined;
  const isOfSameEntry = unknown.some((put) => put.value === entry.value && same.some(({ client }) => client === put.client)); // prettier-ignore
  if (isOfSameEntry) return undefined;
  return `it shows ${JSON.stringify(entry.value)} of revision ${entry.revision}, where something else was written`;
}
