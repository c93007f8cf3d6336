import { statSync } from 'node:fs';
import { ReplicaConnection, connectAs } from '../src/index.js';
import { loginWith, newSeed, publicKeyOf } from '@synod/nats-handshake';
import type { Connection, ConnectionStatus } from '../src/index.js';
import { TestBroker, eventually } from '../src/testing.js';
import { RawClient } from './raw-client.js';
import type { LogIn } from './raw-client.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

/** A connection that keeps what it hears and what the server told it. */
interface Party {
  readonly connection: Connection;
  readonly heard: string[];
  readonly violations: string[];
}

describe('the server keeps everyone to what is theirs', () => {
  let broker: TestBroker;
  let observer: Party;
  const parties: Party[] = [];

  async function party(user: string): Promise<Party> {
    const violations: string[] = [];
    const onStatus = (status: ConnectionStatus): void => {
      if (status.kind === 'permissionViolation') violations.push(`${status.operation} ${status.subject}`);
    };
    const connection = await connectAs({
      servers: broker.url,
      credentials: broker.credentials(user),
      name: user,
      onStatus,
    });
    const made: Party = { connection, heard: [], violations };
    parties.push(made);
    return made;
  }

  function listen(to: Party, pattern: string): void {
    to.connection.subscribe(pattern, (message) => to.heard.push(`${message.subject} ${message.string()}`));
  }

  beforeAll(async () => {
    broker = await TestBroker.start();
    observer = await party('observer');
    listen(observer, 'synod.>');
    listen(observer, 'synod-bulk.>');
  });
  beforeEach(() => void (observer.heard.length = 0));
  afterAll(async () => {
    await Promise.all(parties.map(({ connection }) => connection.close()));
    await broker.close();
  });

  /** After this, whatever was published before on `sender`'s connection has been delivered or refused. */
  async function settle(sender: Party, permitted: string): Promise<void> {
    sender.connection.publish(permitted, Buffer.from('the end'));
    await eventually(`${permitted} passed`, () => observer.heard.includes(`${permitted} the end`));
  }

  test('its configuration can be read by its owner only', () => {
    expect(statSync(broker.configurationPath).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['anonymous', () => () => ({})],
    ['unknown', () => loginWith(newSeed())],
    ['known, and signs nothing', () => () => ({ nkey: publicKeyOf(broker.credentials('r1').seed) })],
    [
      'known, and signs with another’s key',
      () => (nonce: string) => ({
        ...loginWith(broker.credentials('r2').seed)(nonce),
        nkey: publicKeyOf(broker.credentials('r1').seed),
      }),
    ],
    ['known, and says again what was right once', () => () => broker.authenticator('r1')('earlier')],
    ['named, with its seed for a password', () => () => ({ user: 'r1', pass: broker.credentials('r1').seed })],
  ])('a client that is %s is refused', async (_name, login: () => LogIn) => {
    const stranger = new RawClient(broker, 'r1', login());
    stranger.publish('synod.test.g.r1.r2.vote', 'x');
    stranger.subscribe('>');
    await eventually('the server refused', () => stranger.heard.includes("-ERR 'Authorization Violation'"));
    stranger.close();
    await settle(await party('r3'), 'synod.test.g.r3.r1.vote');
    expect(observer.heard).toEqual(['synod.test.g.r3.r1.vote the end']);
  });

  test('a wrong key is an error for people, at once', async () => {
    const credentials = { user: 'r1', seed: newSeed() };
    await expect(connectAs({ servers: broker.url, credentials, name: 'x' })).rejects.toThrow(
      /refuses user "r1"; check that its credentials file belongs/,
    );
  });

  const spoofs: readonly (readonly [string, string, string, string])[] = [
    ['a replica as another replica', 'r1', 'synod.test.g.r2.r3.vote', 'synod.test.g.r1.r2.vote'],
    ['a replica as a client', 'r1', 'synod.test.g.client.r2.request', 'synod.test.g.r1.r2.vote'],
    [
      'a replica that asks, where bulky things are said',
      'r1',
      'synod-bulk.test.g.r1.r2.request',
      'synod.test.g.r1.r2.vote',
    ],
    ['a replica that changes members, there', 'r1', 'synod-bulk.test.g.r1.r2.member', 'synod.test.g.r1.r2.vote'],
    ['a replica in another cluster', 'r1', 'synod.other.g.r1.r2.vote', 'synod.test.g.r1.r2.vote'],
    ['a client as a replica', 'client', 'synod.test.g.r1.r2.vote', 'synod.test.g.client.r1.request'],
    ['a client as another client', 'client', 'synod.test.g.gateway.r1.request', 'synod.test.g.client.r1.request'],
    ['a client with a peer’s kind', 'client', 'synod.test.g.client.r1.vote', 'synod.test.g.client.r1.read'],
    ['a client with the admin’s kind', 'client', 'synod.test.g.client.r1.fault', 'synod.test.g.client.r1.read'],
    ['the admin with a peer’s kind', 'admin', 'synod.test.g.admin.r1.vote', 'synod.test.g.admin.r1.status'],
    ['a service user on the bus', 'srv-r1', 'synod.test.g.r1.r2.vote', ''],
    ['the observer', 'observer', 'synod.test.g.observer.r1.request', ''],
  ];
  test.each(spoofs)(
    '%s cannot publish: the server says so, and nobody hears it',
    async (_name, user, forbidden, allowed) => {
      const sender = await party(user);
      sender.connection.publish(forbidden, Buffer.from('spoofed'));
      await eventually('the violation is reported', () => sender.violations.length > 0);
      expect(sender.violations).toEqual([`publish ${forbidden}`]);
      expect(sender.connection.statistics.permissionViolations).toBe(1);
      await settle(allowed ? sender : await party('r3'), allowed || 'synod.test.g.r3.r1.vote');
      expect(observer.heard.filter((message) => message.includes('spoofed'))).toEqual([]);
    },
  );

  test.each([
    ['client', '>'],
    ['client', 'synod.>'],
    ['client', 'synod.test.g.*.r1.>'],
    ['client', 'synod.test.*.*.gateway.reply.>'],
    ['client', 'synod.test.g.*.everyone.>'],
    ['client', '_INBOX.>'],
    ['client', '_INBOX.admin.>'],
    ['r1', 'synod.test.g.*.r2.>'],
    ['r1', 'synod.test.*.*.*.>'],
    ['r1', 'synod-bulk.test.g.*.r2.>'],
    ['srv-r1', 'synod.>'],
    ['srv-r1', '_INBOX.>'],
    ['admin', 'synod.test.*.*.client.reply.>'],
    ['observer', '_INBOX.>'],
  ])('%s cannot eavesdrop on %s', async (user, pattern) => {
    const spy = await party(user);
    listen(spy, pattern);
    await eventually('the violation is reported', () => spy.violations.length > 0);
    expect(spy.violations).toEqual([`subscription ${pattern}`]);
    await settle(await party('r3'), 'synod.test.g.r3.r1.vote');
    await settle(await party('r3'), 'synod.test.g.r3.everyone.vote');
    expect(spy.heard).toEqual([]);
  });

  test('a reply-to aimed at a peer is harmless: replies go to the sender, wherever the request points', async () => {
    const join = async (name: string, heard: string[]): Promise<ReplicaConnection> => {
      const credentials = broker.credentials(name);
      const replica = await ReplicaConnection.connect({ servers: broker.url, credentials, name, cluster: 'test' });
      const members = new Set(['r1', 'r2']);
      const transport = replica.join({ group: 'g', everyone: 'everyone', members, peerKinds: new Set(['vote']) });
      transport.listen(({ from, kind }) => {
        heard.push(`${from} ${kind}`);
        if (kind === 'request') transport.publish(from, 'reply.x7', Buffer.from('done'));
      });
      return replica;
    };
    const [atR1, atR2]: [string[], string[]] = [[], []];
    const replicas = [await join('r1', atR1), await join('r2', atR2)];
    const attacker = new RawClient(broker, 'client');
    attacker.subscribe('synod.test.*.*.client.reply.x7');
    attacker.publish('synod.test.g.client.r1.request', 'x', 'synod.test.g.r1.r2.vote');
    await eventually('the reply came to the client', () => attacker.heard.includes('synod.test.g.r1.client.reply.x7'));
    const seen = (): string[] => observer.heard.filter((line) => / (x|done)$/.test(line));
    await eventually('the observer saw both', () => seen().length >= 2);
    expect(seen()).toEqual(['synod.test.g.client.r1.request x', 'synod.test.g.r1.client.reply.x7 done']);
    expect([atR1, atR2]).toEqual([['client request'], []]);
    attacker.close();
    await Promise.all(replicas.map((replica) => replica.close()));
  });
});
