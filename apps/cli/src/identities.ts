import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureCredentials, serverConfiguration, userOf, writePrivately } from '@synod/nats-transport';
import type { Identity } from '@synod/nats-transport';
import type { Call, Command } from './command.js';
import { usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { everywhere } from './options.js';
import { wholeNumber } from './values.js';

const configurationFile = 'nats-server.conf';
const everyone = 'replicas';

export const identitiesInit: Command = {
  words: ['identities', 'init'],
  summary: 'write credentials and the NATS server configuration that enforces them',
  arguments: [],
  options: {
    replica: { value: 'NAME', meaning: 'a replica; also its user', many: true },
    client: { value: 'NAME', meaning: 'an application that asks', many: true },
    dir: { value: 'DIR', meaning: 'where to write (default .)', complete: 'directory' },
    cluster: { value: 'NAME', meaning: 'first part of every subject (default local)', variable: 'SYNOD_CLUSTER' },
    listen: { value: 'HOST:PORT', meaning: 'where the NATS server listens (default 127.0.0.1:4222)' },
    ...everywhere,
  },
  details: [
    `Writes DIR/${configurationFile} for nats-server -c, and DIR/credentials/<user>.json for each replica and client, for` +
      ' the gateway, for the services that register them (srv-…), and for this command line: cli, admin and observer. All' +
      ' files are readable by their owner only. Existing passwords are kept, so that it can be called again with more' +
      ' names: the configuration then has exactly the names of the last call.',
  ],
  examples: [
    'identities init --dir deploy --replica raft-r1 --replica raft-r2 --replica raft-r3',
    'identities init --cluster prod --dir /etc/synod --listen 0.0.0.0:4222 --replica raft-r1 --client billing',
  ],
  run: runInit,
};

async function runInit(call: Call): Promise<ExitCode> {
  const { values, output } = call;
  const identities = identitiesOf(values.list('replica'), values.list('client'));
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

export function identitiesOf(replicas: readonly string[], clients: readonly string[]): readonly Identity[] {
  if (replicas.length === 0)
    throw usageError('name each replica: --replica raft-r1 --replica raft-r2 --replica raft-r3');
  return [
    ...replicas.map((name): Identity => ({ role: 'replica', name, multicasts: [everyone] })),
    ...[...replicas, 'gateway'].map((of): Identity => ({ role: 'service', of })),
    { role: 'gateway', name: 'gateway' },
    ...['cli', ...clients].map((name): Identity => ({ role: 'client', name })),
    { role: 'admin', name: 'admin' },
    { role: 'observer', name: 'observer' },
  ];
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
