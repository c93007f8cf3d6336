import { decodeRequestBatch } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import { operationText } from './client-facts.js';
import { bytesText } from './facts.js';
import type { Fact } from './facts.js';

/** `entries 7–8, size 120 B`; `values`: also what they hold. */
export function entryFacts(
  name: 'entries' | 'slots',
  batches: readonly EntryBatch[],
  values: boolean,
): readonly Fact[] {
  const [first] = batches;
  const last = batches.at(-1);
  if (first === undefined || last === undefined) return [];
  const bytes = batches.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const facts: Fact[] = [
    [name, rangeText(first.first, last.last)],
    ['size', bytesText(bytes)],
  ];
  if (values) facts.push(['holding', batches.flatMap(({ entries }) => entries.map(entryText)).join(' ; ')]);
  return facts;
}

/** `7`, `7–8` */
export function rangeText(first: number, last: number): string {
  return first === last ? `${first}` : `${first}–${last}`;
}

function entryText(entry: EntryBatch['entries'][number]): string {
  if (entry.kind !== 'request') return entry.kind === 'noOp' ? 'no-op' : entry.kind;
  try {
    const { operations } = decodeRequestBatch(entry.bytes);
    return operations.length === 0
      ? `${entry.from} opens a session`
      : operations.map((bytes) => operationText(bytes, true)).join(' ; ');
  } catch {
    return bytesText(entry.bytes.length);
  }
}
