import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestGroup, pause } from './test-group.js';
import { Writers } from './writers.js';

let group: TestGroup;

beforeAll(async () => {
  group = await TestGroup.start();
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
    await group.kill(leader);
    await writers.advance(100);
    group.run(leader);
    await writers.advance(100);
  }
  await settle(writers);
}, 120_000);

test('kill -9 of all replicas at once loses no acknowledged write', async () => {
  const writers = await load();
  await Promise.all(group.names.map((name) => group.kill(name)));
  for (const name of group.names) group.run(name);
  await settle(writers);
}, 120_000);

test('a restart of the broker is survived', async () => {
  const writers = await load();
  await group.broker.stop();
  await pause(500);
  await group.broker.run();
  await settle(writers);
}, 120_000);

test('a leader that was stopped for a while gives no stale read when it goes on', async () => {
  const client = await group.client();
  const kv = client.group('kv');
  await kv.put('clock', '0');
  const old = await group.leader();
  group.signal(old, 'SIGSTOP');
  await kv.put('clock', '1');
  const newer = await group.leader(old);
  expect(newer).not.toBe(old);
  // Reads sent while it still sleeps, and as it wakes, wait in its socket beside the stale answers of its followers.
  const reads = Array.from({ length: 50 }, () => kv.get('clock'));
  group.signal(old, 'SIGCONT');
  for (let i = 0; i < 50; i++) reads.push(kv.get('clock'));
  for (const { entry } of await Promise.all(reads)) expect(Buffer.from(entry!.value).toString()).toBe('1');
  await group.inStep();
}, 60_000);

test('a replica that lost its disk does not vote as its old self, and comes back', async () => {
  const writers = await load();
  const leader = await group.leader();
  const victim = group.names.find((name) => name !== leader)!;
  await group.kill(victim);
  rmSync(group.dataOf(victim), { recursive: true });
  group.run(victim);
  await group.until(`${victim} is active again`, (states) => states.get(victim)?.standing === 'active');
  expect(group.log(victim)).toContain('is recovering in cluster');
  await settle(writers);
}, 120_000);

test('a replica whose journal is damaged sets it aside and gets its state back from the others', async () => {
  const writers = await load();
  const leader = await group.leader();
  const victim = group.names.find((name) => name !== leader)!;
  await group.kill(victim);
  damage(group.dataOf(victim));
  group.run(victim);
  await group.until(`${victim} is active again`, (states) => states.get(victim)?.standing === 'active');
  expect(readdirSync(group.directory).some((name) => name.startsWith(`${victim}.damaged-`))).toBe(true);
  await settle(writers);
}, 120_000);

/** Flips a bit in the middle of what the first segment holds. */
function damage(directory: string): void {
  const folder = existsSync(join(directory, 'journal')) ? join(directory, 'journal') : directory;
  const segment = join(
    folder,
    readdirSync(folder)
      .filter((name) => /segment|wal|\d/.test(name))
      .sort()[0]!,
  );
  const bytes = readFileSync(segment);
  const used = bytes.findLastIndex((byte) => byte !== 0);
  bytes[Math.floor(used / 2)]! ^= 0x10;
  writeFileSync(segment, bytes);
}
