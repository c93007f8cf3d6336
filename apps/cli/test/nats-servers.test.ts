import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { connect as dial, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAs, readCredentials } from '@synod/nats-transport';
import type { TlsFiles } from '@synod/nats-transport';
import { run } from './world.js';

let directory: string;
const servers: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'synod-servers-'));
});
afterEach(async () => {
  const gone = servers
    .splice(0)
    .map((server) => new Promise((resolve) => server.once('exit', resolve).kill('SIGKILL')));
  await Promise.all(gone);
  rmSync(directory, { recursive: true, force: true });
});

const init = (...args: string[]) => run(['identities', 'init', '--dir', 'out', ...args], { directory });
const textOf = (path: string) => readFileSync(join(directory, 'out', path), 'utf8');

test('each of several servers has a configuration that knows the others, and one password that no user has', async () => {
  const group = ['--group', 'kv=a,b'];
  const named = ['--server', 'n0=n0.nats', '--server', 'n1=n1.nats:6333'];
  const { code, out } = await init('--listen', '0.0.0.0:4222', ...named, ...group, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).configurations).toEqual(
    ['n0', 'n1'].map((name) => join(directory, `out/servers/${name}.conf`)),
  );
  expect(existsSync(join(directory, 'out/nats-server.conf'))).toBe(false);
  expect(statSync(join(directory, 'out/servers/n1.conf')).mode & 0o777).toBe(0o600);
  const { seed: password } = JSON.parse(textOf('routes/route.json'));
  const conf = textOf('servers/n0.conf');
  expect(conf).toContain('server_name: "n0"');
  expect(conf).toContain('listen: "0.0.0.0:6222"');
  expect(conf).toContain(`routes: ["nats-route://route:${password}@n1.nats:6333"]`);
  expect(conf).toContain(`authorization { user: "route", password: "${password}"`);
  expect(out).not.toContain(password);
  await init(...named, ...group);
  expect(JSON.parse(textOf('routes/route.json')).seed).toBe(password);
});

test.each([
  [['--server', 'n0'], '--server "n0" is not of the form nats-0=nats-0.nats:6222'],
  [['--server', 'n0=h:99999'], 'the port of --server'],
  [['--server', 'N=h'], 'is not of the form'],
  [['--server', 'a=h', '--server', 'a=i'], 'two servers are named "a"'],
  [['--server', 'a=h', '--server', 'b=h:6222'], 'two servers are at h:6222'],
])('%j is refused, and nothing is written', async (args, message) => {
  const { code, err } = await init('--group', 'kv=a', ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(existsSync(join(directory, 'out'))).toBe(false);
});

test.each([
  ['in the clear', false],
  ['over TLS', true],
])('real servers let each other in, and pass on what is said at one of them: %s', async (_how, isEncrypted) => {
  const [first, second] = [await freePort(), await freePort()];
  const routes = [await freePort(), await freePort()];
  const named = routes.flatMap((port, i) => ['--server', `n${i}=127.0.0.1:${port}`]);
  if (isEncrypted) await run(['certs', 'init', '--dir', 'tls'], { directory });
  await init('--group', 'kv=a,b', ...named, ...(isEncrypted ? ['--tls', 'tls'] : []));
  start('n0', first);
  start('n1', second);
  const tls = isEncrypted ? { caFile: join(directory, 'tls/ca.crt') } : undefined;
  const [a, b] = [await connected('a', first, tls), await connected('b', second, tls)];
  // Who is no server of ours has no certificate, and learns no password.
  expect((await greetingAt(routes[0]!)).startsWith('INFO ')).toBe(!isEncrypted);
  try {
    const heard = new Promise<string>((resolve) =>
      b.subscribe('synod.local.kv.*.b.>', ({ data }) => resolve(Buffer.from(data).toString())),
    );
    // What is said before the route is there is lost.
    const saying = setInterval(() => a.publish('synod.local.kv.a.b.append-entries', Buffer.from('hello')), 50);
    expect(await heard.finally(() => clearInterval(saying))).toBe('hello');
  } finally {
    await Promise.all([a.close(), b.close()]);
  }
});

function start(name: string, port: number): void {
  const args = ['-c', join(directory, `out/servers/${name}.conf`), '-p', String(port)];
  servers.push(spawn(process.env['SYNOD_NATS_SERVER'] ?? 'nats-server', args, { stdio: 'ignore', cwd: directory }));
}

/** What a server says of itself to whoever connects as another one and shows no certificate, before it hangs up. */
async function greetingAt(port: number): Promise<string> {
  const socket = dial(port, '127.0.0.1');
  let said = '';
  socket.on('data', (bytes) => {
    said += bytes.toString();
    socket.destroy();
  });
  await once(socket, 'close');
  return said;
}

function connected(user: string, port: number, tls?: TlsFiles) {
  const credentials = readCredentials(join(directory, `out/credentials/${user}.json`));
  return connectAs({ servers: `nats://127.0.0.1:${port}`, credentials, tls, name: user, timeoutMs: 20_000 });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
