/**
 * What every service's main.ts shares: configuration from the environment, life and death of the process, health, and the
 * composition of a replica from actor, host and adapters.
 *
 * @packageDocumentation
 */
export {
  EnvironmentError,
  describeEnvironment,
  flag,
  oneOf,
  range,
  readEnvironment,
  text,
  token,
  tokens,
  wholeNumber,
} from './environment.js';
export type { Setting, Settings, Values } from './environment.js';
export { portOf, serveHealth } from './health.js';
export type { Health } from './health.js';
export { runProcess } from './process.js';
export type { Running } from './process.js';
export { replicaSettings, timingOf } from './replica-settings.js';
export type { Timing } from './replica-settings.js';
export { startReplica, version } from './replica.js';
export type { ReplicaKind, ReplicaSettings } from './replica.js';
