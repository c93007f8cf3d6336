import { Writers } from '@synod/linearizability';
import { ProcessGroup, poll } from '@synod/process-group';

/** Three proposers and three acceptors as processes: what their roles may, and what the group survives. */
let group: ProcessGroup;

beforeAll(async () => {
  group = await ProcessGroup.start({ protocol: 'paxos' });
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

async function readiness(name: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${group.replica(name).httpPort}/readyz`);
  return `${answer.status} ${(await answer.text()).trim()}`;
}

test('a client needs the group’s name: it is told of the proposers, and of nobody else', async () => {
  await group.inStep(); // all have heard who leads
  const proposers = group.namesOf('proposer');
  const answers = await (await kv()).describe(2000);
  expect(answers.map(({ replica }) => replica)).toEqual(proposers);
  for (const { members, protocol, leader } of answers) {
    expect([members, protocol]).toEqual([proposers, 'paxos']);
    expect(proposers).toContain(leader);
  }
});

test('what is written is read, exactly once, from whoever leads', async () => {
  const store = await kv();
  const { source } = await store.put('a', '1');
  expect(group.namesOf('proposer')).toContain(source.replica);
  expect((await store.get('a')).entry?.text).toBe('1');
  expect((await store.compareAndSet('a', source.index, '2')).succeeded).toBe(true);
  expect((await store.get('a', { level: 'stale', maxAgeMs: 10_000 })).entry).toBeDefined();
  await group.inStep();
});

test('kill -9 of the leading proposer under load loses no acknowledged write', async () => {
  const writers = await load();
  for (let round = 0; round < 3; round++) {
    const leader = await group.leader();
    await group.replica(leader).kill();
    await writers.advance(100);
    group.replica(leader).run();
    await writers.advance(100);
  }
  await settle(writers);
}, 120_000);

test('kill -9 of a minority of the acceptors, one after the other, is not felt by clients', async () => {
  const writers = await load();
  for (const name of group.namesOf('acceptor')) {
    await group.replica(name).kill();
    await writers.advance(100);
    group.replica(name).run();
    await group.until(`${name} is back`, (states) => states.get(name)?.standing === 'active');
  }
  await settle(writers);
}, 120_000);

test('kill -9 of all processes at once loses no acknowledged write', async () => {
  const writers = await load();
  await Promise.all(group.replicas.map((replica) => replica.kill()));
  group.startAll();
  await settle(writers);
}, 120_000);

test('without a majority of acceptors nothing is answered; proposers say so, the acceptor that is left is ready', async () => {
  const [survivor, ...others] = group.namesOf('acceptor');
  await Promise.all(others.map((name) => group.replica(name).kill()));
  const store = await kv();
  await expect(store.put('lonely', '1', { timeoutMs: 1500 })).rejects.toThrow(
    /no majority is in reach|did not answer|timed out/,
  );
  await poll(
    async () => (await readiness('paxos-p1')) === '503 not ready: no leader is known',
    10_000,
    () => 'the proposer is still ready',
  );
  expect(await readiness(survivor!)).toBe('200 ok');
  for (const name of others) group.replica(name).run();
  await store.put('together', '1');
  for (const name of group.names)
    await poll(
      async () => (await readiness(name)) === '200 ok',
      20_000,
      () => `${name}`,
    );
}, 60_000);

test('a proposer that is stopped hands over: the next write does not wait for an election timeout', async () => {
  const store = await kv();
  await store.put('before', '1');
  const leader = await group.leader();
  expect(await group.replica(leader).stop()).toEqual({ code: 0, signal: null });
  expect(group.replica(leader).log()).toContain('hands leadership');
  await store.put('after', '2');
  group.replica(leader).run();
  await group.inStep();
}, 60_000);

test('the broker had nothing to refuse in all that: each role asks only for what it may', () => {
  for (const { name, log } of group.replicas.map((replica) => ({ name: replica.name, log: replica.log() }))) {
    expect([name, /permissionViolation.*/.exec(log)?.[0]]).toEqual([name, undefined]);
  }
});
