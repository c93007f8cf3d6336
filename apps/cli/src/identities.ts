import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureCredentials, serverConfiguration, userOf, writePrivately } from '@synod/nats-transport';
import type { Identity } from '@synod/nats-transport';
import { identitiesOf as identitiesOfGroups } from '@synod/topology';
import type { GroupMembers } from '@synod/topology';
import type { Call, Command } from './command.js';
import { usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
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
    ...everywhere,
  },
  details: [
    `Writes DIR/${configurationFile} for nats-server -c, and DIR/credentials/<user>.json for each member and client, for` +
      ' the gateway, for the services that register them (srv-…), and for this command line: cli, admin and observer. All' +
      ' files are readable by their owner only. Existing passwords are kept, so that it can be called again with more' +
      ' names: the configuration then has exactly the names of the last call.',
  ],
  examples: [
    'identities init --dir deploy --group raft=raft-r1,raft-r2,raft-r3',
    'identities init --cluster prod --dir /etc/synod --group paxos=paxos-p1,paxos-p2/paxos-a1,paxos-a2,paxos-a3 --client billing',
  ],
  run: runInit,
};

async function runInit(call: Call): Promise<ExitCode> {
  const { values, output } = call;
  const identities = identitiesOf(values.list('group').map(groupIn), values.list('client'));
  const cluster = values.text('cluster') ?? 'local';
  const { host, port } = addressOf(values.text('listen') ?? '127.0.0.1:4222');
  const directory = resolve(call.directory, values.text('dir') ?? '.');
  // A first time without passwords: everything that can be wrong with the names is wrong before anything is written.
  const users = refusingNames(() => identities.map(userOf));
  const nobody = new Map(users.map((user) => [user, '-']));
  refusingNames(() => serverConfiguration({ cluster, identities, passwords: nobody, host, port }));
  const credentials = join(directory, 'credentials');
  mkdirSync(directory, { recursive: true });
  const all = ensureCredentials(credentials, users);
  const passwords = new Map([...all].map(([user, { password }]) => [user, password]));
  const configuration = join(directory, configurationFile);
  writePrivately(configuration, serverConfiguration({ cluster, identities, passwords, host, port }));
  if (output.json) output.document({ cluster, listen: `${host}:${port}`, configuration, credentials, users });
  else {
    output.lines([
      `${configuration}: run it with: nats-server -c ${configuration}`,
      `${credentials}: ${users.join(', ')}`,
      `ask it with: synod status --nats nats://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port} --cluster ${cluster} --credentials ${credentials}`,
    ]);
  }
  return 'ok';
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
