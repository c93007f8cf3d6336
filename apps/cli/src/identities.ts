import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureCredentials, publicKeysOf, serverConfiguration, userOf } from '@synod/nats-transport';
import { writePrivately } from '@synod/private-file';
import { newSeed, publicKeyOf } from '@synod/nats-handshake';
import type { Identity, ServerConfiguration, ServerTls } from '@synod/nats-transport';
import { identitiesOf as identitiesOfGroups } from '@synod/topology';
import type { GroupMembers } from '@synod/topology';
import type { Call, Command } from './command.js';
import { usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { hasRoster, readRoster, writeRoster } from './identity-roster.js';
import type { Roster } from './identity-roster.js';
import { meshOf, passwordOfRoutes, serverIn } from './nats-servers.js';
import type { NatsServer } from './nats-servers.js';
import { everywhere } from './options.js';
import { Values, wholeNumber } from './values.js';

export const configurationFile = 'nats-server.conf';

export const identitiesInit: Command = {
  words: ['identities', 'init'],
  summary: 'make a key for each NATS user, and the server configuration that says who may do what',
  arguments: [],
  options: {
    group: {
      value: 'NAME=MEMBERS',
      meaning: 'a group and its members, separated by commas; behind a "/" those that answer no client, as acceptors',
      many: true,
    },
    client: { value: 'NAME', meaning: 'an application that asks', many: true },
    keep: { meaning: 'who was added or revoked since an earlier call stays so' },
    dir: { value: 'DIR', meaning: 'where to write (default .)', complete: 'directory' },
    cluster: { value: 'NAME', meaning: 'first part of every subject (default local)', variable: 'SYNOD_CLUSTER' },
    tls: {
      value: 'DIR',
      meaning: 'the server speaks TLS: DIR has nats.crt, nats.key and ca.crt, as `synod certs init` writes them',
      complete: 'directory',
    },
    mutual: { meaning: 'with --tls: who connects must show a certificate of ca.crt, too' },
    listen: { value: 'HOST:PORT', meaning: 'where the NATS server listens (default 127.0.0.1:4222)' },
    monitor: {
      value: 'PORT',
      meaning: 'the server tells how it is at http://127.0.0.1:PORT/healthz, to its own machine only',
    },
    server: {
      value: 'NAME=HOST[:PORT]',
      meaning: 'one of several NATS servers, and where the others reach it (port 6222); without it there is one server',
      many: true,
    },
    ...everywhere,
  },
  details: [
    `Writes DIR/${configurationFile} for nats-server -c, and DIR/credentials/<user>.json for each member and client, for` +
      ' the gateway, for the services that register them (srv-…), and for this command line: cli, admin and observer. Each' +
      ' holds a secret key (nkey) and is readable by its owner only: give each process its own and no other. The' +
      ' configuration has the public keys, and is no secret.',
    'Existing keys are kept, so that it can be called again with more names: the configuration then has exactly the names of' +
      ' the last call, and with --keep the applications of earlier ones, too. A single user is taken out by `synod identities revoke`, and gets' +
      ' another key by `rotate`. Without --keep, who is named again is there again, under a new key.',
    'With --server there is DIR/servers/NAME.conf for each of them instead. They pass on to each other what their clients say,' +
      ' under a password of their own (DIR/routes), which makes those files secrets; each listens for the others where --listen' +
      ' says, at its own port.',
  ],
  examples: [
    'identities init --dir deploy --group raft=raft-r1,raft-r2,raft-r3',
    'identities init --group raft=raft-r1,raft-r2,raft-r3 --listen 0.0.0.0:4222 --tls /etc/synod/tls --mutual',
    'identities init --cluster prod --dir /etc/synod --group paxos=paxos-p1,paxos-p2/paxos-a1,paxos-a2,paxos-a3 --client billing',
    'identities init --listen 0.0.0.0:4222 --server nats-0=nats-0.nats --server nats-1=nats-1.nats --group raft=raft-r1,raft-r2,raft-r3',
  ],
  run: runInit,
};

async function runInit(call: Call): Promise<ExitCode> {
  const { values, output } = call;
  const directory = resolve(call.directory, values.text('dir') ?? '.');
  const { dir: _dir, json: _json, keep, tls, ...said } = values.said();
  const init = { ...said, ...(typeof tls === 'string' && { tls: resolve(call.directory, tls) }) };
  const before = keep === true && hasRoster(directory) ? readRoster(directory) : undefined;
  const written = writeIdentities(directory, before === undefined ? { init, revoked: [] } : keeping(before, init));
  if (output.json) output.document(documentOf(written));
  else output.lines(linesOf(written));
  return 'ok';
}

function keeping({ init: { client: before = [], ...earlier }, revoked }: Roster, init: Roster['init']): Roster {
  // Servers that are told nothing of it speak in the clear from their next reload on.
  const dropped = ['tls', 'mutual', 'server'].find((option) => option in earlier && !(option in init));
  if (dropped !== undefined)
    throw usageError(`an earlier call had --${dropped}: say it again, or leave out --keep to begin anew without it`);
  const client = [...new Set([...[before].flat(), ...[init['client'] ?? []].flat()])] as readonly string[];
  return { init: { ...init, ...(client.length > 0 && { client }) }, revoked };
}

/** Who is in there, and where what was written is. */
export interface Written {
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
  readonly users: readonly string[];
  /** Of the one server, or of each of several. */
  readonly configurations: readonly string[];
  readonly credentials: string;
  readonly tls: ServerTls | undefined;
}

/** `configuration` where there is one server, `configurations` where there are several. */
export function filesOf({ configurations }: Written) {
  const [configuration, ...more] = configurations;
  return more.length === 0 ? { configuration } : { configurations };
}

function documentOf(written: Written) {
  const { cluster, host, port, credentials, users } = written;
  return { cluster, listen: `${host}:${port}`, ...filesOf(written), credentials, users };
}

function linesOf({ cluster, host, port, configurations, credentials, users, tls }: Written): readonly string[] {
  return [
    ...configurations.map((path) => `${path}: run it with: nats-server -c ${path}`),
    `${credentials}: ${users.join(', ')}`,
    `ask it with: ${tls ? `${trustIn(tls)} ` : ''}synod status --nats nats://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port} --cluster ${cluster} --credentials ${credentials}`,
  ];
}

/** What a client is told by its environment, so that it trusts the servers; and which certificate is to be its own where they ask for one. */
function trustIn({ certificate, isMutual }: ServerTls): string {
  const at = (name: string): string => join(dirname(certificate), name);
  const own = isMutual ? ['SYNOD_NATS_CERT_FILE=FILE.crt', 'SYNOD_NATS_KEY_FILE=FILE.key'] : [];
  return [`SYNOD_NATS_CA_FILE=${at('ca.crt')}`, ...own].join(' ');
}

/** All users but those that are revoked, as the roster was told: keys for those who have none, the roster, the configurations. */
export function writeIdentities(directory: string, roster: Roster): Written {
  const values = new Values(roster.init, identitiesInit.options, {});
  const cluster = values.text('cluster') ?? 'local';
  const all = identitiesOf(values.list('group').map(groupIn), values.list('client'));
  const { host, port } = addressOf(values.text('listen') ?? '127.0.0.1:4222');
  const servers = values.list('server').map(serverIn);
  // A first time with a key of nobody: everything that can be wrong with the names is wrong before anything is written.
  const nobody = publicKeyOf(newSeed());
  const everybody = refusingNames(() => all.map(userOf));
  const wanted = { cluster, identities: all, host, port, ...monitorIn(values), tls: tlsIn(values) };
  const unnamed = { ...wanted, keys: new Map(everybody.map((user) => [user, nobody])) };
  refusingNames(() => configurationsOf(unnamed, servers, '-'));
  const identities = all.filter((identity) => !roster.revoked.includes(userOf(identity)));
  const users = identities.map(userOf);
  const credentials = join(directory, 'credentials');
  mkdirSync(directory, { recursive: true });
  const keys = publicKeysOf(ensureCredentials(credentials, users));
  writeRoster(directory, roster);
  const route = servers.length === 0 ? '' : passwordOfRoutes(directory);
  const texts = configurationsOf({ ...wanted, identities, keys }, servers, route);
  const configurations = [...texts].map(([file, text]) => writeConfiguration(join(directory, file), text));
  return { cluster, host, port, users, configurations, credentials, tls: wanted.tls };
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

function monitorIn(values: Values): { readonly monitorPort?: number } {
  const port = values.text('monitor');
  return port === undefined ? {} : { monitorPort: wholeNumber('the port of --monitor', port, 1, 65_535) };
}

function tlsIn(values: Values): ServerTls | undefined {
  const [directory, isMutual] = [values.text('tls'), values.flag('mutual')];
  if (directory === undefined) {
    if (isMutual) throw usageError('--mutual is for --tls: without TLS nobody shows a certificate');
    return undefined;
  }
  const at = (name: string): string => join(directory, name);
  return {
    certificate: at('nats.crt'),
    key: at('nats.key'),
    authority: at('ca.crt'),
    isMutual,
  };
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
