import type { Protocol } from '@synod/topology';

/** Who floods whom. */
export interface FloodOrder {
  readonly servers: readonly string[];
  readonly user: string;
  readonly seed: string;
  readonly cluster: string;
  readonly group: string;
  readonly protocol: Protocol;
  /** Where the user's key is, if it needs one. */
  readonly keys: string;
  /** Those that answer clients. */
  readonly members: readonly string[];
}

/** What came of it so far; told again and again. */
export interface FloodTally {
  /** MiB that the broker took of what is said past the client. */
  readonly pouredMiB: number;
  /** Writes of the client that were answered. */
  readonly written: number;
}
