import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readCredentials } from '@synod/nats-transport';
import { publicKeyOf } from '@synod/nats-handshake';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './world.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'synod-identities-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const init = (...args: string[]) => run(['identities', 'init', ...args], { directory });
const modeOf = (path: string) => statSync(join(directory, path)).mode & 0o777;
const seedOf = (user: string) => readCredentials(join(directory, 'out/credentials', `${user}.json`)).seed;

test('writes what a broker and everyone who talks to it needs, for their owner only', async () => {
  const { code, out } = await init(
    '--dir',
    'out',
    '--cluster',
    'prod',
    '--listen',
    '0.0.0.0:4333',
    '--group',
    'kv=a,b',
    '--group',
    'paxos=p/q',
    '--client',
    'app',
    '--json',
  );
  expect(code).toBe(0);
  const { users } = JSON.parse(out);
  expect([...users].sort()).toEqual([
    'a',
    'admin',
    'app',
    'b',
    'cli',
    'gateway',
    'observer',
    'p',
    'q',
    'srv-a',
    'srv-b',
    'srv-gateway',
    'srv-p',
    'srv-q',
  ]);
  expect(modeOf('out/nats-server.conf')).toBe(0o600);
  expect(modeOf('out/credentials')).toBe(0o700);
  for (const user of users) expect(modeOf(`out/credentials/${user}.json`)).toBe(0o600);
  const configuration = readFileSync(join(directory, 'out/nats-server.conf'), 'utf8');
  expect(configuration).toContain('listen: "0.0.0.0:4333"');
  expect(configuration).toContain(`nkey: "${publicKeyOf(seedOf('app'))}" # app`);
  for (const user of users) {
    for (const said of [out, configuration, readFileSync(join(directory, 'out/identities.json'), 'utf8')]) {
      expect(said).not.toContain(seedOf(user));
    }
  }
  expect(configuration).toContain('"synod.prod.paxos.app.p.request"');
  expect(configuration).not.toContain('"synod.prod.paxos.app.q.request"');
});

test('what the server tells of itself is for its own machine, and only when asked for', async () => {
  const configuration = () => readFileSync(join(directory, 'out/nats-server.conf'), 'utf8');
  await init('--dir', 'out', '--group', 'kv=a', '--listen', '0.0.0.0:4222', '--monitor', '8222');
  expect(configuration()).toContain('http: "127.0.0.1:8222"');
  await init('--dir', 'out', '--group', 'kv=a');
  expect(configuration()).not.toContain('http');
});

test('a second call keeps the keys that are in use', async () => {
  await init('--dir', 'out', '--group', 'kv=a');
  const before = seedOf('a');
  const { out } = await init('--dir', 'out', '--group', 'kv=a,b');
  expect(seedOf('a')).toBe(before);
  expect(out).not.toContain(before);
});

test.each([
  [[], 'name each group'],
  [['--group', 'a'], '--group "a" is not of the form raft=raft-r1'],
  [['--group', 'kv=a/b/c'], '--group "kv=a/b/c" is not of the form'],
  [['--group', 'kv=a,A B'], 'cannot be a part of a NATS subject'],
  [['--group', 'K=a'], 'cannot be a part of a NATS subject'],
  [['--group', 'kv=a,,b'], 'cannot be a part of a NATS subject'],
  [['--group', 'kv=a,a'], 'two identities are named "a"'],
  [['--group', 'kv=a', '--group', 'paxos=p/a'], 'two identities are named "a"'],
  [['--group', 'kv=replicas'], 'names a user and a multicast'],
  [['--group', 'kv=a', '--listen', 'here'], 'is not of the form 127.0.0.1:4222'],
  [['--group', 'kv=a', '--listen', 'here:99999'], 'the port of --listen'],
  [['--group', 'kv=a', '--monitor', 'yes'], 'the port of --monitor'],
  [['--group', 'kv=a', '--cluster', 'x.y'], 'cluster'],
])('%j is refused, and nothing is written', async (args, message) => {
  const { code, err } = await init('--dir', 'out', ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(() => statSync(join(directory, 'out'))).toThrow('ENOENT');
});

test('with TLS it says how to ask, authority and certificate included', async () => {
  const { out } = await init('--dir', 'out', '--group', 'kv=a', '--tls', 'tls', '--mutual');
  const trust = `SYNOD_NATS_CA_FILE=${join(directory, 'tls', 'ca.crt')} SYNOD_NATS_CERT_FILE=FILE.crt SYNOD_NATS_KEY_FILE=FILE.key`;
  expect(out).toContain(`ask it with: ${trust} synod status`);
  const { out: plain } = await init('--dir', 'plain', '--group', 'kv=a', '--tls', 'tls');
  expect(plain).toContain(`ask it with: SYNOD_NATS_CA_FILE=${join(directory, 'tls', 'ca.crt')} synod status`);
});
