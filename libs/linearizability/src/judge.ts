import { check } from './check.js';
import type { Budget, Verdict } from './check.js';
import { isWrite } from './history.js';
import type { History, Operation } from './history.js';
import { keyValueModel, ownRevision } from './key-value-model.js';
import { picture, told } from './picture.js';
import { contradictions, fallenPositions, positionOf } from './positions.js';
import type { FallenPosition } from './positions.js';
import { shrink } from './shrink.js';
import { staleViolations } from './stale.js';
import { witness } from './witness.js';

export interface Judgement {
  readonly verdict: Verdict<Operation>;
  /** For people: pictures and sentences about all that is wrong with the history. None: it is as it must be. */
  readonly problems: readonly string[];
  /** The only problem is that the budget did not suffice to tell. */
  readonly undecided: boolean;
}

/**
 * All that is asked of a history of the key-value store: some order explains it (the search, which trusts no answer's log
 * position); the log positions that the answers name are such an order (the witness), and rise over all keys; `stale` reads keep their promise.
 * What could not be decided is a problem, unless the witness proves it. Of `clocksMs` tells `stale-age.ts`.
 */
export function judge(history: History, budget?: Budget, clocksMs?: number): Judgement {
  const { refuted, undecided, unclaimed } = witness(history, keyValueModel);
  const verdict = check(history, keyValueModel, budget);
  const isProven = refuted.length + undecided + unclaimed === 0;
  const problems = [
    ...staleViolations(history, clocksMs),
    ...fallenPositions(history).map(fall),
    ...contradictions(history).map(contradiction),
  ];
  if (verdict.kind === 'violation') {
    problems.push(`no order explains the answers:\n${picture(shrink(verdict.violation))}`);
    if (isProven) problems.push('the witness found one: the search and the witness disagree, one of them is wrong');
  } else {
    for (const operation of refuted) problems.push(disagreement(operation));
    if (verdict.kind === 'unknown' && !isProven) problems.push(`whether an order explains the answers: ${verdict.why}`);
  }
  return { verdict, problems, undecided: verdict.kind === 'unknown' && !isProven && problems.length === 1 };
}

function fall({ operation, before }: FallenPosition): string {
  const called = `${operation.client}: ${told(operation)}, called at ${operation.invokedAt}, ${placed(operation)}`;
  return `${called}, though ${before.client}: ${told(before)} returned before ${placed(before)}`;
}

function placed(operation: Operation): string {
  return `${isWrite(operation) ? 'with revision' : 'with the state at'} ${positionOf(operation)}`;
}

function contradiction(operation: Operation): string {
  const called = `${operation.client}: ${told(operation)}, called at ${operation.invokedAt}`;
  return `${called}, has revision ${ownRevision(operation)} and names log position ${operation.index}`;
}

function disagreement(operation: Operation): string {
  const { client, index, invokedAt } = operation;
  const place = `${client}: ${told(operation)}, called at ${invokedAt}, names log position ${index}`;
  return `${place}, but in the order of the positions that is not its answer, or not its time`;
}
