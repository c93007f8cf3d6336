import { keySettings } from '@synod/keys';
import { isSigned, settingsOf } from '@synod/topology';
import type { GroupPlan, PlannedService } from '@synod/topology';
import type { Broker, BrokerServer } from './broker.js';

/** The environment of one member of a group. */
export function memberSettings(
  cluster: string,
  plan: GroupPlan,
  { name }: PlannedService,
  server: BrokerServer,
  broker: Broker,
  keys: string,
): Readonly<Record<string, string>> {
  const signed = isSigned(plan.protocol) ? keySettings(keys, plan.name, name) : {};
  return { ...settingsOf(plan, name), ...signed, ...connected(cluster, name, [server], broker) };
}

export function gatewaySettings(
  cluster: string,
  group: string,
  user: string,
  broker: Broker,
  keys: string,
): Readonly<Record<string, string>> {
  return {
    SYNOD_GROUPS: group,
    SYNOD_KEYS: keys,
    SYNOD_HTTP_PORT: '0',
    ...connected(cluster, user, broker.servers, broker),
  };
}

function connected(cluster: string, user: string, servers: readonly BrokerServer[], broker: Broker) {
  return {
    SYNOD_CLUSTER: cluster,
    SYNOD_NATS_URL: servers.map(({ url }) => url).join(','),
    SYNOD_CREDENTIALS_FILE: broker.credentialsPath(user),
    SYNOD_REGISTRATION_FILE: broker.credentialsPath(`srv-${user}`),
    SYNOD_EXIT_WITH_STDIN: '1',
    OTEL_TRACES_EXPORTER: 'none',
  };
}
