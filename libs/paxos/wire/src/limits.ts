import { alpha, greatestRound, mostProposers } from '@synod/paxos-core';

/** What bounds messages between proposers and acceptors and records in a journal, so that no bytes make a process grow. */
export const wireLimits = {
  /** NATS' default max_payload. Batches, pages and chunks stay at about a quarter of it. */
  messageBytes: 1_048_576,
  /** 2^52. One above it would end all elections, and no elections get there. */
  ballot: greatestRound * mostProposers,
  /**
   * Acceptor sets in a snapshot's offer or a mark: the one in force, and those that slots of the window have decided since. Of
   * acceptors in a set there are as many as the core allows.
   */
  sets: alpha + 1,
  /** A register's value; groups take less (4096) unless configured otherwise. Far below a page of an acceptor's snapshot. */
  registerBytes: 32_768,
  /** Registers in one message: what a page of 128 KiB can hold of the smallest. */
  registers: 8192,
} as const;

// Entries in one batch, and in all batches of one message: `logLimits` of the api. Each batch has one at least.

/** Of envelopes and of journal records. Another one is refused. */
export const paxosWireVersion = 1;
