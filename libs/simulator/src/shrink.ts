import type { Strike } from './strike.js';

/** One run, in full. Whatever `swarm` does not name and `strikes` leaves out is drawn from the seed. */
export interface Trial {
  readonly seed: number;
  readonly swarm?: Readonly<Record<string, unknown>> | undefined;
  readonly strikes?: readonly Strike[] | undefined;
}

/** A trial that leaves the seed nothing of this to draw. */
export interface WholeTrial extends Trial {
  readonly swarm: Readonly<Record<string, unknown>>;
  readonly strikes: readonly Strike[];
}

/** How a trial failed. A smaller trial counts when it fails by the same sentence. */
export interface Failing {
  readonly invariant: string;
  /** Virtual time of the failure. */
  readonly atMs: number;
}

export interface ShrinkOptions {
  /** Runs a trial; undefined when it passes. */
  run(trial: Trial): Promise<Failing | undefined>;
  /** Called after every run. */
  progress?(runs: number, strikes: number): void;
  readonly runsMax: number;
}

/** What makes a run plainer, one after the other; each is kept if the failure stays. */
const plainer: readonly Readonly<Record<string, unknown>>[] = [
  { replicas: 3 },
  { clients: 2 },
  { clients: 1 },
  { clockDrift: 0 },
  { weather: { loss: 0, duplication: 0, slow: 0, delayMs: [0.1, 0.5], slowMs: 0 } },
];

/**
 * The smallest trial that still fails by the same sentence: delta debugging over the strikes, then less load, less disorder
 * and less time, then the strikes again. All of it by running it; at most `runsMax` runs.
 */
export async function shrink(trial: WholeTrial, failing: Failing, options: ShrinkOptions): Promise<WholeTrial> {
  let best = trial;
  let runs = 0;
  const attempt = async (smaller: WholeTrial): Promise<boolean> => {
    if (runs >= options.runsMax) return false;
    runs++;
    const failed = await options.run(smaller);
    const same = failed?.invariant === failing.invariant;
    if (same) best = untilFailure(smaller, failed.atMs);
    options.progress?.(runs, best.strikes.length);
    return same;
  };
  await attempt(untilFailure(trial, failing.atMs));
  await ddmin(best.strikes, (strikes) => attempt({ ...best, strikes }));
  for (const swarm of plainer) await attempt({ ...best, swarm: { ...best.swarm, ...swarm } });
  await ddmin(best.strikes, (strikes) => attempt({ ...best, strikes }));
  return best;
}

/** Nothing after the failure matters; a failure after the heal stays one after the heal. */
function untilFailure(trial: WholeTrial, atMs: number): WholeTrial {
  const virtualMs = Number(trial.swarm['virtualMs'] ?? Number.POSITIVE_INFINITY);
  const least = Math.ceil(atMs) + 1;
  const strikes = trial.strikes.filter((strike) => strike.atMs <= atMs);
  return least < virtualMs ? { ...trial, strikes, swarm: { ...trial.swarm, virtualMs: least } } : { ...trial, strikes };
}

/**
 * Delta debugging (Zeller and Hildebrandt 2002): a part of the list that still fails and of which no single element can be
 * left out. `fails` is asked of lists only, never of the whole one, which is known to fail.
 */
export async function ddmin<T>(
  whole: readonly T[],
  fails: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let list = whole;
  let parts = 2;
  if (list.length > 0 && (await fails([]))) return [];
  while (list.length >= 2) {
    const smaller = await firstFailing(list, parts, fails);
    if (smaller !== undefined) {
      list = smaller;
      parts = Math.max(2, parts - 1);
    } else if (parts < list.length) parts = Math.min(list.length, parts * 2);
    else break;
  }
  return list;
}

async function firstFailing<T>(
  list: readonly T[],
  parts: number,
  fails: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  const size = Math.ceil(list.length / parts);
  for (let from = 0; from < list.length; from += size) {
    const without = [...list.slice(0, from), ...list.slice(from + size)];
    if (without.length > 0 && (await fails(without))) return without;
  }
  return undefined;
}
