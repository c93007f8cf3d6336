/** What bounds messages between clients and groups. Replicas must agree on the first three, so none is configurable. */
export const limits = {
  /** A RequestBatch or ReadBatch. Larger ones would make appends and journal frames lumpy, and delay heartbeats. */
  requestBytes: 131_072,
  /** Operations or queries in one batch. */
  operations: 1024,
  /** A key-value operation or query; the batch around it needs some, too. */
  operationBytes: 130_000,
  /**
   * A Reply, with room for headers below the broker's max_payload. Results fit: a batch stops at 128 KiB of them, and one
   * result is at most a transaction's 96 KiB of keys and values, or a range's 64 KiB and 40 bytes for each of 1000 items.
   */
  replyBytes: 258_048,
  /** Items of a range, results of a transaction and members of a group, each. */
  replyItems: 1024,
  /** Acceptors of a group, and how many a change adds or removes. */
  acceptors: 64,
  /** A register's key. */
  registerKeyBytes: 128,
  /** Texts for people. */
  detailBytes: 1024,
} as const;

/** What bounds the log in messages between replicas and in their journals, whatever the protocol. */
export const logLimits = {
  /** Entries in one batch, and in all batches of one message. Some five times what a batch of 128 KiB can hold. */
  entries: 16_384,
} as const;

/** The configuration that a group begins with: room for 64 acceptors. */
export const foundingBytes = 4096;

/** What a wire version is worth: one that is not this one is refused. */
export const wireVersion = 1;
