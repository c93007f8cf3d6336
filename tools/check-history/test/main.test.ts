import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'synod-check-'));

afterAll(() => rmSync(folder, { recursive: true }));

function run(lines: readonly object[], ...more: readonly string[]) {
  const path = join(folder, 'history.jsonl');
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  const args = ['--import', 'tsx', '-C', '@synod/source', 'tools/check-history/src/main.ts', path, ...more];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

const put = {
  client: 'a',
  kind: 'put',
  key: 'k',
  value: '1',
  invokedAt: 0,
  returnedAt: 1,
  outcome: 'answered',
  result: {},
};
const get = { client: 'b', kind: 'get', key: 'k', invokedAt: 2, returnedAt: 3, outcome: 'answered' };

test('a verdict and an exit code', () => {
  const good = run([put, { ...get, result: { entry: { value: '1' } } }]);
  expect([good.status, good.stdout]).toEqual([
    0,
    expect.stringContaining('linearizable: 2 operations, 2 judged in 1 parts'),
  ]);
  const bad = run([put, { ...get, result: {} }]);
  expect([bad.status, bad.stdout]).toEqual([1, expect.stringContaining('No order goes on to: b: get k → nothing')]);
  const malformed = run([{ ...put, key: 7 }]);
  expect([malformed.status, malformed.stderr]).toEqual([
    3,
    expect.stringContaining('history.jsonl:1 is not an operation: key is not text'),
  ]);
}, 30_000);

test('a stale read that is older than it says, by more than clocks differ', () => {
  const second = { ...put, value: '2', invokedAt: 2, returnedAt: 3 };
  const old = { ...get, level: 'stale', maxAgeMs: 100, ageMs: 0, index: 1, invokedAt: 5000, returnedAt: 5001, result: { entry: { value: '1' } } }; // prettier-ignore
  const told = run([put, second, old]);
  expect([told.status, told.stdout]).toEqual([1, expect.stringContaining('it says that it is 0 ms old')]);
  expect(run([put, second, old], '--clocks-ms', '6000').status).toBe(0);
  expect(run([put, second, old], '--clocks-ms', 'soon').status).toBe(3);
}, 30_000);
