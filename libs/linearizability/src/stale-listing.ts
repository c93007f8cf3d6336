import type { Get, Range, Seen } from './history.js';
import type { KeyChanges } from './stale-changes.js';

/** What a read shows of one key that it covers; nothing, where there is no such key. */
export interface Showing {
  readonly key: string;
  readonly entry: Seen | undefined;
}

/** `known`: keys that anybody ever wrote. */
export function shownBy(read: Get | Range, known: Iterable<string>): readonly Showing[] {
  if (read.kind === 'get') return [{ key: read.key, entry: read.result!.entry }];
  const { entries, more } = read.result!;
  const listed = new Set(entries.map(({ key }) => key));
  const last = entries.at(-1)?.key ?? '';
  const absent = [...known].filter((key) => covers(read, key) && (!more || key < last) && !listed.has(key));
  return [...entries.map((entry) => ({ key: entry.key, entry })), ...absent.map((key) => ({ key, entry: undefined }))];
}

/** Whether it is an answer to what was asked, whatever the keys hold: these keys, each once, in their order, and no more of them. */
export function listingProblem(read: Get | Range): string | undefined {
  if (read.kind === 'get') return undefined;
  const { limit = 0, result } = read;
  const { entries } = result!;
  const foreign = entries.find(({ key }) => !covers(read, key));
  if (foreign !== undefined) return `it shows ${JSON.stringify(foreign.key)}, which was not asked for`;
  const at = entries.findIndex(({ key }, i) => i > 0 && key <= entries[i - 1]!.key);
  if (at > 0) return `it shows ${JSON.stringify(entries[at]!.key)} after ${JSON.stringify(entries[at - 1]!.key)}`;
  if (limit > 0 && entries.length > limit)
    return `it shows ${entries.length} keys, and at most ${limit} were asked for`;
  return undefined;
}

/** Whether there can be others after the last one, if it says so. */
export function moreProblem(read: Get | Range, changes: ReadonlyMap<string, KeyChanges>): string | undefined {
  if (read.kind === 'get' || !read.result!.more) return undefined;
  const { index, returnedAt = Infinity } = read;
  const last = read.result!.entries.at(-1)?.key;
  for (const [key, of] of changes)
    if (covers(read, key) && (last === undefined || key > last) && of.mayBeThere(index, returnedAt)) return undefined;
  return 'it says that there is more, but nothing else was there';
}

function covers({ prefix, startAfter }: Range, key: string): boolean {
  return key.startsWith(prefix) && (startAfter === undefined || key > startAfter);
}
