import { isWrite, judge } from '@synod/linearizability';
import type { Completed, Operation } from '@synod/linearizability';
import { Violation } from '@synod/simulator';

/** Steps of the search, not milliseconds: the verdict must not depend on how busy the machine is. */
const budget = { steps: 300_000, ms: Number.POSITIVE_INFINITY };

/** All that is asked of a history. False: the budget did not suffice to tell. */
export function checkHistory({ history, unasked }: Completed, citation: string): boolean {
  if (unasked.length > 0)
    throw new Violation('Executed as Called', citation, `${unasked.length} changes in the log, the first at ${unasked[0]!.index}, were called by nobody, or not so often`); // prettier-ignore
  const { problems, undecided } = judge(history, budget);
  if (problems.length > 0 && !undecided) throw new Violation('Linearizability', citation, problems.join('\n'));
  return !undecided;
}

/** Whether the network doubled a message from or to this user in that time. */
export type Doubled = (user: string, fromMs: number, toMs: number) => boolean;

/**
 * Of what the client calls surely not executed. It counts one answer for each copy that it sent: where the network doubled a
 * message of its, a refused copy says nothing of its twin, and the outcome is unknown. NATS doubles nothing.
 */
export function isDoubtful(operation: Operation, doubled: Doubled): boolean {
  const { client, invokedAt, returnedAt, outcome } = operation;
  if (outcome !== 'refused' || !isWrite(operation) || returnedAt === undefined) return false;
  return doubled(client.split('.')[0]!, invokedAt, returnedAt);
}
