import { check, isWrite, keyValueModel, picture, shrink } from '@synod/linearizability';
import type { History, Operation } from '@synod/linearizability';
import { Violation } from './violation.js';

/** Steps of the search, not milliseconds: the verdict must not depend on how busy the machine is. */
const budget = { steps: 300_000, ms: Number.POSITIVE_INFINITY };

/** Some order of all operations respects real time and explains every answer. False: the budget did not suffice to tell. */
export function checkHistory(history: History): boolean {
  const verdict = check(history, keyValueModel, budget);
  if (verdict.kind !== 'violation') return verdict.kind === 'linearizable';
  throw new Violation('Linearizability', 'Raft §8', `no order explains\n${picture(shrink(verdict.violation))}`);
}

/**
 * A refused write counts as one of unknown outcome. Where the network doubles a request, a refusal speaks of one copy only;
 * and a leader that steps down refuses, as `notLeader`, what it has proposed and what may still be committed.
 */
export function openOutcome(operation: Operation): Operation {
  if (operation.outcome !== 'refused' || !isWrite(operation)) return operation;
  const { returnedAt: _, ...rest } = operation;
  return { ...rest, outcome: 'unknown' } as Operation;
}
