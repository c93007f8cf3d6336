import type { Clock } from '@synod/actor-host';

/** Time, and the way to let the event loop take a turn between two slices of slow work. */
export interface Pace {
  /** Monotonic milliseconds. */
  now(): number;
  later(run: () => void): void;
}

export const realPace: Pace = {
  now: () => performance.now(),
  later: (run) => void setImmediate(run),
};

/** The pace of a simulated clock. */
export function paceOf(clock: Clock): Pace {
  return { now: () => clock.now(), later: (run) => void clock.schedule(0, run) };
}

/** The longest that slow work may hold the event loop in one turn. */
export const sliceMs = 2;
