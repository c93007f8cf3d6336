import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestStack } from './test-stack.js';
import { run } from './world.js';
import type { Circumstances, Ran } from './world.js';

jest.setTimeout(60_000);

let stack: TestStack;

const synod = (args: readonly string[], more: Circumstances = {}): Promise<Ran> =>
  run(args, { directory: stack.directory, ...more });

async function json(...args: string[]) {
  const { out, err } = await synod([...args, '--json']);
  return JSON.parse(out || err);
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after 30 s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

beforeAll(async () => {
  stack = await TestStack.start({ protocol: 'pbft' });
  await until('the group has a primary', async () => (await json('status', '--timeout', '300')).leader !== undefined);
});
afterAll(() => stack?.close());

test('put says in which view, and who completed the quorum', async () => {
  const { code, out, err } = await synod(['put', 'greeting', 'hello']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^committed by pbft-r\d, view 0, request \d+, [\d.]+ ms, quorum by pbft-r\d, trace [0-9a-f]{32}\n$/,
  );
  const again = await json('put', 'greeting', 'hello again');
  expect(again).toMatchObject({ existed: true, view: '0', quorumBy: expect.stringMatching(/^pbft-r/) });
  expect(again.index).toBe(again.revision);
  expect((await synod(['get', 'greeting'])).out).toBe('hello again');
  expect((await synod(['get', 'greeting', '--stale'])).out).toBe('hello again');
});

test('status shows view, primary, water marks, stable checkpoint and statistics', async () => {
  const { code, out } = await synod(['status']);
  expect(code).toBe(0);
  expect(out).toMatch(/^REPLICA +ROLE +VIEW +STABLE +HIGH +EXECUTED +LAG +STATE HASH\n/);
  expect(out).toMatch(/pbft-r1 +primary +0 +0 +100 +\d+ +0 /);
  expect(out).toMatch(/group pbft \(pbft\): leader pbft-r1, view 0, 4 of 4 answer/);
  expect(out).toContain('1 of 4 may do anything at all; 3 are a quorum');
  const verbose = (await synod(['status', '--verbose'])).out;
  for (const part of [
    'messages sent',
    'messages received',
    'requests executed',
    'view changes',
    'low mark',
    'SEQUENCES',
  ]) {
    expect(verbose).toContain(part);
  }
});

test('tap shows a write through all phases, in words, and no values', async () => {
  const stopping = new AbortController();
  const onOutput = (out: string): void => void (/reply .*written at/.test(out) && stopping.abort());
  const tapping = synod(['tap'], { signal: stopping.signal, onOutput });
  await until('the tap has heard the write', async () => {
    await synod(['put', 'tapped', 'secret']);
    return stopping.signal.aborted;
  });
  const { code, out } = await tapping;
  expect(code).toBe(0);
  expect(out).toMatch(/cli → pbft-r\d +request .*put tapped \(6 B\), signed by cli/);
  expect(out).toMatch(/pbft-r1 → replicas +pre-prepare .*view 0, sequence \d+, digest [0-9a-f]{12}, requests \d+/);
  expect(out).toMatch(/pbft-r[234] → replicas +prepare .*view 0, sequence \d+, .*signed by pbft-r/);
  expect(out).toMatch(/pbft-r\d → replicas +commit /);
  expect(out).toMatch(/reply .*request \d+, view 0/);
  expect(out).not.toContain('secret');
  expect(out).not.toContain('not understood');
});

test('an answer can be kept, and anybody with the public keys can check it', async () => {
  const path = join(stack.directory, 'answer.cert');
  const put = await synod(['put', 'kept', 'value', '--certificate', path]);
  expect(put.code).toBe(0);
  const { code, out } = await synod(['verify', path]);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^holds in group pbft: a request of cli, \d+\.\d+ put kept=value, was answered alike by pbft-r\d, pbft-r\d: written \d+, at position \d+\n$/,
    ),
  });
  expect(await json('verify', path)).toMatchObject({
    ...{ group: 'pbft', holds: true, kind: 'reply' },
    ...{ asked: expect.stringMatching(/^\d+\.\d+ put kept=value$/), answered: expect.stringMatching(/^written \d+$/) },
    position: expect.any(Number),
  });
  const read = join(stack.directory, 'read.cert');
  await synod(['get', 'kept', '--certificate', read]);
  expect((await synod(['verify', read])).out).toMatch(
    /: a read, get kept, was answered alike by pbft-r\d, pbft-r\d, pbft-r\d: kept@\d+=value, at position \d+\n$/,
  );
  const stale = join(stack.directory, 'stale.cert');
  await synod(['get', 'kept', '--stale', '--certificate', stale]);
  expect(await synod(['verify', stale])).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /: a read that may be stale, get kept, was answered alike by pbft-r\d, pbft-r\d: kept@\d+=value, at position \d+\n$/,
    ),
  });
  const bytes = readFileSync(path);
  for (const at of [10, bytes.length >> 1, bytes.length - 5]) {
    const forged = Uint8Array.from(bytes);
    forged[at]! ^= 1;
    writeFileSync(path, forged);
    expect(await synod(['verify', path])).toMatchObject({ code: 1, out: '' });
  }
  expect(await synod(['verify', join(stack.directory, 'nothing')])).toMatchObject({ code: 2 });
});

test('keys are made for a group, readable by their owner only, and never replaced', async () => {
  const directory = join(stack.directory, 'made');
  const args = ['keys', 'init', '--dir', directory, '--group', 'bank=b-r1,b-r2,b-r3,b-r4', '--client', 'billing'];
  const { code, out } = await synod(args);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('of b-r1, b-r2, b-r3, b-r4 and of gateway') });
  const folder = join(directory, 'keys/bank');
  expect(readdirSync(folder)).toContain('user-billing.key');
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.key')) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  expect(await synod(args)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
  expect((await synod([...args, '--keep'])).code).toBe(0);
  expect(await synod([...args.slice(0, 4), '--group', 'bank=b-r1', '--keep'])).toMatchObject({ code: 2 });
});

test('a group none of whose members may be faulty is refused, unless it is meant', async () => {
  const init = (group: string, ...more: readonly string[]) =>
    synod(['keys', 'init', '--dir', join(stack.directory, 'small'), '--group', group, ...more]);
  const { code, err } = await init('s=s-r1,s-r2,s-r3');
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/of 3 members none may be faulty: .*4 members for one.*--force/),
  });
  expect((await init('s=s-r1,s-r2,s-r3,s-r4')).code).toBe(0);
  expect((await init('t=t-r1,t-r2,t-r3', '--force')).code).toBe(0);
  expect((await init('t=t-r1,t-r2,t-r3', '--keep')).code).toBe(0);
});

test('without keys a client is told what it lacks', async () => {
  const elsewhere = { environment: { SYNOD_KEYS: join(stack.directory, 'nowhere') } };
  const { code, err } = await synod(['get', 'greeting', '--timeout', '3000'], elsewhere);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/group pbft speaks pbft: .*keys .* needed/) });
});
