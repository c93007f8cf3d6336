import type { Get, Range, Seen } from './history.js';
import type { KeyChanges, Known } from './stale-changes.js';

/** What is wrong with what a stale read shows of one key, by all that the history tells of the key's changes. */
export function contentProblem(
  { index, returnedAt = Infinity }: Get | Range,
  entry: Seen | undefined,
  changes: KeyChanges,
): string | undefined {
  return (
    impossible(entry, index) ??
    (index === undefined ? undefined : afterwards(changes.at(index), returnedAt)) ??
    (changes.isCertain(returnedAt)
      ? certainProblem(index, returnedAt, entry, changes)
      : uncertainProblem(index, returnedAt, entry, changes)) ??
    inventedProblem(entry, changes, returnedAt)
  );
}

/** Whatever was written. */
function impossible(entry: Seen | undefined, index = Infinity): string | undefined {
  const { revision, created, version } = entry ?? {};
  if (revision !== undefined && revision > index) return `it shows revision ${revision} of a state at ${index}`;
  if (created !== undefined && created > Math.min(index, revision ?? Infinity))
    return `it shows a key that was created at ${created}, after its last change or the state that it was read from`;
  const isFirst = version === 1 && created !== undefined && revision !== undefined;
  if ((version !== undefined && version < 1) || (isFirst && created !== revision))
    return `it shows version ${version} of a key that was created at ${created} and changed at ${revision}`;
  return undefined;
}

function afterwards(current: Known | undefined, returnedAt: number): string | undefined {
  return current !== undefined && current.invokedAt > returnedAt ? 'what it shows was written after it returned' : undefined; // prettier-ignore
}

/** A history holds all writes to the keys that it reads; what nobody was told of may be seen, too. */
function inventedProblem(entry: Seen | undefined, changes: KeyChanges, returnedAt: number): string | undefined {
  if (entry === undefined || changes.mayHaveBeenPut(entry, returnedAt)) return undefined;
  return `it shows ${JSON.stringify(entry.value ?? 'a value')}, which nobody had put there when it returned`;
}

/** All changes have their places. */
function certainProblem(
  index: number | undefined,
  returnedAt: number,
  entry: Seen | undefined,
  changes: KeyChanges,
): string | undefined {
  if (index === undefined) return neverProblem(returnedAt, entry, changes);
  const current = changes.at(index);
  if (current?.value === undefined ? entry === undefined : isOf(entry, current)) return undefined;
  return `it shows ${worded(entry)}, but at ${index} there was ${worded(current)}`;
}

/** Before the first write there was nothing, so nothing may always be shown. */
function neverProblem(returnedAt: number, entry: Seen | undefined, { known }: KeyChanges): string | undefined {
  if (entry === undefined || known.some((one) => one.invokedAt <= returnedAt && isOf(entry, one))) return undefined;
  return `it shows ${worded(entry)}, which never was there when it returned`;
}

/** Where others may have written as well, what is shown under a known revision must at least be what was written there. */
function uncertainProblem(
  index = Infinity,
  returnedAt: number,
  entry: Seen | undefined,
  changes: KeyChanges,
): string | undefined {
  if (entry === undefined) return undefined;
  const most = changes.mostPuts(index, returnedAt);
  if (entry.version !== undefined && entry.version > most)
    return `it shows version ${entry.version} of a key that was put ${most} times at most`;
  const same = changes.known.filter(({ revision }) => revision === entry.revision);
  if (same.length === 0 || same.some(({ value }) => shows(entry, value))) return undefined;
  const isOfSameEntry = changes.unplaced.some((put) => put.value === entry.value && same.some(({ client }) => client === put.client)); // prettier-ignore
  if (isOfSameEntry) return undefined;
  return `it shows ${JSON.stringify(entry.value)} of revision ${entry.revision}, where something else was written`;
}

function isOf(entry: Seen | undefined, known: Known): boolean {
  if (!shows(entry, known.value)) return false;
  return (['revision', 'created', 'version'] as const).every((name) => (entry?.[name] ?? known[name]) === known[name]);
}

/** Where only keys were asked for, any value is as good. */
function shows(entry: Seen | undefined, value: string | undefined): boolean {
  if (entry === undefined || value === undefined) return entry === undefined && value === undefined;
  return entry.value === undefined || entry.value === value;
}

function worded(entry: (Seen & { readonly deletes?: boolean }) | undefined): string {
  if (entry === undefined || (entry.deletes !== undefined && entry.value === undefined)) return 'nothing';
  const { value = 'a value', revision, created, version } = entry;
  const counted = created === undefined && version === undefined ? '' : `, created at ${created}, version ${version}`;
  return `${JSON.stringify(value)} of revision ${revision}${counted}`;
}
