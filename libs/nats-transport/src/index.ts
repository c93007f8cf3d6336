/**
 * NATS as the bus of a consensus group: subjects, identities, connections that neither go deaf nor grow, and the
 * `Transport` port on top of them.
 *
 * @packageDocumentation
 */
export {
  BULK_ROOT,
  PROBE_GROUP,
  ROOT,
  formatSubject,
  isKind,
  isToken,
  parseSubject,
  requireToken,
} from './subjects.js';
export { SubjectReader, SubjectWriter } from './subjects.js';
export type { Subject } from './subjects.js';
export { connectAs } from './connect.js';
export type { TlsFiles } from '@synod/nats-handshake';
export type { ConnectOptions } from './connect.js';
export type { Connection, Listening } from './connection.js';
export type { ConnectionStatistics, ConnectionStatus } from './connection-status.js';
export { ELDER_ANSWERS_MS, ProcessMark } from './process-mark.js';
export { ReplicaConnection } from './replica-connection.js';
export type { ReplicaOptions } from './replica-connection.js';
export { NatsTransport } from './nats-transport.js';
export type { GroupOptions, Outlet, RefusalReason } from './nats-transport.js';
export { credentialsPath, ensureCredentials, publicKeysOf, readCredentials } from './credentials.js';
export type { Credentials } from './credentials.js';
export { ADMIN_KINDS, CLIENT_KINDS, MEMBER_KIND, REGISTER_KIND, REPORT } from './identities.js';
export { inboxPrefixOf, permissionsOf, userOf, whoAsks } from './identities.js';
export type { Identity, Member, Permissions, Rule } from './identities.js';
export { MAX_PAYLOAD_BYTES, serverConfiguration } from './server-configuration.js';
export type { Mesh, ServerConfiguration, ServerTls } from './server-configuration.js';
export { registerService } from './service-registration.js';
export type { EndpointStatistics, Registration, ServiceDescription } from './service-registration.js';
export { tap } from './tap.js';
export type { Overheard } from './tap.js';
export { isTraceparent, readTrace } from './trace-headers.js';
