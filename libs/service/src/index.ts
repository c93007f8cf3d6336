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
  optional,
  range,
  readEnvironment,
  text,
  token,
  tokens,
  wholeNumber,
  withoutUserInfo,
} from './environment.js';
export type { Setting, Settings, Values } from './environment.js';
export type { Evidence } from './evidence.js';
export { gatewaySettings } from './gateway-settings.js';
export type { GatewaySettings } from './gateway-settings.js';
export { portOf, serveHealth } from './health.js';
export type { Health } from './health.js';
export { natsSettings, tlsFiles } from './nats-settings.js';
export { describeProcess, processSettings, takeHeaders } from './process-settings.js';
export { runProcess } from './process.js';
export type { Running } from './process.js';
export { electionSettings, replicaSettings, timingOf } from './replica-settings.js';
export type { ReplicaSettings, Timing } from './replica-settings.js';
export type { ReplicaKind } from './replica-kind.js';
export { acceptorRole, proposerRole } from './roles/paxos.js';
export { byzantineReplicaRole } from './roles/pbft.js';
export type { Patience } from './roles/pbft.js';
export { secretsOf } from './roles/pbft-secrets.js';
export type { SigningSecrets } from './roles/pbft-secrets.js';
export { replicaRole } from './roles/replica.js';
export type { Membership, Role, Situation } from './roles/role.js';
export { settingsOfApps } from './service-settings.js';
export { startReplica } from './start-replica.js';
export { storeAndLedger } from './state.js';
export { readElsewhere, unreadVariables } from './unread-variables.js';
export { version } from './version.js';
