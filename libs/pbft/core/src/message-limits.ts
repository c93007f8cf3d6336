/**
 * LIMIT: of how many things one message tells, however many there are, and however small. What a decoder does not take is lost
 * for whoever needs it, since every correct member says the same: the wire's limits are above these, which a test holds together.
 */
export const messageLimits = {
  /** Of history. Null requests are so small that their bytes are no bound. */
  batches: 512,
  /** 128 KiB of history. */
  digests: 4096,
  /** Missing things in one status: one at least for each member that may have a new view pending. */
  names: 64,
  /** Of a snapshot: 224 KiB of their digests. Larger states have larger chunks (`chunkBytesFor`). */
  chunks: 7168,
} as const;
