import { honest, mutants, raftIn, raftRegressions, simulate } from '@synod/raft-spec';
import type { MakeReplica } from '@synod/raft-spec';
import { raftPrinter } from '@synod/raft-wire';
import { printTranscript, runScenario } from '@synod/scenario';
import type { Counters, DiskTampering, Regression, Strike, Trial } from '@synod/simulator';

/** One seed's outcome, whatever the protocol. */
export interface Outcome {
  readonly failure: Error | undefined;
  readonly counters: Counters;
  readonly hash: string;
  /** When it ended, failed or not. */
  readonly virtualMs: number;
  /** What the seed decided before the run, changes included; together they are the whole run. */
  readonly swarm: object;
  readonly strikes: readonly Strike[];
  readonly replicas: readonly string[];
  /** The last happenings, in the notation of scenarios. */
  tail(): readonly string[];
}

export interface Protocol {
  /** Wrong variants by name, with the mistake of each and the scenario whose claim it breaks, if there is one. */
  readonly mutants: { readonly [name: string]: { readonly mistake: string; readonly scenario?: string } };
  /** The folder of scenario files, from the workspace's root. */
  readonly scenarios: string;
  /** Runs that failed once. */
  readonly regressions: readonly Regression[];
  /** `change` replaces what the seed would draw. */
  run(seed: number, mutant: string | undefined, change?: Omit<Trial, 'seed'>): Promise<Outcome>;
  /** A scenario file as it comes out with this variant: the same text when everything is as told. */
  tell(scenario: string, mutant: string | undefined): string;
}

export const protocols: { readonly [name: string]: Protocol } = {
  raft: {
    mutants,
    scenarios: 'libs/raft/spec/scenarios',
    regressions: raftRegressions,
    tell: (scenario, mutant) => runScenario(scenario, 'raft', raftIn(variant(mutant).make)),
    run: async (seed, mutant, change) => {
      const result = await simulate(seed, { ...variant(mutant), ...change });
      return { ...result, tail: () => printTranscript(raftPrinter, result.tail) };
    },
  },
};

function variant(mutant: string | undefined): { readonly make: MakeReplica; readonly tamper?: DiskTampering } {
  return mutant === undefined ? { make: honest } : mutants[mutant]!;
}
