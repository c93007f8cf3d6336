import { isStale } from './history.js';
import type { Get, History, Operation, Range } from './history.js';
import { StaleAges, defaultClocksMs } from './stale-age.js';
import { KeyChanges, changesByKey } from './stale-changes.js';
import { contentProblem } from './stale-content.js';
import { listingProblem, moreProblem, shownBy } from './stale-listing.js';
import type { Showing } from './stale-listing.js';
import { LaterWrites } from './stale-positions.js';

/**
 * Sentences about `stale` reads that break their own promise: a listing answers what was asked; what they show, of each key that a
 * range covers, was current at the log position that they name, was invoked before they returned, is not older than was asked for,
 * and not older than they say (by replicas' clocks, which may differ by `clocksMs` from the history's while an age lasts; Infinity:
 * not asked). None when all keep it.
 *
 * A stale read promises nothing else, so nothing else is asked: not that a client's later read is of a later position.
 * Not covered: keys that a write of unknown outcome may have changed are held to known revisions, and to what anybody may have
 * put there, only; whether keys without a position are of one moment; positions that nothing later contradicts.
 */
export function staleViolations(history: History, clocksMs = defaultClocksMs): string[] {
  const reads = history.filter(isAnsweredStale);
  if (reads.length === 0) return [];
  const changes = changesByKey(history);
  const ages = new StaleAges(history, clocksMs);
  const later = new LaterWrites(history);
  return reads.flatMap((read) => {
    const shown = shownBy(read, changes.keys());
    const wrong =
      ageProblem(read) ??
      listingProblem(read) ??
      firstOf(read, shown, ({ key, entry }) => contentProblem(read, entry, changes.get(key) ?? new KeyChanges())) ??
      moreProblem(read, changes) ??
      later.problemOf(read) ??
      ages.ofPosition(read) ??
      firstOf(read, shown, ({ key, entry }) => ages.ofValue(read, key, entry));
    return wrong === undefined ? [] : [`${read.client} read ${asked(read)} at ${read.invokedAt}: ${wrong}`];
  });
}

type StaleRead = Get | Range;

function isAnsweredStale(operation: Operation): operation is StaleRead {
  return isStale(operation) && operation.outcome === 'answered';
}

function asked(read: StaleRead): string {
  return read.kind === 'get' ? JSON.stringify(read.key) : `what begins with ${JSON.stringify(read.prefix)}`;
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

/** Who asked for a bound must be able to see that it is kept. */
function ageProblem({ maxAgeMs = 0, ageMs }: StaleRead): string | undefined {
  if (ageMs !== undefined && ageMs < 0) return `its age is ${ageMs} ms: nobody has seen what is to come`;
  if (maxAgeMs === 0 || (ageMs !== undefined && ageMs <= maxAgeMs)) return undefined;
  const told = ageMs === undefined ? 'it tells no age' : `its age is ${ageMs} ms`;
  return `${told}, and at most ${maxAgeMs} ms were asked for`;
}
