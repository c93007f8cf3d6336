import { connect as connectNats, type NatsConnection } from '@nats-io/transport-node';
import { connect, type Client } from '../src/index.js';
import { cluster } from './fake-group.js';
import { failure, stage } from './stage.js';

// What a client makes of a broker that lets it ask some members of a group and not others: who is revoked is nobody whom clients may ask.

const here = stage();
const opened: { readonly client: Client; readonly connection: NatsConnection }[] = [];

afterEach(async () => {
  for (const { client, connection } of opened.splice(0)) {
    await client.close({ drainMs: 0 });
    await connection.close();
  }
});

/** What it publishes to these is refused: it goes to them in another user's name. */
async function deniedBy(...members: string[]) {
  const denied = new Set(members);
  const { broker } = here;
  const connection = await connectNats({ servers: broker.url, authenticator: broker.authenticator('client') });
  const publish = connection.publish.bind(connection);
  let refused = 0;
  connection.publish = (subject, ...rest) => {
    const isDenied = denied.has(subject.split('.')[4]!);
    if (isDenied) refused++;
    publish(isDenied ? subject.replace('.client.', '.other.') : subject, ...rest);
  };
  const client = await connect({ connection, cluster, user: 'client' });
  opened.push({ client, connection });
  return { kv: client.group('kv'), denied, refused: () => refused };
}

test('a write goes to another leader when the one who led may not be asked any more', async () => {
  const { kv, denied, refused } = await deniedBy();
  await kv.put('a', '1');
  denied.add('r1');
  const put = kv.put('a', '2', { timeoutMs: 10_000 });
  while (refused() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  here.group.elect('r2');
  expect(await put).toMatchObject({ existed: true });
  expect(here.group.text('a')).toBe('2');
});

test('reads that any member may answer go round those who may not be asked', async () => {
  const { kv, refused } = await deniedBy('r2', 'r3');
  await kv.put('a', '1');
  for (let i = 0; i < 30; i++) await kv.get('a', { level: 'stale', maxAgeMs: 10_000 });
  expect(refused()).toBeGreaterThan(0);
  expect(refused()).toBeLessThan(10);
});

test('who may ask none of them is told so, and at once', async () => {
  const { kv } = await deniedBy('r1', 'r2', 'r3');
  const started = performance.now();
  const error = await failure(kv.put('a', '1', { timeoutMs: 60_000 }));
  expect(error).toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/user client may not publish to /),
  });
  expect(performance.now() - started).toBeLessThan(30_000);
});

test('who is allowed again is asked again', async () => {
  const { kv, denied } = await deniedBy('r1', 'r2', 'r3');
  expect(await failure(kv.put('a', '1'))).toMatchObject({ code: 'unauthorized' });
  denied.clear();
  expect(await kv.put('a', '2', { timeoutMs: 10_000 })).toMatchObject({ existed: false });
});
