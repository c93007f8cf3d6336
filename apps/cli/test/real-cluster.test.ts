import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCredentials } from '@synod/nats-transport';
import { poll } from '@synod/process-group';
import { TestStack } from './test-stack.js';
import { run } from './world.js';
import type { Circumstances, Ran } from './world.js';

jest.setTimeout(60_000);

let stack: TestStack;

const synod = (args: readonly string[], more: Circumstances = {}): Promise<Ran> =>
  run(args, { directory: stack.directory, ...more });

/** In a shell, with the program as users run it. */
function shell(line: string): Promise<{ readonly status: number; readonly stdout: string }> {
  const options = { cwd: stack.directory, timeout: 20_000, env: { PATH: process.env['PATH'] } };
  return new Promise((resolve) => {
    const child = execFile('bash', ['-c', line], options, (_, stdout) =>
      resolve({ status: child.exitCode ?? -1, stdout }),
    );
  });
}

async function json(...args: string[]) {
  const { out, err } = await synod([...args, '--json']);
  return JSON.parse(out || err);
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after 20 s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function healthy(): Promise<boolean> {
  const { leader, replicas } = await json('status', '--timeout', '300');
  return (
    leader !== undefined &&
    replicas.every(({ answers, lag, notes }: never) => answers && lag === 0 && !(notes as []).length)
  );
}

beforeAll(async () => {
  stack = await TestStack.start();
  await until('the group is healthy', healthy);
});
afterAll(() => stack?.close());

test('put says who committed it, where, how fast, by whom the quorum, and in which trace', async () => {
  const { code, out, err } = await synod(['put', 'greeting', 'hello']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^committed by raft-r\d, term \d+, index \d+, [\d.]+ ms, quorum by raft-r\d, trace [0-9a-f]{32}\n$/,
  );
});

test('later in a group’s life, too, put names who completed its quorum, and none that is paused', async () => {
  const { leader, replicas } = await json('status');
  const names = replicas.map(({ replica }: { replica: string }) => replica) as string[];
  const paused = names.find((name) => name !== leader)!;
  await synod(['fault', 'pause', paused]);
  try {
    for (let put = 1; put <= 13; put++) {
      const { replica, index, quorumBy, traceId } = await json('put', 'counted', `${put}`);
      expect(names.filter((name) => name !== paused)).toContain(quorumBy);
      const { rounds } = (await json('status', '--verbose', '--timeout', '200')).reports[replica];
      expect(rounds).toContainEqual(expect.objectContaining({ last: index, completedBy: quorumBy, traceId }));
    }
  } finally {
    await synod(['fault', 'resume', paused]);
  }
  await until('the group is healthy', healthy);
});

test('as a process: the trace of a put begins with its own span', async () => {
  const { status, stdout } = await shell('node synod.mjs put greeting hello');
  expect(status).toBe(0);
  const traceId = stdout.trim().slice(-32);
  const trace = await synod(['trace', traceId]);
  expect(trace.code).toBe(0);
  for (const service of ['raft-r1', 'raft-r2', 'raft-r3']) expect(trace.out).toContain(service);
  expect(trace.out).toMatch(/\nsynod +write .*\nraft-r\d +└ raft\.round /);
  expect((await synod(['trace', 'list'])).out).toContain(traceId.slice(0, 12));
});

test('as a process: pipes, exit codes, and a reader who has had enough', async () => {
  const piped = await shell(
    'printf "a\\0b" | node synod.mjs put piped - > /dev/null && node synod.mjs get piped | od -An -c',
  );
  expect(piped.stdout).toMatch(/a +\\0 +b/);
  expect(await shell('node synod.mjs get nothing')).toMatchObject({ status: 3 });
  expect(await shell('set -o pipefail; node synod.mjs tap --all | head -n 2')).toMatchObject({ status: 0 });
  expect(await shell('node synod.mjs tap & sleep 1; kill -INT $!; wait $!')).toMatchObject({ status: 0 });
});

test('get prints the bytes and nothing else; a line end only on a terminal', async () => {
  const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect((await synod(['put', 'bytes', '-'], { input: value })).code).toBe(0);
  expect((await synod(['get', 'bytes'])).bytes).toEqual(Buffer.from(value));
  writeFileSync(join(stack.directory, 'file.bin'), value);
  expect((await synod(['put', 'from-file', '--file', 'file.bin'])).code).toBe(0);
  expect(await json('get', 'from-file')).toMatchObject({
    found: true,
    valueBase64: Buffer.from(value).toString('base64'),
  });
  await synod(['put', 'greeting', 'hello']);
  expect((await synod(['get', 'greeting'])).out).toBe('hello');
  expect((await synod(['get', 'greeting'], { columns: 80 })).out).toBe('hello\n');
  expect(await json('get', 'greeting')).toMatchObject({ value: 'hello', valueBase64: 'aGVsbG8=' });
  const stale = await synod(['get', 'greeting', '--stale']);
  expect(stale).toMatchObject({ out: 'hello', err: expect.stringContaining('stale: state of raft-r') });
});

test('what is not there, and what has changed meanwhile, exits with 3', async () => {
  expect(await synod(['get', 'nothing'])).toMatchObject({ code: 3, out: '', err: 'there is no key nothing\n' });
  expect(await json('get', 'nothing')).toMatchObject({ found: false });
  expect((await synod(['delete', 'nothing'])).code).toBe(3);
  const { revision } = await json('put', 'counter', '1');
  expect(await synod(['cas', 'counter', '0', '2'])).toMatchObject({
    code: 3,
    err: expect.stringContaining(`its revision is ${revision}`),
  });
  expect((await synod(['cas', 'counter', `${revision}`, '2'])).code).toBe(0);
  const changed = await json('get', 'counter');
  expect(changed).toMatchObject({ value: '2', version: 2 });
  expect((await synod(['cas', 'counter', `${changed.revision}`, '--delete'])).code).toBe(0);
  expect((await synod(['get', 'counter'])).code).toBe(3);
});

test('values that are too large are refused before anything is sent', async () => {
  const large = 'x'.repeat(65_537);
  expect(await synod(['put', 'large', '-'], { input: large })).toMatchObject({
    code: 2,
    err: expect.stringContaining('more than 65536 bytes'),
  });
  expect((await synod(['put', 'large', large])).code).toBe(2);
  expect((await synod(['put', 'k'.repeat(1025), 'x'])).code).toBe(2);
  expect(await synod(['put', 'large', '--file', 'none'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('ENOENT'),
  });
});

test('range lists in order, with limits, as a table, as names, as JSON', async () => {
  for (const name of ['c', 'a', 'b']) await synod(['put', `list/${name}`, `value ${name}`]);
  const lines = (await synod(['range', 'list/'])).out.split('\n');
  expect(lines[0]).toMatch(/^KEY +REVISION +VERSION +VALUE$/);
  expect(lines.slice(1, 4).map((line) => line.split(/ +/)[0])).toEqual(['list/a', 'list/b', 'list/c']);
  expect((await synod(['range', 'list/', '--keys'])).out).toBe('list/a\nlist/b\nlist/c\n');
  expect((await synod(['range', 'list/', '--keys', '--limit', '1', '--after', 'list/a'])).out).toBe('list/b\n');
  const documents = (await synod(['range', 'list/', '--json'])).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(documents.map(({ key, value }) => `${key}=${value}`)).toEqual([
    'list/a=value a',
    'list/b=value b',
    'list/c=value c',
  ]);
});

test('a transaction, from words and from a file', async () => {
  await synod(['put', 'stock', '5']);
  const { revision } = await json('get', 'stock');
  const words = [
    'txn',
    '--if',
    `stock revision = ${revision}`,
    '--then',
    'put stock 4',
    '--then',
    'get stock',
    '--else',
    'get stock',
  ];
  const first = await synod(words);
  expect(first.code).toBe(0);
  expect(first.out).toContain('stock = 4');
  expect(await synod(words)).toMatchObject({ code: 3, out: expect.stringContaining('the conditions do not hold') });
  const text = JSON.stringify({
    conditions: [{ key: 'stock', is: 'equal', value: '4' }],
    success: [{ delete: { key: 'stock' } }],
  });
  const { code, out } = await synod(['txn', '--file', '-', '--json'], { input: text });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ succeeded: true, results: [{ kind: 'written', existed: true }] });
});

