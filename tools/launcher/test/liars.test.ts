import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo } from '../src/demo/demo.js';
import { LocalStack } from '../src/local-stack.js';

// What `npm start -- --byzantine pbft-r1=equivocate --demo` does once everything is installed: real processes over a real broker.

const workspace = join(__dirname, '../../..');
const directory = mkdtempSync(join(tmpdir(), 'synod-liars-'));
let stack: LocalStack;

beforeAll(() => {
  const bundler = JSON.stringify(`file://${join(workspace, 'tools/launcher/bundle.mjs')}`);
  const build = `const { bundle } = await import(${bundler}); await bundle();`;
  execFileSync(process.execPath, ['--input-type=module', '-e', build]);
  // Where Debian puts nats-server, which ordinary users' PATHs leave out.
  process.env['PATH'] += ':/usr/sbin';
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  rmSync(directory, { recursive: true });
}, 60_000);

test('the group goes on though its primary equivocates, and the proof is a file that `synod verify` accepts', async () => {
  const told: string[] = [];
  stack = await LocalStack.start(
    {
      ...{ directory, fresh: true, groups: ['pbft'], replicas: undefined },
      traitors: new Map([['pbft-r1', 'equivocate']]),
    },
    {
      ...{ workspace, natsServer: process.env['SYNOD_NATS_SERVER'] ?? 'nats-server' },
      progress: { stage: async (_title, work) => (await work())?.value as never, note: () => undefined },
      tell: () => undefined,
    },
  );
  await runDemo(stack, (line) => void told.push(line));
  const text = told.join('\n');
  expect(text).toMatch(/pbft-r1 lies \(equivocate\)\. The primary is pbft-r1/);
  expect(text).toMatch(/put capital\/pt = Lisbon: committed by pbft-r\d, view [1-9]/);
  expect(text).toMatch(/the others left pbft-r1; the primary is pbft-r[234]\nthe view change:\ntrace /);
  expect(text).toMatch(/get capital\/at: Vienna/);
  const [, file] = /\$ npx synod verify (\S+) --trust /.exec(text) ?? [];
  expect(text).toMatch(/\nholds in group pbft: pbft-r1 is faulty: it signed what contradicts itself \(twoDigests\)/);
  const proof = join(directory, 'proofs/01-equivocation-of-pbft-r1.cert');
  expect(file).toBe(proof);
  expect(readFileSync(proof).length).toBeGreaterThan(100);
  expect(text).toMatch(/pbft-r1 .*equivocate\n/);
}, 120_000);

test('who lied in these data is remembered until they are forgotten', () => {
  expect(existsSync(join(directory, 'data/traitors'))).toBe(true);
  expect(readFileSync(join(directory, 'data/traitors'), 'utf8')).toBe('pbft-r1\n');
});
