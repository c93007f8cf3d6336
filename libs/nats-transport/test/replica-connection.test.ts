import type { Delivery } from '@synod/actor-host';
import { ReplicaConnection, connectAs } from '../src/index.js';
import type { Connection, ConnectionStatus, NatsTransport } from '../src/index.js';
import { TestBroker, eventually } from '../src/testing.js';

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
      peerKinds: new Set(['append-entries', 'install-snapshot']),
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
    broker = await TestBroker.start();
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
});
