import { readdirSync, rmSync } from 'node:fs';
import { judge, Recorder, Writers } from '@synod/linearizability';
import { cutShort, flipBit, pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from './test-group.js';

let group: ProcessGroup;

beforeAll(async () => {
  group = await startGroup();
}, 60_000);

afterAll(async () => {
  await group?.close();
}, 60_000);

async function load(writers = 20): Promise<Writers> {
  const kv = (await group.client()).group('kv');
  const running = new Writers(kv, writers);
  await running.advance(200);
  return running;
}

async function settle(writers: Writers): Promise<void> {
  await writers.advance(200);
  await writers.stop();
  expect(await writers.check()).toEqual([]);
  await group.inStep();
}

test('kill -9 of the leader under load loses no acknowledged write', async () => {
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

test('kill -9 of all replicas at once loses no acknowledged write', async () => {
  const writers = await load();
  await Promise.all(group.names.map((name) => group.replica(name).kill()));
  for (const name of group.names) group.replica(name).run();
  await settle(writers);
}, 120_000);

test('a restart of the broker is survived', async () => {
  const writers = await load();
  const [broker] = group.broker.servers;
  await broker!.kill();
  await pause(500);
  await broker!.run();
  await settle(writers);
}, 120_000);

test('a leader that was stopped for a while gives no stale read when it goes on', async () => {
  const client = await group.client();
  const recorder = new Recorder();
  const kv = recorder.of('reader', client.group('kv'));
  await kv.put('clock', '0');
  const old = await group.leader();
  group.replica(old).signal('SIGSTOP');
  await kv.put('clock', '1');
  const newer = await group.leader(old);
  expect(newer).not.toBe(old);
  // Reads sent while it still sleeps, and as it wakes, wait in its socket beside the stale answers of its followers.
  const reads = Array.from({ length: 50 }, () => kv.get('clock'));
  group.replica(old).signal('SIGCONT');
  for (let i = 0; i < 50; i++) reads.push(kv.get('clock'));
  for (const { entry } of await Promise.all(reads)) expect(Buffer.from(entry!.value).toString()).toBe('1');
  expect(judge(recorder.operations).problems).toEqual([]);
  await group.inStep();
}, 60_000);

test('a replica that lost its disk does not vote as its old self, and comes back', async () => {
  const writers = await load();
  const leader = await group.leader();
  const victim = group.names.find((name) => name !== leader)!;
  await group.replica(victim).kill();
  rmSync(group.replica(victim).data, { recursive: true });
  group.replica(victim).run();
  await group.until(`${victim} is active again`, (states) => states.get(victim)?.standing === 'active');
  expect(group.replica(victim).log()).toContain('is recovering in cluster');
  await settle(writers);
}, 120_000);

test.each([
  ['has a flipped bit', flipBit],
  ['is cut short', cutShort],
])(
  'a replica whose journal %s sets it aside and gets its state back from the others',
  async (_what, harm) => {
    const writers = await load();
    const leader = await group.leader();
    const victim = group.names.find((name) => name !== leader)!;
    await group.replica(victim).kill();
    harm(group.replica(victim).journalDirectory);
    group.replica(victim).run();
    await group.until(`${victim} is active again`, (states) => states.get(victim)?.standing === 'active');
    expect(readdirSync(group.replica(victim).data).some((name) => name.startsWith('damaged-'))).toBe(true);
    await settle(writers);
  },
  120_000,
);

test('when every copy is damaged, no empty group is formed in its place', async () => {
  const doomed = await startGroup();
  try {
    const recorder = new Recorder();
    const kv = recorder.of('writer', (await doomed.client()).group('kv'));
    await kv.put('precious', 'gold');
    await doomed.inStep();
    await Promise.all(doomed.names.map((name) => doomed.replica(name).kill()));
    for (const name of doomed.names) {
      flipBit(doomed.replica(name).journalDirectory);
      doomed.replica(name).run();
    }
    await doomed.until(
      'all know what they lost',
      (states) => [...states.values()].filter(({ standing }) => standing === 'lost').length === 3,
    );
    await expect(kv.put('new', 'life', { timeoutMs: 3000 })).rejects.toMatchObject({ code: 'unavailable' });
    expect(judge(recorder.operations).problems).toEqual([]);
    for (const { standing, term } of (await doomed.states()).values()) expect([standing, term]).toEqual(['lost', 0]);
  } finally {
    await doomed.close();
  }
}, 120_000);
