import { join } from 'node:path';
import { ensureCredentials } from '@synod/nats-transport';
import type { Mesh } from '@synod/nats-transport';
import { usageError } from './exit-codes.js';
import { wholeNumber } from './values.js';

/** One of several NATS servers. */
export interface NatsServer {
  readonly name: string;
  /** Where the other servers reach it. */
  readonly host: string;
  readonly port: number;
}

const routePort = 6222;

/** `nats-0=nats-0.nats:6222` */
export function serverIn(text: string): NatsServer {
  const [, name, host, port = String(routePort)] =
    /^([a-z0-9-]{1,32})=(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::(\d+))?$/.exec(text) ?? [];
  if (name === undefined || host === undefined) {
    throw usageError(`--server ${JSON.stringify(text)} is not of the form nats-0=nats-0.nats:${routePort}`);
  }
  return { name, host, port: wholeNumber('the port of --server', port, 1, 65_535) };
}

/** Throws when two servers have one name or one address. */
export function meshOf(
  server: NatsServer,
  servers: readonly NatsServer[],
  { host, password }: { readonly host: string; readonly password: string },
): Mesh {
  const others = servers.filter((other) => other !== server);
  const twin = others.find(({ name }) => name === server.name);
  if (twin !== undefined) throw new Error(`two servers are named "${twin.name}"; each needs a name of its own`);
  if (others.some((other) => addressOf(other) === addressOf(server))) {
    throw new Error(`two servers are at ${addressOf(server)}; each needs an address of its own`);
  }
  return { name: server.name, host, port: server.port, others: others.map(addressOf), password };
}

function addressOf({ host, port }: NatsServer): string {
  return `${host}:${port}`;
}

/** By which servers know each other. Kept like users' passwords, but no user has it: it is beside their directory, not in it. */
export function passwordOfRoutes(directory: string): string {
  return ensureCredentials(join(directory, 'routes'), ['route']).get('route')!.seed;
}
