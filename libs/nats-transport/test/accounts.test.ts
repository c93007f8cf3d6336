import { readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { ReplicaConnection, connectAs, userOf } from '../src/index.js';
import { newSeed, publicKeyOf } from '@synod/nats-handshake';
import type { Connection, NatsTransport } from '../src/index.js';
import { accountsOf } from '../src/accounts.js';
import { TestBroker, eventually, identitiesForTests } from '../src/testing.js';
import { RawClient } from './raw-client.js';

// The machine may be busy with other tests.
jest.setTimeout(90_000);

describe('accounts', () => {
  const accounts = accountsOf(identitiesForTests(), 'test');
  const account = (name: string) => accounts.find((one) => one.name === name)!;

  test('members share one without limits; everybody else has one of his own with limits', () => {
    const users = accounts.map(({ users, limits }) => [users.map(userOf).join(' '), limits !== undefined]);
    expect(users).toEqual([
      ['r1 r2 r3', false],
      ...['srv-r1', 'srv-r2', 'srv-r3', 'gateway', 'srv-gateway', 'client', 'observer', 'admin'].map((user) => [
        user,
        true,
      ]),
    ]);
  });

  test('a client’s lets out what is said in his name to members, and lets in what is said to him by them', () => {
    const { exports, imports } = account('client');
    expect([...exports]).toEqual([['synod.test.*.client.*.*', ['SYNOD', 'observer']]]);
    expect(imports).toEqual([{ from: 'SYNOD', subject: 'synod.test.*.*.client.*.>' }]);
  });

  test('the observer’s lets out nothing; a registered service’s has to do with the admin only', () => {
    expect(account('observer').exports.size).toBe(0);
    expect([...account('srv-r1').exports]).toEqual([['_INBOX.admin.>', ['admin']]]);
    expect(account('srv-r1').imports).toEqual([{ from: 'admin', subject: '$SRV.>' }]);
  });

  test('whatever one lets in, another lets out to it, and the other way round', () => {
    const outs = accounts.flatMap(({ name, exports }) =>
      [...exports].flatMap(([subject, to]) => to.map((other) => `${name} ${other} ${subject}`)),
    );
    const ins = accounts.flatMap(({ name, imports }) =>
      imports.map(({ from, subject }) => `${from} ${name} ${subject}`),
    );
    expect(outs.sort()).toEqual(ins.sort());
  });
});

describe('on a real server', () => {
  let broker: TestBroker;
  const open: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(made: T): T => {
    open.push(made);
    return made;
  };

  beforeEach(async () => void (broker = await TestBroker.start()));
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await broker.close();
  });

  const enter = async (user: string, timeoutMs = 10_000): Promise<Connection> =>
    keep(await connectAs({ servers: broker.url, credentials: broker.credentials(user), name: user, timeoutMs }));

  async function member(
    name: string,
    heard: string[],
  ): Promise<NatsTransport & { readonly connection: ReplicaConnection }> {
    const credentials = broker.credentials(name);
    const connection = keep(
      await ReplicaConnection.connect({ servers: broker.url, credentials, name, cluster: 'test' }),
    );
    const members = new Set(['r1', 'r2', 'r3']);
    const transport = connection.join({ group: 'g', everyone: 'everyone', members, peerKinds: new Set(['vote']) });
    transport.listen(
      ({ from, kind, payload }) => void heard.push(`${from} ${kind} ${Buffer.from(payload).toString()}`),
    );
    return Object.assign(transport, { connection });
  }

  function stranger(user: string): RawClient {
    return keep(new RawClient(broker, user));
  }

  async function connectionsOf(user: string): Promise<number> {
    const url = `http://127.0.0.1:${broker.monitorPort}/connz?acc=${user}&limit=2000`;
    return ((await (await fetch(url)).json()) as { num_connections: number }).num_connections;
  }

  test('one who opens connections without end has his share, and takes no replica’s place nor another client’s', async () => {
    const heard: string[] = [];
    const r1 = await member('r1', heard);
    const crowd: RawClient[] = [];
    const storm = setInterval(() => {
      for (let i = 0; i < 100; i++) crowd.push(stranger('client'));
      for (const old of crowd.splice(0, Math.max(0, crowd.length - 1500))) old.close();
    }, 20);
    try {
      await eventually('there is a crowd', () => crowd.length >= 1200, 60_000);
      const sockets = r1.connection as unknown as Record<'peers' | 'clients', { readonly nats: unknown }>;
      for (const { nats } of [sockets.peers, sockets.clients]) {
        (nats as { protocol: { transport: { socket: Socket } } }).protocol.transport.socket.destroy();
      }
      await eventually('the replica knows', () => !r1.connection.connected);
      await eventually('the replica is back', () => r1.connection.connected, 5000);
      const gateway = await enter('gateway', 5000);
      await eventually('and hears another client', () => {
        gateway.publish('synod.test.g.gateway.r1.request', Buffer.from('x'));
        return heard.includes('gateway request x');
      });
      expect(await connectionsOf('client')).toBeLessThanOrEqual(64);
    } finally {
      clearInterval(storm);
    }
  });

  test('he is told why he cannot come in', async () => {
    const crowd = Array.from({ length: 64 }, () => stranger('client'));
    await eventually('all are in', () => crowd.every((one) => one.heard.includes('INFO')));
    for (const one of crowd) one.ping();
    await eventually('all are in', () => crowd.every((one) => one.heard.includes('PONG')));
    await expect(enter('client', 500)).rejects.toThrow(/does not let "client" in: .*no room for another connection/);
    const last = stranger('client');
    await eventually('the server says so', () => last.heard.includes('maximum account active connections exceeded'));
  });

  test('his subscriptions and messages have bounds, too', async () => {
    const greedy = stranger('client');
    for (let i = 0; i < 65; i++) greedy.subscribe('synod.test.*.*.client.reply.x', i);
    await eventually('the server says so', () => /maximum subscriptions exceeded/i.test(greedy.heard));
    const large = stranger('client');
    large.publish('synod.test.g.client.r1.request', 'x'.repeat(140_000));
    await eventually('the server says so', () => /maximum payload violation/i.test(large.heard));
  });

  test('without any permission to keep him from it, he still speaks for nobody else, and overhears nothing', async () => {
    await broker.close();
    const careless = (configuration: string): string =>
      configuration.replace(/(nkey: .* # client)\n\s*permissions: \{\n.*\n.*\n\s*\}/, '$1');
    broker = await TestBroker.start('test', identitiesForTests(), careless);
    expect(readFileSync(broker.configurationPath, 'utf8')).toMatch(/nkey: .* # client\n\s*\}/);
    const heard: string[] = [];
    const r1 = await member('r1', []);
    await member('r2', heard);
    const mallory = await enter('client');
    const overheard: string[] = [];
    mallory.subscribe('>', (message) => overheard.push(`${message.subject} ${message.string()}`));
    const [real, forged] = [Buffer.from('real'), Buffer.from('forged')];
    await eventually('he is heard as himself', () => {
      mallory.publish('synod.test.g.r1.r2.vote', forged);
      mallory.publish('synod.test.g.gateway.r2.request', forged);
      mallory.publish('synod.test.g.client.r2.request', real);
      r1.publish('r2', 'vote', real);
      r1.publish('gateway', 'reply.x', real);
      r1.publish('client', 'reply.x', real);
      const answered = overheard.includes('synod.test.g.r1.client.reply.x real');
      return answered && heard.includes('client request real') && heard.includes('r1 vote real');
    });
    expect([...new Set(heard)].sort()).toEqual(['client request real', 'r1 vote real']);
    // What he says himself comes back to him; of the others he hears what is said to him.
    const said = [...new Set(overheard)].filter((line) => line.endsWith(' real'));
    expect(said.sort()).toEqual(['synod.test.g.client.r2.request real', 'synod.test.g.r1.client.reply.x real']);
  });

  test('whose user is taken away is cut off at once, and the others go on', async () => {
    const heard: string[] = [];
    await member('r1', heard);
    const mallory = stranger('client');
    const gateway = await enter('gateway');
    mallory.ping();
    await eventually('he is in', () => mallory.heard.includes('PONG'));
    const configuration = readFileSync(broker.configurationPath, 'utf8');
    writeFileSync(
      broker.configurationPath,
      configuration.replace(/nkey: "[^"]*" # client/, `nkey: "${publicKeyOf(newSeed())}"`),
    );
    broker.reload();
    await eventually('he is out', () => mallory.isCutOff);
    const again = stranger('client');
    await eventually('he stays out', () => /Authorization Violation/.test(again.heard));
    heard.length = 0;
    await eventually('the gateway is heard', () => {
      gateway.publish('synod.test.g.gateway.r1.request', Buffer.from('x'));
      return heard.includes('gateway request x');
    });
    expect(gateway.statistics.reconnects).toBe(0);
  });
});
