/** What bounds messages between clients and groups. Replicas must agree on the first three, so none is configurable. */
export const limits = {
  /** A RequestBatch or ReadBatch. Larger ones would make appends and journal frames lumpy, and delay heartbeats. */
  requestBytes: 131_072,
  /** Operations or queries in one batch. */
  operations: 1024,
  /** A key-value operation or query; the batch around it needs some, too. */
  operationBytes: 130_000,
  /** A Reply: NATS' default max_payload. */
  replyBytes: 1_048_576,
  /** Items of a range, results of a transaction and members of a group, each. */
  replyItems: 1024,
  /** Texts for people. */
  detailBytes: 1024,
} as const;

/** What a wire version is worth: one that is not this one is refused. */
export const wireVersion = 1;
