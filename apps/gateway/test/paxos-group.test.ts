import { LocalGroup } from './local-group.js';

// The same doors in front of Multi-Paxos: real proposers, acceptors and a real gateway. What Raft's group is asked in detail
// (key-value.test.ts) is asked here once; the client underneath has its suite for every protocol.

let local: LocalGroup;
beforeAll(async () => {
  local = await LocalGroup.start('paxos');
}, 60_000);
afterAll(() => local.close());

jest.setTimeout(60_000);

type Json = Readonly<Record<string, unknown>>;
const call = (method: string, path: string, headers: Record<string, string> = {}, body?: string | Uint8Array) =>
  fetch(local.of(path), { method, headers, ...(body !== undefined && { body }) });
const jsonOf = async (response: Response) => (await response.json()) as Json;
/** `2.1`: round 2 of proposer 1. */
const ballot = /^\d+\.[0-2]$/;
const decide = (key: string, value: string | Uint8Array) => call('PUT', `/registers/${key}`, {}, value);

test('keys: put, get, precondition, transaction, range, delete', async () => {
  const stored = await call('PUT', '/kv/a%2Fb', {}, 'v1');
  const put = await jsonOf(stored);
  expect([stored.status, put]).toEqual([201, expect.objectContaining({ existed: false })]);
  expect(stored.headers.get('synod-replica')).toMatch(/^paxos-p[123]$/);
  expect(put['ballot']).toMatch(ballot);
  expect([stored.headers.get('synod-ballot'), stored.headers.get('synod-term')]).toEqual([put['ballot'], null]);
  expect(put).not.toHaveProperty('term');
  const got = await call('GET', '/kv/a/b');
  expect([got.status, await got.text(), got.headers.get('etag')]).toEqual([200, 'v1', stored.headers.get('etag')]);
  expect((await call('PUT', '/kv/a/b', { 'if-none-match': '*' }, 'v2')).status).toBe(412);
  expect((await call('PUT', '/kv/a/b', { 'if-match': got.headers.get('etag')! }, 'v2')).status).toBe(200);
  const steps = {
    conditions: [{ key: 'a/b', is: 'equal', value: 'v2' }],
    success: [{ put: { key: 'c', value: 'w' } }],
  };
  const done = await call('POST', '/transactions', { 'content-type': 'application/json' }, JSON.stringify(steps));
  expect(await jsonOf(done)).toMatchObject({ succeeded: true, ballot: put['ballot'] });
  const page = await jsonOf(await call('GET', '/kv?keys_only'));
  expect((page['entries'] as { key: { text: string } }[]).map(({ key }) => key.text)).toEqual(['a/b', 'c']);
  expect(await (await call('GET', '/kv/c?consistency=stale')).text()).toBe('w');
  expect((await call('DELETE', '/kv/c')).status).toBe(200);
  expect((await call('GET', '/kv/c')).status).toBe(404);
});

test('the ledger: a transaction, its block, its proof', async () => {
  const submitted = await call('POST', '/ledger/transactions?cut_after_ms=0', {}, 'hello');
  expect([submitted.status, await jsonOf(submitted)]).toEqual([
    201,
    expect.objectContaining({ height: 1, position: 0 }),
  ]);
  await local.until('the block is closed', async () => (await call('GET', '/ledger/blocks/1')).status === 200);
  const { head, transactions } = await jsonOf(await call('GET', '/ledger'));
  expect({ head, transactions }).toEqual({ head: expect.objectContaining({ height: 1, count: 1 }), transactions: 1 });
  const proven = await jsonOf(await call('GET', '/ledger/blocks/1/transactions/0'));
  expect(proven).toMatchObject({ block: (head as Json)['hash'], transaction: { data: { text: 'hello' } } });
});

test('an Idempotency-Key holds through the death of the leading proposer', async () => {
  const key = { 'idempotency-key': '"one write"' };
  const first = await call('PUT', '/kv/once', key, 'x');
  const leader = await local.group.leader();
  await local.group.replica(leader).kill();
  const again = await call('PUT', '/kv/once', key, 'x');
  expect([again.status, again.headers.get('synod-replayed')]).toEqual([201, 'true']);
  expect(await jsonOf(again)).toEqual(await jsonOf(first));
  expect((await call('PUT', '/kv/after', {}, 'x')).status).toBe(201);
  expect((await call('GET', '/kv/once')).headers.get('synod-version')).toBe('1');
  local.group.replica(leader).run();
  await local.group.inStep();
});

