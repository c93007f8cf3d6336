import type { Address, Vocabulary } from '@synod/actor';
import type { Counters, DiskTampering, Happening, Strike, Swarm, Witness, World } from '@synod/simulator';
import { Run } from './run.js';
import type { Subject } from './subject.js';

export interface SimulationResult<V extends Vocabulary, S extends Swarm = Swarm> {
  readonly seed: number;
  readonly failure: Error | undefined;
  readonly counters: Counters;
  /** Equal for equal runs. */
  readonly hash: string;
  readonly tail: readonly Happening<V>[];
  readonly virtualMs: number;
  /** From the heal until everything was well. */
  readonly recoveryMs: number;
  /** What the seed decided before the run began. */
  readonly swarm: S;
  /** What befell the group; given back as an option, whole or in part, they strike again. */
  readonly strikes: readonly Strike[];
  readonly replicas: readonly Address[];
}

export interface SimulationOptions<S extends Swarm = Swarm, V extends Vocabulary = Vocabulary> {
  /** A wrong store, in place of a wrong replica. */
  readonly tamper?: DiskTampering | undefined;
  /** How many happenings the result's tail holds at most. */
  readonly tailMax?: number;
  /** In place of what the seed draws, by name. */
  readonly swarm?: Partial<S> | Readonly<Record<string, unknown>> | undefined;
  /** In place of those that the seed draws. */
  readonly strikes?: readonly Strike[] | undefined;
  /** Another witness, before those that judge. */
  readonly witness?: (world: World<V>) => Witness<V>;
}

/** One seed: chaos under load, then a heal, after which the group must get well in bounded time. */
export async function simulate<V extends Vocabulary, S extends Swarm>(
  subject: Subject<V, S>,
  seed: number,
  options: SimulationOptions<S, V> = {},
): Promise<SimulationResult<V, S>> {
  const run = new Run(subject, seed, options);
  let failure: Error | undefined;
  try {
    await run.chaos();
    await run.recovery();
  } catch (error) {
    failure = error as Error;
  }
  const { world, transcript, swarm, strikes, healedAt } = run;
  const { now } = world.timeline;
  return {
    seed,
    failure,
    counters: world.counters,
    hash: run.hash,
    tail: transcript.tail,
    virtualMs: now,
    recoveryMs: now - healedAt,
    swarm,
    strikes,
    replicas: [...world.machines.keys()],
  };
}
