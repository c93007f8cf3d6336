import { judge } from '@synod/linearizability';
import type { History } from '@synod/linearizability';
import type { Protocol } from '@synod/topology';

/** Throws, with pictures, when something is wrong with the history, and also when that could not be decided. */
export function requireSound(history: History, protocol: Protocol): void {
  const { problems } = judge(history, undefined, transitMsOf(protocol));
  if (problems.length > 0)
    throw new Error(`the history is not linearizable, or an answer broke another promise:\n${problems.join('\n\n')}`);
}

/**
 * The age that PBFT's stale reads tell is the time since a quorum was heard, however far behind it the state is: nothing to judge,
 * which is what a bound of eleven days comes to. Undefined: the default.
 */
export function transitMsOf(protocol: Protocol): number | undefined {
  return protocol === 'pbft' ? 999_999_999 : undefined;
}
