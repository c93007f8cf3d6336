import { check, keyValueModel, picture, shrink } from '@synod/linearizability';
import type { History } from '@synod/linearizability';

/** Throws, with a picture, when no order of the operations explains all answers, and also when that could not be decided. */
export function judge(history: History): void {
  const verdict = check(history, keyValueModel);
  if (verdict.kind === 'violation') {
    throw new Error(`the history is not linearizable:\n${picture(shrink(verdict.violation))}`);
  }
  if (verdict.kind === 'unknown') throw new Error(`whether the history is linearizable is not known: ${verdict.why}`);
}
