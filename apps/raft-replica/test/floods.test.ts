import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Writers } from '@synod/linearizability';
import { Bundles, pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from './test-group.js';

// Floods from a process of its own, for as long as well-behaved writers need for a fixed amount of work: no rate is asserted.

const floodMs = 2500;
/** How long they may take for it, on cores that are busy with the flood and with whatever else the machine does. */
const withinMs = 10_000;
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
  const kv = (await group.client()).group('kv');
  await kv.put('large', Buffer.alloc(60_000, 'l'));
  writers = new Writers(kv, 8);
  await writers.advance(operations);
}, 60_000);

afterAll(async () => {
  await writers?.stop();
  await group?.close();
}, 60_000);

function flood(kind: string, user: string, leader: string): ChildProcess {
  const { seed } = group.broker.credentials(user);
  const { port } = group.broker.servers[0]!;
  return spawn(process.execPath, [flooder, `${port}`, user, seed, kind, leader], { stdio: 'inherit' });
}

async function term(): Promise<number> {
  return Math.max(...[...(await group.states()).values()].map(({ term }) => term ?? 0));
}

async function refused(): Promise<number> {
  let sum = 0;
  for (const name of group.names) {
    for (const count of (await group.replica(name).metric('synod_rejected_messages_total')).values()) sum += count;
  }
  return sum;
}

interface Flood {
  readonly what: string;
  readonly kind: string;
  readonly user: string;
  /** So many messages of it were at least refused: it did arrive. */
  readonly refused: number;
  /** A member may have elections held; nobody else may. */
  readonly elects?: boolean;
}

const floods: readonly Flood[] = [
  { what: 'the largest requests, as fast as the socket takes them', kind: 'large', user: 'mallory', refused: 100 },
  { what: '100,000 tiny requests a second', kind: 'tiny', user: 'mallory', refused: 10_000 },
  {
    what: '150,000 tiny requests a second, to all replicas',
    kind: 'tiny-everywhere',
    user: 'mallory',
    refused: 10_000,
  },
  { what: '100,000 messages a second that are no requests', kind: 'garbage', user: 'mallory', refused: 10_000 },
  { what: '100,000 reads a second', kind: 'reads', user: 'mallory', refused: 100 },
  { what: 'questions with large answers that nobody reads', kind: 'deaf', user: 'mallory', refused: 0 },
  {
    what: '50,000 messages of an old term a second, from a member',
    kind: 'peer',
    user: 'a follower',
    refused: 100,
    elects: true,
  },
];

test.each(floods)(
  '$what do not stop the others',
  async ({ kind, user, refused: least, elects }) => {
    const leader = await group.leader();
    const who = user === 'a follower' ? group.names.find((name) => name !== leader)! : user;
    const [termBefore, refusedBefore] = [await term(), await refused()];
    const flooding = flood(kind, who, leader);
    try {
      await pause(500);
      const until = performance.now() + floodMs;
      await writers.advance(operations);
      await pause(until - performance.now());
      // Not only until the queues are full.
      const before = performance.now();
      await writers.advance(operations);
      expect(performance.now() - before).toBeLessThan(withinMs);
    } finally {
      flooding.kill('SIGKILL');
      await once(flooding, 'exit');
    }
    for (const name of group.names) expect([name, group.replica(name).isAlive]).toEqual([name, true]);
    expect((await refused()) - refusedBefore).toBeGreaterThanOrEqual(least);
    if (!elects) expect(await term()).toBe(termBefore);
    await writers.advance(operations);
  },
  45_000,
);

test('and nothing that was acknowledged beside them is lost', async () => {
  await writers.stop();
  expect(await writers.check()).toEqual([]);
  await group.inStep();
}, 45_000);
