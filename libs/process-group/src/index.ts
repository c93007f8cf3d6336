/**
 * Real processes: replicas of a group over one nats-server or a NATS cluster, on free ports, in temporary directories,
 * under any program and environment. All of it is ended for certain, on Ctrl-C too.
 *
 * @packageDocumentation
 */
export { dialBare, nonceIn, pour, publication, stayAlive } from './bare-socket.js';
export { Broker, BrokerServer, onLoopback, type Place } from './broker.js';
export { Bundles, bundleProgram, workspaceRoot } from './bundle.js';
export { EarlierVersion } from './earlier-version.js';
export { freePorts } from './free-ports.js';
export { cutShort, flipBit } from './journal-damage.js';
export { undoAtTheEnd } from './last-resort.js';
export { ManagedProcess, type Ending } from './managed-process.js';
export { pause, poll } from './polling.js';
export { ProcessGroup, type GroupOptions } from './process-group.js';
export { ReplicaProcess, type ReplicaLaunch } from './replica-process.js';
export { ServiceProcess, type Launch } from './service-process.js';
export type { ReplicaStatus } from './status.js';
