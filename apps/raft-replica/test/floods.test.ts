import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { TestGroup, pause } from './test-group.js';
import { Writers } from './writers.js';

// Floods from a process of its own, for as long as well-behaved writers need for a fixed amount of work: no rate is asserted.

const floodMs = 3000;
/** What the writers must get done beside a flood; left alone they need some twenty milliseconds for it. */
const operations = 100;
/** Long enough that a busy machine alone makes no election: one would be the flood's doing. */
const environment = { SYNOD_ELECTION_MS: '1500-3000', SYNOD_HEARTBEAT_MS: '100' };

let group: TestGroup;
let writers: Writers;

beforeAll(async () => {
  group = await TestGroup.start(environment);
  buildSync({
    entryPoints: [join(__dirname, 'floods/flooder.ts')],
    outfile: join(group.directory, 'flooder.mjs'),
    ...({ bundle: true, platform: 'node', format: 'esm', target: 'node20' } as const),
    conditions: ['@synod/source'],
    banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
    logLevel: 'error',
  });
  writers = new Writers((await group.client()).group('kv'), 8);
  await writers.advance(operations);
}, 60_000);

afterAll(async () => {
  await writers?.stop();
  await group?.close();
}, 60_000);

function flood(kind: string, user: string, leader: string): ChildProcess {
  const { password } = group.broker.credentials(user);
  const script = join(group.directory, 'flooder.mjs');
  return spawn(process.execPath, [script, `${group.broker.port}`, user, password, kind, leader], { stdio: 'inherit' });
}

async function term(): Promise<number> {
  return Math.max(...[...(await group.states()).values()].map((state) => state.term));
}

async function refused(): Promise<number> {
  let sum = 0;
  for (const name of group.names) {
    for (const count of (await group.metric(name, 'synod_rejected_messages_total')).values()) sum += count;
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
    const flooder = flood(kind, user, leader);
    try {
      await pause(500);
      const until = performance.now() + floodMs;
      await writers.advance(operations);
      await pause(until - performance.now());
    } finally {
      flooder.kill('SIGKILL');
      await once(flooder, 'exit');
    }
    for (const name of group.names) expect([name, group.isAlive(name)]).toEqual([name, true]);
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
