import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SynodError } from '@synod/client';
import { ensureCredentials } from '@synod/nats-transport';
import { asCommandError, exitCodes } from '../src/exit-codes.js';
import { run } from './world.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'synod-cli-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function writeStack(stack: unknown): void {
  mkdirSync(join(directory, '.synod'));
  writeFileSync(join(directory, '.synod', 'stack.json'), typeof stack === 'string' ? stack : JSON.stringify(stack));
}

const stack = {
  pid: process.pid,
  cluster: 'local',
  nats: 'nats://127.0.0.1:1',
  credentials: '/nowhere',
  groups: { raft: { protocol: 'raft', everyone: 'replicas', members: ['raft-r1'] } },
  services: [{ name: 'raft-r1' }],
};

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

test('without a cluster the message says what to run', async () => {
  for (const command of [['get', 'a'], ['status'], ['tap'], ['trace'], ['fault', 'heal'], ['fault', 'kill', 'r1']]) {
    const { code, err, out } = await run(command, { directory });
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toContain('npm start');
  }
});

test('a stack whose launcher has ended is not asked', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeStack({ ...stack, pid });
  const { code, err } = await run(['get', 'a'], { directory });
  expect(code).toBe(4);
  expect(err).toContain('has ended; start it again: npm start');
});

test('of several groups the first one is meant, unless another is named', async () => {
  const { raft } = stack.groups;
  writeStack({ ...stack, groups: { raft, paxos: { ...raft, protocol: 'paxos' } } });
  for (const command of [['status'], ['status', '--group', 'paxos']]) {
    const { code, err } = await run(command, { directory });
    expect([code, err]).toEqual([1, expect.stringContaining('no credentials for user admin')]);
  }
  const { code, err } = await run(['status', '--group', 'zab'], { directory });
  expect([code, err]).toEqual([2, expect.stringContaining('has no group zab; it has raft, paxos')]);
});

test('a damaged stack file is named', async () => {
  writeStack('{');
  expect((await run(['get', 'a'], { directory })).err).toContain(join('.synod', 'stack.json is damaged'));
  writeFileSync(join(directory, '.synod', 'stack.json'), '{"pid":1}');
  expect((await run(['get', 'a'], { directory })).err).toContain('is not complete');
});

test('a group or a service that the stack does not have', async () => {
  writeStack(stack);
  expect(await run(['get', 'a', '--group', 'x'], { directory })).toMatchObject({
    code: 2,
    err: expect.stringContaining('it has raft'),
  });
  expect(await run(['fault', 'kill', 'r7'], { directory })).toMatchObject({
    code: 2,
    err: expect.stringContaining('none of raft-r1'),
  });
  expect(await run(['fault', 'kill', 'r1'], { directory })).toMatchObject({
    code: 1,
    err: expect.stringContaining('not running just now'),
  });
});

test('of services with names alike, those of the named group are meant', async () => {
  const other = { protocol: 'pbft', everyone: 'replicas', members: ['pbft-r1'] };
  const services = [...stack.services, { name: 'pbft-r1' }, { name: 'gateway' }];
  writeStack({ ...stack, groups: { ...stack.groups, pbft: other }, services });
  const kill = async (...args: string[]) => (await run(['fault', 'kill', ...args], { directory })).err;
  expect(await kill('r1')).toContain('could be several of raft-r1, pbft-r1');
  for (const group of ['raft', 'pbft'])
    expect(await kill('r1', '--group', group)).toContain(`${group}-r1 is not running`);
  expect(await kill('gateway')).toContain('gateway is not running');
  expect(await kill('gateway', '--group', 'raft')).toContain('is none of raft-r1');
  expect(await kill('r1', '--group', 'zab')).toContain('has no group zab');
});

test('credentials that are not there, and those that are', async () => {
  const nats = ['--nats', 'nats://127.0.0.1:1'];
  expect((await run(['get', 'a', ...nats], { directory })).err).toContain('--credentials DIR');
  const missing = await run(['get', 'a', ...nats, '--credentials', join(directory, 'none')], { directory });
  expect(missing.err).toContain('there is no such directory');
  ensureCredentials(directory, ['app']);
  const other = await run(['get', 'a', ...nats, '--credentials', directory], { directory });
  expect(other.err).toContain('choose with --user out of app');
});

test('a broker that is not there: by options, or by the environment', async () => {
  ensureCredentials(directory, ['app']);
  const url = `nats://127.0.0.1:${await closedPort()}`;
  const environment = { SYNOD_NATS_URL: url, SYNOD_CREDENTIALS: directory, SYNOD_USER: 'app' };
  for (const command of [['get', 'a'], ['status'], ['tap'], ['fault', 'heal']]) {
    const { code, err } = await run(command, { directory, environment });
    expect(code).toBe(4);
    expect(err).toContain(url);
  }
});

test.each([
  [new SynodError('unavailable', ''), 4],
  [new SynodError('noQuorum', ''), 4],
  [new SynodError('unknownOutcome', ''), 5],
  [new SynodError('sessionExpired', ''), 5],
  [new SynodError('tooLarge', ''), 2],
  [new SynodError('invalid', ''), 2],
  [new SynodError('unauthorized', ''), 1],
  [new SynodError('overloaded', ''), 1],
  [new TypeError('?'), 1],
])('%s exits with %d', (error, code) => {
  expect(exitCodes[asCommandError(error).exitCode].value).toBe(code);
});

describe('a checkout that was not built says how to build', () => {
  /** What a checkout has of the command line, and `files` besides. */
  function checkout(files: Readonly<Record<string, string>>): void {
    const root = join(__dirname, '../../..');
    for (const file of ['package.json', 'apps/cli/package.json', 'apps/cli/bin']) {
      cpSync(join(root, file), join(directory, file), { recursive: true });
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), text);
    }
  }

  it.each([
    ['nothing was', {}],
    ['a part of the command line was not', { 'apps/cli/dist/main.js': "import './synod.js';" }],
    ['there are no packages', { 'apps/cli/dist/main.js': "import '@synod/client';" }],
  ])('%s', (_, files) => {
    checkout(files);
    const program = join(directory, 'apps/cli/bin/synod.js');
    const { status, stderr } = spawnSync(process.execPath, [program, 'status'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^synod is not built yet\. `npm start` in .+\n$/) }); // prettier-ignore
  });

  // Without packages npx finds it by the checkout's own package.json, or looks for a package of this name elsewhere.
  it('to npx, before anything was installed', () => {
    checkout({});
    const asks = ['--offline', 'synod', 'status'];
    const { status, stderr } = spawnSync('npx', asks, { cwd: directory, encoding: 'utf8' });
    expect(stderr).toContain('synod is not built yet. `npm start` in ');
    expect(status).toBe(1);
  }, 60_000);

  it('what else goes wrong in it is not taken for that', () => {
    checkout({ 'apps/cli/dist/main.js': "throw new Error('something else');" });
    const { stderr } = spawnSync(process.execPath, [join(directory, 'apps/cli/bin/synod.js')], { encoding: 'utf8' });
    expect(stderr).toContain('something else');
    expect(stderr).not.toContain('npm start');
  });
});
