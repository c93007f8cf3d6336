import { readdirSync, rmSync } from 'node:fs';
import { Writers } from '@synod/linearizability';
import { ProcessGroup, cutShort, flipBit, poll } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';

let group: ProcessGroup;

afterEach(async () => {
  await group?.close();
}, 60_000);

interface Acceptors {
  readonly version: number;
  readonly acceptors: readonly { readonly address: string; readonly disk: number }[];
}

/** The acceptors that whoever leads counts, by name: the number of the disk. */
async function counted(): Promise<ReadonlyMap<string, number>> {
  const leader = (await group.states()).get(await group.leader()) as unknown as { readonly acceptors: Acceptors };
  return new Map(leader.acceptors.acceptors.map(({ address, disk }) => [address, disk]));
}

test.each([
  ['has a flipped bit', (victim: ReplicaProcess) => flipBit(victim.journalDirectory)],
  ['is cut short', (victim: ReplicaProcess) => cutShort(victim.journalDirectory)],
  ['is gone', (victim: ReplicaProcess) => rmSync(victim.data, { recursive: true })],
])(
  'an acceptor whose journal %s comes back as another one, is taken in, and counts again',
  async (what, harm) => {
    group = await ProcessGroup.start({ protocol: 'paxos' });
    const writers = new Writers((await group.client()).group('kv'), 20);
    await writers.advance(200);
    const [victim, other] = group.namesOf('acceptor').map((name) => group.replica(name));
    await victim!.kill();
    harm(victim!);
    victim!.run();
    if (what !== 'is gone') {
      await group.until(`${victim!.name} is back`, (states) => states.get(victim!.name)?.standing === 'active');
      expect(readdirSync(victim!.data).some((name) => name.startsWith('damaged-'))).toBe(true);
    }
    await poll(
      async () => ((await counted()).get(victim!.name) ?? 0) > 0,
      30_000,
      () => `the new disk of ${victim!.name} is not counted`,
    );
    // It is needed now: of three acceptors one is gone.
    await other!.kill();
    await writers.advance(200);
    other!.run();
    await writers.stop();
    expect(await writers.check()).toEqual([]);
    await group.inStep();
  },
  120_000,
);

interface Leading {
  readonly acceptors: Acceptors;
  readonly settledVersion: number;
  readonly changeAwaits?: string;
}

test('one disk after the other is lost: the next one may be when the leader says that the change before is seen through', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos' });
  const kv = (await group.client()).group('kv');
  const leader = await group.leader();
  const others = group.namesOf('proposer').filter((name) => name !== leader);
  const leading = async () => (await group.states()).get(leader) as unknown as Leading;
  const loseDisk = async (name: string, version: number): Promise<void> => {
    const victim = group.replica(name);
    await victim.kill();
    rmSync(victim.data, { recursive: true });
    victim.run();
    await poll(
      async () => (await leading()).acceptors.version === version,
      30_000,
      () => `the new disk of ${name} is not counted`,
    );
  };
  const seenThrough = (version: number): Promise<unknown> =>
    poll(
      async () => (await leading()).settledVersion === version,
      30_000,
      () => `version ${version} is not seen through`,
    );
  for (const name of others) await group.replica(name).kill();
  for (let i = 0; i < 50; i++) await kv.put(`k${i}`, `v${i}`);
  await loseDisk('paxos-a1', 2);
  await poll(
    async () => /proposers first; paxos-p\d, paxos-p\d have not told/.test((await leading()).changeAwaits ?? ''),
    30_000,
    () => 'what the change waits for is not said',
  );
  expect((await leading()).settledVersion).toBe(1);
  for (const name of others) group.replica(name).run();
  await seenThrough(2);
  await loseDisk('paxos-a2', 3);
  await seenThrough(3);
  await group.replica(leader).kill();
  expect(others).toContain(await group.leader(leader));
  for (const i of [0, 25, 49]) expect((await kv.get(`k${i}`)).entry?.text).toBe(`v${i}`);
}, 120_000);

test('the only acceptor of a group does not go on without what it promised', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos', counts: { acceptor: 1 } });
  await (await group.client()).group('kv').put('precious', 'gold');
  const only = group.replica('paxos-a1');
  await only.kill();
  flipBit(only.journalDirectory);
  only.run();
  await only.ended();
  expect(only.ending).toEqual({ code: 1, signal: null });
  expect(only.lastLog).toMatch(/this is the only acceptor of its group, so nothing can replace it: restore a backup/);
}, 60_000);

test('quorums that need not meet are refused at the start, by the names of their variables', async () => {
  group = await ProcessGroup.prepare({ protocol: 'paxos' });
  const acceptor = group.replica('paxos-a1');
  acceptor.run({ environment: { SYNOD_PHASE1_QUORUM: '1', SYNOD_PHASE2_QUORUM: '2' } });
  await acceptor.ended();
  expect(acceptor.ending).toEqual({ code: 2, signal: null });
  expect(acceptor.lastLog).toMatch(/SYNOD_PHASE1_QUORUM 1 and SYNOD_PHASE2_QUORUM 2 need not meet among 3 acceptors/);
}, 30_000);

test('an acceptor that is told of other founders than it founded its group with does not start', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos' });
  await (await group.client()).group('kv').put('a', '1');
  const [acceptor] = group.namesOf('acceptor').map((name) => group.replica(name));
  await acceptor!.stop();
  acceptor!.run({ environment: { SYNOD_ACCEPTORS: 'paxos-a1,paxos-a2,paxos-a9' } });
  await acceptor!.ended();
  expect(acceptor!.ending).toEqual({ code: 1, signal: null });
  expect(acceptor!.lastLog).toMatch(
    /founded its group with paxos-a1, paxos-a2, paxos-a3 and is configured with paxos-a1, paxos-a2, paxos-a9/,
  );
}, 60_000);

test('an acceptor that has the proposers in another order says whom it refuses, until it has the same', async () => {
  group = await ProcessGroup.start({ protocol: 'paxos' });
  const leader = await group.leader();
  const [other] = group.namesOf('proposer').filter((name) => name !== leader);
  const [first, ...rest] = group.namesOf('proposer').map((name) => (name === leader ? other! : name === other ? leader : name)); // prettier-ignore
  const acceptor = group.replica('paxos-a1');
  const misnumbered = (states: ReadonlyMap<string, object>) =>
    (states.get('paxos-a1') as { readonly misnumbered?: Readonly<Record<string, string>> } | undefined)?.misnumbered;
  await acceptor.stop();
  acceptor.run({ environment: { SYNOD_PROPOSERS: [first, ...rest].join(',') } });
  await group.until('it refuses the leader', (states) => misnumbered(states)?.[leader] === other);
  await acceptor.stop();
  acceptor.run();
  await group.until('it does not', (states) => Object.keys(misnumbered(states) ?? { a: 1 }).length === 0);
}, 60_000);

test('flexible quorums: with phase 2 by one acceptor writes go on while only one is there', async () => {
  const environment = { SYNOD_PHASE1_QUORUM: '3', SYNOD_PHASE2_QUORUM: '1' };
  group = await ProcessGroup.start({ protocol: 'paxos', environment });
  const kv = (await group.client()).group('kv');
  await kv.put('a', '1');
  const [, ...others] = group.namesOf('acceptor');
  await Promise.all(others.map((name) => group.replica(name).kill()));
  await kv.put('a', '2');
  for (const name of others) group.replica(name).run();
  expect((await kv.get('a')).entry?.text).toBe('2');
  await group.inStep();
}, 60_000);
