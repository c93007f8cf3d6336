import type { Address } from '@synod/actor';

/** Members of a group that are alike: a Raft replica, a Paxos proposer, a Paxos acceptor. */
export interface Role {
  readonly name: string;
  readonly members: readonly Address[];
  /** The name under which all of them are addressed at once. */
  readonly everyone: Address;
  /** Clients are not answered by them, nor heard. */
  readonly silent?: boolean;
  /** How many of their disks may be lost or damaged at once: so many the protocol tolerates. */
  readonly disksLost: number;
}
