import type { Delay } from '@synod/actor';
import type { PbftTimings } from './configuration.js';

/**
 * "It waits for 2T": each failed view doubles the time, up to a bound. Computed here and nowhere else: 2^n milliseconds would
 * overflow any timer, and an hour of waiting is no better than a minute.
 *
 * @paper PBFT §4.5.2
 */
export function afterFailures(ms: number, failedViews: number, { longestMs }: PbftTimings): number {
  return Math.min(longestMs, ms * 2 ** Math.min(failedViews, 30));
}

/** Replicas that started together must not all act at the same moment. */
export function spread(ms: number): Delay {
  return { minMs: ms, maxMs: ms * 1.25 };
}
