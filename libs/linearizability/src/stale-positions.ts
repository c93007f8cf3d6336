import type { Get, History, Operation, Range } from './history.js';
import { ownRevision } from './key-value-model.js';

interface Later {
  readonly invokedAt: number;
  readonly position: number;
}

/**
 * How far a log can have been when a stale read was answered. A history does not hold all that is in a log, so what was answered
 * before tells nothing; but a write that is called later stands after it. What later reads name tells nothing either: where several
 * replicas answer together, it is the position that enough of them vouch for.
 */
export class LaterWrites {
  /** By when they were called, each with the least position of all from there on. */
  private readonly least: readonly Later[];

  constructor(history: History) {
    let position = Number.POSITIVE_INFINITY;
    const latestFirst = history.flatMap(placeOf).sort((a, b) => b.invokedAt - a.invokedAt);
    this.least = latestFirst.map((one) => ({ ...one, position: (position = Math.min(position, one.position)) })).reverse(); // prettier-ignore
  }

  problemOf({ index, returnedAt = Number.POSITIVE_INFINITY }: Get | Range): string | undefined {
    const position = this.leastAfter(returnedAt);
    if (index === undefined || position === undefined || position > index) return undefined;
    return `it names position ${index}, but a write that was called after it returned stands at ${position}`;
  }

  private leastAfter(time: number): number | undefined {
    let [low, high] = [0, this.least.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.least[middle]!.invokedAt > time) high = middle;
      else low = middle + 1;
    }
    return this.least[low]?.position;
  }
}

function placeOf(operation: Operation): Later[] {
  const position = operation.outcome === 'answered' ? ownRevision(operation) : undefined;
  return position === undefined ? [] : [{ invokedAt: operation.invokedAt, position }];
}
