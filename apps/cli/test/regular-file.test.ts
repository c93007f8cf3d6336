import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegularFile } from '../src/regular-file.js';
import { run } from './world.js';

const directory = mkdtempSync(join(tmpdir(), 'synod-regular-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a file is read whole, unless it is larger than may be', () => {
  const path = join(directory, 'file');
  writeFileSync(path, 'content');
  expect(readRegularFile(path).toString()).toBe('content');
  expect(readRegularFile(path, 7).toString()).toBe('content');
  expect(() => readRegularFile(path, 6)).toThrow('it has more than 6 bytes');
  expect(() => readRegularFile(`${path}s`)).toThrow('ENOENT');
});

test('commands refuse what is no file with a sentence, and wait for nobody', async () => {
  const pipe = join(directory, 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  // Whoever opens a pipe waits for who writes; the test must not wait as long, when the code does.
  const writer = spawn('sh', ['-c', 'while :; do sleep 3; : > "$0"; done', pipe], { stdio: 'ignore' });
  const started = performance.now();
  try {
    for (const path of [pipe, directory]) {
      for (const command of [['snapshot', 'status'], ['snapshot', 'restore', '--group', 'raft'], ['replay']]) {
        const { code, err } = await run([...command, path], { directory, environment: surroundings });
        expect([command.join(' '), code, err]).toEqual([command.join(' '), expect.any(Number), expect.stringContaining('it is no regular file')]); // prettier-ignore
        expect(code).not.toBe(0);
      }
      expect(() => readRegularFile(path)).toThrow('it is no regular file');
    }
    expect(performance.now() - started).toBeLessThan(2500);
  } finally {
    writer.kill('SIGKILL');
  }
}, 30_000);

/** Of a cluster that nobody gets to ask. */
const surroundings = { SYNOD_NATS_URL: 'nats://127.0.0.1:1', SYNOD_CREDENTIALS: directory };
