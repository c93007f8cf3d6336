import { isStale, isWrite } from './history.js';
import type { History, Operation } from './history.js';
import { ownRevision } from './key-value-model.js';
import { sorted } from './sorted.js';

/** `before` had returned when `operation` was invoked, and was later in the log. */
export interface FallenPosition {
  readonly operation: Operation;
  readonly before: Operation;
}

/**
 * All keys take their revisions from one counter: the log, whose state every linearizable read shows at the position that it names. So
 * what was invoked after another one had returned does not stand before it, whatever keys the two are of, and a write stands behind
 * it; the search, which judges each key by itself, does not ask. Writes that overlap may share a position: they were of one batch.
 * Gives each operation of which that is not true, with the highest of those before it.
 */
export function fallenPositions(history: History): FallenPosition[] {
  const told = history.filter((operation) => positionOf(operation) !== undefined);
  const invoked = Float64Array.from(told, ({ invokedAt }) => invokedAt);
  const returned = Float64Array.from(told, ({ returnedAt }) => returnedAt!);
  const byCall = sorted(invoked);
  const byReturn = sorted(returned, byCall);
  const fallen: FallenPosition[] = [];
  let ended = 0;
  let [highest, before] = [-Infinity, -1];
  for (const call of byCall) {
    for (; returned[byReturn[ended]!]! < invoked[call]!; ended++) {
      const position = positionOf(told[byReturn[ended]!]!)!;
      if (position > highest) [highest, before] = [position, byReturn[ended]!];
    }
    const operation = told[call]!;
    const position = positionOf(operation)!;
    if (position < highest || (position === highest && isWrite(operation)))
      fallen.push({ operation, before: told[before]! });
  }
  return fallen;
}

/** Writes whose answer names a log position before their revision; a repeated copy of it names a later one. */
export function contradictions(history: History): Operation[] {
  return history.filter((write) => {
    const revision = ownRevision(write);
    return revision !== undefined && write.index !== undefined && write.index < revision;
  });
}

/** A write that changed nothing stands at no position of its own: a repeated copy of it names a later one. */
export function positionOf(operation: Operation): number | undefined {
  if (isWrite(operation)) return ownRevision(operation);
  return operation.outcome === 'answered' && !isStale(operation) ? operation.index : undefined;
}
