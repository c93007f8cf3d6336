import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request as askHttps } from 'node:https';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as dialTls } from 'node:tls';
import { connect } from '@synod/client';
import { connectAs, readCredentials } from '@synod/nats-transport';
import type { Connection, TlsFiles } from '@synod/nats-transport';
import { BrokerServer, Bundles, ServiceProcess, freePorts, onLoopback, poll } from '@synod/process-group';
import { run } from './world.js';

// Certificates of `synod certs`, on a real NATS server, with a real replica and a real gateway.

jest.setTimeout(60_000);

let directory: string;
let server: BrokerServer;
const open: Connection[] = [];
const services: ServiceProcess[] = [];
const at = (...path: string[]) => join(directory, ...path);

async function synod(...args: string[]) {
  const ran = await run(args, { directory });
  if (ran.code !== 0) throw new Error(ran.err);
  return ran;
}

const init = (...more: string[]) => {
  const groups = ['--group', 'raft=r1', '--client', 'app'];
  return synod('identities', 'init', '--dir', 'net', '--listen', `127.0.0.1:${server.port}`, ...groups, ...more);
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'synod-tls-'));
  const [port, monitorPort] = await freePorts(2);
  server = new BrokerServer('nats', at('net/nats-server.conf'), onLoopback, port!, monitorPort!, at('nats.log'));
  await synod('certs', 'init', '--client', 'client', '--client', 'gateway-client');
  await synod('certs', 'init', '--dir', 'theirs');
  await init('--tls', 'tls');
  await server.run();
});
afterAll(async () => {
  for (const connection of open) await connection.close();
  for (const service of services) await service.stop();
  await server?.kill();
  rmSync(directory, { recursive: true, force: true });
});

const ca = () => ({ caFile: at('tls/ca.crt') });
const own = () => ({ certFile: at('tls/client.crt'), keyFile: at('tls/client.key') });

async function enter(tls?: TlsFiles): Promise<Connection> {
  const credentials = readCredentials(at('net/credentials/app.json'));
  const connection = await connectAs({ servers: server.url, credentials, tls, name: 'app', timeoutMs: 2500 });
  open.push(connection);
  return connection;
}

test('keys are for their owner only, certificates for everybody', () => {
  for (const name of ['ca', 'nats', 'client', 'gateway-client', 'gateway']) {
    expect(statSync(at(`tls/${name}.key`)).mode & 0o777).toBe(0o600);
    expect(readFileSync(at(`tls/${name}.crt`), 'utf8')).toContain('BEGIN CERTIFICATE');
  }
});

test('who has the authority’s certificate is connected', async () => {
  expect((await enter(ca())).connected).toBe(true);
});

test('without it, or with another one’s, the server is not believed; and who waits is told at once', async () => {
  const refusal = /its certificate is of an authority that is not ours; see SYNOD_NATS_CA_FILE/;
  await expect(enter()).rejects.toThrow(refusal);
  await expect(enter({ caFile: at('theirs/ca.crt') })).rejects.toThrow(refusal);
  await expect(enter({ caFile: at('none.crt') })).rejects.toThrow(/a file of TLS cannot be read; .*none\.crt/);
  const { code, err } = await run(
    [
      'get',
      'a',
      '--nats',
      server.url,
      '--credentials',
      at('net/credentials'),
      '--user',
      'app',
      '--ca',
      at('theirs/ca.crt'),
    ],
    { directory },
  );
  expect([code, err]).toEqual([4, expect.stringContaining('certificate')]);
});

test('a key that others may read is used by nobody', async () => {
  const keyFile = at('open.key');
  copyFileSync(at('tls/client.key'), keyFile);
  chmodSync(keyFile, 0o640);
  const refusal = `the TLS key file ${keyFile} can be read by others; run: chmod 600 ${keyFile}`;
  const tls = { ...ca(), certFile: at('tls/client.crt'), keyFile };
  await expect(enter(tls)).rejects.toThrow(refusal);
  const { user, seed } = readCredentials(at('net/credentials/app.json'));
  await expect(connect({ servers: server.url, cluster: 'local', user, seed, tls })).rejects.toMatchObject({
    code: 'invalid',
    message: refusal,
  });
  const where = ['--nats', server.url, '--credentials', at('net/credentials'), '--user', 'app', '--group', 'raft'];
  const shown = ['--ca', tls.caFile, '--cert', tls.certFile, '--key', keyFile];
  for (const words of [['get', 'a'], ['status']]) {
    const { code, err } = await run([...words, ...where, ...shown], { directory });
    expect([code > 0, err]).toEqual([true, expect.stringContaining(refusal)]);
  }
  chmodSync(keyFile, 0o600);
  expect((await enter(tls)).connected).toBe(true);
});

