import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { LocalGroup } from './local-group.js';

// Over a real broker, three real replicas and a real gateway, each a process.

let local: LocalGroup;
beforeAll(async () => {
  local = await LocalGroup.start();
}, 60_000);
afterAll(() => local.close());

type Json = Readonly<Record<string, unknown>>;
const call = (method: string, path: string, headers: Record<string, string> = {}, body?: string | Uint8Array) =>
  fetch(local.of(path), { method, headers, ...(body !== undefined && { body }) });
const put = (key: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  call('PUT', `/kv/${key}`, headers, body);
const jsonOf = async (response: Response) => (await response.json()) as Json;

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

test('a value comes back byte for byte, under any key', async () => {
  const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const key of ['plain', 'a%2Fb%2Fc', '%00', '%FF%FE%25', encodeURIComponent('ключ'), 'capital/fr']) {
    const stored = await put(key, value);
    expect([stored.status, await stored.json()]).toEqual([201, expect.objectContaining({ existed: false })]);
    const got = await fetch(local.of(`/kv/${key}`));
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(value);
    expect(got.headers.get('etag')).toBe(stored.headers.get('etag'));
    expect(got.headers.get('synod-replica')).toMatch(/^raft-r[123]$/);
    expect(await jsonOf(await call('DELETE', `/kv/${key}`))).toMatchObject({ existed: true });
    const gone = await fetch(local.of(`/kv/${key}`));
    expect([gone.status, await jsonOf(gone)]).toEqual([
      404,
      expect.objectContaining({ type: '/problems/key-not-found' }),
    ]);
  }
  expect((await fetch(local.of('/kv/a%2Fb'))).status).toBe(404);
});

test('this group has no registers, and says so', async () => {
  for (const answer of [await call('PUT', '/registers/owner', {}, 'alice'), await call('GET', '/registers/owner')]) {
    expect([answer.status, await jsonOf(answer)]).toEqual([
      404,
      expect.objectContaining({ type: '/problems/no-registers', detail: expect.stringContaining('speaks raft') }),
    ]);
  }
});

test('a slash and %2F are the same key; the largest value and the longest key are taken', async () => {
  await put('dir%2Ffile', 'v');
  expect(await (await fetch(local.of('/kv/dir/file'))).text()).toBe('v');
  const key = '%AA'.repeat(1024);
  expect((await put(key, Buffer.alloc(65_536, 7))).status).toBe(201);
  expect((await (await fetch(local.of(`/kv/${key}`))).arrayBuffer()).byteLength).toBe(65_536);
  expect((await put('big', Buffer.alloc(65_537))).status).toBe(413);
});

test('compare-and-set by entity tags', async () => {
  const first = await put('cas', '1', { 'if-none-match': '*' });
  expect(first.status).toBe(201);
  const taken = await put('cas', '2', { 'if-none-match': '*' });
  const revision = Number(JSON.parse(first.headers.get('etag')!));
  expect([taken.status, taken.headers.get('etag'), await jsonOf(taken)]).toEqual([
    412,
    first.headers.get('etag'),
    expect.objectContaining({ type: '/problems/precondition-failed', status: 412, revision }),
  ]);
  const second = await put('cas', '2', { 'if-match': first.headers.get('etag')! });
  expect(second.status).toBe(200);
  expect((await put('cas', '3', { 'if-match': first.headers.get('etag')! })).status).toBe(412);
  expect((await put('cas', '3', { 'if-none-match': second.headers.get('etag')! })).status).toBe(412);
  expect((await put('cas', '3', { 'if-none-match': first.headers.get('etag')! })).status).toBe(200);
  expect((await put('cas', '4', { 'if-match': '*' })).status).toBe(200);
  expect((await put('absent', '4', { 'if-match': '*' })).status).toBe(412);
  expect(await jsonOf(await put('absent', '4', { 'if-match': '"7"' }))).toMatchObject({ revision: 0 });
  expect((await put('cas', '5', { 'if-match': '"0"' })).status).toBe(412);
  expect((await call('DELETE', '/kv/cas', { 'if-match': '"1"' })).status).toBe(412);
  expect(await (await fetch(local.of('/kv/cas'))).text()).toBe('4');
  const now = (await fetch(local.of('/kv/cas'))).headers.get('etag')!;
  expect((await call('DELETE', '/kv/cas', { 'if-match': now })).status).toBe(200);
});

