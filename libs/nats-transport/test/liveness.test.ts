import type { Msg } from '@nats-io/transport-node';
import { ReplicaConnection, connectAs } from '../src/index.js';
import { newSeed } from '@synod/nats-handshake';
import type { Connection, ConnectionStatus, NatsTransport } from '../src/index.js';
import { TestBroker, eventually } from '../src/testing.js';
import { RawClient } from './raw-client.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

const NOTHING = new Uint8Array(0);

interface Replica {
  readonly connection: ReplicaConnection;
  readonly transport: NatsTransport;
  readonly statuses: ConnectionStatus['kind'][];
  received: number;
}

/** What nats.js hides, to break it as its users have broken it. */
interface Inside extends Pick<Connection, 'publish'> {
  readonly nats: {
    subscribe(subject: string, options: { callback: (error: unknown, message: Msg) => void }): unknown;
    readonly protocol: { parser: unknown };
  };
  readonly listeners: Iterable<{ readonly pattern: string; readonly subscription: { unsubscribe(): void } }>;
}

describe('a connection outlives the broker’s troubles', () => {
  let broker: TestBroker;
  let replicas: Replica[];

  async function replica(name: string, maxPendingBytes = 1_000_000): Promise<Replica> {
    const statuses: ConnectionStatus['kind'][] = [];
    const connection = await ReplicaConnection.connect({
      servers: broker.url,
      credentials: broker.credentials(name),
      name,
      cluster: 'test',
      bulkKinds: new Set(['chunk']),
      maxPendingBytes,
      onStatus: ({ kind }) => statuses.push(kind),
    });
    const members = new Set(['r1', 'r2']);
    const transport = connection.join({
      group: 'g',
      everyone: 'everyone',
      members,
      peerKinds: new Set(['vote', 'chunk']),
    });
    const made: Replica = { connection, transport, statuses, received: 0 };
    transport.listen(() => void made.received++);
    return made;
  }

  /** One message is lost now and then, so it is said until it is heard; as the protocols do. */
  async function reaches(from: Replica, to: Replica, name: string, kind = 'vote'): Promise<void> {
    const before = to.received;
    await eventually(`${kind} reaches ${name}`, () => {
      from.transport.publish(name, kind, NOTHING);
      return to.received > before;
    });
  }

  async function allReach(): Promise<void> {
    const [r1, r2] = replicas as [Replica, Replica];
    await reaches(r1, r2, 'r2');
    await reaches(r2, r1, 'r1');
    await reaches(r1, r2, 'everyone');
    await reaches(r1, r2, 'r2', 'chunk');
  }

  const inside = (connection: ReplicaConnection, which: 'peers' | 'bulk' = 'peers'): Inside =>
    (connection as unknown as Record<typeof which, Inside>)[which];

  beforeEach(async () => {
    broker = await TestBroker.start();
    replicas = [await replica('r1'), await replica('r2')];
    await allReach();
  });
  afterEach(async () => {
    broker.resume();
    await Promise.all(replicas.map(({ connection }) => connection.close()));
    await broker.close();
  });

  test('a restart of the broker is survived; what is said meanwhile is counted as lost', async () => {
    const r1 = replicas[0]!;
    await broker.stop();
    await eventually('r1 knows', () => !r1.connection.connected);
    for (let i = 0; i < 1000; i++) r1.transport.publish('r2', 'vote', NOTHING);
    expect(r1.connection.statistics.peers.lostWhileDisconnected).toBeGreaterThanOrEqual(1000);
    await broker.run();
    await allReach();
    expect(r1.connection.statistics.peers.reconnects).toBe(1);
    expect(r1.statuses).toEqual(expect.arrayContaining(['connected', 'disconnected']));
  });

  test('a server that stands still is noticed and found again', async () => {
    const r1 = replicas[0]!;
    broker.pause();
    await eventually('r1 noticed', () => !r1.connection.connected, 4000);
    expect(r1.statuses).toContain('unresponsive');
    broker.resume();
    await allReach();
  });

  test('a server that stands still under load is noticed, too, though the socket takes no more bytes', async () => {
    // More than the kernel takes, so that nats.js would wait for the socket for ever.
    const r2 = replicas[1]!;
    await replicas[0]!.connection.close();
    const r1 = (replicas[0] = await replica('r1', 32_000_000));
    const { peers } = r1.connection.statistics;
    broker.pause();
    const payload = new Uint8Array(200_000);
    const speaking = setInterval(() => r1.transport.publish('r2', 'vote', payload), 1);
    await eventually('r1 noticed', () => !r1.connection.connected, 4000);
    clearInterval(speaking);
    expect(r1.statuses).toContain('congested');
    expect(peers.droppedCongested).toBeGreaterThan(0);
    broker.resume();
    await reaches(r1, r2, 'r2');
    await allReach();
  });

  test('a flood is dropped and counted, not gathered', async () => {
    const [r1, r2] = replicas as [Replica, Replica];
    const { peers } = r1.connection.statistics;
    const [published, received] = [peers.published, r2.received];
    const payload = new Uint8Array(1024);
    for (let i = 0; i < 20_000; i++) r1.transport.publish('r2', 'vote', payload);
    const sent = peers.published - published;
    expect(sent + peers.droppedCongested).toBe(20_000);
    expect(sent * payload.length).toBeLessThanOrEqual(1_000_000 + payload.length);
    await eventually('what was sent is there', () => r2.received - received >= sent);
    await allReach();
  });

  test('a client that floods a replica does not stop it', async () => {
    const r2 = replicas[1]!;
    const attacker = new RawClient(broker, 'client');
    const payload = 'x'.repeat(10_000);
    for (let i = 0; i < 5000; i++) attacker.publish('synod.test.g.client.r2.request', payload);
    await eventually('the flood arrives', () => r2.received > 100);
    await allReach();
    attacker.close();
  });

  test('messages as fast as the broker takes them are not dropped', async () => {
    const [r1, r2] = replicas as [Replica, Replica];
    const before = r2.received;
    const payload = new Uint8Array(10_000);
    for (let turn = 0; turn < 100; turn++) {
      for (let i = 0; i < 5; i++) r1.transport.publish('r2', 'vote', payload);
      await eventually('r2 heard this turn', () => r2.received - before >= (turn + 1) * 5);
    }
    expect(r1.connection.statistics.peers.droppedCongested).toBe(0);
  });

  /** Subscribes on `connection` so that whatever is said to `subject` throws inside nats.js. */
  function setTrap(connection: Inside, subject: string): void {
    const trap = (): never => {
      throw new Error('kills the read loop of nats.js');
    };
    connection.nats.subscribe(subject, { callback: trap });
  }

  /** nats.js throws where we are not in between, until it makes itself a new parser. */
  function breakReadLoop({ nats: { protocol } }: Inside): void {
    const ours = Object.getOwnPropertyDescriptor(protocol, 'parser')!;
    Object.defineProperty(protocol, 'parser', {
      get: () => {
        throw new Error('kills the read loop of nats.js');
      },
      set: (parser) => {
        Object.defineProperty(protocol, 'parser', ours);
        protocol.parser = parser;
      },
    });
  }

  test('a read loop that has died is revived', async () => {
    const [r1, r2] = replicas as [Replica, Replica];
    const complaints = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    breakReadLoop(inside(r2.connection, 'bulk'));
    await eventually('r2’s read loop has died', () => {
      r1.transport.publish('r2', 'chunk', NOTHING);
      return complaints.mock.calls.length > 0;
    });
    await eventually('r2 noticed', () => r2.statuses.includes('unresponsive'));
    await allReach();
    complaints.mockRestore();
  });

  test('where we give nats.js the bytes, its throwing is noticed at once', async () => {
    const [r1, r2] = replicas as [Replica, Replica];
    setTrap(inside(r2.connection), 'synod.test.g.*.r2.trap.>');
    await reaches(r1, r2, 'r2');
    await eventually('r2 noticed', () => {
      inside(r1.connection).publish('synod.test.g.r1.r2.trap.x', NOTHING);
      return r2.statuses.includes('serverError');
    });
    await eventually('r2 begins anew', () => r2.connection.statistics.peers.reconnects > 0);
    expect(r2.statuses).not.toContain('unresponsive');
    await allReach();
  });

  test('a subscription that is gone is noticed, though the server answers pings', async () => {
    const r2 = replicas[1]!;
    for (const { pattern, subscription } of inside(r2.connection).listeners) {
      if (pattern === 'synod.test.g.*.r2.vote') subscription.unsubscribe();
    }
    await eventually('r2 noticed', () => r2.statuses.includes('unresponsive'));
    await allReach();
  });

  test('closing ends while the broker stands still, and while there is none', async () => {
    const [r1, r2] = replicas as [Replica, Replica];
    broker.pause();
    await r1.connection.close();
    await broker.stop();
    await eventually('r2 knows', () => !r2.connection.connected);
    await r2.connection.close();
    expect([r1.connection.connected, r2.connection.connected]).toEqual([false, false]);
    r1.transport.publish('r2', 'vote', NOTHING);
  });
});

describe('the first connection', () => {
  test('waits for a server that comes later', async () => {
    const broker = await TestBroker.start();
    await broker.stop();
    const connecting = connectAs({ servers: broker.url, credentials: broker.credentials('r1'), name: 'early' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    await broker.run();
    const connection = await connecting;
    expect(connection.connected).toBe(true);
    await connection.close();
    await broker.close();
  });

  const nowhere = { servers: 'nats://127.0.0.1:1', credentials: { user: 'r1', seed: newSeed() }, name: 'r1' };

  test('gives up after the time it was given, saying where it looked', async () => {
    await expect(connectAs({ ...nowhere, timeoutMs: 50 })).rejects.toThrow(
      'no NATS server at nats://127.0.0.1:1: connection refused; is nats-server running there?',
    );
  });

  test('can be called off', async () => {
    const signal = AbortSignal.timeout(100);
    await expect(connectAs({ ...nowhere, signal })).rejects.toThrow(/abort|timeout/i);
  });

  test.each(['nats://127.0.0.1:99999', 'http://[', ''])(
    'an address that cannot be one (%p) is an error at once',
    async (servers) => {
      await expect(connectAs({ ...nowhere, servers })).rejects.toThrow(/no NATS server at/);
    },
  );
});
