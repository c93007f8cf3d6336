import type { Address, Delay } from '@synod/actor';

/** What a Raft replica is told at its start. The members are fixed for now; membership change will make them a log entry. */
export interface RaftConfiguration {
  readonly self: Address;
  /** All voting members, self included; sorted, the same list at every member. */
  readonly members: readonly Address[];
  /** The transport's multicast name for all members of the group. */
  readonly everyone: Address;
  readonly electionTimeout: Delay;
  readonly heartbeatMs: number;
  readonly limits: RaftLimits;
  /** An earlier state of this replica is damaged and was set aside: an empty journal does not mean that it promised nothing. */
  readonly setAside?: boolean;
}

/** Every queue is bounded; what happens at a bound is a typed refusal. */
export interface RaftLimits {
  /** A batch closes at this size even within a turn; keeps messages far below the broker's max_payload. */
  readonly batchBytes: number;
  /** A client's batch above this is `tooLarge`. */
  readonly requestBytes: number;
  /**
   * Bytes sent to one follower and not acknowledged; it gets more as it acknowledges. A follower that catches up may get all
   * of it in one turn of its event loop, and must not miss a heartbeat over it.
   */
  readonly inFlightBytes: number;
  /**
   * Bytes of clients' requests gathered or uncommitted, beyond which a leader takes no more from clients for now: two of the
   * largest batches, one on the disks and one on its way. More keeps no disk busier; it only lengthens the line that every
   * other client waits in, and the appends that followers have before a heartbeat.
   */
  readonly clientBytes: number;
  /** The same in requests: a thousand tiny ones cost a turn as much as a megabyte. */
  readonly clientRequests: number;
  /** Bytes proposed and not committed; beyond it requests are refused as `overloaded`. */
  readonly uncommittedBytes: number;
  /** Reads waiting for a confirmation; beyond it reads are refused as `overloaded`. */
  readonly waitingReads: number;
  /** Bytes applied in one step before other inputs get their turn. */
  readonly applyBytes: number;
  /** A snapshot is taken when the log holds this much beyond the last one. */
  readonly snapshotAfterBytes: number;
  /** Entries kept before the snapshot for followers that are a little behind. */
  readonly trailingEntries: number;
  /** Bytes of a snapshot chunk, and chunks in flight to one follower. */
  readonly chunkBytes: number;
  readonly chunksInFlight: number;
}

export const defaultLimits: RaftLimits = {
  batchBytes: 128 * 1024,
  requestBytes: 128 * 1024,
  inFlightBytes: 1024 * 1024,
  clientBytes: 256 * 1024,
  clientRequests: 512,
  uncommittedBytes: 16 * 1024 * 1024,
  waitingReads: 512,
  applyBytes: 64 * 1024,
  snapshotAfterBytes: 64 * 1024 * 1024,
  trailingEntries: 1024,
  chunkBytes: 64 * 1024,
  chunksInFlight: 16,
};
