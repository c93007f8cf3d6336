import { honest, mutants, raftIn, raftPrinter, simulate } from '@synod/raft-spec';
import type { MakeReplica } from '@synod/raft-spec';
import { printTranscript, runScenario } from '@synod/scenario';
import type { Counters, DiskTampering } from '@synod/simulator';

/** One seed's outcome, whatever the protocol. */
export interface Outcome {
  readonly failure: Error | undefined;
  readonly counters: Counters;
  readonly hash: string;
  readonly virtualMs: number;
  /** The last happenings, in the notation of scenarios. */
  tail(): readonly string[];
}

export interface Protocol {
  /** Wrong variants by name, with the mistake of each and the scenario whose claim it breaks, if there is one. */
  readonly mutants: { readonly [name: string]: { readonly mistake: string; readonly scenario?: string } };
  /** The folder of scenario files, from the workspace's root. */
  readonly scenarios: string;
  run(seed: number, mutant: string | undefined): Promise<Outcome>;
  /** A scenario file as it comes out with this variant: the same text when everything is as told. */
  tell(scenario: string, mutant: string | undefined): string;
}

export const protocols: { readonly [name: string]: Protocol } = {
  raft: {
    mutants,
    scenarios: 'libs/raft/spec/scenarios',
    tell: (scenario, mutant) => runScenario(scenario, 'raft', raftIn(variant(mutant).make)),
    run: async (seed, mutant) => {
      const result = await simulate(seed, variant(mutant));
      return { ...result, tail: () => printTranscript(raftPrinter, result.tail) };
    },
  },
};

function variant(mutant: string | undefined): { readonly make: MakeReplica; readonly tamper?: DiskTampering } {
  return mutant === undefined ? { make: honest } : mutants[mutant]!;
}
