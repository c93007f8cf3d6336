/**
 * The evidence that Multi-Paxos's core keeps what the papers promise: scenarios, invariants, simulation, mutants.
 *
 * @packageDocumentation
 */
export { honest } from './group.js';
export type { MakeMembers } from './group.js';
export { claims } from './invariants/claims.js';
export type { Claim } from './invariants/claims.js';
export type { AcceptorWords, Look, ProposerWords } from './invariants/group-view.js';
export { PaxosInvariants } from './invariants/paxos-invariants.js';
export { mutants } from './mutants/index.js';
export type { Mutant } from './mutants/index.js';
export { paxosRegressions } from './regressions.js';
export { retellSimulation } from './retelling.js';
export type { RetoldRun } from '@synod/scenario';
export { paxosIn } from './scenario.js';
export { simulate } from './simulation.js';
export type { SimulationOptions, SimulationResult } from './simulation.js';
export { paxosSubject } from './subject.js';
export { Violation } from '@synod/simulator';
