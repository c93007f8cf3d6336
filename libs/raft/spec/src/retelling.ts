import { defaultLimits } from '@synod/raft-core';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftPrinter } from '@synod/raft-wire';
import { askingOneRegister, retellRun, tellingsOf } from '@synod/scenario';
import type { RetoldRun } from '@synod/scenario';
import { claims } from './invariants/claims.js';
import { limitNames, raftIn } from './scenario.js';
import { simulate } from './simulation.js';
import type { SimulationOptions } from './simulation.js';
import type { RaftSwarm } from './swarm.js';

/** A seed's run that fails, as a scenario; undefined when it does not fail. `claim` tells what it shows. */
export function retellSimulation(
  seed: number,
  options: SimulationOptions,
  claim: (failure: Error) => string,
): Promise<RetoldRun | undefined> {
  return retellRun<RaftVocabulary, RaftSwarm>(
    {
      name: 'raft',
      printer: raftPrinter,
      protocol: { ...raftIn(options.make), tamper: options.tamper },
      sentences: Object.values(claims).map(([name]) => name),
      run: (witness) => simulate(seed, { ...options, witness }),
      tellings: (deeds, { swarm, replicas: founders }) =>
        tellingsOf({ deeds, founders, words: [], limits: limitsOf(swarm), asking: askingOneRegister }),
    },
    claim,
  );
}

/** `window=300`, where the run had another limit than production. */
function limitsOf({ limits }: RaftSwarm): string[] {
  return Object.entries(limitNames).flatMap(([name, limit]) => {
    const value = limits[limit];
    return value === undefined || value === defaultLimits[limit] ? [] : [`${name}=${value}`];
  });
}
