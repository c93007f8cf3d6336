import { Writers } from '@synod/linearizability';
import { ProcessGroup, poll } from '@synod/process-group';

/** Four replicas as processes: what clients get, and what the group survives. */
let group: ProcessGroup;

beforeAll(async () => {
  group = await ProcessGroup.start({ protocol: 'pbft' });
}, 60_000);

afterAll(async () => {
  await group?.close();
}, 60_000);

const kv = async () => (await group.client()).group('kv');

async function load(): Promise<Writers> {
  const writers = new Writers(await kv(), 20);
  await writers.advance(200);
  return writers;
}

async function settle(writers: Writers): Promise<void> {
  await writers.advance(200);
  await writers.stop();
  expect(await writers.check()).toEqual([]);
  await group.inStep();
}

test('what is written is read, exactly once, in one round trip', async () => {
  const store = await kv();
  const { source } = await store.put('a', '1');
  expect(group.names).toContain(source.replica);
  const sent = store.statistics.sent;
  expect((await store.get('a')).entry?.text).toBe('1');
  expect(store.statistics.sent - sent).toBe(1);
  expect((await store.compareAndSet('a', source.index, '2')).succeeded).toBe(true);
  expect((await store.get('a', { level: 'stale', maxAgeMs: 10_000 })).entry?.text).toBe('2');
  await group.inStep();
});

test('kill -9 of the primary under load loses no acknowledged write', async () => {
  const writers = await load();
  for (let round = 0; round < 3; round++) {
    const primary = await group.leader();
    await group.replica(primary).kill();
    await writers.advance(100);
    group.replica(primary).run();
    await group.until(`${primary} is back`, (states) => states.get(primary)?.standing === 'active');
    await writers.advance(100);
  }
  await settle(writers);
}, 120_000);

test('kill -9 of all replicas at once loses no acknowledged write', async () => {
  const writers = await load();
  await Promise.all(group.replicas.map((replica) => replica.kill()));
  group.startAll();
  await settle(writers);
}, 120_000);

test('a primary that is stopped asks to be relieved, and no write fails', async () => {
  const store = await kv();
  await store.put('before', '1');
  const primary = await group.leader();
  expect(await group.replica(primary).stop()).toEqual({ code: 0, signal: null });
  await store.put('after', '2');
  group.replica(primary).run();
  await group.inStep();
}, 60_000);

test('with two of four replicas gone nothing is answered, and the others say why', async () => {
  const [one, other, ...gone] = group.names;
  const store = await kv();
  await store.put('early', '1');
  await Promise.all(gone.map((name) => group.replica(name).kill()));
  await expect(store.put('lonely', '1', { timeoutMs: 1500 })).rejects.toMatchObject({ code: 'unknownOutcome' });
  for (const name of gone) group.replica(name).run();
  await store.put('together', '1');
  for (const name of [one!, other!, ...gone]) {
    await poll(
      async () => {
        const { httpPort } = group.replica(name);
        return httpPort !== undefined && (await fetch(`http://127.0.0.1:${httpPort}/readyz`)).ok;
      },
      20_000,
      () => `${name} is not ready`,
    );
  }
}, 60_000);

test('the broker had nothing to refuse in all that: each asks only for what it may', () => {
  for (const { name, log } of group.replicas.map((replica) => ({ name: replica.name, log: replica.log() }))) {
    expect([name, /permissionViolation.*/.exec(log)?.[0]]).toEqual([name, undefined]);
  }
});
