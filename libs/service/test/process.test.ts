import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bundles } from '@synod/process-group';

jest.setTimeout(60_000);

const directory = mkdtempSync(join(tmpdir(), 'synod-process-'));
const program = new Bundles(directory).of('libs/service/test/support/failing.ts');

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What is left of a service that fails at its start with an error of that name. */
function failing(errorName: string, environment: NodeJS.ProcessEnv) {
  const env = { PATH: process.env['PATH'], ...environment };
  const { status, stderr } = spawnSync(process.execPath, [program, errorName], { env, encoding: 'utf8' });
  return { status, line: JSON.parse(stderr) as Record<string, unknown> };
}

test('a service that fails tells why in a line like those of its log, and where in its code', () => {
  const { status, line } = failing('Error', { SYNOD_REPLICA: 'r1' });
  expect(status).toBe(1);
  expect(Object.keys(line)).toEqual(['level', 'time', 'service', 'msg', 'stack']);
  expect(line).toMatchObject({ level: 'fatal', service: 'r1', msg: 'it is so' });
  expect(new Date(line['time'] as string).toISOString()).toBe(line['time']);
});

test('who configured it wrongly is not shown its code; a service that has no name yet is given none', () => {
  const { status, line } = failing('EnvironmentError', {});
  expect(status).toBe(2);
  expect(Object.keys(line)).toEqual(['level', 'time', 'msg']);
});
