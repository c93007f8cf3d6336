import type { Address } from '@synod/actor';

/** What a PBFT replica is told at its start. All but `self` and `setAside` must be the same at every member. */
export interface PbftConfiguration {
  readonly self: Address;
  /** All members, self included: n ≥ 3f + 1. The same list in the same order at every member: the primary is found by it. */
  readonly members: readonly Address[];
  /** The transport's multicast name for all members of the group. */
  readonly everyone: Address;
  readonly timings: PbftTimings;
  readonly limits: PbftLimits;
  /** An earlier state of this replica is damaged and was set aside: an empty journal does not mean that it signed nothing. */
  readonly setAside?: boolean;
}

/** In milliseconds. The host draws a random delay between one and one and a quarter of each. */
export interface PbftTimings {
  /** From when a request is the oldest that waits until it must have been executed (§4.4). Doubled by each failed view. */
  readonly requestMs: number;
  /** From when a quorum asks for a view until it must have begun (§4.5.2). Doubled by each failed view. */
  readonly viewChangeMs: number;
  /** Neither is ever longer than this, however many views failed. */
  readonly longestMs: number;
  /** Requests may wait so long on average, over a period of `requestMs`; beyond it the primary is slow (README, departure 6). */
  readonly slowMs: number;
  /** Between two words of status while something is outstanding. */
  readonly statusMs: number;
  /** A group is founded without those members that have not answered by then. */
  readonly foundingMs: number;
}

export const defaultTimings: PbftTimings = {
  requestMs: 2000,
  viewChangeMs: 5000,
  longestMs: 60_000,
  slowMs: 250,
  statusMs: 100,
  foundingMs: 5000,
};

/** Every queue is bounded. */
export interface PbftLimits {
  /** K: a checkpoint is taken at each multiple (§4.3). The same at every member. */
  readonly checkpointInterval: number;
  /** L: sequences above the last stable checkpoint that are accepted; at least twice K (§4.3). The same at every member. */
  readonly logSize: number;
  /** Batches that the primary has on their way at once; what comes meanwhile makes larger batches. */
  readonly inFlight: number;
  /** Up to so many it closes a batch with whatever is there; beyond, only one that is half full. */
  readonly inFlightSmall: number;
  /** A batch closes at this size; keeps messages far below the broker's max_payload. */
  readonly batchBytes: number;
  /** A client's batch above this is `tooLarge`. */
  readonly requestBytes: number;
  /** Bytes of known requests that are not executed, and as many of reads that wait, beyond which no more is taken from clients for now. */
  readonly clientBytes: number;
  /** Requests known and not executed; beyond it they are refused as `overloaded`. */
  readonly waitingRequests: number;
  /** Requests of one user that wait; beyond it his are refused as `overloaded`. A client sends its operations of a turn in one. */
  readonly userRequests: number;
  /**
   * Ordered queries of one user that wait, beyond which his are refused as `overloaded`, and queries of all in one batch: small ones may
   * have large answers. The same at every member.
   */
  readonly queriesAtOnce: number;
  /** Reads waiting for what is prepared to be executed; beyond it they are refused as `overloaded`. */
  readonly waitingReads: number;
  /** Bytes executed, those of the answers among them, and bytes of answers to reads, in one turn before other inputs get theirs. */
  readonly executeBytes: number;
  /**
   * A snapshot is taken at the first checkpoint at which the batches since the last one come to so many bytes, or to so many
   * batches. Both the same at every member: they must take theirs at the same places.
   */
  readonly snapshotAfterBytes: number;
  readonly snapshotAfterBatches: number;
  /** Bytes of a snapshot chunk, the same at every member (of a large state a multiple), and chunks in flight to one replica. */
  readonly chunkBytes: number;
  readonly chunksInFlight: number;
  /** Bytes sent to one peer in `statusMs` because its status says that it lacks something; and because it catches up. */
  readonly helpBytes: number;
  readonly transferBytes: number;
  /** Requests relayed to the primary in `statusMs`: each is a message, and it has others to read. */
  readonly relays: number;
  /** Sequences of which one status tells in detail. */
  readonly statusSlots: number;
  /** Votes of one peer for a view that has not begun here. */
  readonly earlyVotes: number;
}

export const defaultLimits: PbftLimits = {
  checkpointInterval: 50,
  logSize: 100,
  inFlight: 16,
  inFlightSmall: 2,
  batchBytes: 128 * 1024,
  requestBytes: 129 * 1024,
  clientBytes: 512 * 1024,
  waitingRequests: 4096,
  userRequests: 128,
  queriesAtOnce: 16,
  waitingReads: 4096,
  executeBytes: 128 * 1024,
  snapshotAfterBytes: 32 * 1024 * 1024,
  snapshotAfterBatches: 16_384,
  chunkBytes: 64 * 1024,
  chunksInFlight: 8,
  helpBytes: 512 * 1024,
  transferBytes: 4 * 1024 * 1024,
  relays: 16,
  statusSlots: 32,
  earlyVotes: 200,
};

/** Throws for what could not work. */
export function checkConfiguration({ self, members, limits }: PbftConfiguration): void {
  const { checkpointInterval, logSize } = limits;
  if (!members.includes(self)) throw new RangeError(`${self} is not among the members ${members.join(', ')}`);
  if (new Set(members).size !== members.length) throw new RangeError('a member is listed twice');
  if (checkpointInterval < 1 || logSize < 2 * checkpointInterval) {
    throw new RangeError(
      `the log has ${logSize} places, at least twice the checkpoint interval of ${checkpointInterval} are needed`,
    );
  }
}
