import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAs, credentialsPath, readCredentials } from '@synod/nats-transport';
import type { Connection, Credentials } from '@synod/nats-transport';
import { BrokerServer, freePorts, onLoopback, poll } from '@synod/process-group';
import { run } from './world.js';

// On a real server: who is taken out is out, at once and for good, and nobody else notices.

jest.setTimeout(60_000);

let directory: string;
let server: BrokerServer;
const open: Connection[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'synod-revocation-'));
  const [port, monitorPort] = await freePorts(2);
  const listen = `127.0.0.1:${port}`;
  const { code } = await synod(
    'init',
    '--group',
    'kv=r1,r2',
    '--client',
    'app',
    '--client',
    'other',
    '--listen',
    listen,
  );
  expect(code).toBe(0);
  const configuration = join(directory, 'nats-server.conf');
  server = new BrokerServer('nats', configuration, onLoopback, port!, monitorPort!, join(directory, 'nats.log'));
  await server.run();
});
afterAll(async () => {
  for (const connection of open) await connection.close();
  await server?.kill();
  rmSync(directory, { recursive: true, force: true });
});

function synod(word: string, ...args: string[]) {
  return run(['identities', word, ...args, '--dir', directory], { directory });
}

const signal = () => ['--signal', String(server.pid)];
const pathOf = (user: string) => credentialsPath(join(directory, 'credentials'), user);
const keyOf = (user: string): Credentials => readCredentials(pathOf(user));

async function enter(user: string, credentials = keyOf(user)): Promise<Connection> {
  const connection = await connectAs({ servers: server.url, credentials, name: user, timeoutMs: 5000 });
  open.push(connection);
  return connection;
}

/** The server has read its configuration again. */
async function reloaded(times: number): Promise<void> {
  const count = () => server.log().split('Reloaded server configuration').length - 1;
  await poll(
    () => count() >= times,
    10_000,
    () => server.log(),
  );
}

test('a revoked user is cut off and cannot come back; all others go on, and a new one is let in', async () => {
  const [app, r1, r2] = [await enter('app'), await enter('r1'), await enter('r2')];
  const stolen = keyOf('app');
  const heard: string[] = [];
  r1.subscribe('synod.local.*.*.r1.vote', ({ subject, data }) => void heard.push(`${subject} ${Buffer.from(data)}`));
  const voted = (vote: string) => {
    r2.publish('synod.local.kv.r2.r1.vote', Buffer.from(vote));
    return heard.includes(`synod.local.kv.r2.r1.vote ${vote}`) || undefined;
  };
  await poll(
    () => voted('before'),
    10_000,
    () => 'the members do not hear each other',
  );
  const { code, out } = await synod('revoke', 'app', ...signal());
  expect([code, out]).toEqual([0, 'revoked: app\n']);
  await reloaded(1);
  await poll(
    () => !app.connected || undefined,
    10_000,
    () => 'it is still there',
  );
  expect(existsSync(pathOf('app'))).toBe(false);
  await expect(enter('app', stolen)).rejects.toThrow(/refuses user "app"/);
  await poll(
    () => voted('after'),
    10_000,
    () => 'the members do not hear each other any more',
  );
  expect([r1.statistics.reconnects, r2.statistics.reconnects, app.connected]).toEqual([0, 0, false]);

  expect((await synod('add', 'app', 'third', ...signal())).code).toBe(0);
  await reloaded(2);
  expect((await enter('third')).connected).toBe(true);
  expect((await enter('app')).connected).toBe(true);
  await expect(enter('app', stolen)).rejects.toThrow(/refuses user "app"/);
  expect([r1.statistics.reconnects, r2.statistics.reconnects]).toEqual([0, 0]);
});

test('a key that is rotated lets nobody in any more, and the new one does', async () => {
  const other = await enter('other');
  const [before, r1] = [keyOf('other'), await enter('r1')];
  const { code, out } = await synod('rotate', 'other', ...signal());
  expect([code, out]).toEqual([0, 'rotated: other\n']);
  await poll(
    () => !other.connected || undefined,
    10_000,
    () => 'it is still there',
  );
  await expect(enter('other', before)).rejects.toThrow(/refuses user "other"/);
  expect((await enter('other')).connected).toBe(true);
  expect(r1.statistics.reconnects).toBe(0);
});

test('a member goes with its registration; what others may say to it goes, too', async () => {
  const configuration = () => readFileSync(join(directory, 'nats-server.conf'), 'utf8');
  expect(configuration()).toContain('.r2.');
  const { out } = await synod('revoke', 'r2', '--json');
  expect(JSON.parse(out)).toEqual({
    revoked: ['r2', 'srv-r2'],
    configuration: join(directory, 'nats-server.conf'),
    reloaded: false,
  });
  expect(configuration()).not.toMatch(/r2/);
  // Again, as after an interruption.
  expect((await synod('revoke', 'r2')).code).toBe(0);
});

