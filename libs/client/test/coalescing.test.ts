import { TestBroker } from '@synod/nats-transport/testing';
import { connect, type Client } from '../src/index.js';
import { cluster, FakeGroup, identities } from './fake-group.js';

let broker: TestBroker;
let group: FakeGroup;
let client: Client;

beforeAll(async () => (broker = await TestBroker.start(cluster, identities())));
afterAll(() => broker.close());
beforeEach(async () => {
  group = await FakeGroup.start(broker);
  client = await connect({ servers: broker.url, cluster, ...broker.credentials('client') });
});
afterEach(async () => {
  await client.close();
  await group.close();
});

test('500 puts of one turn are one message, and each gets its own result', async () => {
  const kv = client.group('kv');
  const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => kv.put(`key-${i}`, `value-${i}`)));
  expect(group.requests.map(({ request }) => request?.operations.length)).toEqual([500]);
  expect(group.executed).toBe(500);
  expect(new Set(answers.map(({ revision }) => revision)).size).toBe(1);
  expect(answers.every(({ existed, source }) => !existed && source.replica === 'r1' && source.term === 1)).toBe(true);
  expect((await kv.get('key-7')).entry?.text).toBe('value-7');
});
