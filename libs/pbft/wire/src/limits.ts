/** What bounds messages, records and certificates, so that no bytes make a replica grow. */
export const wireLimits = {
  /** NATS' default max_payload. Batches and chunks stay at about an eighth of it. */
  messageBytes: 1_048_576,
  /** A member is a bit of a number below 2^53. */
  members: 52,
  /** Certificates in a view change, proposals in a new view: far above any log between water marks. */
  sequences: 1024,
  /** Requests in one batch: some five times what a batch of 128 KiB can hold. In a message its size bounds them: none is below 100 bytes. */
  requests: 4096,
  /** Batches, and digests, in one piece of history. */
  batches: 1024,
  digests: 16_384,
  /** Chunks of one snapshot: a gigabyte. */
  chunks: 16_384,
  openSlots: 256,
  /** Names of missing things in one status. */
  missing: 64,
  /** From an answer to the root of a tree of 2^32. */
  path: 32,
  ed25519Bytes: 64,
  stateHashBytes: 128,
  epochBytes: 64,
} as const;

/** Of statements, envelopes, records and certificates. Another one is refused. */
export const pbftWireVersion = 1;