test('what is wrong is said, and changes nothing', async () => {
  const before = readFileSync(join(directory, 'nats-server.conf'), 'utf8');
  for (const [args, message] of [
    [['revoke', 'nobody'], 'there is no user "nobody"'],
    [['revoke', '../../etc'], 'there is no user'],
    [['rotate', 'r2'], 'there is no user "r2"'],
    [['add', 'r1'], 'two identities are named "r1"'],
    [['add', 'A B'], 'cannot be a part of a NATS subject'],
  ] as const) {
    const { code, err } = await synod(...(args as unknown as [string, string]));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  }
  expect(readFileSync(join(directory, 'nats-server.conf'), 'utf8')).toBe(before);
  expect((await run(['identities', 'revoke', 'r1'], { directory: '/nowhere' })).err).toContain(
    '`synod identities init`',
  );
  const roster = join(directory, 'identities.json');
  const kept = readFileSync(roster, 'utf8');
  for (const text of [
    'x',
    'null',
    '{"version":2}',
    '{"version":1,"init":{"group":[5]},"revoked":[]}',
    '{"version":1,"init":{}}',
  ]) {
    writeFileSync(roster, text);
    expect((await synod('revoke', 'r1')).err).toContain(roster);
  }
  writeFileSync(roster, kept);
  const gone = await synod('rotate', 'r1', '--signal', '4194304');
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('is written, but process 4194304 was not told')]);
});

test('of several servers it is said that each has a file of its own, and is to reload', async () => {
  const several = mkdtempSync(join(tmpdir(), 'synod-several-'));
  const at = (word: string, ...args: string[]) =>
    run(['identities', word, ...args, '--dir', several], { directory: several });
  const servers = ['--server', 'n0=127.0.0.1:6222', '--server', 'n1=127.0.0.1:6223'];
  expect((await at('init', '--group', 'kv=r1', '--client', 'app', ...servers)).code).toBe(0);
  const files = ['n0', 'n1'].map((name) => join(several, 'servers', `${name}.conf`)).join(', ');
  expect((await at('revoke', 'app')).out).toContain(`not yet in force; in force at each server when it has its new file (${files})`); // prettier-ignore
  const told = await at('rotate', 'r1', ...signal());
  expect(told.out).toContain(`one server was told; in force at each of the others when it has its new file (${files})`);
  rmSync(several, { recursive: true, force: true });
});

test('init --keep leaves out who was revoked, and in who was added; without it they are as it says', async () => {
  const other = mkdtempSync(join(tmpdir(), 'synod-kept-'));
  const at = (word: string, ...args: string[]) =>
    run(['identities', word, ...args, '--dir', other], { directory: other });
  const init = async (...args: string[]): Promise<readonly string[]> => {
    const { code, out } = await at('init', '--group', 'kv=r1,r2', '--client', 'app', '--json', ...args);
    expect(code).toBe(0);
    return (JSON.parse(out) as { readonly users: readonly string[] }).users;
  };
  const key = (user: string): string => readFileSync(credentialsPath(join(other, 'credentials'), user), 'utf8');
  try {
    const first = await init('--keep');
    await at('add', 'extra');
    await at('revoke', 'app');
    const [r1, extra] = [key('r1'), key('extra')];
    expect([...(await init('--keep'))].sort()).toEqual([...first.filter((user) => user !== 'app'), 'extra'].sort());
    expect([key('r1'), key('extra')]).toEqual([r1, extra]);
    expect([...(await init())].sort()).toEqual([...first].sort());
    // Who is revoked stays so, whoever else is, and whoever is added.
    await init();
    await at('revoke', 'app');
    await at('revoke', 'r2');
    await at('add', 'third');
    const left = [...first.filter((user) => !/^(srv-)?(app|r2)$/.test(user)), 'third'];
    expect([...(await init('--keep'))].sort()).toEqual(left.sort());
    // Forgotten, it would have all servers speak in the clear.
    await run(['certs', 'init', '--dir', join(other, 'tls')], { directory: other });
    const tls = ['--tls', join(other, 'tls')];
    await init('--keep', ...tls);
    const { code, err } = await at('init', '--keep', '--group', 'kv=r1,r2');
    expect([code, err]).toEqual([2, expect.stringContaining('an earlier call had --tls: say it again')]);
    expect(readFileSync(join(other, 'nats-server.conf'), 'utf8')).toContain('tls {');
    await init('--keep', ...tls);
    await init();
    expect(readFileSync(join(other, 'nats-server.conf'), 'utf8')).not.toContain('tls {');
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});
