import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Writers } from '@synod/linearizability';
import { Bundles, pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from './test-group.js';

// Floods from a process of its own, for as long as well-behaved writers need for a fixed amount of work: no rate is asserted.

const floodMs = 3000;
/** What the writers must get done beside a flood; left alone they need some twenty milliseconds for it. */
const operations = 100;
/** Long enough that a busy machine alone makes no election: one would be the flood's doing. */
const environment = { SYNOD_ELECTION_MS: '1500-3000', SYNOD_HEARTBEAT_MS: '100' };

let group: ProcessGroup;
let writers: Writers;
/** The program that floods. */
let flooder: string;

beforeAll(async () => {
  group = await startGroup(environment);
  flooder = new Bundles(group.directory).of('apps/raft-replica/test/floods/flooder.ts');
  writers = new Writers((await group.client()).group('kv'), 8);
  await writers.advance(operations);
}, 60_000);

afterAll(async () => {
  await writers?.stop();
  await group?.close();
}, 60_000);

function flood(kind: string, user: string, leader: string): ChildProcess {
  const { password } = group.broker.credentials(user);
  const { port } = group.broker.servers[0]!;
  return spawn(process.execPath, [flooder, `${port}`, user, password, kind, leader], { stdio: 'inherit' });
}

async function term(): Promise<number> {
  return Math.max(...[...(await group.states()).values()].map((state) => state.term));
}

async function refused(): Promise<number> {
  let sum = 0;
  for (const name of group.names) {
    for (const count of (await group.replica(name).metric('synod_rejected_messages_total')).values()) sum += count;
  }
  return sum;
}

test.each([
  ['the largest requests, as fast as the socket takes them', 'large', 'mallory', true],
  ['50,000 messages of an old term a second, from a member', 'peer', 'follower', false],
])(
  '%s do not stop the others',
  async (_what, kind, who, isClient) => {
    const leader = await group.leader();
    const user = who === 'follower' ? group.names.find((name) => name !== leader)! : who;
    const [termBefore, refusedBefore] = [await term(), await refused()];
    const flooding = flood(kind, user, leader);
    try {
      await pause(500);
      const until = performance.now() + floodMs;
      await writers.advance(operations);
      await pause(until - performance.now());
    } finally {
      flooding.kill('SIGKILL');
      await once(flooding, 'exit');
    }
    for (const name of group.names) expect([name, group.replica(name).isAlive]).toEqual([name, true]);
    // The flood did arrive.
    expect((await refused()) - refusedBefore).toBeGreaterThan(100);
    if (isClient) expect(await term()).toBe(termBefore);
    await writers.advance(operations);
  },
  45_000,
);

test('and nothing that was acknowledged beside them is lost', async () => {
  await writers.stop();
  expect(await writers.check()).toEqual([]);
  await group.inStep();
}, 45_000);
