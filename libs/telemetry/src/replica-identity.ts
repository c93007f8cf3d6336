import type { Address } from '@synod/actor';

/** Who this replica is, for spans and summaries. */
export interface ReplicaIdentity {
  readonly cluster: string;
  readonly group: string;
  readonly self: Address;
  /** All who acknowledge what a leader proposes, in the order of the configuration; at most 31. */
  readonly members: readonly Address[];
  /** Whether this replica does, too: it answers proposals and candidates. */
  readonly votes: boolean;
}