test('status shows the replicas; verbose also what they counted', async () => {
  const { code, out } = await synod(['status']);
  expect(code).toBe(0);
  expect(out).toMatch(/^REPLICA +ROLE +TERM +COMMIT +APPLIED +LAG +STATE HASH\n/);
  expect(out.match(/follower/g)).toHaveLength(2);
  expect(out).toContain('3 of 3 answer');
  const verbose = (await synod(['status', '--verbose'])).out;
  for (const part of [
    'elections',
    'append-entries-reply',
    'MESSAGES REJECTED',
    'syncs',
    'LAST LOG ENTRIES',
    'LAST ROUNDS',
  ])
    expect(verbose).toContain(part);
  expect(await json('status')).not.toHaveProperty('reports');
  expect(Object.keys((await json('status', '--verbose')).reports).sort()).toEqual(['raft-r1', 'raft-r2', 'raft-r3']);
});

test('status --watch goes on until it is told to stop', async () => {
  const stopping = new AbortController();
  const onOutput = (out: string): void => void (out.split('\n').length > 2 && stopping.abort());
  const { code, out } = await synod(['status', '--watch', '--json'], { signal: stopping.signal, onOutput });
  expect(code).toBe(0);
  expect(JSON.parse(out.split('\n')[0]!)).toHaveProperty('replicas');
});

