import type { Strike } from './strike.js';

/**
 * A run that failed once. What decided the failure stands here in full, since what a seed draws changes with the code; the
 * seed still decides everything else, such as the delay of each message.
 */
export interface Regression {
  /** What was wrong, in a sentence. */
  readonly why: string;
  /** The commit, or what comes next after it, at which this failed. */
  readonly failedAt: string;
  readonly seed: number;
  /** Replaces what the seed draws, by name; without it, and without strikes, the seed's own run failed. */
  readonly swarm?: Readonly<Record<string, unknown>>;
  readonly strikes?: readonly Strike[];
}
