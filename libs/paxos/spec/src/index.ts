/**
 * The evidence that Multi-Paxos's core keeps what the papers promise: scenarios, invariants, simulation, mutants.
 *
 * @packageDocumentation
 */
export { honest } from './group.js';
export type { MakeMembers } from './group.js';
export { paxosPrinter } from './print.js';
export { paxosIn } from './scenario.js';
export { Violation } from '@synod/simulator';
