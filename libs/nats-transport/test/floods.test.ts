import { Socket } from 'node:net';
import { ReplicaConnection, connectAs } from '../src/index.js';
import type { Connection, NatsTransport } from '../src/index.js';
import { TestBroker, eventually } from '../src/testing.js';
import { RawClient } from './raw-client.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

describe('what one user does is not the others’ affair', () => {
  let broker: TestBroker;
  let replica: ReplicaConnection;
  let transport: NatsTransport;
  let gateway: Connection;
  const heard = new Map<string, number>();
  const said: string[] = [];
  const refused = new Map<string, number>();
  /** Whose messages the host refuses. */
  let full = '';
  const strangers: RawClient[] = [];

  beforeAll(async () => {
    broker = await TestBroker.start();
    const parties = { servers: broker.url, cluster: 'test' };
    replica = await ReplicaConnection.connect({
      ...parties,
      credentials: broker.credentials('r1'),
      name: 'r1',
      bulkKinds: new Set(['chunk']),
      refused: (from, reason, count = 1) => add(refused, `${from} ${reason}`, count),
    });
    transport = replica.join({
      group: 'g',
      everyone: 'everyone',
      members: new Set(['r1', 'r2', 'r3']),
      peerKinds: new Set(['vote', 'chunk']),
    });
    transport.listen(({ from, kind, payload }) => {
      if (from === 'client') said.push(Buffer.from(payload).toString());
      add(heard, `${from} ${kind}`, 1);
      return from !== full;
    });
    gateway = await connectAs({ ...parties, credentials: broker.credentials('gateway'), name: 'gateway' });
  });
  beforeEach(() => {
    heard.clear();
    refused.clear();
    said.length = 0;
    full = '';
  });
  afterEach(() => {
    for (const stranger of strangers.splice(0)) stranger.close();
  });
  afterAll(async () => {
    await Promise.all([replica?.close(), gateway?.close()]);
    await broker?.close();
  });

  function stranger(user: string): RawClient {
    const made = new RawClient(broker, user);
    strangers.push(made);
    return made;
  }

  const add = (counts: Map<string, number>, key: string, count: number): void =>
    void counts.set(key, (counts.get(key) ?? 0) + count);

  test.each([
    ['client', 'synod', 'client', 'request', 'gateway'],
    ['peer', 'synod', 'r2', 'vote', 'r3'],
    ['peer with what is bulky', 'synod-bulk', 'r2', 'chunk', 'r3'],
  ])(
    'a %s that is refused again and again is not read for a moment; the others are',
    async (_who, root, who, kind, other) => {
      full = who;
      const count = 20_000;
      const flooder = stranger(who);
      const modest = stranger(other);
      for (let i = 0; i < count; i++) flooder.publish(`${root}.test.g.${who}.r1.${kind}`, 'x');
      modest.publish(`${root}.test.g.${other}.r1.${kind}`, 'y');
      const accounted = (): number => (heard.get(`${who} ${kind}`) ?? 0) + (refused.get(`${who} flood`) ?? 0);
      await eventually('all was heard or counted', () => {
        // What was dropped is counted when something else comes.
        modest.publish(`${root}.test.g.${other}.r1.${kind}`, 'y');
        return accounted() === count;
      });
      expect(refused.get(`${who} flood`)).toBeGreaterThan(count / 2);
      expect(heard.get(`${other} ${kind}`)).toBeGreaterThanOrEqual(1);
      full = '';
      await modest.close();
    },
  );

  test('what is bulky is not heard beside heartbeats, whoever says it there', async () => {
    const peer = stranger('r2');
    for (let i = 0; i < 1000; i++) peer.publish('synod.test.g.r2.r1.chunk', 'x');
    for (let i = 0; i < 1000; i++) peer.publish('synod.test.g.r2.everyone.chunk', 'x');
    peer.publish('synod.test.g.r2.r1.vote', 'y');
    await eventually('what came after it was heard', () => heard.get('r2 vote') === 1);
    expect(heard.get('r2 chunk')).toBeUndefined();
    expect(refused.size).toBe(0);
  });

  test('nor is anything else heard where bulky things are said', async () => {
    const peer = stranger('r2');
    for (const kind of ['vote', 'request', 'member']) peer.publish(`synod-bulk.test.g.r2.r1.${kind}`, 'x');
    peer.publish('synod-bulk.test.g.r2.r1.chunk', 'y');
    await eventually('what came after it was heard', () => heard.get('r2 chunk') === 1);
    expect([...heard.keys()]).toEqual(['r2 chunk']);
  });

  test('what one sends is taken in turns, whole and in order', async () => {
    const pause = jest.spyOn(Socket.prototype, 'pause');
    const sender = stranger('client');
    for (let i = 0; i < 50_000; i++) sender.publish('synod.test.g.client.r1.request', String(i));
    await eventually('all was heard', () => said.length === 50_000);
    expect(said.every((text, i) => text === String(i))).toBe(true);
    expect(pause).toHaveBeenCalled();
    pause.mockRestore();
  });

  test('subjects that nobody could mean are counted under whoever says them, and then dropped unread', async () => {
    const flooder = stranger('admin');
    for (let i = 0; i < 20_000; i++) flooder.publish('synod.test.NO_GROUP.admin.r1.status', 'x');
    await eventually('all was counted', () => {
      gateway.publish('synod.test.g.gateway.r1.request', Buffer.from('y'));
      return (refused.get('admin malformed-subject') ?? 0) + (refused.get('admin flood') ?? 0) === 20_000;
    });
    expect(refused.get('admin flood')).toBeGreaterThan(10_000);
  });

  test('who does not read the answers holds up none but his own', async () => {
    const large = Buffer.alloc(200_000);
    const deaf = stranger('client');
    deaf.subscribe('synod.test.*.*.client.reply.x');
    await eventually('the server listens to him', () => deaf.heard.includes('INFO'));
    deaf.standStill();
    let answers = 0;
    let listens = false;
    const listening = gateway.subscribe('synod.test.*.*.gateway.reply.y', (message) => {
      listens = true;
      if (message.string() === 'done') answers++;
    });
    await eventually('the other listens', () => {
      transport.publish('gateway', 'reply.y', Buffer.from('listen'));
      return listens;
    });
    const say = setInterval(() => transport.publish('client', 'reply.x', large), 1);
    try {
      await eventually('his answers pile up', () => replica.statistics.replies.droppedCongested > 0);
      for (let i = 0; i < 50; i++) transport.publish('gateway', 'reply.y', Buffer.from('done'));
      const before = performance.now();
      await eventually('the other has all answers', () => answers === 50);
      // Each of them would have waited for a tenth of a second, or been dropped.
      expect(performance.now() - before).toBeLessThan(2000);
    } finally {
      clearInterval(say);
      listening.stop();
    }
  });
});
