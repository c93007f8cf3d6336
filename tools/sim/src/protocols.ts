import * as paxos from '@synod/paxos-spec';
import { paxosPrinter } from '@synod/paxos-wire';
import * as pbft from '@synod/pbft-spec';
import { pbftPrinter } from '@synod/pbft-wire';
import * as raft from '@synod/raft-spec';
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

/** A failing run in the language of scenarios. */
export interface RetoldRun {
  /** As it comes out with this variant. */
  readonly text: string;
  readonly commands: number;
  /** Run as a scenario it violates that sentence: the same as the run, or another one where it never comes to the same. */
  readonly shows: boolean;
  readonly violated: string;
  /** It ends in the same states and logs as the run. */
  readonly endsAlike: boolean;
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
  /** A failing run as a scenario; undefined when it does not fail. */
  retell(trial: Trial, mutant: string | undefined): Promise<RetoldRun | undefined>;
  /** A scenario file as it comes out with this variant: the same text when everything is as told. */
  tell(scenario: string, mutant: string | undefined): string;
}

export const protocols: { readonly [name: string]: Protocol } = {
  raft: {
    mutants: raft.mutants,
    scenarios: 'libs/raft/spec/scenarios',
    regressions: raft.raftRegressions,
    retell: ({ seed, ...change }, mutant) =>
      raft.retellSimulation(seed, { ...variantOf(raft, mutant), ...change }, (failure) => claimOf(failure, seed, mutant)), // prettier-ignore
    tell: (scenario, mutant) => {
      const { make, tamper } = variantOf(raft, mutant);
      return runScenario(scenario, 'raft', { ...raft.raftIn(make), tamper });
    },
    run: async (seed, mutant, change) => {
      const result = await raft.simulate(seed, { ...variantOf(raft, mutant), ...change });
      return { ...result, tail: () => printTranscript(raftPrinter, result.tail) };
    },
  },
  paxos: {
    mutants: paxos.mutants,
    scenarios: 'libs/paxos/spec/scenarios',
    regressions: paxos.paxosRegressions,
    retell: ({ seed, ...change }, mutant) =>
      paxos.retellSimulation(seed, { ...variantOf(paxos, mutant), ...change }, (failure) => claimOf(failure, seed, mutant)), // prettier-ignore
    tell: (scenario, mutant) => {
      const { make, tamper } = variantOf(paxos, mutant);
      return runScenario(scenario, 'paxos', { ...paxos.paxosIn(make), tamper });
    },
    run: async (seed, mutant, change) => {
      const result = await paxos.simulate(seed, { ...variantOf(paxos, mutant), ...change });
      return { ...result, tail: () => printTranscript(paxosPrinter, result.tail) };
    },
  },
  pbft: {
    mutants: pbft.mutants,
    scenarios: 'libs/pbft/spec/scenarios',
    regressions: pbft.pbftRegressions,
    retell: ({ seed, ...change }, mutant) => {
      const { make } = variantOf(pbft, mutant);
      const swarm = swarmOf(mutant, change);
      return pbft.retellSimulation(seed, { make, ...change, swarm }, (failure) => claimOf(failure, seed, mutant));
    },
    tell: (scenario, mutant) => runScenario(scenario, 'pbft', pbft.pbftIn(variantOf(pbft, mutant).make)),
    run: async (seed, mutant, change) => {
      const { make } = variantOf(pbft, mutant);
      const swarm = swarmOf(mutant, change);
      const result = await pbft.simulate(seed, { make, ...change, swarm });
      return { ...result, tail: () => printTranscript(pbftPrinter, result.tail) };
    },
  },
};

/** Some mistakes need a certain traitor to be one. */
function swarmOf(mutant: string | undefined, change: Omit<Trial, 'seed'> | undefined) {
  return { ...(mutant !== undefined && pbft.mutants[mutant]!.swarm), ...change?.swarm };
}

/** The first line of a scenario: what does not hold, where that is from, and how it was found. */
function claimOf(failure: Error, seed: number, mutant: string | undefined): string {
  const { invariant = failure.name, citation = 'no paper' } = failure as { invariant?: string; citation?: string };
  return `${invariant} does not hold, by seed ${seed}${mutant === undefined ? '' : ` of mutant ${mutant}`} (${citation}).`;
}

interface Variant<Make> {
  readonly make: Make;
  readonly tamper?: DiskTampering;
}

/** The honest one, unless a mutant is named. */
function variantOf<Make>(
  { honest, mutants }: { readonly honest: Make; readonly mutants: { readonly [name: string]: Variant<Make> } },
  mutant: string | undefined,
): Variant<Make> {
  return mutant === undefined ? { make: honest } : mutants[mutant]!;
}
