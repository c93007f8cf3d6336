import { judge } from '@synod/linearizability';
import type { History } from '@synod/linearizability';

/** A long history is searched for longer: a million operations take seconds where nobody else wants the processor. */
const budget = { steps: Number.MAX_SAFE_INTEGER, ms: 120_000 };

/** Throws, with pictures, when something is wrong with the history, and also when that could not be decided. */
export function requireSound(history: History): void {
  const { problems } = judge(history, budget);
  if (problems.length > 0)
    throw new Error(`the history is not linearizable, or an answer broke another promise:\n${problems.join('\n\n')}`);
}
