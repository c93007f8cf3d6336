import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureCredentials, serverConfiguration, userOf, writePrivately } from '@synod/nats-transport';
import type { Identity, ServerConfiguration } from '@synod/nats-transport';
import { identitiesOf as identitiesOfGroups } from '@synod/topology';
import type { GroupMembers } from '@synod/topology';
import type { Call, Command } from './command.js';
import { usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { meshOf, passwordOfRoutes, serverIn } from './nats-servers.js';
import type { NatsServer } from './nats-servers.js';
import { everywhere } from './options.js';
import { wholeNumber } from './values.js';

const configurationFile = 'nats-server.conf';

export const identitiesInit: Command = {
  words: ['identities', 'init'],
  summary: 'write credentials and the NATS server configuration that enforces them',
  arguments: [],
  options: {
    group: {
      value: 'NAME=MEMBERS',
      meaning: 'a group and its members, separated by commas; behind a "/" those that answer no client, as acceptors',
      many: true,
    },
    client: { value: 'NAME', meaning: 'an application that asks', many: true },
    dir: { value: 'DIR', meaning: 'where to write (default .)', complete: 'directory' },
    cluster: { value: 'NAME', meaning: 'first part of every subject (default local)', variable: 'SYNOD_CLUSTER' },
    listen: { value: 'HOST:PORT', meaning: 'where the NATS server listens (default 127.0.0.1:4222)' },
    server: {
      value: 'NAME=HOST[:PORT]',
      meaning: 'one of several NATS servers, and where the others reach it (port 6222); without it there is one server',
      many: true,
    },
    ...everywhere,
  },
  details: [
    `Writes DIR/${configurationFile} for nats-server -c, and DIR/credentials/<user>.json for each member and client, for` +
      ' the gateway, for the services that register them (srv-…), and for this command line: cli, admin and observer. All' +
      ' files are readable by their owner only. Existing passwords are kept, so that it can be called again with more' +
      ' names: the configuration then has exactly the names of the last call.',
    'With --server there is DIR/servers/NAME.conf for each of them instead. They pass on to each other what their clients say,' +
      ' under a password of their own (DIR/routes); each listens for the others where --listen says, at its own port.',
  ],
  examples: [
    'identities init --dir deploy --group raft=raft-r1,raft-r2,raft-r3',
    'identities init --cluster prod --dir /etc/synod --group paxos=paxos-p1,paxos-p2/paxos-a1,paxos-a2,paxos-a3 --client billing',
    'identities init --listen 0.0.0.0:4222 --server nats-0=nats-0.nats --server nats-1=nats-1.nats --group raft=raft-r1,raft-r2,raft-r3',
  ],
  run: runInit,
};

async function runInit(call: Call): Promise<ExitCode> {
  const { values, output } = call;
  const identities = identitiesOf(values.list('group').map(groupIn), values.list('client'));
  const cluster = values.text('cluster') ?? 'local';
  const { host, port } = addressOf(values.text('listen') ?? '127.0.0.1:4222');
  const servers = values.list('server').map(serverIn);
  const directory = resolve(call.directory, values.text('dir') ?? '.');
  // A first time without passwords: everything that can be wrong with the names is wrong before anything is written.
  const users = refusingNames(() => identities.map(userOf));
  const nobody = { cluster, identities, passwords: new Map(users.map((user) => [user, '-'])), host, port };
  refusingNames(() => configurationsOf(nobody, servers, '-'));
  const credentials = join(directory, 'credentials');
  mkdirSync(directory, { recursive: true });
  const all = ensureCredentials(credentials, users);
  const passwords = new Map([...all].map(([user, { password }]) => [user, password]));
  const route = servers.length === 0 ? '' : passwordOfRoutes(directory);
  const configurations = configurationsOf({ ...nobody, passwords }, servers, route);
  const paths = [...configurations].map(([file, text]) => writeConfiguration(join(directory, file), text));
  const told = { cluster, host, port, paths, credentials, users };
  if (output.json) output.document({ ...documentOf(told, servers), credentials, users });
  else output.lines(linesOf(told));
  return 'ok';
}

/** By file, what each server is told: the same but for its name and its peers. */
function configurationsOf(
  configuration: ServerConfiguration,
  servers: readonly NatsServer[],
  password: string,
): ReadonlyMap<string, string> {
  if (servers.length === 0) return new Map([[configurationFile, serverConfiguration(configuration)]]);
  const { host } = configuration;
  const textOf = (server: NatsServer) =>
    serverConfiguration({ ...configuration, mesh: meshOf(server, servers, { host, password }) });
  return new Map(servers.map((server) => [join('servers', `${server.name}.conf`), textOf(server)]));
}

function writeConfiguration(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writePrivately(path, text);
  return path;
}

interface Told {
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
  readonly paths: readonly string[];
  readonly credentials: string;
  readonly users: readonly string[];
}

function documentOf({ cluster, host, port, paths }: Told, servers: readonly NatsServer[]) {
  const listen = `${host}:${port}`;
  return servers.length === 0
    ? { cluster, listen, configuration: paths[0] }
    : { cluster, listen, configurations: paths };
}

function linesOf({ cluster, host, port, paths, credentials, users }: Told): readonly string[] {
  return [
    ...paths.map((path) => `${path}: run it with: nats-server -c ${path}`),
    `${credentials}: ${users.join(', ')}`,
    `ask it with: synod status --nats nats://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port} --cluster ${cluster} --credentials ${credentials}`,
  ];
}

function identitiesOf(groups: readonly GroupMembers[], clients: readonly string[]): readonly Identity[] {
  if (groups.length === 0) throw usageError('name each group: --group raft=raft-r1,raft-r2,raft-r3');
  return [
    ...identitiesOfGroups(groups),
    { role: 'service', of: 'gateway' },
    { role: 'gateway', name: 'gateway' },
    ...['cli', ...clients].map((name): Identity => ({ role: 'client', name })),
    { role: 'admin', name: 'admin' },
    { role: 'observer', name: 'observer' },
  ];
}

/** `paxos=paxos-p1,paxos-p2/paxos-a1,paxos-a2,paxos-a3` */
function groupIn(text: string): GroupMembers {
  const [, name, answering, silent = ''] = /^([^=]+)=([^/]+)(?:\/([^/]+))?$/.exec(text) ?? [];
  if (name === undefined || answering === undefined) {
    throw usageError(`--group ${JSON.stringify(text)} is not of the form raft=raft-r1,raft-r2,raft-r3`);
  }
  const members = (list: string, answersClients: boolean) =>
    list.split(',').map((member) => ({ name: member, answersClients }));
  return { name, services: [...members(answering, true), ...(silent === '' ? [] : members(silent, false))] };
}

function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined) {
    throw usageError(`--listen ${JSON.stringify(text)} is not of the form 127.0.0.1:4222`);
  }
  return { host, port: wholeNumber('the port of --listen', port, 1, 65_535) };
}

function refusingNames<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw usageError((error as Error).message);
  }
}
