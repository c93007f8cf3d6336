import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestStack } from './test-stack.js';
import { run } from './world.js';
import type { Ran } from './world.js';

jest.setTimeout(60_000);

let stack: TestStack;
const synod = (...args: readonly string[]): Promise<Ran> => run(args, { directory: stack.directory });

async function until<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; ) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`after 30 s still not: ${what}`);
}

beforeAll(async () => {
  stack = await TestStack.start({ protocol: 'pbft', traitors: new Map([['pbft-r1', 'equivocate']]) });
  await until('the group has a primary', async () => ((await synod('status', '--timeout', '300')).code === 0 ? true : undefined)); // prettier-ignore
});
afterAll(() => stack?.close());

test('as long as nobody has contradicted himself, nobody is accused', async () => {
  expect(await synod('evidence', '--trust', join(stack.directory, 'nowhere'))).toMatchObject({ code: 1 });
  expect(await synod('evidence')).toMatchObject({
    code: 0,
    out: 'nobody in group pbft is proven to be faulty, as far as the 4 members that answer know\n',
  });
});

test('who equivocates is proven to, by a file that verify accepts; what proves nothing is believed nobody', async () => {
  expect((await synod('put', 'greeting', 'hello')).code).toBe(0);
  const { out } = await until('there is a proof', async () => {
    const ran = await synod('evidence');
    return ran.out.includes('is faulty') ? ran : undefined;
  });
  expect(out).toMatch(/^pbft-r1 is faulty: .* \(twoDigests\): prePrepare 0\.1 .*; kept by pbft-r/);
  // A member that lies about another: what it tells is checked here.
  const lies = join(stack.group.replica('pbft-r4').data, 'evidence');
  mkdirSync(lies, { recursive: true });
  writeFileSync(join(lies, '09-equivocation-of-pbft-r2.cert'), 'it was him');
  const saved = await synod('evidence', '--save', 'proofs');
  expect(saved.code).toBe(0);
  expect(saved.out).not.toMatch(/^pbft-r2/m);
  expect(saved.err).toContain('09-equivocation-of-pbft-r2.cert of pbft-r4 proves nothing: ');
  const folder = join(stack.directory, 'proofs');
  for (const file of readdirSync(folder)) {
    expect(await synod('verify', join('proofs', file))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^holds in group pbft: pbft-r1 is faulty/),
    });
  }
  const [first] = (await synod('evidence', '--json')).out.split('\n');
  const { of, certificate } = JSON.parse(first!) as { of: string; certificate: string };
  expect(of).toBe('pbft-r1');
  expect(Buffer.from(certificate, 'base64')).toEqual(readFileSync(join(folder, '01-equivocation-of-pbft-r1.cert')));
});
