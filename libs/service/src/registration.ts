import { CLIENT_KINDS, REGISTER_KIND, readCredentials, registerService } from '@synod/nats-transport';
import type { Registration } from '@synod/nats-transport';
import type { ReplicaMetrics } from '@synod/telemetry';
import { tlsFiles } from './nats-settings.js';
import type { ReplicaSettings } from './replica-settings.js';
import { version } from './version.js';

export interface Registered {
  readonly settings: ReplicaSettings;
  readonly app: string;
  readonly protocol: string;
  readonly role: string;
  /** What others than peers may send it. */
  readonly askedKinds: readonly string[];
  readonly metrics: ReplicaMetrics;
}

/** Shows this replica to `nats micro ls|info|stats`; undefined when it has no credentials for that. */
export async function register(registered: Registered): Promise<Registration | undefined> {
  const { settings, app, protocol, role, askedKinds, metrics } = registered;
  const { registration, servers, self, group, cluster } = settings;
  if (registration === '') return undefined;
  const answered = [...CLIENT_KINDS, REGISTER_KIND].filter((kind) => askedKinds.includes(kind));
  const endpoints = answered.map((name) => ({
    name,
    subject: `synod.${cluster}.${group}.*.${self}.${name}`,
  }));
  const description = `${protocol} ${role} of group ${group}`;
  return registerService(
    {
      servers: servers.split(','),
      credentials: readCredentials(registration),
      tls: tlsFiles(settings),
      name: `${self} registration`,
    },
    { name: app, id: self, version, description, metadata: { group, cluster }, endpoints },
    (endpoint) => ({ requests: metrics.received.messages.of(endpoint).value, errors: 0, processingMs: 0 }),
  );
}
