import { planGroup } from '@synod/topology';
import type { GroupPlan, PlanOptions, Protocol } from '@synod/topology';

interface Entry {
  readonly name: string;
  readonly protocol: Protocol;
  /** Its services listen from here on, in the order of the plan. */
  readonly firstPort: number;
}

/**
 * The groups of the local stack, in the order in which they are shown; the first one is meant where none is named. One more
 * group is one more entry: identities, credentials, processes, ports, status and demonstration follow from it.
 */
export const entries = [
  { name: 'raft', protocol: 'raft', firstPort: 7411 },
  { name: 'paxos', protocol: 'paxos', firstPort: 7431 },
  { name: 'pbft', protocol: 'pbft', firstPort: 7441 },
] as const satisfies readonly Entry[];

/** A group that the broker knows and nobody starts: for replicas of one's own, as in examples/counter. */
export const guests: readonly GroupPlan[] = [planGroup({ name: 'counter', protocol: 'raft', prefix: 'counter' })];

export interface StackGroup extends GroupPlan {
  /** By service. */
  readonly ports: ReadonlyMap<string, number>;
}

/** Those with these names, in the stack's order; all when none is named. */
export function chosenGroups(names: readonly string[] | undefined): readonly Entry[] {
  return entries.filter(({ name }) => names === undefined || names.includes(name));
}

export function planOf({ name, protocol }: Entry, options: Pick<PlanOptions, 'counts' | 'spares'>): GroupPlan {
  return planGroup({ name, protocol, ...options });
}
