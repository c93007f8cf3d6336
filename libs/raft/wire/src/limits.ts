import { logLimits } from '@synod/api';

/** What bounds messages between replicas and records in a journal, so that no bytes make a replica grow. */
export const wireLimits = {
  /** NATS' default max_payload. Batches and chunks stay at about an eighth of it. */
  messageBytes: 1_048_576,
  /** Members of a group whom one append may be meant for. */
  followers: 64,
  /** Batches in one append. */
  batches: 1024,
  /** Entries in one batch, and in all batches of one append. */
  entries: logLimits.entries,
} as const;

/** Of envelopes and of journal records. Another one is refused. */
export const raftWireVersion = 1;
