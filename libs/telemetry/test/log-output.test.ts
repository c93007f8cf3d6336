import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bundles } from '@synod/process-group';

// Real processes, whose lines somebody reads, or slowly, or not at all.

jest.setTimeout(60_000);

const directory = mkdtempSync(join(tmpdir(), 'synod-log-'));
const bundles = new Bundles(directory);
const started: ChildProcess[] = [];
const endsWithinMs = 20_000;

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

function start(program: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [bundles.of(program), ...args], { env: { ...process.env, ...env } });
  started.push(child);
  child.stdin.on('error', () => undefined);
  return child;
}

const talker = (...args: string[]) => start('libs/telemetry/test/support/talker.ts', args);

/** Its exit code. */
async function ended(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(endsWithinMs) })) as [number | null];
  return code;
}

interface Line {
  readonly n?: number;
  readonly lines?: number;
  readonly text?: string;
}

async function read(child: ReturnType<typeof start>, pauseMs = 0): Promise<Line[]> {
  let all = '';
  for await (const part of child.stdout) {
    all += String(part);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  expect(all.endsWith('\n')).toBe(true);
  return all.trimEnd().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
}

test('all that was logged before the end is there, in order', async () => {
  const child = talker('lines', '5000');
  const [lines, code] = await Promise.all([read(child), ended(child)]);
  expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  expect(code).toBe(3);
});

test('who logs and fails ends, though the reader is gone', async () => {
  const child = talker('lines', '5000');
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await ended(child)).toBe(3);
});

test('so does a service that is wrongly configured', async () => {
  const child = start('apps/raft-replica/src/main.ts', [], {
    ...{ SYNOD_GROUP: 'kv', SYNOD_REPLICA: 'r1', SYNOD_MEMBERS: 'r1', SYNOD_DATA: join(directory, 'data') },
    ...{ SYNOD_NATS_CREDENTIALS: join(directory, 'none.json'), SYNOD_NATS_URL: 'nats://127.0.0.1:1' },
  });
  child.stdout.destroy();
  child.stderr.destroy();
  expect([1, 2]).toContain(await ended(child));
});

test('one that nobody listens to any more stops when it is told to', async () => {
  const child = talker('flood');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stderr.destroy();
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.stdin.write('end');
  expect(await ended(child)).toBe(3);
});

test('a reader who is there and takes nothing holds up no end', async () => {
  const child = talker('flood');
  await once(child.stdout, 'readable');
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.stdin.write('end');
  expect(await ended(child)).toBe(3);
});

test('nor does one at the other end of a shell’s pipe, who has standard error, too', async () => {
  // What the shell says of the end of the first goes past the second.
  const program = bundles.of('libs/telemetry/test/support/talker.ts');
  const line = '{ "$0" "$1" lines 5000; echo "$?" >&3; } 3>&2 2>&1 | exec sleep 30';
  const shell = spawn('sh', ['-c', line, process.execPath, program], { detached: true });
  started.push(shell);
  let said = '';
  shell.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const heard = async () => {
    while (!said.includes('\n')) await once(shell.stderr, 'data', { signal: AbortSignal.timeout(endsWithinMs) });
  };
  try {
    await heard();
    expect(said).toBe('3\n');
  } finally {
    process.kill(-shell.pid!, 'SIGKILL');
  }
});

test.each([
  ['comes back', 0],
  ['comes back and is slow', 15],
])('a reader who %s gets what was kept, in order, and is told how much was not', async (_who, pauseMs) => {
  const child = talker('flood');
  await once(child.stdout, 'readable');
  // Far more than is kept: some 200 MB in a second.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  child.stdin.write('end');
  let total = '';
  child.stderr.on('data', (part: Buffer) => (total += part.toString()));
  const lines = await read(child, pauseMs);
  const numbers = lines.flatMap(({ n }) => n ?? []);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  const lost = lines.reduce((sum, line) => sum + (line.lines ?? 0), 0);
  expect(lost).toBeGreaterThan(0);
  expect(numbers.length + lost).toBe(Number(total));
});

test('one who takes some now and then holds up an end for some seconds, and not for as long as it has left to read', async () => {
  const child = talker('flood');
  await once(child.stdout, 'readable');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  child.stdin.write('end');
  const closed = ended(child);
  // What is kept would be taken in half a minute.
  const reading = read(child, 250).catch(() => undefined);
  const endingAt = performance.now();
  expect(await closed).toBe(3);
  expect(performance.now() - endingAt).toBeLessThan(15_000);
  child.stdout.destroy();
  await reading;
});
