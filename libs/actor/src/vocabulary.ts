/** Who sends or receives: a replica, a client's user, or a role's multicast name. One NATS token, `[a-z0-9-]{1,32}`. */
export type Address = string;

export interface Tagged {
  readonly kind: string;
}

/** The word lists that one protocol role is written in. */
export interface Vocabulary {
  /** What peers and clients say to each other. */
  readonly message: Tagged;
  /** What must survive a crash. */
  readonly record: Tagged;
  /** What `readLog` gives back: a stretch of the replicated log. */
  readonly batch: unknown;
  /** Named timers; at most one running per name. */
  readonly timer: string;
  /** What observers see: scenario files, invariants, spans. */
  readonly event: Tagged;
}

/** A random delay in milliseconds, both ends included. The host draws it, so a core needs no randomness. */
export interface Delay {
  readonly minMs: number;
  readonly maxMs: number;
}
