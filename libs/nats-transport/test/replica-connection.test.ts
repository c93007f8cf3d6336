import type { Delivery } from '@synod/actor-host';
import { ReplicaConnection, connectAs } from '../src/index.js';
import type { Connection, ConnectionStatus, NatsTransport } from '../src/index.js';
import { TestBroker, eventually, identitiesForTests } from '../src/testing.js';
import { RawClient } from './raw-client.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const bytes = (message: string): Uint8Array => Buffer.from(message);

interface Replica {
  readonly connection: ReplicaConnection;
  readonly transport: NatsTransport;
  readonly heard: string[];
  readonly deliveries: Delivery[];
  readonly refused: string[];
  readonly statuses: ConnectionStatus[];
}

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('replicas on a real server', () => {
  let broker: TestBroker;
  let r1: Replica;
  let r2: Replica;
  let client: Connection;
  const clientStatuses: ConnectionStatus[] = [];

  async function replica(name: string): Promise<Replica> {
    const heard: string[] = [];
    const refused: string[] = [];
    const deliveries: Delivery[] = [];
    const statuses: ConnectionStatus[] = [];
    const connection = await ReplicaConnection.connect({
      servers: broker.url,
      credentials: broker.credentials(name),
      name,
      cluster: 'test',
      bulkKinds: new Set(['install-snapshot']),
      maxPayloadBytes: 1000,
      refused: (from, reason) => refused.push(`${from} ${reason}`),
      onStatus: (status) => statuses.push(status),
    });
    const transport = connection.join({
      group: 'g',
      everyone: 'everyone',
      members: new Set(['r1', 'r2']),
      peerKinds: new Set(['append-entries', 'install-snapshot', 'vote']),
    });
    transport.listen((delivery) => {
      const said = text(delivery.payload);
      if (said === 'throw') throw new Error('a handler that throws');
      heard.push(`${delivery.from} ${delivery.to} ${delivery.kind} ${said}`);
      deliveries.push({ ...delivery, payload: Uint8Array.from(delivery.payload) });
    });
    return { connection, transport, heard, deliveries, refused, statuses };
  }

  beforeAll(async () => {
    // Replicas may say more than the server lets them say in production: nothing here is to rest on it alone.
    const careless = (configuration: string): string =>
      configuration.replaceAll('"synod.test.g.r1.>"', '"synod.test.*.r1.>"');
    broker = await TestBroker.start('test', identitiesForTests(['g', 'idle']), careless);
    [r1, r2] = [await replica('r1'), await replica('r2')];
    client = await connectAs({
      servers: broker.url,
      credentials: broker.credentials('client'),
      name: 'client',
      onStatus: (status) => clientStatuses.push(status),
    });
  });

  beforeEach(() => {
    for (const list of [r1, r2].flatMap(({ heard, deliveries, refused }) => [heard, deliveries, refused]))
      list.length = 0;
  });

  afterAll(async () => {
    await Promise.all([r1?.connection.close(), r2?.connection.close(), client?.close()]);
    await broker?.close();
  });

  test('a message arrives with its sender, addressee, kind and payload', async () => {
    r1.transport.publish('r2', 'append-entries', bytes('hello'));
    await eventually('r2 heard it', () => r2.heard.length > 0);
    expect(r2.heard).toEqual(['r1 r2 append-entries hello']);
    expect(r2.deliveries[0]).not.toHaveProperty('context');
  });

  test('a multicast reaches the others and never comes back to its sender', async () => {
    r1.transport.publish('everyone', 'append-entries', bytes('to all'));
    r1.transport.publish('r2', 'append-entries', bytes('after it'));
    r2.transport.publish('r1', 'append-entries', bytes('and back'));
    await eventually('both heard', () => r2.heard.length === 2 && r1.heard.length === 1);
    expect(r2.heard).toEqual(['r1 everyone append-entries to all', 'r1 r2 append-entries after it']);
    expect(r1.heard).toEqual(['r2 r1 append-entries and back']);
  });

  test('a reply goes to the subject built from the authenticated sender', async () => {
    const replies: string[] = [];
    const listening = client.subscribe('synod.test.*.*.client.reply.x7', (message) => replies.push(message.subject));
    client.publish('synod.test.g.client.r1.request', bytes('put'));
    await eventually('r1 heard the request', () => r1.heard.length > 0);
    expect(r1.heard).toEqual(['client r1 request put']);
    r1.transport.publish('client', 'reply.x7', bytes('done'));
    await eventually('the client heard the reply', () => replies.length > 0);
    expect(replies).toEqual(['synod.test.g.r1.client.reply.x7']);
    listening.stop();
  });

  test('bulk kinds travel on the second connection, and arrive once', async () => {
    const counts = ({ connection }: Replica) => connection.statistics.bulk!;
    const [sent, received] = [counts(r1).published, counts(r2).received];
    r1.transport.publish('r2', 'install-snapshot', bytes('chunk'));
    await eventually('r2 heard the chunk', () => r2.heard.length > 0);
    r1.transport.publish('r2', 'append-entries', bytes('end'));
    await eventually('r2 heard the end', () => r2.heard.length > 1);
    expect(r2.heard).toEqual(['r1 r2 install-snapshot chunk', 'r1 r2 append-entries end']);
    expect(counts(r1).published).toBeGreaterThan(sent);
    expect(counts(r2).received).toBeGreaterThan(received);
  });

  test('messages of a kind with its own listener go there', async () => {
    const asked: string[] = [];
    r1.transport.listenTo('status', (delivery) => void asked.push(delivery.from));
    const admin = await connectAs({ servers: broker.url, credentials: broker.credentials('admin'), name: 'admin' });
    admin.publish('synod.test.g.admin.r1.status', bytes(''));
    await eventually('r1 was asked', () => asked.length > 0);
    expect([asked, r1.heard]).toEqual([['admin'], []]);
    await admin.close();
  });

  describe('trace context', () => {
    test('travels when there is one, and is dropped when it is not of the standard', async () => {
      r1.transport.publish('r2', 'vote', bytes('1'), { traceparent: TRACEPARENT, tracestate: 'a=b' });
      r1.transport.publish('r2', 'vote', bytes('2'), { traceparent: TRACEPARENT, tracestate: 'x'.repeat(513) });
      r1.transport.publish('r2', 'vote', bytes('3'), { traceparent: 'not one' });
      r1.transport.publish('r2', 'vote', bytes('4'), { traceparent: TRACEPARENT, tracestate: 'a\r\nb' });
      await eventually('r2 heard all', () => r2.heard.length === 4);
      expect(r2.deliveries.map(({ context }) => context)).toEqual([
        { traceparent: TRACEPARENT, tracestate: 'a=b' },
        { traceparent: TRACEPARENT },
        undefined,
        { traceparent: TRACEPARENT },
      ]);
    });

    test('malformed headers cost a message its context and nothing else', async () => {
      const attacker = new RawClient(broker, 'r1');
      const bad = [
        'NATS/1.0\r\ntraceparent: ' + TRACEPARENT.replace('00-', 'ff-') + '\r\n\r\n',
        'NATS/1.0\r\ntraceparent: ' + TRACEPARENT.toUpperCase() + '\r\n\r\n',
        'NATS/1.0\r\nbad name\u0001: x\r\ntraceparent: ' + TRACEPARENT + '\r\n\r\n',
        'garbage without end',
        '\r\n\r\n',
        'NATS/1.0\r\ntraceparent: ' + TRACEPARENT + '\r\n' + 'x: y\r\n'.repeat(500) + '\r\n',
      ];
      for (const block of bad) attacker.publishWithHeaders('synod.test.g.r1.r2.vote', block, 'still here');
      const good = `NATS/1.0\r\ntraceparent: ${TRACEPARENT}\r\ntraceparent: second\r\n\r\n`;
      attacker.publishWithHeaders('synod.test.g.r1.r2.vote', good, 'first one wins');
      await eventually('r2 heard all', () => r2.heard.length === bad.length + 1);
      expect(r2.deliveries.map(({ context }) => context)).toEqual([
        ...bad.map(() => undefined),
        { traceparent: TRACEPARENT },
      ]);
      expect(new Set(r2.heard.slice(0, -1))).toEqual(new Set(['r1 r2 vote still here']));
      attacker.close();
    });
  });

  test('what peers say does not travel with what clients say', async () => {
    const { peers, clients } = r2.connection.statistics;
    const before = [peers.received, clients.received];
    for (let i = 0; i < 100; i++) client.publish('synod.test.g.client.r2.request', bytes('put'));
    for (let i = 0; i < 100; i++) client.publish('synod.test.g.client.everyone.read', bytes('get'));
    r1.transport.publish('r2', 'vote', bytes('1'));
    await eventually('r2 heard all', () => r2.heard.length === 201);
    // The probes of the connections may be among them.
    expect(peers.received - before[0]!).toBeLessThan(20);
    expect(clients.received - before[1]!).toBeGreaterThanOrEqual(200);
  });

  test('kinds that neither peers nor clients have stay in the broker', async () => {
    const attacker = new RawClient(broker, 'r1');
    for (const kind of ['nonsense', 'reply.x', 'a.b.c', 'Vote']) attacker.publish(`synod.test.g.r1.r2.${kind}`, 'x');
    attacker.publish('synod.test.g.r1.r2.vote', 'the end');
    await eventually('r2 heard the end', () => r2.heard.length > 0);
    expect([r2.refused, r2.heard]).toEqual([[], ['r1 r2 vote the end']]);
    attacker.close();
  });

  describe('nothing that arrives stops a replica', () => {
    test.each([
      ['capital letters', 'synod.test.G.r1.r2.request', 'x', 'r1 malformed-subject'],
      ['bytes that are no text', 'synod.test.\u00ff\u00fe.r1.r2.request', 'x', 'r1 malformed-subject'],
      ['an unknown group', 'synod.test.other.r1.r2.request', 'x', 'r1 unknown-group'],
      ['an overlong payload', 'synod.test.g.r1.r2.vote', 'x'.repeat(1001), 'r1 too-large'],
    ])('%s is refused and counted', async (_name, subject, payload, reason) => {
      const attacker = new RawClient(broker, 'r1');
      attacker.publish(subject, payload);
      await eventually('r2 refused it', () => r2.refused.length > 0);
      expect([r2.refused, r2.heard]).toEqual([[reason], []]);
      attacker.close();
      r1.transport.publish('r2', 'vote', bytes('alive'));
      await eventually('r2 is alive', () => r2.heard.length > 0);
    });

    test('peer kinds from one who is no member are refused, even when the server lets them pass', async () => {
      const attacker = new RawClient(broker, 'r3');
      attacker.publish('synod.test.g.r3.r2.append-entries', 'x');
      attacker.publish('synod.test.g.r3.everyone.append-entries', 'x');
      await eventually('r2 refused them', () => r2.refused.length === 2);
      expect([r2.refused, r2.heard]).toEqual([['r3 not-a-member', 'r3 not-a-member'], []]);
      attacker.close();
    });

    test('a handler that throws is reported and heard again, without flooding the log', async () => {
      const before = r2.connection.statistics.peers.handlerFailures;
      for (let i = 0; i < 1000; i++) r1.transport.publish('r2', 'vote', bytes('throw'));
      r1.transport.publish('r2', 'vote', bytes('alive'));
      await eventually('r2 is alive', () => r2.heard.length > 0);
      expect(r2.connection.statistics.peers.handlerFailures - before).toBe(1000);
      const reports = r2.statuses.filter(({ kind }) => kind === 'handlerFailed');
      expect(reports.length).toBeGreaterThan(0);
      expect(reports.length).toBeLessThan(20);
    });

    test('nobody listening to a group is a refusal, not an error', async () => {
      const idle = r2.connection.join({
        group: 'idle',
        everyone: 'everyone',
        members: new Set(['r1', 'r2']),
        peerKinds: new Set(['vote']),
      });
      const speaker = r1.connection.join({
        group: 'idle',
        everyone: 'everyone',
        members: new Set(['r1', 'r2']),
        peerKinds: new Set(['vote']),
      });
      // The server may know of it before it knows that r2 subscribes.
      await eventually('r2 refused it', () => {
        speaker.publish('r2', 'vote', bytes('x'));
        return r2.refused.length > 0;
      });
      await Promise.all([idle.close(), speaker.close()]);
      expect(new Set(r2.refused)).toEqual(new Set(['r1 not-listening']));
    });
  });

  test('what cannot be sent is counted, never thrown', async () => {
    const refused = () => {
      const { peers, clients } = r1.connection.statistics;
      return peers.refusedToSend + clients.refusedToSend;
    };
    const before = refused();
    r1.transport.publish('r2', 'vote', new Uint8Array(300_000));
    r1.transport.publish('r2', 'reply.x\r\nPUB synod.test.g.r1.r2.vote 0\r\n', bytes('x'));
    r1.transport.publish('*', 'vote', bytes('x'));
    r1.transport.publish('r2', 'vote', bytes('alive'));
    await eventually('r2 is alive', () => r2.heard.length > 0);
    expect(r2.heard).toEqual(['r1 r2 vote alive']);
    expect(refused() - before).toBe(3);
  });

  test('a second process in the name of one that lives must not take part; when that one has ended, it may', async () => {
    const first = await replica('r3');
    await first.connection.requireNoElder();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await replica('r3');
    // Long enough for an answer on a busy machine; in production a later one is told, too.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await expect(second.connection.requireNoElder()).rejects.toThrow(/another process runs as r3 in cluster test/);
    await first.connection.close();
    await second.connection.close();
    const third = await replica('r3');
    await third.connection.requireNoElder();
    await third.connection.close();
  });

  test('a group is joined once, under a multicast name that is not our own', () => {
    const options = { everyone: 'everyone', members: new Set<string>(), peerKinds: new Set<string>() };
    expect(() => r1.connection.join({ group: 'g', ...options })).toThrow(/already joined group "g"/);
    expect(() => r1.connection.join({ ...options, group: 'h', everyone: 'r1' })).toThrow(/own name/);
    expect(() => r1.connection.join({ ...options, group: 'a.b' })).toThrow(/group "a\.b"/);
    expect(() => r1.connection.join({ ...options, group: 'probe' })).toThrow(/a group cannot be named "probe"/);
  });
});
