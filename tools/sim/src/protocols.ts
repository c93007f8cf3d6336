import { mutants, raftPrinter, simulate } from '@synod/raft-spec';
import { printTranscript } from '@synod/scenario';
import type { Counters } from '@synod/simulator';

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
  /** Wrong variants by name, with the mistake of each. */
  readonly mutants: { readonly [name: string]: { readonly mistake: string } };
  run(seed: number, mutant: string | undefined): Promise<Outcome>;
}

export const protocols: { readonly [name: string]: Protocol } = {
  raft: {
    mutants,
    run: async (seed, mutant) => {
      const result = await simulate(seed, mutant === undefined ? {} : { make: mutants[mutant]!.make });
      return { ...result, tail: () => printTranscript(raftPrinter, result.tail) };
    },
  },
};
