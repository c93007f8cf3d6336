/**
 * One seed of any protocol: its production core, host, journal, codecs and client under faults and load, then a heal, after
 * which everything has to be well; watched, counted and judged. A protocol brings a `Subject`.
 *
 * @packageDocumentation
 */
export { Effort, atMost } from './effort.js';
export { Executions } from './executions.js';
export { checkHistory, histories } from './history.js';
export type { Load } from './load.js';
export { simulate } from './simulate.js';
export type { SimulationOptions, SimulationResult } from './simulate.js';
export { Situations } from './situations.js';
export { Storms } from './storms.js';
export type { Birth, CalmRun, Citations, Place, Subject, Watch } from './subject.js';
