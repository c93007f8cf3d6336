/**
 * What is replicated. Implement this for your own replicated service.
 *
 * Every method is synchronous, deterministic and total: a malformed, unknown or over-limit operation gives a
 * deterministic error result, never an exception. No clock, no randomness, no I/O.
 */
export interface StateMachine extends SnapshotSource {
  /**
   * Executes one operation of the log. `index` is the log position of its batch, `user` who sent it, as the broker or his
   * signature vouches for it; both the same on every replica. Keep no view of `operation`: copy. A result must stay below
   * 100 KiB, as it has to fit into a message with others.
   */
  apply(operation: Uint8Array, index: number, user: string): Uint8Array;
  /** Answers a read-only operation of this user; changes nothing. Below 100 KiB as well. */
  query(operation: Uint8Array, user?: string): Uint8Array;
  /** A hash of the whole state; equal states have equal hashes on all replicas. Cheap: kept up to date by `apply`. */
  hash(): string;
}

/** A state that can be frozen and replaced without stopping the world. */
export interface SnapshotSource {
  /**
   * Freezes the state as it is now and returns its pages, each at most 64 KiB, lazily: `apply` may go on between two
   * pages and does not change them. At most one frozen state at a time; a new call ends the one before. Equal states give
   * equal pages, however they came about: Byzantine replicas are caught by comparing them.
   */
  snapshot(): Iterator<Uint8Array>;
  /** Begins to build another state from pages; the present one stays in use until `finish`. */
  restore(): SnapshotTarget;
}

export interface SnapshotTarget {
  /** Takes one page, in order. Throws when it is malformed. */
  page(bytes: Uint8Array): void;
  /** All pages are there: the built state replaces the present one, at once. */
  finish(): void;
}