test('a read may be told that it knows already', async () => {
  const etag = (await put('known', 'v')).headers.get('etag')!;
  const same = await call('GET', '/kv/known', { 'if-none-match': etag });
  expect([same.status, same.headers.get('etag'), await same.text()]).toEqual([304, etag, '']);
  expect((await call('GET', '/kv/known', { 'if-none-match': '"1"' })).status).toBe(200);
  expect((await call('GET', '/kv/known', { 'if-match': '"1"' })).status).toBe(412);
  expect((await call('HEAD', '/kv/known')).headers.get('content-length')).toBe('1');
});

test('an Idempotency-Key: executed once, answered alike, also with a precondition that held only then', async () => {
  const headers = { 'idempotency-key': '"first"', 'if-none-match': '*' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => put('once', 'v', headers)));
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
  expect(new Set(answers.map((answer) => answer.headers.get('etag'))).size).toBe(1);
  expect(answers.filter((answer) => answer.headers.has('synod-replayed')).length).toBe(4);
  expect((await put('once', 'v', headers)).status).toBe(201);
  expect((await put('once', 'w', headers)).status).toBe(422);
  const got = await fetch(local.of('/kv/once'));
  expect(got.headers.get('synod-version')).toBe('1');
});

test('pages of a range: text, bytes, links', async () => {
  for (const key of ['range/a', 'range/b', 'range/%FF']) await put(key, key);
  const first = await jsonOf(await fetch(local.of('/kv?prefix=range/&limit=2')));
  expect(first).toMatchObject({
    more: true,
    next: '?prefix=range%2F&limit=2&after=range%2Fb',
    entries: [
      { key: { text: 'range/a', base64: 'cmFuZ2UvYQ==' }, value: { text: 'range/a' }, version: 1 },
      { key: { text: 'range/b' } },
    ],
  });
  const second = await jsonOf(await fetch(local.of(`/kv${first['next'] as string}`)));
  expect(second).toMatchObject({ more: false, entries: [{ key: { base64: 'cmFuZ2Uv/w==' } }] });
  expect(JSON.stringify(second)).not.toContain('next');
  const keys = await jsonOf(await fetch(local.of('/kv?prefix=range/&keys_only=true')));
  expect((keys['entries'] as Json[]).map(Object.keys)).toEqual(
    Array(3).fill(['key', 'revision', 'created', 'version']),
  );
  expect((await fetch(local.of('/kv?limit=1001'))).status).toBe(400);
});

test('a transaction: all or nothing, by conditions', async () => {
  await put('account/a', '10');
  const move = JSON.stringify({
    conditions: [{ key: 'account/a', is: 'equal', value: '10' }],
    success: [{ put: { key: 'account/a', value: '5' } }, { put: { key: 'account/b', value: { base64: 'NQ==' } } }],
    failure: [{ get: { key: 'account/a' } }],
  });
  const post = () => call('POST', '/transactions', { 'content-type': 'application/json; charset=utf-8' }, move);
  expect(await jsonOf(await post())).toMatchObject({
    succeeded: true,
    results: [
      { kind: 'written', existed: true },
      { kind: 'written', existed: false },
    ],
  });
  expect(await jsonOf(await post())).toMatchObject({
    succeeded: false,
    results: [{ kind: 'got', entry: { key: { text: 'account/a' }, value: { text: '5' } } }],
  });
  expect((await call('POST', '/transactions', { 'content-type': 'text/plain' }, move)).status).toBe(415);
  expect((await call('POST', '/transactions', { 'content-type': 'application/json' }, '{')).status).toBe(400);
});

