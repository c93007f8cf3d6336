import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stage } from './stage.js';

const here = stage();
const path = join(__dirname, '../../../examples/client/src/main.ts');

function run(environment: NodeJS.ProcessEnv): Promise<{ code: unknown; output: string }> {
  const arguments_ = ['--import', 'tsx', '-C', '@synod/source', path];
  const options = { env: { ...process.env, ...environment }, timeout: 15_000 };
  return new Promise((resolve) =>
    execFile(process.execPath, arguments_, options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    ),
  );
}

test('the example runs, says what happened, and ends by itself', async () => {
  const { broker, group } = here;
  const credentials = broker.credentialsPath('client');
  const environment = {
    NATS_URL: broker.url,
    SYNOD_CLUSTER: 'test',
    SYNOD_GROUP: 'kv',
    SYNOD_CREDENTIALS: credentials,
  };
  const { code, output } = await run(environment);
  expect(output.split('\n')).toEqual([
    'put: committed by r1, term 1, index 2',
    'get: hello, revision 2',
    'cas: true, then false: the revision is 3 by now',
    'txn: moved',
    'cleaned up',
    '',
  ]);
  expect(code).toBe(0);
  expect(group.store.size).toBe(0);
}, 20_000);

test('the example is short', () => {
  expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(60);
});
