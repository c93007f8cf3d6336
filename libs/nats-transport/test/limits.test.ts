import { connect as dial } from 'node:net';
import { connectAs } from '../src/index.js';
import type { Connection } from '../src/index.js';
import { MAX_PAYLOAD_BYTES } from '../src/server-configuration.js';
import { TestBroker, eventually, identitiesForTests } from '../src/testing.js';
import { RawClient } from './raw-client.js';

// That the server keeps each bound of its configuration, to members, too; the bounds of who is no member: accounts.test.ts.

jest.setTimeout(30_000);

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

const raw = (user: string): RawClient => keep(new RawClient(broker, user));

async function enter(user: string): Promise<Connection> {
  const credentials = broker.credentials(user);
  return keep(await connectAs({ servers: broker.url, credentials, name: user, timeoutMs: 5000 }));
}

test('who does not say who he is has two seconds', async () => {
  const startedAt = performance.now();
  let heard = '';
  const nameless = dial(broker.port, '127.0.0.1').on('data', (bytes: Buffer) => (heard += bytes.toString()));
  await eventually('he is cut off', () => nameless.closed);
  expect(heard).toContain('Authentication Timeout');
  expect(performance.now() - startedAt).toBeGreaterThan(1500);
});

test('a message has its longest length, for members as well', async () => {
  const [r1, heard] = [raw('r1'), [] as number[]];
  (await enter('r2')).subscribe('synod.test.*.*.r2.vote', ({ data }) => void heard.push(data.length));
  await eventually('the longest arrives', () => {
    r1.publish('synod.test.g.r1.r2.vote', 'x'.repeat(MAX_PAYLOAD_BYTES));
    return heard.includes(MAX_PAYLOAD_BYTES);
  });
  r1.publish('synod.test.g.r1.r2.vote', 'x'.repeat(MAX_PAYLOAD_BYTES + 1));
  await eventually('a longer one is refused', () => /maximum payload violation/i.test(r1.heard) && r1.isCutOff);
});

test('so has a line of the protocol', async () => {
  const r1 = raw('r1');
  r1.publish(`synod.test.g.r1.r2.${'x'.repeat(1900)}`, 'x');
  r1.ping();
  await eventually('a long one is taken', () => r1.heard.includes('PONG'));
  r1.publish(`synod.test.g.r1.r2.${'x'.repeat(5000)}`, 'x');
  await eventually('a longer one is refused', () => /maximum control line exceeded/i.test(r1.heard) && r1.isCutOff);
});

test('a connection has 256 subscriptions', async () => {
  const r1 = raw('r1');
  for (let i = 1; i <= 256; i++) r1.subscribe(`synod.test.g.r2.r1.kind-${i}`, i);
  r1.ping();
  await eventually('so many are taken', () => r1.heard.includes('PONG'));
  expect(r1.heard).not.toContain('-ERR');
  r1.subscribe('synod.test.g.r2.r1.one-more', 257);
  await eventually('one more is refused', () => /maximum subscriptions exceeded/i.test(r1.heard));
});

test('there are so many connections and no more', async () => {
  await broker.close();
  const few = (text: string) => text.replace(/max_connections: \d{4}\n/, 'max_connections: 8\n');
  broker = await TestBroker.start('test', identitiesForTests(), few);
  const crowd = Array.from({ length: 8 }, () => raw('r1'));
  for (const one of crowd) one.ping();
  await eventually('all are in', () => crowd.every((one) => one.heard.includes('PONG')));
  const last = raw('r2');
  await eventually('another one is refused', () => /maximum connections exceeded/i.test(last.heard) && last.isCutOff);
});

test('who takes nothing any more is cut off, with what is queued for him, and nobody waits for him', async () => {
  const frozen = raw('observer');
  frozen.subscribe('synod.>');
  frozen.ping();
  await eventually('it listens', () => frozen.heard.includes('PONG'));
  frozen.standStill();
  const [r1, r2] = [await enter('r1'), await enter('r2')];
  const heard: string[] = [];
  r2.subscribe('synod.test.*.*.r2.vote', (message) => void heard.push(message.string()));
  const connections = async () => {
    const answer = await fetch(`http://127.0.0.1:${broker.monitorPort}/connz?acc=observer`);
    return ((await answer.json()) as { readonly num_connections: number }).num_connections;
  };
  const filler = Buffer.alloc(200_000);
  let left = 1;
  for (
    const deadline = performance.now() + 15_000;
    left > 0 && performance.now() < deadline;
    left = await connections()
  ) {
    for (let i = 0; i < 10; i++) r1.publish('synod.test.g.r1.r3.vote', filler);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(left).toBe(0);
  await eventually('the others go on', () => {
    r1.publish('synod.test.g.r1.r2.vote', Buffer.from('on'));
    return heard.includes('on');
  });
  expect([r1.statistics.reconnects, r2.statistics.reconnects]).toEqual([0, 0]);
});
