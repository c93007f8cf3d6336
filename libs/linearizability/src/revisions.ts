import type { History, Operation } from './history.js';
import { ownRevision } from './key-value-model.js';
import { sorted } from './sorted.js';

/** `before` had returned when `write` was invoked, and its revision is not the lower one. */
export interface FallenRevision {
  readonly write: Operation;
  readonly before: Operation;
}

/**
 * All keys take their revisions from one counter: the log. So a write that was invoked after another one had returned has the higher
 * revision, whatever keys the two are of; the search, which judges each key by itself, does not ask. Writes that overlap may share one:
 * they were of one batch. Gives each write of which that is not true, with the highest of those before it.
 */
export function fallenRevisions(history: History): FallenRevision[] {
  const told = history.filter((operation) => ownRevision(operation) !== undefined);
  const invoked = Float64Array.from(told, ({ invokedAt }) => invokedAt);
  const returned = Float64Array.from(told, ({ returnedAt }) => returnedAt!);
  const byCall = sorted(invoked);
  const byReturn = sorted(returned, byCall);
  const fallen: FallenRevision[] = [];
  let ended = 0;
  let [highest, before] = [-Infinity, -1];
  for (const call of byCall) {
    for (; returned[byReturn[ended]!]! < invoked[call]!; ended++) {
      const revision = ownRevision(told[byReturn[ended]!]!)!;
      if (revision > highest) [highest, before] = [revision, byReturn[ended]!];
    }
    if (ownRevision(told[call]!)! <= highest) fallen.push({ write: told[call]!, before: told[before]! });
  }
  return fallen;
}
