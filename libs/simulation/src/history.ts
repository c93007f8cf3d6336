import { judge } from '@synod/linearizability';
import type { Completed } from '@synod/linearizability';
import { Violation } from '@synod/simulator';

/** Steps of the search, not milliseconds: the verdict must not depend on how busy the machine is. */
const budget = { steps: 300_000, ms: Number.POSITIVE_INFINITY };

/** What the counters call them. */
export const histories = { judged: 'histories judged', entangled: 'histories too entangled to judge' };

/** All that is asked of a history. False: the budget did not suffice to tell. */
export function checkHistory({ history, unasked, lost }: Completed, citation: string): boolean {
  if (lost.length > 0)
    throw new Violation('Acknowledged is Executed', citation, `${lost.length} writes were answered as done and are in no log, first the ${lost[0]!.kind} that ${lost[0]!.client} called at ${lost[0]!.invokedAt}`); // prettier-ignore
  if (unasked.length > 0)
    throw new Violation('Executed as Called', citation, `${unasked.length} changes in the log, the first at ${unasked[0]!.index}, were called by nobody, or not so often`); // prettier-ignore
  // Here messages are as late as the seed likes; a protocol's invariants judge ages by the replicas' own clocks.
  const { problems, undecided } = judge(history, budget, Number.POSITIVE_INFINITY);
  if (problems.length > 0 && !undecided) throw new Violation('Linearizability', citation, problems.join('\n'));
  return !undecided;
}
