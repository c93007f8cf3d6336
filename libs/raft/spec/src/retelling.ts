import { defaultLimits } from '@synod/raft-core';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftPrinter } from '@synod/raft-wire';
import { askingOneRegister, retellRun, tellingsOf, unusualLimits } from '@synod/scenario';
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
        tellingsOf({
          deeds,
          founders,
          words: [],
          limits: unusualLimits(limitNames, swarm.limits, defaultLimits),
          asking: askingOneRegister,
        }),
    },
    claim,
  );
}
