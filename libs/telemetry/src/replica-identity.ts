import type { Address } from '@synod/actor';

/** Who this replica is, for spans and summaries. */
export interface ReplicaIdentity {
  readonly cluster: string;
  readonly group: string;
  readonly self: Address;
  /**
   * All who acknowledge what a leader proposes, in the order of the configuration; at most 31. A Raft replica is among them, a
   * Paxos proposer is not.
   */
  readonly members: readonly Address[];
}
