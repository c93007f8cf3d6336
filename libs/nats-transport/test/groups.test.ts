import { ReplicaConnection, connectAs } from '../src/index.js';
import type { Connection, ConnectionStatus, Identity } from '../src/index.js';
import { TestBroker, eventually } from '../src/testing.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

const multicasts = ['replicas'];
const member = (role: 'replica' | 'acceptor', name: string, group: string): Identity => {
  return { role, name, groups: [group], multicasts };
};

/** A group of replicas that are alike, and one of proposers and acceptors, at one broker. */
const identities: readonly Identity[] = [
  ...['r1', 'r2'].map((name) => member('replica', name, 'raft')),
  ...['p1', 'p2'].map((name) => member('replica', name, 'paxos')),
  ...['a1', 'a2'].map((name) => member('acceptor', name, 'paxos')),
  { role: 'client', name: 'app' },
  { role: 'gateway', name: 'gateway' },
  { role: 'admin', name: 'admin' },
  { role: 'observer', name: 'observer' },
];

interface Party {
  readonly connection: Connection;
  readonly heard: string[];
  readonly violations: string[];
}

describe('the server keeps groups and roles apart', () => {
  let broker: TestBroker;
  let observer: Party;
  const parties: Party[] = [];

  async function party(user: string): Promise<Party> {
    const violations: string[] = [];
    const onStatus = (status: ConnectionStatus): void => {
      if (status.kind === 'permissionViolation') violations.push(`${status.operation} ${status.subject}`);
    };
    const credentials = broker.credentials(user);
    const connection = await connectAs({ servers: broker.url, credentials, name: user, onStatus });
    const made: Party = { connection, heard: [], violations };
    parties.push(made);
    return made;
  }

  function listen(to: Party, pattern: string): void {
    to.connection.subscribe(pattern, (message) => to.heard.push(`${message.subject} ${message.string()}`));
  }

  const marks = { number: 0 };

  /** After this, whatever was published before by `sender` has been delivered or refused. */
  async function settle(sender: Party, permitted: string): Promise<void> {
    const mark = `mark-${marks.number++}`;
    sender.connection.publish(permitted, Buffer.from(mark));
    await eventually(`${permitted} passed`, () => observer.heard.includes(`${permitted} ${mark}`));
  }

  beforeAll(async () => {
    broker = await TestBroker.start('test', identities);
    observer = await party('observer');
    listen(observer, 'synod.>');
    listen(observer, 'synod-bulk.>');
  });
  beforeEach(() => void (observer.heard.length = 0));
  afterAll(async () => {
    await Promise.all(parties.map(({ connection }) => connection.close()));
    await broker.close();
  });

  test.each([
    ['a client to an acceptor', 'app', 'synod.test.paxos.app.a1.request', 'synod.test.paxos.app.p1.request'],
    ['a client to an acceptor, reading', 'app', 'synod.test.paxos.app.a1.read', 'synod.test.paxos.app.p1.read'],
    ['a client to an acceptor, deciding', 'app', 'synod.test.paxos.app.a1.decide', 'synod.test.paxos.app.p1.decide'],
    ['a client to everyone, writing', 'app', 'synod.test.paxos.app.replicas.request', 'synod.test.paxos.app.p1.read'],
    ['a client to another group’s replica', 'app', 'synod.test.raft.app.p1.read', 'synod.test.raft.app.r1.read'],
    ['a client in a group that is not there', 'app', 'synod.test.else.app.r1.read', 'synod.test.raft.app.r1.read'],
    ['a client as a peer', 'app', 'synod.test.paxos.app.a1.prepare', 'synod.test.paxos.app.p1.read'],
    ['a client that changes members', 'app', 'synod.test.paxos.app.p1.member', 'synod.test.paxos.app.p1.read'],
    ['the gateway to an acceptor', 'gateway', 'synod.test.paxos.gateway.a1.read', 'synod.test.paxos.gateway.a1.status'],
    [
      'the gateway that changes members',
      'gateway',
      'synod.test.paxos.gateway.p1.member',
      'synod.test.paxos.gateway.p1.read',
    ],
    [
      'the admin to an acceptor about members',
      'admin',
      'synod.test.paxos.admin.a1.member',
      'synod.test.paxos.admin.p1.member',
    ],
    [
      'the admin to an acceptor, as a client',
      'admin',
      'synod.test.paxos.admin.a1.request',
      'synod.test.paxos.admin.p1.request',
    ],
    [
      'the admin to everyone, writing',
      'admin',
      'synod.test.paxos.admin.replicas.request',
      'synod.test.paxos.admin.replicas.read',
    ],
    [
      'a client that asks for all registers',
      'app',
      'synod.test.paxos.app.a1.registers',
      'synod.test.paxos.app.p1.decide',
    ],
    ['a member that asks for all registers', 'p1', 'synod.test.paxos.p1.a1.registers', 'synod.test.paxos.p1.p2.learn'],
    ['an acceptor as a proposer', 'a1', 'synod.test.paxos.p1.a2.accept', 'synod.test.paxos.a1.p1.accepted'],
    ['an acceptor as another acceptor', 'a1', 'synod.test.paxos.a2.p1.accepted', 'synod.test.paxos.a1.p1.accepted'],
    [
      'an acceptor that answers a client',
      'a1',
      'synod.test.paxos.a1.app.reply.x',
      'synod.test.paxos.a1.admin.report.x',
    ],
    [
      'an acceptor that answers the gateway as a client',
      'a1',
      'synod.test.paxos.a1.gateway.reply.x',
      'synod.test.paxos.a1.gateway.report.x',
    ],
    ['an acceptor as a client', 'a1', 'synod.test.paxos.a1.p1.request', 'synod.test.paxos.a1.p1.join'],
    ['an acceptor as a client of registers', 'a1', 'synod.test.paxos.a1.p1.decide', 'synod.test.paxos.a1.p1.join'],
    ['an acceptor as the admin', 'a1', 'synod.test.paxos.a1.p1.member', 'synod.test.paxos.a1.p1.join'],
    ['an acceptor in another group', 'a1', 'synod.test.raft.a1.r1.vote', 'synod.test.paxos.a1.p1.join'],
    ['a proposer as the admin', 'p1', 'synod.test.paxos.p1.p2.member', 'synod.test.paxos.p1.p2.learn'],
    ['a proposer that asks as a client', 'p1', 'synod.test.paxos.p1.p2.read', 'synod.test.paxos.p1.app.reply.x'],
    [
      'a replica that answers for another group',
      'r1',
      'synod.test.paxos.r1.app.reply.x',
      'synod.test.raft.r1.app.reply.x',
    ],
    [
      'a replica in bulk in another group',
      'r1',
      'synod-bulk.test.paxos.r1.p1.chunk',
      'synod-bulk.test.raft.r1.r2.chunk',
    ],
  ])('%s is refused', async (_who, user, forbidden, allowed) => {
    const sender = await party(user);
    sender.connection.publish(forbidden, Buffer.from('forbidden'));
    await eventually('the violation is reported', () => sender.violations.length > 0);
    expect(sender.violations).toEqual([`publish ${forbidden}`]);
    await settle(sender, allowed);
    expect(observer.heard.filter((message) => message.endsWith('forbidden'))).toEqual([]);
  });

  test.each([
    ['an acceptor', 'a1', 'synod.test.*.*.a1.request'],
    ['an acceptor', 'a1', 'synod.test.paxos.*.replicas.read'],
    ['an acceptor', 'a1', 'synod.test.paxos.*.a1.member'],
    ['an acceptor', 'a1', 'synod.test.paxos.*.a1.decide'],
    ['an acceptor', 'a1', 'synod.test.paxos.*.a2.>'],
    ['a replica of another group', 'r1', 'synod.test.paxos.*.replicas.>'],
    ['a replica of another group', 'r1', 'synod.test.*.*.replicas.accept'],
    ['a client', 'app', 'synod.test.*.*.app.report.>'],
    ['a client', 'app', 'synod.test.paxos.*.replicas.accept'],
  ])('%s, %s, cannot listen to %s', async (_who, user, pattern) => {
    const spy = await party(user);
    listen(spy, pattern);
    await eventually('the violation is reported', () => spy.violations.length > 0);
    expect(spy.violations).toEqual([`subscription ${pattern}`]);
  });

  test('an acceptor that listens to all that is addressed to it does not hear clients', async () => {
    const acceptor = await party('a1');
    listen(acceptor, 'synod.test.*.*.a1.>');
    listen(acceptor, 'synod.test.paxos.*.replicas.>');
    const [client, proposer] = [await party('app'), await party('p1')];
    await settle(acceptor, 'synod.test.paxos.a1.p1.join');
    client.connection.publish('synod.test.paxos.app.replicas.read', Buffer.from('who leads?'));
    await settle(client, 'synod.test.paxos.app.p1.read');
    proposer.connection.publish('synod.test.paxos.p1.replicas.accept', Buffer.from('value'));
    proposer.connection.publish('synod.test.paxos.p1.a1.prepare', Buffer.from('ballot'));
    await eventually('it heard its peer', () => acceptor.heard.length >= 2);
    expect(acceptor.heard).toEqual([
      'synod.test.paxos.p1.replicas.accept value',
      'synod.test.paxos.p1.a1.prepare ballot',
    ]);
  });

  describe('as replicas use it', () => {
    const connections: ReplicaConnection[] = [];
    const violations: string[] = [];
    const members = new Set(['p1', 'p2', 'a1', 'a2']);

    async function join(name: string, askedKinds: readonly string[], bulk: boolean): Promise<string[]> {
      const heard: string[] = [];
      const connection = await ReplicaConnection.connect({
        servers: broker.url,
        credentials: broker.credentials(name),
        name,
        cluster: 'test',
        askedKinds,
        ...(bulk && { bulkKinds: new Set(['chunk']) }),
        onStatus: (status) => {
          if (status.kind === 'permissionViolation') violations.push(`${name} ${status.operation} ${status.subject}`);
        },
      });
      connections.push(connection);
      const peerKinds = new Set(['accept', 'accepted', 'chunk']);
      const transport = connection.join({ group: 'paxos', everyone: 'replicas', members, peerKinds });
      transport.listen(({ from, kind, payload }) => {
        heard.push(`${from} ${kind} ${Buffer.from(payload).toString()}`);
        if (kind === 'status') transport.publish(from, 'report.x', Buffer.from(`I am ${name}`));
        if (kind === 'accept') transport.publish(from, 'accepted', payload);
        if (kind === 'read') transport.publish(from, 'reply.x', Buffer.from(`ask ${name}`));
      });
      await connection.requireNoElder();
      return heard;
    }

    afterAll(() => Promise.all(connections.map((connection) => connection.close())));

    test('proposers hear peers, clients and the admin, acceptors peers and the admin; nobody is refused anything', async () => {
      const proposer = await join('p1', ['request', 'read', 'status', 'fault', 'member'], true);
      const acceptor = await join('a1', ['status', 'fault'], false);
      const [other, client, admin] = [await party('p2'), await party('app'), await party('admin')];
      listen(client, 'synod.test.*.*.app.reply.x');
      listen(admin, 'synod.test.*.*.admin.report.x');
      listen(other, 'synod.test.paxos.*.p2.>');
      await eventually('both have subscribed', () => {
        admin.connection.publish('synod.test.paxos.admin.replicas.status', Buffer.from('?'));
        return admin.heard.length >= 2;
      });
      client.connection.publish('synod.test.paxos.app.replicas.read', Buffer.from('who leads?'));
      admin.connection.publish('synod.test.paxos.admin.p1.member', Buffer.from('add a3'));
      other.connection.publish('synod.test.paxos.p2.replicas.accept', Buffer.from('value'));
      other.connection.publish('synod-bulk.test.paxos.p2.p1.chunk', Buffer.from('bytes'));
      await eventually(
        'all is heard',
        () => other.heard.length >= 2 && client.heard.length > 0 && proposer.length >= 5,
      );
      const heardBy = (heard: readonly string[]): Set<string> => new Set(heard);
      expect(heardBy(acceptor)).toEqual(new Set(['admin status ?', 'p2 accept value']));
      expect(heardBy(proposer)).toEqual(
        new Set(['admin status ?', 'app read who leads?', 'admin member add a3', 'p2 accept value', 'p2 chunk bytes']),
      );
      expect(client.heard).toEqual(['synod.test.paxos.p1.app.reply.x ask p1']);
      expect(heardBy(admin.heard)).toEqual(
        new Set(['synod.test.paxos.p1.admin.report.x I am p1', 'synod.test.paxos.a1.admin.report.x I am a1']),
      );
      // Three echoes later, each connection has spoken to itself as well.
      await new Promise((resolve) => setTimeout(resolve, 1600));
      expect(violations).toEqual([]);
    });
  });
});
