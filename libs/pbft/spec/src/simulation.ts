import type { PbftVocabulary } from '@synod/pbft-core';
import { simulate as simulateSubject } from '@synod/simulation';
import type { SimulationOptions as CommonOptions, SimulationResult as CommonResult } from '@synod/simulation';
import { honest } from './group.js';
import type { MakeMembers } from './group.js';
import { pbftSubject } from './subject.js';
import type { PbftSwarm } from './swarm.js';

export type SimulationResult = CommonResult<PbftVocabulary, PbftSwarm>;

export interface SimulationOptions extends CommonOptions<PbftSwarm, PbftVocabulary> {
  readonly make?: MakeMembers;
}

/** One seed: chaos under load, then a heal, after which the group must get well in bounded time. */
export function simulate(
  seed: number,
  { make = honest, ...options }: SimulationOptions = {},
): Promise<SimulationResult> {
  return simulateSubject(pbftSubject(make), seed, options);
}
