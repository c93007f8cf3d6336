import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bundles } from '@synod/process-group';

jest.setTimeout(60_000);

const directory = mkdtempSync(join(tmpdir(), 'synod-process-'));
const bundles = new Bundles(directory);
const program = (name: string) => bundles.of(`libs/service/test/support/${name}.ts`);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What is left of a service that fails at its start with an error of that name. */
function failing(errorName: string) {
  const { status, stderr } = spawnSync(process.execPath, [program('failing'), errorName], { encoding: 'utf8' });
  return { status, line: JSON.parse(stderr) as Record<string, unknown> };
}

test('a service that fails tells why in a line like those of its log, and where in its code', () => {
  const { status, line } = failing('Error');
  expect(status).toBe(1);
  expect(Object.keys(line)).toEqual(['level', 'time', 'msg', 'stack']);
  expect(line).toMatchObject({ level: 'fatal', msg: 'it is so' });
  expect(new Date(line['time'] as string).toISOString()).toBe(line['time']);
});

test('who configured it wrongly is not shown its code', () => {
  const { status, line } = failing('EnvironmentError');
  expect(status).toBe(2);
  expect(Object.keys(line)).toEqual(['level', 'time', 'msg']);
});

test.each([
  ['after ten seconds', 1],
  ['at once when it is told a second time', 2],
])('a service that does not come to its end is ended: %s', async (_when, signals) => {
  const child = spawn(process.execPath, [program('hanging')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let said = '';
  const says = async (line: string): Promise<void> => {
    while (!said.endsWith(`${line}\n`)) said += String((await once(child.stdout, 'data'))[0]);
  };
  await says('started');
  child.kill('SIGTERM');
  await says('stopping');
  child.stdout.on('data', (more) => (said += String(more)));
  if (signals > 1) child.kill('SIGTERM');
  expect(await exit).toEqual([1, null]);
  expect(said).toBe('started\nstopping\n');
});
