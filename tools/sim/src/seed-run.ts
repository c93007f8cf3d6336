import type { Protocol } from './protocols.js';

/** One seed's result as it travels between processes. */
export interface SeedResult {
  readonly seed: number;
  readonly failure: FailureText | undefined;
  readonly counts: readonly (readonly [string, number])[];
  /** Names among the counts that a run over many seeds must reach. */
  readonly situations: readonly string[];
  readonly virtualMs: number;
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
  const { failure, counters, hash, virtualMs } = await protocol.run(seed, mutant);
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
    virtualMs,
  };
}

export function textOf(error: Error): FailureText {
  const { name, message, stack = '' } = error;
  return { name, invariant: (error as { readonly invariant?: string }).invariant ?? name, message, stack };
}