test('tap shows a write on its way, without its value', async () => {
  const stopping = new AbortController();
  const onOutput = (out: string): void => void (/reply.*written at/.test(out) && stopping.abort());
  const tapping = synod(['tap'], { signal: stopping.signal, onOutput });
  await until('the tap has heard the write', async () => {
    await synod(['put', 'tapped', 'secret']);
    return stopping.signal.aborted;
  });
  const { code, out, err } = await tapping;
  expect(code).toBe(0);
  expect(out).toMatch(/cli → raft-r\d +request .*put tapped \(6 B\), trace [0-9a-f]{12}/);
  expect(out).toMatch(/raft-r\d → replicas +append-entries .*entries \d+/);
  expect(out).not.toContain('secret');
  expect(err).toMatch(/\d+ messages, \d+ not asked for/);
});

test('who may not, is told so by name', async () => {
  expect(await synod(['status', '--user', 'cli'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('user cli may not'),
  });
  expect(await synod(['get', 'a', '--user', 'observer'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('user observer may not'),
  });
  expect(await synod(['tap', '--user', 'cli'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('may not listen'),
  });
  const strangers = join(stack.directory, 'strangers');
  ensureCredentials(strangers, ['cli', 'admin']);
  for (const command of ['get a', 'status']) {
    const { code, err } = await synod([...command.split(' '), '--credentials', strangers]);
    expect(code).toBe(1);
    expect(err).toMatch(/refuses user "?(cli|admin)"?/);
  }
});

test('what only another protocol has is refused by name: registers, and members that change', async () => {
  for (const args of [
    ['decide', 'owner', 'alice'],
    ['decided', 'owner'],
  ]) {
    expect(await synod(args)).toMatchObject({
      code: 2,
      err: expect.stringContaining('group raft speaks raft, which has no write-once registers'),
    });
  }
  for (const args of [['list'], ['add', 'r4'], ['remove', 'r1']]) {
    expect(await synod(['member', ...args])).toMatchObject({
      code: 2,
      err: 'synod: the members of group raft are fixed: it speaks raft\n',
    });
  }
});

test('without the admin, a put is complete all the same', async () => {
  const directory = join(stack.directory, 'only-cli');
  mkdirSync(directory);
  writeFileSync(join(directory, 'cli.json'), JSON.stringify(stack.group.broker.credentials('cli')), { mode: 0o600 });
  const { code, out } = await synod(['put', 'a', 'b', '--credentials', directory]);
  expect(code).toBe(0);
  expect(out).toMatch(/^committed by raft-r\d, term \d+, index \d+, [\d.]+ ms, trace [0-9a-f]{32}\n$/);
});

test('the level of a log is shown and changed while a member runs', async () => {
  expect(await json('log-level')).toMatchObject({
    members: ['raft-r1', 'raft-r2', 'raft-r3'].map((replica) => ({ replica, level: 'info' })),
  });
  const { code, out } = await synod(['log-level', 'debug', 'r2']);
  expect({ code, out }).toEqual({ code: 0, out: 'member   level\nraft-r2  debug\n' });
  // The member answers when its level has changed; what it prints takes a way of its own.
  await poll(
    () => stack.logOf('raft-r2').includes('"msg":"logs at level debug from now on, as the admin asked"') || undefined,
    10_000,
    () => stack.logOf('raft-r2').slice(-2000),
  );
  // Whether it leads or follows, what happens in its rounds is told there now, and of the others' nowhere.
  expect((await synod(['put', 'detailed', 'v'])).code).toBe(0);
  await poll(
    () => /"event":"(applied|round)"/.test(stack.logOf('raft-r2')) || undefined,
    10_000,
    () => stack.logOf('raft-r2').slice(-2000),
  );
  for (const other of ['raft-r1', 'raft-r3']) expect(stack.logOf(other)).not.toMatch(/"event":"(applied|round)"/);
  expect((await synod(['log-level'])).out).toBe('member   level\nraft-r1  info\nraft-r2  debug\nraft-r3  info\n');
  expect((await synod(['log-level', 'info'])).code).toBe(0);
  expect(await synod(['log-level', 'loud'])).toMatchObject({ code: 2 });
  expect(await synod(['log-level', 'trace'])).toMatchObject({ code: 2 });
  expect(await synod(['log-level', 'info', 'r9'])).toMatchObject({ code: 2 });
});

test('a partition separates, and heals', async () => {
  const { leader } = await json('status');
  const { code, out } = await synod(['fault', 'partition', leader]);
  expect(code).toBe(0);
  expect(out).toContain(`${leader} is cut off from raft-r`);
  await until('another leads', async () => (await json('status')).leader !== leader);
  expect((await synod(['status'])).out).toContain('cut off from raft-r');
  expect((await synod(['put', 'after', 'partition'])).code).toBe(0);
  expect((await synod(['fault', 'heal'])).code).toBe(0);
  await until('all is well', healthy);
});

test('without a majority a write is refused, telling who answers what; paused replicas are shown', async () => {
  const { leader, replicas } = await json('status');
  const others = replicas
    .map(({ replica }: { replica: string }) => replica)
    .filter((name: string) => name !== leader) as string[];
  expect((await synod(['fault', 'pause', ...others])).out).toContain(
    'is paused; it goes on with: synod fault resume raft-r',
  );
  try {
    await until('the leader has noticed', async () => (await json('status', '--timeout', '200')).leader === undefined);
    const { code, err } = await synod(['put', 'a', 'b', '--timeout', '500']);
    expect(code).toBe(4);
    for (const other of others) expect(err).toContain(`${other}: no answer`);
    expect(err).toMatch(/knows no leader/);
    const status = await synod(['status', '--timeout', '200']);
    expect(status.code).toBe(1);
    expect(status.out).toMatch(/no answer +pid \d+ paused/);
  } finally {
    await synod(['fault', 'resume', ...others]);
  }
  await until('all is well', healthy);
});

test('a killed replica is shown until it is back', async () => {
  const pid = stack.pidOf('raft-r3');
  expect(await synod(['fault', 'kill', 'r3'])).toMatchObject({
    code: 0,
    out: expect.stringContaining(`raft-r3 (process ${pid}) is killed`),
  });
  await until('it is gone', async () =>
    /raft-r3 +no answer +process ended/.test((await synod(['status', '--timeout', '200'])).out),
  );
  expect(await synod(['fault', 'pause', 'r3'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('not running just now'),
  });
  stack.run('raft-r3');
  await until('all is well', healthy);
});
