import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from '@synod/process-group';
import { LocalGroup } from './local-group.js';

// The same doors in front of PBFT: real replicas, and a real gateway that asks all of them and believes what they sign alike.

let local: LocalGroup;
beforeAll(async () => {
  local = await LocalGroup.start('pbft');
}, 60_000);
afterAll(() => local.close());

jest.setTimeout(60_000);

type Json = Readonly<Record<string, unknown>>;
const call = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(local.of(path), { method, headers, ...(body !== undefined && { body }) });
const jsonOf = async (response: Response) => (await response.json()) as Json;

test('keys: put, get, precondition, range, delete', async () => {
  const stored = await call('PUT', '/kv/a%2Fb', {}, 'v1');
  expect([stored.status, await jsonOf(stored)]).toEqual([201, expect.objectContaining({ existed: false })]);
  expect(stored.headers.get('synod-replica')).toMatch(/^pbft-r[1234]$/);
  const got = await call('GET', '/kv/a/b');
  expect([got.status, await got.text(), got.headers.get('etag')]).toEqual([200, 'v1', stored.headers.get('etag')]);
  expect((await call('PUT', '/kv/a/b', { 'if-none-match': '*' }, 'v2')).status).toBe(412);
  expect((await call('PUT', '/kv/a/b', { 'if-match': got.headers.get('etag')! }, 'v2')).status).toBe(200);
  expect(await (await call('GET', '/kv/a/b?consistency=stale')).text()).toBe('v2');
  expect((await call('DELETE', '/kv/a/b')).status).toBe(200);
  expect((await call('GET', '/kv/a/b')).status).toBe(404);
});

describe('An answer that comes as its certificate', () => {
  let directory: string;
  let cli: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'synod-certificate-'));
    cli = join(directory, 'cli.mjs');
    bundleProgram('apps/cli/src/main.ts', cli);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const asked = { accept: 'application/json;q=0.5, application/vnd.synod.certificate' };
  const verify = (certificate: ArrayBuffer) => {
    const file = join(directory, 'answer.cert');
    writeFileSync(file, Buffer.from(certificate));
    const { group } = local;
    return spawnSync(process.execPath, [cli, 'verify', file, '--trust', group.keys, '--json'], { encoding: 'utf8' });
  };

  const transaction = JSON.stringify({ success: [{ put: { key: 'proven', value: 'w' } }] });
  test.each([
    ['PUT', '/kv/proven', 'v1', 201],
    ['GET', '/kv/proven', undefined, 200],
    ['GET', '/kv?prefix=proven', undefined, 200],
    ['POST', '/transactions', transaction, 200],
    ['DELETE', '/kv/proven', undefined, 200],
    ['POST', '/ledger/transactions?cut_after_ms=1', 'hello', 201],
    ['GET', '/ledger', undefined, 200],
    ['GET', '/ledger/blocks', undefined, 200],
    ['GET', '/ledger/blocks/1', undefined, 200],
    ['GET', '/ledger/blocks/1/transactions/0', undefined, 200],
  ] as const)('%s %s: `synod verify` accepts it, and nothing else', async (method, path, body, status) => {
    const answer = await call(method, path, { ...asked, 'content-type': 'application/json' }, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, asked.accept.split(', ')[1]]);
    expect(answer.headers.get('synod-view')).toMatch(/^[0-9]+$/);
    const bytes = await answer.arrayBuffer();
    const { status: exit, stdout, stderr } = verify(bytes);
    expect([exit, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ holds: true, kind: 'reply' });
    new Uint8Array(bytes)[bytes.byteLength - 10]! ^= 1;
    expect(verify(bytes).status).toBe(1);
  });

  test('tells of nobody else’s question, nor of its answer, whatever others ask at the same time', async () => {
    const secret = 'what-another-one-wrote-and-reads';
    await call('PUT', '/kv/theirs', {}, secret);
    const others = () => [call('GET', '/kv/theirs'), call('PUT', '/kv/theirs', {}, secret)];
    const own = () => [call('GET', '/kv/own', asked), call('PUT', '/kv/own', asked, 'mine')];
    for (let round = 0; round < 5; round++) {
      const all = Array.from({ length: 5 }, () => [others(), own(), others()]).flat(2);
      for (const answer of await Promise.all(all)) {
        const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
        if (answer.headers.get('content-type')!.includes('certificate'))
          expect(text).not.toMatch(/theirs|what-another/);
      }
    }
  });

  test('is not the answer to the same request without it', async () => {
    for (const [method, path] of [
      ['PUT', '/kv/proven/once'],
      ['POST', '/ledger/transactions'],
    ] as const) {
      const key = { 'idempotency-key': `"certified ${method}"` };
      const first = await call(method, path, { ...asked, ...key }, 'x');
      const again = await call(method, path, { ...asked, ...key }, 'x');
      expect([first.status, again.headers.get('synod-replayed')]).toEqual([201, 'true']);
      expect(await again.arrayBuffer()).toEqual(await first.arrayBuffer());
      expect((await call(method, path, key, 'x')).status).toBe(422);
    }
  });
});

test('registers it has none, which is said', async () => {
  expect((await call('PUT', '/registers/x', {}, 'y')).status).toBe(404);
});

test('an Idempotency-Key holds through the death of the primary', async () => {
  const key = { 'idempotency-key': '"one write"' };
  const first = await call('PUT', '/kv/once', key, 'x');
  const primary = await local.group.leader();
  await local.group.replica(primary).kill();
  const again = await call('PUT', '/kv/once', key, 'x');
  expect([again.status, again.headers.get('synod-replayed')]).toEqual([201, 'true']);
  expect((await jsonOf(again))['revision']).toBe((await jsonOf(first))['revision']);
  expect((await call('PUT', '/kv/after?timeout_ms=20000', {}, 'x')).status).toBe(201);
  expect((await call('GET', '/kv/once')).headers.get('synod-version')).toBe('1');
  local.group.replica(primary).run();
  await local.group.inStep();
});

test('status shows the view, its primary, water marks and stable checkpoint, and rounds', async () => {
  await call('PUT', '/kv/seen', {}, 'x');
  const status = await jsonOf(await call('GET', '/status'));
  const primary = await local.group.leader();
  expect(status).toMatchObject({ protocol: 'pbft', leader: primary, view: expect.any(Number), diverged: [] });
  const members = status['replicas'] as readonly Json[];
  expect(members).toHaveLength(4);
  for (const member of members) {
    expect(member).toMatchObject({ kind: 'replica', up: true, view: status['view'], stable: member['low'] });
    // A checkpoint every 50 sequences, and room for twice as many; what was said again on a busy machine may have taken some.
    const { low, high } = member as { readonly low: number; readonly high: number };
    expect([low % 50, high - low, low <= 100]).toEqual([0, 100, true]);
    expect(member['role']).toBe(member['replica'] === primary ? 'primary' : 'backup');
  }
  // Others may have answered before the primary itself has a quorum.
  let round: Json | undefined;
  await local.until('the primary has a quorum', async () => {
    [round] = (await jsonOf(await call('GET', '/status')))['rounds'] as readonly Json[];
    return round?.['completedBy'] !== undefined;
  });
  expect(round).toMatchObject({ leader: primary, view: status['view'], completedBy: expect.stringMatching(/^pbft-r/) });
});
