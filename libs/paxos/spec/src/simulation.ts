import type { PaxosVocabulary } from '@synod/paxos-core';
import { simulate as simulateSubject } from '@synod/simulation';
import type { SimulationOptions as CommonOptions, SimulationResult as CommonResult } from '@synod/simulation';
import { honest } from './group.js';
import type { MakeMembers } from './group.js';
import { paxosSubject } from './subject.js';
import type { PaxosSwarm } from './swarm.js';

export type SimulationResult = CommonResult<PaxosVocabulary, PaxosSwarm>;

export interface SimulationOptions extends CommonOptions<PaxosSwarm, PaxosVocabulary> {
  readonly make?: MakeMembers;
}

/** One seed: chaos under load, then a heal, after which the group must get well in bounded time. */
export function simulate(
  seed: number,
  { make = honest, ...options }: SimulationOptions = {},
): Promise<SimulationResult> {
  return simulateSubject(paxosSubject(make), seed, options);
}
