import { isWrite, judge } from '@synod/linearizability';
import type { History } from '@synod/linearizability';
import { Violation } from '@synod/simulator';

/** Steps of the search, not milliseconds: the verdict must not depend on how busy the machine is. */
const budget = { steps: 300_000, ms: Number.POSITIVE_INFINITY };

/** All that is asked of a history. False: the budget did not suffice to tell. */
export function checkHistory(history: History, citation: string): boolean {
  const { problems, undecided } = judge(history, budget);
  if (problems.length > 0 && !undecided) throw new Violation('Linearizability', citation, problems.join('\n'));
  return !undecided;
}

/** Whether the network doubled a message from or to this user in that time. */
export type Doubled = (user: string, fromMs: number, toMs: number) => boolean;

/**
 * What the client surely knows. It counts one answer for each copy that it sent: where the network doubled a message of
 * its, a refused copy says nothing of its twin, and the outcome is unknown. NATS doubles nothing.
 */
export function surelyKnown(history: History, doubled: Doubled): History {
  return history.map((operation) => {
    const { client, invokedAt, returnedAt, outcome } = operation;
    if (outcome !== 'refused' || !isWrite(operation) || returnedAt === undefined) return operation;
    if (!doubled(client.split('.')[0]!, invokedAt, returnedAt)) return operation;
    return { ...operation, returnedAt: undefined, outcome: 'unknown' };
  });
}
