import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectAs, inboxPrefixOf, registerService, tap } from '../src/index.js';
import type { ConnectionStatus, EndpointStatistics, Overheard, Registration } from '../src/index.js';
import { TestBroker, eventually } from '../src/testing.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

describe('beside the bus', () => {
  let broker: TestBroker;
  beforeAll(async () => void (broker = await TestBroker.start()));
  afterAll(() => broker.close());

  describe('a registered service', () => {
    const registrations: Registration[] = [];
    const troubles: string[] = [];
    let admin: NatsConnection;

    beforeAll(async () => {
      for (const id of ['r1', 'r2']) {
        const credentials = broker.credentials(`srv-${id}`);
        const service = {
          name: 'raft-replica',
          id,
          version: '0.1.0',
          description: 'A Raft server',
          metadata: { group: 'g' },
          endpoints: [{ name: 'request', subject: `synod.test.g.*.${id}.request` }],
        };
        const onStatus = ({ kind }: ConnectionStatus): void => void (kind === 'connected' || troubles.push(kind));
        const statistics = (): EndpointStatistics => ({
          requests: 4,
          errors: 1,
          lastError: 'overloaded',
          processingMs: 2,
          data: { id },
        });
        registrations.push(
          await registerService({ servers: broker.url, credentials, name: id, onStatus }, service, statistics),
        );
      }
      admin = await connect({
        servers: broker.url,
        authenticator: broker.authenticator('admin'),
        inboxPrefix: inboxPrefixOf('admin'),
      });
    });
    afterAll(async () => {
      await Promise.all([...registrations.map((registration) => registration.close()), admin.close()]);
    });

    async function ask(subject: string, answers: number): Promise<{ id: string }[]> {
      const all: { id: string }[] = [];
      const options = { strategy: 'count', maxMessages: answers, maxWait: 5000 } as const;
      for await (const message of await admin.requestMany(subject, '', options)) all.push(message.json());
      return all.sort((a, b) => a.id.localeCompare(b.id));
    }

    test('answers PING to all, by name and by id', async () => {
      const r1 = {
        type: 'io.nats.micro.v1.ping_response',
        name: 'raft-replica',
        id: 'r1',
        version: '0.1.0',
        metadata: { group: 'g' },
      };
      const both = [r1, { ...r1, id: 'r2' }];
      expect(await ask('$SRV.PING', 2)).toEqual(both);
      expect(await ask('$SRV.PING.raft-replica', 2)).toEqual(both);
      expect(await ask('$SRV.PING.raft-replica.r1', 1)).toEqual([r1]);
    });

    test('answers INFO with its endpoints', async () => {
      expect(await ask('$SRV.INFO.raft-replica.r1', 1)).toEqual([
        expect.objectContaining({
          type: 'io.nats.micro.v1.info_response',
          description: 'A Raft server',
          endpoints: [{ name: 'request', subject: 'synod.test.g.*.r1.request', queue_group: '', metadata: {} }],
        }),
      ]);
    });

    test('answers STATS with what the caller counts, in nanoseconds', async () => {
      expect(await ask('$SRV.STATS.raft-replica.r2', 1)).toEqual([
        expect.objectContaining({
          type: 'io.nats.micro.v1.stats_response',
          started: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          endpoints: [
            {
              name: 'request',
              subject: 'synod.test.g.*.r2.request',
              queue_group: '',
              num_requests: 4,
              num_errors: 1,
              last_error: 'overloaded',
              processing_time: 2_000_000,
              average_processing_time: 500_000,
              data: { id: 'r2' },
            },
          ],
        }),
      ]);
    });

    test('says nothing to questions for others, and never answers outside of inboxes', async () => {
      const spied: string[] = [];
      const observer = await connectAs({ servers: broker.url, credentials: broker.credentials('observer'), name: 'o' });
      observer.subscribe('synod.>', (message) => spied.push(message.subject));
      const strays = ['$SRV.PING.other', '$SRV.PING.raft-replica.r9', '$SRV.NOISE', '$SRV.PING.raft-replica.r1.more'];
      const answered: string[] = [];
      const inbox = `${inboxPrefixOf('admin')}.strays`;
      admin.subscribe(inbox, { callback: (_error, message) => void answered.push(message.string()) });
      for (const stray of strays) admin.publish(stray, '', { reply: inbox });
      admin.publish('$SRV.PING', '', { reply: 'synod.test.g.r1.r2.vote' });
      admin.publish('$SRV.PING.raft-replica.r1', '', { reply: inbox });
      await eventually('the last one was answered', () => answered.length > 0);
      await ask('$SRV.PING', 2);
      expect([answered.length, spied, troubles]).toEqual([1, [], []]);
      await observer.close();
    });

    test.each([
      [{ name: 'raft replica' }, /service name "raft replica"/],
      [{ id: 'a.b' }, /service id "a.b"/],
      [{ version: '1' }, /service version "1"/],
    ])('is refused with %j', async (change, error) => {
      const service = { name: 'n', id: 'i', version: '1.0.0', description: '', endpoints: [], ...change };
      const credentials = broker.credentials('srv-r3');
      const registering = registerService({ servers: broker.url, credentials, name: 'x' }, service, () => {
        throw new Error('not asked');
      });
      await expect(registering).rejects.toThrow(error);
    });
  });

  test('the tap hears all, parsed where possible, and says nothing', async () => {
    const at = (user: string) => connectAs({ servers: broker.url, credentials: broker.credentials(user), name: user });
    const [observer, r1] = [await at('observer'), await at('r1')];
    const heard: Overheard[] = [];
    const listening = tap(observer, 'test', (message) =>
      heard.push({ ...message, payload: Uint8Array.from(message.payload) }),
    );
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await eventually('the tap hears', () => {
      r1.publish('synod.test.g.r1.r2.first', new Uint8Array(0));
      return heard.length > 0;
    });
    r1.publish('synod.test.g.r1.r2.vote', Buffer.from('x'), { traceparent });
    r1.publish('synod-bulk.test.g.r1.r2.chunk', Buffer.from('y'));
    r1.publish('synod.test.g.r1.r2.Not.Ours', Buffer.from('z'));
    await eventually('the last one was heard', () => heard.some(({ text }) => text.endsWith('Ours')));
    const subject = { cluster: 'test', group: 'g', from: 'r1', to: 'r2', client: undefined };
    expect(heard.filter(({ text }) => !text.endsWith('first'))).toEqual([
      {
        text: 'synod.test.g.r1.r2.vote',
        subject: { ...subject, kind: 'vote' },
        payload: new Uint8Array([120]),
        context: { traceparent },
      },
      {
        text: 'synod-bulk.test.g.r1.r2.chunk',
        subject: { ...subject, kind: 'chunk' },
        payload: new Uint8Array([121]),
        context: undefined,
      },
      { text: 'synod.test.g.r1.r2.Not.Ours', subject: undefined, payload: new Uint8Array([122]), context: undefined },
    ]);
    listening.stop();
    await Promise.all([observer.close(), r1.close()]);
  });
});
