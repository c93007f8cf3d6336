import type { Address, Delay } from '@synod/actor';

/** What a proposer is told at its start. */
export interface ProposerConfiguration {
  readonly self: Address;
  /** All proposers, self included. A proposer's place is the number in its ballots: add at the end, never reorder. */
  readonly proposers: readonly Address[];
  /** Whom to ask for the group's acceptors. Which ones there are is recorded by those that founded the group, and in its log. */
  readonly acceptors: readonly Address[];
  /** The transport's multicast name for all proposers and acceptors. */
  readonly everyone: Address;
  /** How long a leader may be silent before others stand; also how long it may do without a quorum. */
  readonly electionTimeout: Delay;
  readonly heartbeatMs: number;
  readonly limits: ProposerLimits;
}

/** What an acceptor is told at its start. */
export interface AcceptorConfiguration {
  readonly self: Address;
  /** The founding acceptors, the same list everywhere. One that joins later is not among them and founds nothing. */
  readonly acceptors: readonly Address[];
  readonly proposers: readonly Address[];
  readonly everyone: Address;
  /** The founding quorums (flexible quorums); majorities when not given. */
  readonly phase1?: number | undefined;
  readonly phase2?: number | undefined;
  readonly electionTimeout: Delay;
  readonly limits: AcceptorLimits;
  /** An earlier state is damaged and was set aside: an empty journal does not mean that nothing was promised. */
  readonly setAside?: boolean;
}

/**
 * How many slots after its own a change of the acceptors takes effect, and therefore how many slots may be undecided at once.
 * The same at every proposer: part of the protocol and not of the configuration. (Simulations and tests take a smaller one.)
 */
export const alpha = 1024;

/** Every queue is bounded; what happens at a bound is a typed refusal. */
export interface ProposerLimits {
  readonly alpha: number;
  /** A batch closes at this size even within a turn; keeps messages far below the broker's max_payload. */
  readonly batchBytes: number;
  /** A client's batch above this is `tooLarge`. */
  readonly requestBytes: number;
  /** Bytes proposed and not known to be chosen: beyond it nothing more is proposed for now. */
  readonly windowBytes: number;
  /** Bytes of clients' requests gathered or undecided, beyond which a leader takes no more from clients for now. */
  readonly clientBytes: number;
  /** Bytes gathered beyond that: requests are refused as `overloaded`. */
  readonly gatheredBytes: number;
  /** Reads waiting for a confirmation; beyond it reads are refused as `overloaded`. */
  readonly waitingReads: number;
  /** Bytes applied in one step before other inputs get their turn. */
  readonly applyBytes: number;
  /** Chosen values are written to our own disk when so many bytes have gathered, or with the next beat. Nobody waits for it. */
  readonly unwrittenBytes: number;
  /** A snapshot is taken when so much was learned since the last one. */
  readonly snapshotAfterBytes: number;
  /** Slots kept before the snapshot for proposers that are a little behind. */
  readonly trailingSlots: number;
  /** Bytes that acceptors may hold for proposers that are silent; beyond it those are not waited for any more. */
  readonly heldBytes: number;
  /** Bytes of chosen values in one answer to a proposer that is behind. */
  readonly learnBytes: number;
  /** A register's value above this is `tooLarge`. */
  readonly registerBytes: number;
  /** Rounds of registers at once, and wishes for one register; beyond it, or beyond half of what others leave to a user, they are refused as `overloaded`. */
  readonly registerRounds: number;
  /** Bytes of a snapshot chunk, and chunks asked for at once. */
  readonly chunkBytes: number;
  readonly chunksInFlight: number;
}

export const defaultProposerLimits: ProposerLimits = {
  alpha,
  batchBytes: 128 * 1024,
  requestBytes: 128 * 1024,
  windowBytes: 1024 * 1024,
  clientBytes: 256 * 1024,
  gatheredBytes: 16 * 1024 * 1024,
  waitingReads: 4096,
  applyBytes: 64 * 1024,
  unwrittenBytes: 256 * 1024,
  snapshotAfterBytes: 64 * 1024 * 1024,
  trailingSlots: 1024,
  heldBytes: 1024 * 1024 * 1024,
  learnBytes: 256 * 1024,
  registerBytes: 4096,
  registerRounds: 256,
  chunkBytes: 64 * 1024,
  chunksInFlight: 16,
};

export interface AcceptorLimits {
  /** Bytes of accepted values in one page of a promise. */
  readonly pageBytes: number;
  /** Bytes of accepted batches kept at hand; others are read from the journal. */
  readonly recentBytes: number;
  /**
   * Registers with a value; beyond it there is no room for another one, ever: values are write-once. But what another acceptor has
   * accepted is taken in all the same, so an acceptor has at most as many times that as there are acceptors.
   */
  readonly registers: number;
  /** Registers that are promised and have no value; beyond it the oldest promises become one to all registers. */
  readonly registerPromises: number;
  /** When so many bytes were written since the last mark and are not needed any more, the journal is cut. */
  readonly cutAfterBytes: number;
}

export const defaultAcceptorLimits: AcceptorLimits = {
  pageBytes: 128 * 1024,
  recentBytes: 4 * 1024 * 1024,
  registers: 10_000,
  registerPromises: 1000,
  cutAfterBytes: 16 * 1024 * 1024,
};
