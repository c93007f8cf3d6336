import type { Counters, Least } from '@synod/simulator';
import type { Protocol } from './protocols.js';

/** One seed's result as it travels between processes. */
export interface SeedResult {
  readonly seed: number;
  readonly failure: FailureText | undefined;
  readonly counts: readonly (readonly [string, number])[];
  /** Names among the counts that a run over many seeds must reach. */
  readonly situations: readonly string[];
  /** What each run is to have some of, and how much this one had. */
  readonly least: readonly (readonly [string, Least])[];
  readonly virtualMs: number;
  /** What the processor took for it. */
  readonly cpuMs: number;
}

/** Adds a seed to what is known of all. */
export function addTo(total: Counters, { counts, situations, least }: SeedResult): void {
  for (const [name, times] of counts) total.count(name, times);
  total.expect(...situations);
  for (const [name, { count, due }] of least) total.least(name, count, due);
}

export interface FailureText {
  readonly name: string;
  /** The violated sentence, or the error's name. */
  readonly invariant: string;
  readonly message: string;
  readonly stack: string;
}

/** Runs a seed; `twice` runs it again and compares. */
export async function runSeed(
  protocol: Protocol,
  seed: number,
  mutant: string | undefined,
  twice: boolean,
): Promise<SeedResult> {
  const before = process.cpuUsage();
  const { failure, counters, hash, virtualMs } = await protocol.run(seed, mutant);
  const { user, system } = process.cpuUsage(before);
  const again = twice && failure === undefined ? (await protocol.run(seed, mutant)).hash : hash;
  const differs = new Error(
    `two runs of seed ${seed} differ: ${hash} and ${again}; something is not decided by the seed`,
  );
  const error = failure ?? (again === hash ? undefined : differs);
  return {
    seed,
    failure: error && textOf(error),
    counts: counters.entries,
    situations: counters.situations.map(([name]) => name),
    least: counters.poorest,
    virtualMs,
    cpuMs: (user + system) / 1000,
  };
}

export function textOf(error: Error): FailureText {
  const { name, message, stack = '' } = error;
  return { name, invariant: (error as { readonly invariant?: string }).invariant ?? name, message, stack };
}
