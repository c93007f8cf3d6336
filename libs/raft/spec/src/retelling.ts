import { defaultLimits } from '@synod/raft-core';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftPrinter } from '@synod/raft-wire';
import { Chronicle, askingOneRegister, endsOf, isJudged, retell, tellingsOf } from '@synod/scenario';
import type { Retold } from '@synod/scenario';
import type { World } from '@synod/simulator';
import { claims } from './invariants/claims.js';
import { limitNames, raftIn } from './scenario.js';
import { simulate } from './simulation.js';
import type { SimulationOptions } from './simulation.js';
import type { RaftSwarm } from './swarm.js';

type V = RaftVocabulary;

export interface RetoldRun extends Retold {
  /** What scenarios cannot judge: whether it ends as the run did. */
  readonly endsAlike: boolean;
}

/** A seed's run that fails, as a scenario; undefined when it does not fail. `claim` tells what it shows. */
export async function retellSimulation(
  seed: number,
  options: SimulationOptions,
  claim: (failure: Error) => string,
): Promise<RetoldRun | undefined> {
  const watched: { world?: World<V>; chronicle?: Chronicle<V> } = {};
  const witness = (world: World<V>): Chronicle<V> => {
    watched.world = world;
    return (watched.chronicle = new Chronicle(world, raftPrinter.message));
  };
  const { failure, swarm, replicas: members } = await simulate(seed, { ...options, witness });
  if (failure === undefined) return undefined;
  const protocol = { ...raftIn(options.make), tamper: options.tamper };
  const violated = (failure as { readonly invariant?: string }).invariant ?? failure.name;
  const { deeds } = watched.chronicle!;
  const limits = limitsOf(swarm);
  const { manners, faithful } = tellingsOf<V>({ deeds, founders: members, words: [], limits, asking: askingOneRegister }); // prettier-ignore
  const ends = endsOf(protocol, watched.world!.machines.values()).join();
  const told = { name: 'raft', claim: claim(failure), protocol, members, violated, faithful };
  const sentences = Object.values(claims).map(([name]) => name);
  const retold = await retell({ ...told, manners: isJudged(failure, sentences) ? manners : [] });
  return { ...retold, endsAlike: retold.ends.join() === ends };
}

/** `window=300`, where the run had another limit than production. */
function limitsOf({ limits }: RaftSwarm): string[] {
  return Object.entries(limitNames).flatMap(([name, limit]) => {
    const value = limits[limit];
    return value === undefined || value === defaultLimits[limit] ? [] : [`${name}=${value}`];
  });
}
