import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectSocket, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectNats } from '@nats-io/transport-node';
import { eventually } from '@synod/nats-transport/testing';
import { connect } from '../src/index.js';
import { cluster, FakeGroup } from './fake-group.js';
import { failure, stage } from './stage.js';

/** Passes bytes on, until it freezes: then what is connected stays so, but silent; new connections work. */
class FreezingProxy {
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(target: number): Promise<FreezingProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new FreezingProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (near) => {
      proxy.connections++;
      const far = connectSocket(target, '127.0.0.1');
      for (const socket of [near, far]) proxy.sockets.add(socket.on('error', () => {}));
      near.pipe(far).pipe(near);
    });
    return proxy;
  }

  freeze(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

const here = stage();
/** Of nobody. */
const unknown = 'SUAMLK2ZNL35WSMW37E7UD4VZ7ELPKW7DHC3BWBSD2GCZ7IUQQXZIORRBU';

test('a wrong key, none, no server and a name that is none are told apart', async () => {
  const { broker } = here;
  const wrong = { servers: broker.url, cluster, user: 'client', seed: unknown };
  expect(await failure(connect(wrong))).toMatchObject({ code: 'unauthorized' });
  const typo = await failure(connect({ ...wrong, seed: 'secret' }));
  expect(typo).toMatchObject({ code: 'invalid', message: expect.not.stringContaining('secret') });
  const nobody = { servers: '127.0.0.1:1', cluster, user: 'client', seed: unknown };
  expect(await failure(connect(nobody))).toMatchObject({ code: 'unavailable' });
  expect(await failure(connect({ ...nobody, cluster: 'Not A Token' }))).toMatchObject({ code: 'invalid' });
  expect(() => here.client.group('a.b')).toThrow(/group must be 1 to 32/);
});

test('a user that may not receive replies is told at once', async () => {
  const { broker } = here;
  const connection = await connectNats({ servers: broker.url, authenticator: broker.authenticator('client') });
  expect(await failure(connect({ connection, cluster, user: 'other' }))).toMatchObject({ code: 'unauthorized' });
  await connection.close();
});

test('a user that may not publish is told at its first call', async () => {
  const { broker } = here;
  const connection = await connectNats({ servers: broker.url, authenticator: broker.authenticator('client') });
  const publish = connection.publish.bind(connection);
  connection.publish = (subject, ...rest) => publish(subject.replace('.client.', '.other.'), ...rest);
  const client = await connect({ connection, cluster, user: 'client' });
  const error = await failure(client.group('kv').put('a', '1'));
  expect(error).toMatchObject({ code: 'unauthorized', mayHaveTakenEffect: false });
  await client.close();
  expect(connection.isClosed()).toBe(false);
  await connection.close();
});

test('one client, several groups', async () => {
  const other = await FakeGroup.start(here.broker, 'other');
  await Promise.all([here.kv.put('a', '1'), here.client.group('other').put('a', '2')]);
  expect((await here.kv.get('a')).entry?.text).toBe('1');
  expect((await here.client.group('other').get('a')).entry?.text).toBe('2');
  expect(here.client.group('kv')).toBe(here.kv);
  await other.close();
});

test('describe says what each replica says', async () => {
  here.group.elect('r2');
  const descriptions = await here.kv.describe();
  expect(descriptions.map(({ replica, role, leader }) => [replica, role, leader])).toEqual([
    ['r1', 'follower', 'r2'],
    ['r2', 'leader', 'r2'],
    ['r3', 'follower', 'r2'],
  ]);
  here.group.answersDiscovery = false;
  await new Promise((resolve) => setTimeout(resolve, 100)); // answers to earlier questions may still be on their way
  expect(await here.client.group('kv').describe(50)).toEqual([]);
});

test('close waits for what is under way, and refuses what comes later', async () => {
  const { group, kv, client } = here;
  await kv.put('a', '1');
  group.script = (received) => {
    if (received.request === undefined) return false;
    setTimeout(() => group.serve(received), 50);
    return true;
  };
  const put = kv.put('a', '2');
  const closed = client.close();
  expect(await failure(kv.put('a', '3'))).toMatchObject({ code: 'closed', mayHaveTakenEffect: false });
  await closed;
  expect((await put).existed).toBe(true);
});

test('close ends within its bound, and says which writes are of unknown outcome', async () => {
  const { group, kv, client } = here;
  await kv.put('a', '1');
  group.script = ({ request, read }) => request !== undefined || read?.level === 'linearizable';
  const [write, read] = [failure(kv.put('a', '2')), failure(kv.get('a'))];
  await eventually('both are out', () => group.requests.length === 2 && group.reads.length === 1);
  await client.close({ drainMs: 30 });
  expect((await write).code).toBe('unknownOutcome');
  expect((await read).code).toBe('closed');
});

test('a half-open connection is left for a new one', async () => {
  const proxy = await FreezingProxy.start(here.broker.port);
  const kv = (await here.connect({ servers: `127.0.0.1:${proxy.port}` })).group('kv');
  await kv.put('a', '1');
  proxy.freeze();
  expect((await kv.put('a', '2', { timeoutMs: 15_000 })).existed).toBe(true);
  expect(proxy.connections).toBe(2);
  await proxy.close();
}, 20_000);

test('close ends while the broker is away', async () => {
  const { broker, kv, client } = here;
  await kv.put('a', '1');
  await broker.stop();
  const put = failure(kv.put('a', '2'));
  await client.close({ drainMs: 50 });
  await broker.run();
  // Unknown when it went into a socket whose end was not noticed yet.
  expect(['closed', 'unknownOutcome']).toContain((await put).code);
});

test('a process that closes its client ends by itself', async () => {
  const { broker } = here;
  const script = join(__dirname, 'short-life.ts');
  const arguments_ = ['--import', 'tsx', '-C', '@synod/source', script, broker.url, broker.credentialsPath('client')];
  const output = await new Promise<string>((resolve, reject) =>
    execFile(process.execPath, arguments_, { timeout: 8000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    ),
  );
  expect(output).toBe('1\n');
}, 10_000);
