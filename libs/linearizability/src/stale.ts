import { isStale } from './history.js';
import type { History, Operation, Seen } from './history.js';
import { StaleAges, defaultTransitMs } from './stale-age.js';

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

/**
 * Sentences about `stale` gets that break their own promise: what they show was current at the log position that they
 * name, was invoked before they returned, is not older than was asked for, and not older than they say (`transitMs` at most
 * on top; Infinity: not asked). None when all keep it.
 *
 * A stale read promises nothing else, so nothing else is asked: not that a client's later read is of a later position.
 * Not covered: what ranges show; and keys that a transaction or a write of unknown outcome may have changed are held to known revisions only.
 */
export function staleViolations(history: History, transitMs = defaultTransitMs): string[] {
  const reads = history.filter(isAnsweredStaleGet);
  if (reads.length === 0) return [];
  const changes = changesByKey(history);
  const ages = new StaleAges(history, transitMs);
  return reads.flatMap((read) => {
    const wrong = ageProblem(read) ?? contentProblem(read, changes.get(read.key) ?? uncertain()) ?? ages.problem(read);
    return wrong === undefined
      ? []
      : [`${read.client} read ${JSON.stringify(read.key)} at ${read.invokedAt}: ${wrong}`];
  });
}

type StaleGet = Extract<Operation, { kind: 'get' }>;

function isAnsweredStaleGet(operation: Operation): operation is StaleGet {
  return operation.kind === 'get' && isStale(operation) && operation.outcome === 'answered';
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
    const change = knownChange(operation);
    if (change === 'none') continue;
    if (change !== undefined && operation.kind !== 'transaction') of(operation.key).known.push(change);
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

function knownChange(operation: Operation): Change | 'none' | undefined {
  if (operation.outcome !== 'answered' || operation.kind === 'transaction') return undefined;
  if (operation.kind === 'compareAndSet' && !operation.result!.succeeded) return 'none';
  const revision = (operation.result as { readonly revision?: number }).revision ?? operation.index;
  const value = 'value' in operation ? operation.value : undefined;
  const { place = 0, invokedAt, client } = operation;
  return revision === undefined ? undefined : { revision, place, value, invokedAt, client };
}

function ageProblem({ maxAgeMs = 0, ageMs }: StaleGet): string | undefined {
  if (maxAgeMs === 0 || ageMs === undefined || ageMs <= maxAgeMs) return undefined;
  return `its age is ${ageMs} ms, and at most ${maxAgeMs} ms were asked for`;
}

function contentProblem(read: StaleGet, { known, unknownFrom, unknown }: Changes): string | undefined {
  const { index, returnedAt = Infinity, result } = read;
  if (index === undefined) return undefined;
  const entry: Seen | undefined = result!.entry;
  if (entry?.revision !== undefined && entry.revision > index)
    return `it shows revision ${entry.revision} of a state at ${index}`;
  const current = known.findLast(({ revision }) => revision <= index);
  if (current !== undefined && current.invokedAt > returnedAt) return `what it shows was written after it returned`;
  if (unknownFrom <= returnedAt) return knownProblem(entry, known, unknown);
  const isSameRevision = entry?.revision === undefined || entry.revision === current?.revision;
  if (entry?.value === current?.value && isSameRevision) return undefined;
  const shown = worded(entry?.value, entry?.revision);
  return `it shows ${shown}, but at ${index} there was ${worded(current?.value, current?.revision)}`;
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
  if (entry === undefined || same.length === 0 || same.some(({ value }) => value === entry.value)) return undefined;
  const isOfSameEntry = unknown.some((put) => put.value === entry.value && same.some(({ client }) => client === put.client)); // prettier-ignore
  if (isOfSameEntry) return undefined;
  return `it shows ${JSON.stringify(entry.value)} of revision ${entry.revision}, where something else was written`;
}
