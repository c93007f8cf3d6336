import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Replay, StepPrinter, decodeRecording } from '@synod/actor-host/recording';
import type { Recording } from '@synod/actor-host/recording';
import type { PaxosVocabulary } from '@synod/paxos-core';
import { paxosRecording } from '@synod/paxos-wire';
import { ProcessGroup, poll } from '@synod/process-group';

let group: ProcessGroup;
afterEach(() => group.close(), 60_000);

function filesOf(name: string): string[] {
  const folder = group.replica(name).data;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.synodrec'))
    .map((file) => join(folder, file))
    .sort();
}

/** Of each of them, one more than it had. */
async function recordingsOf(names: readonly string[], count: number): Promise<Map<string, Recording>> {
  for (const name of names) group.replica(name).signal('SIGUSR2');
  const all = (): boolean => names.every((name) => filesOf(name).length === count);
  await poll(() => all() || undefined, 20_000, () => 'not everybody has written its recording'); // prettier-ignore
  return new Map(names.map((name) => [name, decodeRecording(readFileSync(filesOf(name).at(-1)!))]));
}

/** What it did, by the replay, and where that began. Every step is compared with the recorded one. */
function replayed({ header, segments }: Recording): { readonly first: number; readonly lines: string[] } {
  const replay = new Replay<PaxosVocabulary>(paxosRecording, segments);
  const printer = new StepPrinter<PaxosVocabulary>(paxosRecording.printer, header.replica, replay.beginning.durable);
  const lines = [...replay.steps()].flatMap((step) => printer.print(step).effects);
  return { first: replay.beginning.stepsBefore, lines };
}

test('proposers and acceptors are replayed: at SIGUSR2, the leader long after its beginning was dropped, and when they have stopped', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos', environment: { SYNOD_RECORD: '1' } });
  const kv = (await group.client()).group('kv');
  const leader = await group.leader();
  expect((await kv.decide('leader/today', 'alice')).text).toBe('alice');
  for (let i = 0; i < 15; i++) await kv.put(`key-${i}`, Buffer.alloc(4 * 1024, i));
  for (let i = 0; i < 50; i++) expect((await kv.range({ prefix: 'key-' })).entries).toHaveLength(15);
  const { revision } = await kv.put('the-last', Buffer.from('word'));

  const acceptors = group.namesOf('acceptor');
  const asked = await recordingsOf([leader, ...acceptors], 1);
  const told = new Map([...asked].map(([name, recording]) => [name, replayed(recording)]));
  for (const [name, { header }] of asked) {
    expect(header).toMatchObject({ protocol: 'paxos', replica: name, why: 'SIGUSR2' });
    const [path] = filesOf(name);
    expect(statSync(path!).mode & 0o777).toBe(0o600);
    expect(statSync(path!).size).toBeLessThan(2 * 1024 * 1024);
  }
  expect(told.get(leader)!.first).toBeGreaterThan(0);
  expect(told.get(leader)!.lines).toContainEqual(expect.stringMatching(new RegExp(`^${leader} → client {2}reply \\d+ "written ${revision}" at ${revision}$`))); // prettier-ignore
  const vote = new RegExp(`✎ vote ${revision}@\\d+\\.\\d "\\d+\\.\\d+(/\\d+)? put the-last=word"$`);
  const voters = acceptors.filter((name) => told.get(name)!.lines.some((line) => vote.test(line)));
  expect(voters.length).toBeGreaterThanOrEqual(2);

  await Promise.all(group.replicas.map((replica) => replica.stop()));
  for (const name of group.names) {
    const stopped = decodeRecording(readFileSync(filesOf(name).at(-1)!));
    expect(stopped.header).toMatchObject({ replica: name, why: 'stopped' });
    expect(replayed(stopped).lines).toContain(`${name} stops`);
    expect(group.replica(name).log()).toContain('SYNOD_RECORD: what clients write and read is kept in memory');
  }
}, 120_000);

test('an acceptor that is killed and starts again is replayed from its journal on, registers included', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos', environment: { SYNOD_RECORD: '16' } });
  const kv = (await group.client()).group('kv');
  const [victim, other] = group.namesOf('acceptor');
  await group.leader();
  // With one of three gone, nothing is decided, nor promised, without the victim.
  await group.replica(other!).kill();
  await kv.decide('leader/today', 'alice');
  await group.replica(victim!).kill();
  group.replica(victim!).run();
  await group.until(`${victim} is back`, (states) => states.get(victim!)?.standing === 'active');
  // Proposers remember what they had decided; new lives of them ask.
  const proposers = group.namesOf('proposer');
  await Promise.all(proposers.map((name) => group.replica(name).kill()));
  for (const name of proposers) group.replica(name).run();
  expect((await kv.decide('leader/today', 'bob')).text).toBe('alice');

  const recording = (await recordingsOf([victim!], 1)).get(victim!)!;
  const { first, lines } = replayed(recording);
  expect(first).toBe(0);
  const standing = lines.findIndex((line) => line.includes('• standing active'));
  expect(standing).toBeGreaterThanOrEqual(0);
  const toldOf = /registerPromised leader\/today \d+\.\d \[\d+\.\d "alice"\]$/;
  expect(lines.slice(standing)).toContainEqual(expect.stringMatching(toldOf));
}, 120_000);

test('without SYNOD_RECORD nothing is recorded, and SIGUSR2 ends nothing', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos' });
  const names = [await group.leader(), group.namesOf('acceptor')[0]!];
  for (const name of names) {
    group.replica(name).signal('SIGUSR2');
    const noticed = (): boolean => group.replica(name).log().includes('SIGUSR2: nothing is recorded');
    await poll(() => noticed() || undefined, 20_000, () => `${name} has not noticed the signal`); // prettier-ignore
    expect(group.replica(name).isAlive).toBe(true);
    expect(filesOf(name)).toEqual([]);
  }
}, 120_000);
