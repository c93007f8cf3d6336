import type { Quantiles } from './latency.js';

/** One closed-loop run: each writer and reader has one operation under way and begins the next when that is answered. */
export interface Order {
  readonly writers: number;
  readonly readers: number;
  readonly valueBytes: number;
  readonly keys: number;
  readonly warmUpMs: number;
  /** How long it is measured; or, for exact counts, how many operations are done in all. */
  readonly measure: { readonly ms: number } | { readonly operations: number };
}

export interface Outcome {
  readonly elapsedMs: number;
  readonly writes: number;
  readonly reads: number;
  readonly write: Quantiles;
  readonly read: Quantiles;
  /** Reads that saw less than was acknowledged before they began: never with a linearizable store. */
  readonly staleReads: number;
  /** Keys read back after the run and found to hold the last acknowledged value. */
  readonly verified: number;
}

/** Times of the system's monotonic clock, in milliseconds. */
export interface Outage {
  readonly killedAt: number;
  /** From now on the killed process certainly does nothing. */
  readonly goneAt: number;
}

/** From the bench to a load process. */
export type ToLoad =
  | { readonly kind: 'run'; readonly order: Order }
  /** Writers go on until `stop`, with a new write every few milliseconds besides them, whose fate after an outage is told. */
  | { readonly kind: 'probe'; readonly writers: number; readonly valueBytes: number }
  | { readonly kind: 'outage'; readonly outage: Outage }
  | { readonly kind: 'stop' };

/** From a load process to the bench. */
export type FromLoad =
  | { readonly kind: 'ready' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'measured'; readonly operations: number }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'probing' }
  /** How long after the kill a write was acknowledged that had begun when the process was gone. */
  | { readonly kind: 'recovered'; readonly afterMs: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };
