import { simulate as simulateSubject } from '@synod/simulation';
import type { SimulationOptions as CommonOptions, SimulationResult as CommonResult } from '@synod/simulation';
import type { RaftVocabulary } from '@synod/raft-core';
import { honest } from './group.js';
import type { MakeReplica } from './group.js';
import { raftSubject } from './subject.js';
import type { RaftSwarm } from './swarm.js';

export type SimulationResult = CommonResult<RaftVocabulary, RaftSwarm>;

export interface SimulationOptions extends CommonOptions<RaftSwarm, RaftVocabulary> {
  readonly make?: MakeReplica;
}

/** One seed: chaos under load, then a heal, after which the group must get well in bounded time. */
export function simulate(
  seed: number,
  { make = honest, ...options }: SimulationOptions = {},
): Promise<SimulationResult> {
  return simulateSubject(raftSubject(make), seed, options);
}