test('a register is decided once: 200 for whoever asked for that value, 409 with it for all others', async () => {
  const undecided = await call('GET', '/registers/config/owner');
  expect([undecided.status, (await jsonOf(undecided))['type']]).toEqual([404, '/problems/undecided']);
  const first = await decide('config/owner', 'alice');
  expect([first.status, await jsonOf(first)]).toEqual([
    200,
    {
      value: { base64: 'YWxpY2U=', text: 'alice' },
      ballot: expect.stringMatching(ballot),
      replica: expect.stringMatching(/^paxos-p/),
    },
  ]);
  expect((await decide('config/owner', 'alice')).status).toBe(200);
  const other = await decide('config%2Fowner', 'bob');
  expect([other.status, other.headers.get('content-type'), await jsonOf(other)]).toEqual([
    409,
    'application/problem+json',
    expect.objectContaining({
      type: '/problems/decided-otherwise',
      value: { base64: 'YWxpY2U=', text: 'alice' },
      ballot: expect.stringMatching(ballot),
    }),
  ]);
  const got = await call('GET', '/registers/config/owner');
  expect([got.status, got.headers.get('content-type'), await got.text()]).toEqual([
    200,
    'application/octet-stream',
    'alice',
  ]);
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => i % 256);
  expect((await decide('bytes', bytes)).status).toBe(200);
  expect(new Uint8Array(await (await call('GET', '/registers/bytes')).arrayBuffer())).toEqual(bytes);
  expect((await decide('large', new Uint8Array(4097))).status).toBe(413);
  expect((await decide('a%20b', 'x')).status).toBe(400);
  expect((await call('DELETE', '/registers/bytes')).status).toBe(405);
});

test('of many wishes for one register at once, one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => decide('contested', `${i}`)));
  const bodies = await Promise.all(answers.map(jsonOf));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  expect(new Set(bodies.map(({ value }) => JSON.stringify(value))).size).toBe(1);
});

test('status shows proposers and acceptors, and rounds with their ballots', async () => {
  await call('PUT', '/kv/seen', {}, 'x');
  const status = await jsonOf(await call('GET', '/status'));
  expect(status).toMatchObject({ protocol: 'paxos', ballot: expect.stringMatching(ballot), diverged: [] });
  expect(JSON.stringify(status)).not.toContain('"term"');
  const members = status['replicas'] as { kind: string; up: boolean; promised?: string; chosen?: number }[];
  expect(members.map(({ kind }) => kind)).toEqual([...Array(3).fill('proposer'), ...Array(3).fill('acceptor')]);
  for (const { kind, chosen, promised } of members) {
    if (kind === 'proposer') expect(chosen).toBeGreaterThan(0);
    else expect(promised).toMatch(/^\d+\.\d$/);
  }
  const [round] = status['rounds'] as { ballot: string; completedBy: string }[];
  expect(round).toMatchObject({ ballot: status['ballot'], completedBy: expect.stringMatching(/^paxos-a/) });
});

test('without a quorum of acceptors a write is 504 or 503, in time, and the group is not what fails for ever', async () => {
  const acceptors = local.group.namesOf('acceptor').slice(0, 2);
  for (const name of acceptors) local.group.replica(name).signal('SIGSTOP');
  try {
    expect([503, 504]).toContain((await call('PUT', '/kv/x?timeout_ms=800', {}, 'x')).status);
    expect((await call('PUT', '/registers/x?timeout_ms=800', {}, 'x')).status).toBe(504);
    expect((await call('GET', '/registers/x?timeout_ms=400')).status).toBe(503);
  } finally {
    for (const name of acceptors) local.group.replica(name).signal('SIGCONT');
  }
  await local.until('it serves again', async () => (await call('PUT', '/kv/x', {}, 'y')).ok);
  expect([200, 409]).toContain((await decide('x', 'y')).status);
});
