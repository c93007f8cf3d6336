import type { Address } from '@synod/actor';

/** Who this replica is, for spans and summaries. */
export interface ReplicaIdentity {
  readonly cluster: string;
  readonly group: string;
  readonly self: Address;
  /** All members, self included, in the order of the configuration; at most 31. */
  readonly members: readonly Address[];
}
