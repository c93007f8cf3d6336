import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
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
const passwordOf = (user: string) =>
  JSON.parse(readFileSync(join(directory, 'out/credentials', `${user}.json`), 'utf8')).password as string;

test('writes what a broker and everyone who talks to it needs, for their owner only', async () => {
  const { code, out } = await init(
    '--dir',
    'out',
    '--cluster',
    'prod',
    '--listen',
    '0.0.0.0:4333',
    '--replica',
    'a',
    '--replica',
    'b',
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
    'srv-a',
    'srv-b',
    'srv-gateway',
  ]);
  expect(modeOf('out/nats-server.conf')).toBe(0o600);
  expect(modeOf('out/credentials')).toBe(0o700);
  for (const user of users) expect(modeOf(`out/credentials/${user}.json`)).toBe(0o600);
  const configuration = readFileSync(join(directory, 'out/nats-server.conf'), 'utf8');
  expect(configuration).toContain('listen: "0.0.0.0:4333"');
  expect(configuration).toContain(`user: "app", password: "${passwordOf('app')}"`);
  expect(out).not.toContain(passwordOf('app'));
});

test('a second call keeps the passwords that are in use', async () => {
  await init('--dir', 'out', '--replica', 'a');
  const before = passwordOf('a');
  const { out } = await init('--dir', 'out', '--replica', 'a', '--replica', 'b');
  expect(passwordOf('a')).toBe(before);
  expect(out).not.toContain(before);
});

test.each([
  [[], 'name each replica'],
  [['--replica', 'A B'], 'cannot be a part of a NATS subject'],
  [['--replica', 'a', '--replica', 'a'], 'two identities are named "a"'],
  [['--replica', 'replicas'], 'names a user and a multicast'],
  [['--replica', 'a', '--listen', 'here'], 'is not of the form 127.0.0.1:4222'],
  [['--replica', 'a', '--listen', 'here:99999'], 'the port of --listen'],
  [['--replica', 'a', '--cluster', 'x.y'], 'cluster'],
])('%j is refused, and nothing is written', async (args, message) => {
  const { code, err } = await init('--dir', 'out', ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(() => statSync(join(directory, 'out'))).toThrow('ENOENT');
});