test('who speaks no TLS is hung up on', async () => {
  const socket = dial(server.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write('CONNECT {"verbose":false}\r\nPING\r\n');
  await once(socket, 'close');
  expect(heard).toContain('"tls_required":true');
  expect(heard).not.toContain('PONG');
});

test('a server without TLS is refused by who wants it', async () => {
  const [port, monitorPort] = await freePorts(2);
  await synod(
    'identities',
    'init',
    '--dir',
    'plain',
    '--listen',
    `127.0.0.1:${port}`,
    '--group',
    'raft=r1',
    '--client',
    'app',
  );
  const plain = new BrokerServer(
    'plain',
    at('plain/nats-server.conf'),
    onLoopback,
    port!,
    monitorPort!,
    at('plain.log'),
  );
  await plain.run();
  try {
    const credentials = readCredentials(at('plain/credentials/app.json'));
    const entering = connectAs({ servers: plain.url, credentials, tls: ca(), name: 'app', timeoutMs: 5000 });
    await expect(entering).rejects.toThrow('it speaks no TLS');
  } finally {
    await plain.kill();
  }
});

test.each([
  ['its address', '127.0.0.1', '127.0.0.1', true],
  ['a name, and it is called by that', 'localhost', 'localhost', true],
  ['a name, and it is called by its address', 'localhost', '127.0.0.1', false],
  ['an address, and it is called by a name', '127.0.0.1', 'localhost', false],
])('a server with a certificate for %s', async (_what, hosts, called, isBelieved) => {
  const [port, monitorPort] = await freePorts(2);
  await synod('certs', 'init', '--dir', 'other', '--hosts', hosts, '--force');
  const listen = ['--listen', `127.0.0.1:${port}`];
  await synod('identities', 'init', '--dir', `other-${port}`, ...listen, '--group', 'raft=r1', '--client', 'app', '--tls', 'other'); // prettier-ignore
  const other = new BrokerServer('other', at(`other-${port}`, 'nats-server.conf'), onLoopback, port!, monitorPort!, at('other.log')); // prettier-ignore
  await other.run();
  const credentials = readCredentials(at(`other-${port}/credentials/app.json`));
  const servers = `nats://${called}:${port}`;
  const tls = { caFile: at('other/ca.crt') };
  const enters = async () => (await connectAs({ servers, credentials, tls, name: 'app', timeoutMs: 5000 })).close();
  const asks = async () => (await connect({ servers, cluster: 'local', ...credentials, tls })).close({ drainMs: 0 });
  try {
    for (const way of [enters, asks]) {
      if (isBelieved) await way();
      else await expect(way()).rejects.toThrow(/does not match certificate/);
    }
  } finally {
    await other.kill();
  }
});

describe('where clients must show a certificate, too', () => {
  beforeAll(async () => {
    await init('--tls', 'tls', '--mutual');
    await server.kill();
    await server.run();
  });

  test('who has one of the authority is let in, and nobody else', async () => {
    expect((await enter({ ...ca(), ...own() })).connected).toBe(true);
    // In TLS 1.3 the server says so only after it has let in, and nats.js does not pass it on.
    const refusal = /does not let "app" in: .*demands a certificate that we do not show|refuses our certificate/;
    await expect(enter(ca())).rejects.toThrow(refusal);
    const theirs = { certFile: at('theirs/client.crt'), keyFile: at('theirs/client.key') };
    await expect(enter({ ...ca(), ...theirs })).rejects.toThrow(refusal);
    // A certificate that is for servers only.
    const gateway = { certFile: at('tls/gateway.crt'), keyFile: at('tls/gateway.key') };
    await expect(enter({ ...ca(), ...gateway })).rejects.toThrow(refusal);
  });

  test('a replica, a gateway with tokens and TLS, and the command line work there', async () => {
    const nats = {
      SYNOD_NATS_URL: server.url,
      SYNOD_NATS_CA_FILE: at('tls/ca.crt'),
      SYNOD_NATS_CERT_FILE: at('tls/client.crt'),
      SYNOD_NATS_KEY_FILE: at('tls/client.key'),
      SYNOD_EXIT_WITH_STDIN: '1',
      OTEL_TRACES_EXPORTER: 'none',
    };
    const { out: token } = await synod('tokens', 'create', 'ann', '--read', 'a/', '--write', 'a/');
    const bundles = new Bundles(directory);
    const start = (name: string, app: string, settings: Readonly<Record<string, string>>) => {
      const registered = {
        SYNOD_CREDENTIALS_FILE: at('net/credentials', `${name}.json`),
        SYNOD_REGISTRATION_FILE: at('net/credentials', `srv-${name}.json`),
      };
      const program = bundles.of(`apps/${app}/src/main.ts`);
      const service = new ServiceProcess(name, at(`${name}.log`), program, [], { ...nats, ...registered, ...settings });
      services.push(service);
      service.run();
      return service;
    };
    const replica = { SYNOD_GROUP: 'raft', SYNOD_REPLICA: 'r1', SYNOD_MEMBERS: 'r1', SYNOD_DATA: at('r1') };
    start('r1', 'raft-replica', replica);
    const gateway = start('gateway', 'gateway', {
      SYNOD_GROUPS: 'raft',
      SYNOD_HTTP_HOST: '0.0.0.0',
      SYNOD_HTTP_PORT: '0',
      SYNOD_HTTP_CERT_FILE: at('tls/gateway.crt'),
      SYNOD_HTTP_KEY_FILE: at('tls/gateway.key'),
      SYNOD_GATEWAY_TOKENS_FILE: at('tokens.json'),
    });
    const ready = async () => gateway.httpPort !== undefined && (await ask(gateway, '/readyz')).status === 200;
    await poll(
      async () => (await ready().catch(() => false)) || undefined,
      30_000,
      () => `${gateway.log().slice(-2000)}\n${services[0]!.log().slice(-2000)}`,
    );
    const authorization = `Bearer ${token.trim()}`;
    const key = '/v1/groups/raft/kv/a/1';
    expect((await ask(gateway, key, { authorization }, 'PUT', 'v')).status).toBe(201);
    expect(await ask(gateway, key, { authorization })).toMatchObject({ status: 200, body: 'v' });
    expect((await ask(gateway, key)).status).toBe(401);
    expect((await ask(gateway, '/v1/groups/raft/kv/b/1', { authorization })).status).toBe(403);
    await expect(fetch(`http://127.0.0.1:${gateway.httpPort}/livez`)).rejects.toThrow();
    expect(await refusalOfOldTls(gateway.httpPort!)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    const cli = ['get', 'a/1', '--nats', server.url, '--credentials', at('net/credentials')];
    const shown = ['--ca', at('tls/ca.crt'), '--cert', at('tls/client.crt'), '--key', at('tls/client.key')];
    expect((await synod(...cli, ...shown)).out).toBe('v');
    expect(gateway.log()).not.toContain(token.trim());
    expect(gateway.log()).not.toContain(token.trim().slice('synod_'.length));
  });
});

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Who speaks nothing newer than TLS 1.1, with ciphers of its time. */
async function refusalOfOldTls(port: number): Promise<string | undefined> {
  const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const socket = dialTls({ host: '127.0.0.1', port, ...old, rejectUnauthorized: false });
  const [error] = (await Promise.race([once(socket, 'error'), once(socket, 'secureConnect')])) as [
    NodeJS.ErrnoException?,
  ];
  socket.destroy();
  return error?.code;
}

/** Over HTTPS, believing our authority only. */
function ask(gateway: ServiceProcess, path: string, headers = {}, method = 'GET', body?: string): Promise<Answered> {
  const options = { ca: readFileSync(at('tls/ca.crt')), headers, method };
  return new Promise((resolve, reject) => {
    const request = askHttps(`https://localhost:${gateway.httpPort}${path}`, options, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

test('certificates are never replaced unless it is said, and renewed by the same authority', async () => {
  const again = await run(['certs', 'init'], { directory });
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already; `synod certs renew`')]);
  const before = readFileSync(at('tls/nats.crt'), 'utf8');
  const { out } = await synod('certs', 'renew', '--json');
  const names = ['client', 'gateway', 'gateway-client', 'nats'];
  expect(JSON.parse(out)).toEqual({ certificates: names.map((name) => at(`tls/${name}.crt`)) });
  expect(readFileSync(at('tls/nats.crt'), 'utf8')).not.toBe(before);
  server.signal('SIGHUP');
  await poll(
    () => server.log().includes('Reloaded: tls') || undefined,
    10_000,
    () => server.log(),
  );
  expect((await enter({ ...ca(), ...own() })).connected).toBe(true);
});
