import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Replay, StepPrinter, decodeRecording } from '@synod/actor-host/recording';
import type { Recording } from '@synod/actor-host/recording';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftRecording } from '@synod/raft-wire';
import { poll } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from './test-group.js';

let group: ProcessGroup;
afterEach(() => group.close(), 60_000);

function filesOf(name: string): string[] {
  const folder = group.replica(name).data;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.synodrec'))
    .map((file) => join(folder, file))
    .sort();
}

const until = (what: string, holds: () => boolean): Promise<true> => poll(() => holds() || undefined, 20_000, () => `still not: ${what}`); // prettier-ignore

/** What the replica did, by the replay, and where that began. Every step is compared with the recorded one. */
function replayed({ header, segments }: Recording): { readonly first: number; readonly lines: string[] } {
  const replay = new Replay<RaftVocabulary>(raftRecording, segments);
  const printer = new StepPrinter<RaftVocabulary>(raftRecording.printer, header.replica, replay.beginning.durable);
  const lines = [...replay.steps()].flatMap((step) => printer.print(step).effects);
  return { first: replay.beginning.stepsBefore, lines };
}

const read = (path: string): Recording => decodeRecording(readFileSync(path));

test('a replica is replayed: at SIGUSR2, long after its beginning was dropped, and when it has stopped', async () => {
  group = await startGroup({ SYNOD_RECORD: '1' });
  const kv = (await group.client()).group('kv');
  const leader = await group.leader();
  for (let i = 0; i < 15; i++) await kv.put(`key-${i}`, Buffer.alloc(4 * 1024, i));
  for (let i = 0; i < 50; i++) expect((await kv.range({ prefix: 'key-' })).entries).toHaveLength(15);
  const { revision } = await kv.put('the-last', Buffer.from('word'));
  group.replica(leader).signal('SIGUSR2');
  await until('the leader has written its recording', () => filesOf(leader).length === 1);

  const [path] = filesOf(leader);
  expect(statSync(path!).mode & 0o777).toBe(0o600);
  expect(statSync(path!).size).toBeLessThan(2 * 1024 * 1024);
  const asked = read(path!);
  expect(asked.header).toMatchObject({ protocol: 'raft', replica: leader, why: 'SIGUSR2' });
  const { first, lines } = replayed(asked);
  expect(first).toBeGreaterThan(0);
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${leader} → client {2}reply \\d+ "written ${revision}" at ${revision}$`))); // prettier-ignore

  const { lastApplied } = await group.inStep();
  await Promise.all(group.replicas.map((replica) => replica.stop()));
  for (const name of group.names) {
    const stopped = read(filesOf(name).at(-1)!);
    expect(stopped.header).toMatchObject({ replica: name, why: 'stopped' });
    const told = replayed(stopped).lines;
    const applied = told.filter((line) => line.includes('• applied')).at(-1);
    expect(Number(/…(\d+)$/.exec(applied!)![1])).toBeGreaterThanOrEqual(lastApplied);
    // What was synced meanwhile may still be acknowledged.
    expect(told.slice(-8)).toContain(`${name} stops`);
  }
  expect(group.replica(leader).log()).toContain('SYNOD_RECORD: what clients write and read is kept in memory');
}, 120_000);

test('a replica that dies of a broken invariant leaves behind how it came to that', async () => {
  group = await startGroup({ SYNOD_RECORD: '16' }, 'apps/raft-replica/test/fragile-replica.ts');
  const kv = (await group.client()).group('kv');
  const leader = await group.leader();
  const { revision } = await kv.put('a', Buffer.from('word'));
  void kv.put('b', Buffer.from('an unbearable one'), { timeoutMs: 1000 }).catch(() => undefined);
  await until('the leader has died', () => !group.replica(leader).isAlive);
  const [path, ...others] = filesOf(leader);
  expect(others).toEqual([]);
  const recording = read(path!);
  const sentence = `entry ${revision + 1} is unbearable`;
  expect(recording.header.why).toBe(sentence);
  const { first, lines } = replayed(recording);
  expect(first).toBe(0);
  expect(lines.at(-1)).toBe(`${leader} ✗ ${sentence}`);
  expect(lines).toContainEqual(expect.stringMatching(/✎ entries \d+\.\d+ "\d+\.\d+(\/\d+)? put b=an unbearable one"$/));
}, 120_000);

test('without SYNOD_RECORD nothing is recorded, and SIGUSR2 ends nothing', async () => {
  group = await startGroup();
  const leader = await group.leader();
  group.replica(leader).signal('SIGUSR2');
  await until('the signal is noticed', () => group.replica(leader).log().includes('SIGUSR2: nothing is recorded'));
  expect(group.replica(leader).isAlive).toBe(true);
  expect(filesOf(leader)).toEqual([]);
}, 120_000);
