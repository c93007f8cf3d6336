/**
 * The evidence that PBFT's core keeps what the papers promise, with up to f members that do whatever they like: scenarios,
 * invariants, simulation, mutants.
 *
 * @packageDocumentation
 */
export { honest } from './group.js';
export type { MakeMembers } from './group.js';
export { claims } from './invariants/claims.js';
export type { Claim } from './invariants/claims.js';
export { PbftInvariants } from './invariants/pbft-invariants.js';
export { mutants } from './mutants/index.js';
export type { Mutant } from './mutants/index.js';
export { pbftRegressions } from './regressions.js';
export { retellSimulation } from './retelling.js';
export { pbftIn } from './scenario.js';
export { simulate } from './simulation.js';
export type { SimulationOptions, SimulationResult } from './simulation.js';
export type { PbftSwarm } from './swarm.js';
export { pbftSubject } from './subject.js';
export { Violation } from '@synod/simulator';
