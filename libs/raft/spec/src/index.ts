/**
 * The evidence that Raft's core keeps what the paper promises: scenarios, invariants, simulation, mutants.
 *
 * @packageDocumentation
 */
export { configurationOf, everyone, honest } from './group.js';
export type { MakeReplica } from './group.js';
export { claims } from './invariants/claims.js';
export type { Claim } from './invariants/claims.js';
export type { View } from './invariants/group-view.js';
export { RaftInvariants } from './invariants/raft-invariants.js';
export { mutants } from './mutants/index.js';
export type { Mutant } from './mutants/index.js';
export { raftIn } from './scenario.js';
export { retellSimulation } from './retelling.js';
export type { RetoldRun } from '@synod/scenario';
export { raftRegressions } from './regressions.js';
export { simulate } from './simulation.js';
export type { SimulationOptions, SimulationResult } from './simulation.js';
export { raftSubject } from './subject.js';
export { Violation } from '@synod/simulator';