test('stale reads tell how old they are, and may be bounded', async () => {
  await put('old', 'v');
  const stale = await fetch(local.of('/kv/old?consistency=stale&max_age_ms=60000'));
  expect([200, 404]).toContain(stale.status);
  expect(Number(stale.headers.get('synod-age-ms'))).toBeGreaterThanOrEqual(0);
  expect(Number(stale.headers.get('synod-index'))).toBeGreaterThan(0);
  expect((await fetch(local.of('/kv/old?max_age_ms=5'))).status).toBe(400);
  expect((await fetch(local.of('/kv/old?consistency=lease'))).status).toBe(400);
});

test('status: every replica, the leader, equal states, and the rounds with their traces', async () => {
  await put('seen', 'v', { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01` });
  let status!: Json & { readonly rounds: readonly Json[]; readonly replicas: readonly Json[] };
  await local.until('the round is done everywhere', async () => {
    status = (await jsonOf(await fetch(local.of('/status')))) as typeof status;
    return new Set(status.replicas.map((one) => one['stateHash'])).size === 1 && status.rounds[0]!['state'] === 'done';
  });
  expect(status).toMatchObject({ group: 'kv', protocol: 'raft', diverged: [] });
  expect(status.replicas.map(({ replica, up }) => [replica, up])).toEqual(local.members.map((name) => [name, true]));
  expect(local.members).toContain(status['leader']);
  expect(status.rounds[0]).toMatchObject({ leader: status['leader'], requests: 1, traceId: 'c'.repeat(32) });
  expect(JSON.stringify(status)).not.toContain('seen');
  expect(await jsonOf(await fetch(`${local.url}/v1/groups`))).toEqual({ groups: ['kv'] });
  await local.until('the trace can be looked up', async () => {
    const found = await fetch(`${local.url}/v1/traces/${'c'.repeat(32)}`);
    return found.ok && ((await jsonOf(found))['spans'] as Json[]).some(({ name }) => name === 'raft.round');
  });
});

test('names of metrics are an interface', async () => {
  const text = await (await fetch(`${local.url}/metrics`)).text();
  const names = [...text.matchAll(/^# TYPE synod_gateway_(\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  expect(names.sort()).toEqual([
    'body_bytes gauge',
    'connections gauge',
    'event_streams gauge',
    'idempotency_keys gauge',
    'malformed_total counter',
    'refused_total counter',
    'request_duration_seconds histogram',
    'requests_in_flight gauge',
    'requests_total counter',
    'unread_bodies_total counter',
  ]);
  expect(text).toMatch(/^synod_gateway_idempotency_keys\{group="kv"\} \d+$/m);
});

test('SIGUSR2 makes the gateway tell of each request, and with the next one no more', async () => {
  const told = () => local.gateway.lastLog;
  await fetch(local.of('/kv/quiet'));
  expect(told()).not.toContain('"level":"debug"');
  local.gateway.signal('SIGUSR2');
  await local.until('it says so', () => told().includes('SIGUSR2: logs at level debug from now on'));
  await local.until('requests are told of', async () => {
    await fetch(local.of('/kv/told'));
    return told().includes('"level":"debug"');
  });
  local.gateway.signal('SIGUSR2');
  await local.until('it says so again', () => told().includes('SIGUSR2: logs at level info from now on'));
});

test('without a majority: a write that was sent is 504, a read is 503; with the same key the write is done once', async () => {
  const { leader } = (await jsonOf(await fetch(local.of('/status')))) as { readonly leader: string };
  const followers = local.members.filter((name) => name !== leader);
  const headers = { 'idempotency-key': 'through-thick-and-thin', 'if-none-match': '*' };
  for (const name of followers) local.group.replica(name).signal('SIGSTOP');
  const lost = await call('PUT', '/kv/partition?timeout_ms=300', headers, 'v');
  expect([lost.status, (await jsonOf(lost))['type']]).toEqual([504, '/problems/unknown-outcome']);
  const unread = await fetch(local.of('/kv/partition?timeout_ms=2000'));
  expect([unread.status, unread.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  for (const name of followers) local.group.replica(name).signal('SIGCONT');
  const done = await call('PUT', '/kv/partition?timeout_ms=20000', headers, 'v');
  expect(done.status).toBe(201);
  expect((await fetch(local.of('/kv/partition'))).headers.get('synod-version')).toBe('1');
}, 40_000);

test('without a broker it is not ready, and says 503; with it again, it goes on', async () => {
  await local.broker.kill();
  await local.until('it is not ready', async () => (await fetch(`${local.url}/readyz`)).status === 503);
  expect((await fetch(`${local.url}/livez`)).status).toBe(200);
  const refused = await put('dark?timeout_ms=200', 'v');
  expect([refused.status, refused.headers.has('retry-after')]).toEqual([503, true]);
  await local.broker.run();
  await local.ready();
  expect((await put('light?timeout_ms=20000', 'v')).status).toBe(201);
}, 40_000);

test('SIGTERM: not ready, what is under way is answered, exit 0; keys survive it, Idempotency-Keys do not', async () => {
  await put('kept', '1', { 'idempotency-key': 'k' });
  const { leader } = (await jsonOf(await fetch(local.of('/status')))) as { readonly leader: string };
  for (const name of local.members) if (name !== leader) local.group.replica(name).signal('SIGSTOP');
  const events = await fetch(`${local.url}/v1/events`);
  const slow = call('PUT', '/kv/slow?timeout_ms=3000', {}, 'v');
  const idle = await dial(local.httpPort);
  await new Promise((resolve) => setTimeout(resolve, 300));
  local.gateway.signal('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expect(dial(local.httpPort)).rejects.toThrow(/ECONNREFUSED/);
  for (const name of local.members) local.group.replica(name).signal('SIGCONT');
  expect([201, 504]).toContain((await slow).status);
  await events.text();
  await local.gateway.ended();
  expect(local.gateway.ending).toEqual({ code: 0, signal: null });
  idle.destroy();
  await local.startGateway();
  await local.ready();
  expect(await (await fetch(local.of('/kv/kept'))).text()).toBe('1');
  const again = await put('kept', '1', { 'idempotency-key': 'k' });
  expect([again.status, again.headers.has('synod-replayed')]).toEqual([200, false]);
}, 60_000);

test('not ready before a group has answered once: that it tells whoever asks, and which group it is only its log', async () => {
  await local.gateway.kill();
  for (const name of local.members) local.group.replica(name).signal('SIGSTOP');
  await local.startGateway();
  const said = async () => (await fetch(`${local.url}/readyz`)).text();
  await local.until('it waits', async () => (await said()) === 'not ready: no group has answered yet\n');
  await local.until('it logs that', () => /"groups":\["kv"\].*waits for the first answer/.test(local.gateway.log()));
  for (const name of local.members) local.group.replica(name).signal('SIGCONT');
  await local.ready();
}, 40_000);

test('a group that does not answer keeps nobody from the others', async () => {
  await local.gateway.kill();
  await local.startGateway({ SYNOD_GROUPS: 'kv,dead' });
  await local.ready();
  await local.until('it logs that', () => /"groups":\["dead"\].*waits for the first answer/.test(local.gateway.log()));
  expect((await put('alive', '1')).status).toBe(201);
}, 40_000);

test('a gateway with wrong settings says all that is wrong, and ends with 2', async () => {
  await local.gateway.kill();
  local.gateway.run({ environment: { SYNOD_HTTP_PORT: 'x', SYNOD_GROUPS: 'A', SYNOD_TRACES_URL: 'nowhere' } });
  await local.gateway.ended();
  expect(local.gateway.ending).toEqual({ code: 2, signal: null });
  const last = local.gateway.log().trim().split('\n').at(-1)!;
  for (const variable of ['SYNOD_HTTP_PORT', 'SYNOD_GROUPS', 'SYNOD_TRACES_URL']) expect(last).toContain(variable);
});
