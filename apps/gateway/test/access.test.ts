import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newToken, printPrincipals } from '@synod/keys';
import type { Principal } from '@synod/keys';
import { ChosenValue } from '@synod/client';
import { TokenAccess, openTo } from '../src/access/access.js';
import type { Traces } from '../src/status/traces.js';
import { TestGateway, source } from './test-gateway.js';

// Who may do what, asked over HTTP.

const nothing = { read: [], write: [], ledger: [], status: false } as const;
const rights = {
  all: { read: [''], write: [''], ledger: ['read', 'write'], status: true },
  reader: { ...nothing, read: ['a/', 'é'] },
  writer: { ...nothing, write: ['a/'] },
  both: { ...nothing, read: ['a/', 'b/'], write: ['b/'] },
  auditor: { ...nothing, ledger: ['read'] },
  submitter: { ...nothing, ledger: ['write'] },
  watcher: { ...nothing, status: true },
  elsewhere: { read: [''], write: [''], ledger: ['read', 'write'], status: true, groups: ['other'] },
} as const satisfies Readonly<Record<string, Omit<Principal, 'name' | 'sha256'>>>;
type Name = keyof typeof rights;

const tokens = Object.fromEntries(Object.keys(rights).map((name) => [name, newToken()])) as Record<
  Name,
  ReturnType<typeof newToken>
>;
const principals = (Object.keys(rights) as Name[]).map((name): Principal => {
  return { name, sha256: tokens[name].sha256, ...rights[name] };
});

let directory: string;
let path: string;
let now: number;
let complaints: string[];
let gateway: TestGateway;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'synod-access-'));
  path = join(directory, 'tokens.json');
  gateway = await TestGateway.start();
});
afterAll(async () => {
  await gateway.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  now = 0;
  complaints = [];
  keep(principals);
  gateway.access = new TokenAccess(
    path,
    ({ message }) => complaints.push(message),
    () => now,
  ).of;
  gateway.answers();
});

function keep(all: readonly Principal[]): void {
  writeFileSync(path, printPrincipals(all), { mode: 0o600 });
  // As a program does that copies files with their times.
  utimesSync(path, 1, 1);
}

async function send(who: Name | undefined, method: string, target: string, init: RequestInit = {}) {
  const headers = {
    ...(who && { authorization: `Bearer ${tokens[who].token}` }),
    ...(init.headers as Record<string, string>),
  };
  return gateway.fetch(target, { method, ...init, headers });
}

async function statusOf(who: Name | undefined, method: string, target: string, init: RequestInit = {}) {
  const answer = await send(who, method, target, init);
  await answer.body?.cancel();
  return answer.status;
}

/** Each operation, with a path that it answers well. */
function everyOperation() {
  return gateway.router.operations.map(({ method, path: template, needs }) => {
    const target = template
      .replace('{group}', 'kv')
      .replace('{key}', 'a/1')
      .replace('{height}', '7')
      .replace('{position}', '0')
      .replace('{trace}', 'a'.repeat(32))
      .replace('{problem}', 'internal');
    const isTransaction = template.endsWith('}/transactions');
    const headers = isTransaction ? { 'content-type': 'application/json' } : {};
    const body = isTransaction ? '{"success":[{"get":{"key":"a/1"}}]}' : 'v';
    return { method, target, needs, init: { headers, ...(['PUT', 'POST'].includes(method) && { body }) } };
  });
}

test('nobody does anything without a token but see the page and what explains it', async () => {
  const open: string[] = [];
  for (const { method, target, init } of everyOperation()) {
    const answer = await send(undefined, method, target, init);
    if (answer.status !== 401) open.push(target);
    else {
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="synod"');
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({ type: '/problems/unauthenticated', status: 401 });
    }
  }
  expect(open).toEqual(['/', '/livez', '/readyz', '/openapi.json', '/problems/internal']);
});

test('the log says who was refused', async () => {
  gateway.answered.length = 0;
  await statusOf(undefined, 'GET', '/v1/groups/kv/status');
  await statusOf('reader', 'GET', '/v1/groups/kv/status');
  await statusOf('reader', 'PUT', '/v1/groups/kv/kv/a/1', { body: 'v' });
  expect(gateway.answered).toEqual([
    { status: 401, principal: '' },
    { status: 403, principal: 'reader' },
    { status: 403, principal: 'reader' },
  ]);
});

test('who may do everything can do everything; who may do nothing there, nothing', async () => {
  for (const { method, target, needs, init } of everyOperation()) {
    const [all, elsewhere] = [
      await statusOf('all', method, target, init),
      await statusOf('elsewhere', method, target, init),
    ];
    expect([target, [200, 201, 503].includes(all)]).toEqual([target, true]);
    const isOfGroup = target.includes('/kv') || needs === 'metrics';
    expect([target, elsewhere]).toEqual([target, needs !== 'nothing' && isOfGroup ? 403 : all]);
  }
});

test.each([
  ['another scheme', 'Basic abc'],
  ['no token', 'Bearer'],
  ['an empty one', 'Bearer '],
  ['one that nobody has', `Bearer ${newToken().token}`],
  ['a hash', `Bearer ${tokens.all.sha256}`],
  ['a part of one', `Bearer ${tokens.all.token.slice(0, -1)}`],
  ['two', `Bearer ${tokens.all.token} ${tokens.all.token}`],
  ['a very long one', `Bearer ${'x'.repeat(8000)}`],
  ['other characters', 'Bearer "é"'],
])('%s lets nobody in, and is never said again', async (_name, authorization) => {
  const answer = await gateway.fetch('/v1/groups/kv/kv/a/1', {
    headers: { authorization: Buffer.from(authorization).toString('latin1') },
  });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer /)]);
  const sent = authorization.split(' ')[1];
  if (sent) expect(await answer.text()).not.toContain(sent);
});

test('a token in the query is none', async () => {
  const target = `/v1/groups/kv/kv/a/1?access_token=${tokens.all.token}`;
  expect(await statusOf(undefined, 'GET', target)).toBe(401);
});

const kv = '/v1/groups/kv/kv';
const put = { body: 'v' };
const registers = '/v1/groups/kv/registers';
const ledger = '/v1/groups/kv/ledger';

test.each<[Name, string, string, number, RequestInit?]>([
  ['reader', 'GET', `${kv}/a/1`, 200],
  ['reader', 'HEAD', `${kv}/a/1`, 200],
  ['reader', 'GET', `${kv}/a`, 403],
  ['reader', 'GET', `${kv}/b/1`, 403],
  ['reader', 'GET', `${kv}/%61%2F1`, 200],
  ['reader', 'GET', `${kv}/%C3%A9t%C3%A9`, 200],
  ['reader', 'GET', `${kv}/%C3`, 403],
  ['reader', 'GET', `${kv}/A/1`, 403],
  ['reader', 'PUT', `${kv}/a/1`, 403, put],
  ['reader', 'DELETE', `${kv}/a/1`, 403],
  ['writer', 'PUT', `${kv}/a/1`, 200, put],
  ['writer', 'DELETE', `${kv}/a/1`, 200],
  ['writer', 'GET', `${kv}/a/1`, 403],
  ['writer', 'PUT', `${kv}/b/1`, 403, put],
  ['reader', 'GET', `${kv}?prefix=a/`, 200],
  ['reader', 'GET', `${kv}?prefix=a/1&after=zzz`, 200],
  ['reader', 'GET', `${kv}?prefix=a`, 403],
  ['reader', 'GET', kv, 403],
  ['reader', 'GET', `${kv}?after=a/`, 403],
  ['writer', 'GET', `${kv}?prefix=a/`, 403],
  ['reader', 'GET', `${registers}/a/1`, 200],
  ['reader', 'GET', `${registers}/b/1`, 403],
  ['reader', 'PUT', `${registers}/a/1`, 403, put],
  ['writer', 'PUT', `${registers}/a/1`, 200, put],
  ['writer', 'GET', `${registers}/a/1`, 403],
  ['reader', 'GET', ledger, 403],
  ['auditor', 'GET', ledger, 200],
  ['auditor', 'GET', `${ledger}/blocks/7`, 200],
  ['auditor', 'POST', `${ledger}/transactions`, 403, put],
  ['auditor', 'GET', `${kv}/a/1`, 403],
  ['submitter', 'POST', `${ledger}/transactions`, 201, put],
  ['submitter', 'GET', ledger, 403],
  ['watcher', 'GET', '/v1/groups/kv/status', 503],
  ['watcher', 'GET', '/metrics', 200],
  ['elsewhere', 'GET', '/metrics', 403],
  ['writer', 'PUT', `${kv}/a/1`, 403, { ...put, headers: { 'if-match': '"1"' } }],
  ['writer', 'PUT', `${kv}/a/1`, 403, { ...put, headers: { 'if-none-match': '*' } }],
  ['writer', 'DELETE', `${kv}/a/1`, 403, { headers: { 'if-match': '*' } }],
  ['watcher', 'GET', `/v1/traces/${'a'.repeat(32)}`, 200],
  ['watcher', 'GET', `${kv}/a/1`, 403],
  ['reader', 'GET', '/metrics', 403],
  ['reader', 'GET', '/v1/events', 403],
  ['reader', 'GET', '/v1/groups/none/kv/a/1', 404],
  ['elsewhere', 'GET', '/v1/groups/none/kv/a/1', 403],
])('%s %s %s: %d', async (who, method, target, status, init = {}) => {
  expect(await statusOf(who, method, target, init)).toBe(status);
});

test('what is refused is refused before the group is asked, and says what is allowed', async () => {
  const asked: string[] = [];
  for (const name of ['get', 'put', 'delete', 'range', 'transaction', 'decide', 'decided'] as const) {
    gateway.fake[name] = () => (asked.push(name), Promise.reject(new Error('asked')));
  }
  const answer = await send('reader', 'GET', `${kv}/b/1`);
  expect(await answer.json()).toMatchObject({
    type: '/problems/not-allowed',
    detail: 'reader may not read this key, but "a/…", "é…"',
  });
  await statusOf('reader', 'PUT', `${kv}/a/1`, put);
  await statusOf('reader', 'GET', kv);
  await statusOf('writer', 'GET', `${registers}/a/1`);
  expect(await transact('both', { success: [{ put: { key: 'a/1', value: 'v' } }] })).toBe(403);
  expect(asked).toEqual([]);
});

function transact(who: Name, transaction: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return statusOf(who, 'POST', '/v1/groups/kv/transactions', { headers, body: JSON.stringify(transaction) });
}

test('each key of a transaction is looked at: what is compared counts as read', async () => {
  const read = { get: { key: 'a/1' } };
  const write = { put: { key: 'b/1', value: 'v' } };
  const compare = (key: unknown) => ({ key, is: 'equal', revision: 0 });
  const base64 = (key: string) => ({ base64: Buffer.from(key).toString('base64') });
  const allowed = [{ conditions: [compare('a/1')], success: [read, write], failure: [{ delete: { key: 'b/2' } }] }];
  const refused = [
    { conditions: [compare('c/1')], success: [read] },
    { conditions: [compare(base64('c/1'))], success: [read] },
    { success: [read, { put: { key: 'a/1', value: 'v' } }] },
    { success: [read], failure: [{ delete: { key: 'a/1' } }] },
    { success: [write, { get: { key: 'c/1' } }] },
    { success: [{ get: { key: base64('c/1') } }] },
  ];
  for (const transaction of allowed) expect(await transact('both', transaction)).toBe(200);
  for (const transaction of refused) expect(await transact('both', transaction)).toBe(403);
});

test('what a register holds instead is told to whom may read it', async () => {
  gateway.fake.decide = () => Promise.resolve(new ChosenValue(Buffer.from('theirs'), false, source));
  const told = async (who: Name) => (await (await send(who, 'PUT', `${registers}/a/1`, put)).json()) as object;
  expect(await told('all')).toMatchObject({ type: '/problems/decided-otherwise', value: { text: 'theirs' } });
  const others = await told('writer');
  expect(others).toMatchObject({ type: '/problems/decided-otherwise', replica: 'r1' });
  expect(JSON.stringify(others)).not.toContain('theirs');
});

test('of traces one sees those of groups that he may', async () => {
  const spans = [{ attributes: {} }, { attributes: { 'synod.group': 'kv' } }];
  gateway.traces = { find: () => Promise.resolve(spans) } as unknown as Traces;
  const target = `/v1/traces/${'a'.repeat(32)}`;
  expect(await statusOf('watcher', 'GET', target)).toBe(200);
  expect(await statusOf('elsewhere', 'GET', target)).toBe(404);
});

test('of groups one sees those that he may', async () => {
  const groupsOf = async (who: Name) => (await (await send(who, 'GET', '/v1/groups')).json()) as object;
  expect(await groupsOf('watcher')).toEqual({ groups: ['kv'] });
  expect(await groupsOf('elsewhere')).toEqual({ groups: [] });
  const events = async (who: Name) => {
    const { body } = await send(who, 'GET', '/v1/events');
    let text = '';
    for await (const part of body! as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(part).toString();
      if (text.includes('data: ') && text.endsWith('\n\n')) return text.split('data: ')[1]!.trim();
    }
    return text;
  };
  expect(JSON.parse(await events('watcher'))).toEqual([expect.objectContaining({ group: 'kv' })]);
  expect(JSON.parse(await events('elsewhere'))).toEqual([]);
});

test('an Idempotency-Key is its sender’s: another one’s is neither answered by it nor in its way', async () => {
  const write = (who: Name, body: string) =>
    send(who, 'PUT', `${kv}/a/1`, { body, headers: { 'idempotency-key': '"k"' } });
  expect((await write('writer', 'v')).headers.has('synod-replayed')).toBe(false);
  expect((await write('writer', 'v')).headers.has('synod-replayed')).toBe(true);
  expect((await write('all', 'v')).headers.has('synod-replayed')).toBe(false);
  expect((await write('writer', 'w')).status).toBe(422);
});

test('who is taken out of the file is out within a second, and who is put in is in', async () => {
  const [read, target] = ['GET', `${kv}/a/1`];
  expect(await statusOf('reader', read, target)).toBe(200);
  keep(principals.filter(({ name }) => name !== 'reader'));
  now += 1001;
  expect(await statusOf('reader', read, target)).toBe(401);
  expect(await statusOf('both', read, target)).toBe(200);
  keep(principals);
  now += 1001;
  expect(await statusOf('reader', read, target)).toBe(200);
});

test('a token that another one of the same length replaces is out, too', async () => {
  const { size } = statSync(path);
  keep(principals.map((one) => (one.name === 'reader' ? { ...one, sha256: newToken().sha256 } : one)));
  expect(statSync(path).size).toBe(size);
  now += 1001;
  expect(await statusOf('reader', 'GET', `${kv}/a/1`)).toBe(401);
});

test('who is taken out of the file sees no more of events that he sees', async () => {
  const answer = await send('watcher', 'GET', '/v1/events');
  const reader = answer.body!.getReader();
  let text = '';
  while (!text.includes('data: ')) text += Buffer.from((await reader.read()).value!).toString();
  keep(principals.filter(({ name }) => name !== 'watcher'));
  now += 1001;
  for (let end = false; !end; ) end = (await reader.read()).done;
});

test('a file that is damaged later changes nothing, and is complained of once', async () => {
  writeFileSync(path, '{"version":1,"principals":[');
  now += 1001;
  for (let i = 0; i < 3; i++) expect(await statusOf('reader', 'GET', `${kv}/a/1`)).toBe(200);
  rmSync(path);
  now += 1001;
  expect(await statusOf('reader', 'GET', `${kv}/a/1`)).toBe(200);
  expect(complaints).toEqual([expect.stringContaining('it is not JSON'), expect.stringContaining('there is none')]);
  keep([]);
  now += 1001;
  expect(await statusOf('reader', 'GET', `${kv}/a/1`)).toBe(401);
});

test('at the start a damaged file is an error', () => {
  writeFileSync(path, '{}');
  expect(() => new TokenAccess(path, () => undefined)).toThrow(path);
});

describe('without tokens', () => {
  const [path, host] = [
    `${kv}/a/1`,
    (name: string) => `GET ${kv}/a/1 HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
  ];
  const statusFor = async (name: string): Promise<number> => Number((await gateway.raw(host(name))).split(' ')[1]);

  test.each(['localhost', 'LOCALHOST:7400', '127.0.0.1:1', '[::1]', '[::1]:7400'])('%s is answered', async (name) => {
    gateway.access = openTo(['localhost', '127.0.0.1', '::1']);
    expect(await statusFor(name)).toBe(200);
  });

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:7400', '[::2]', '', 'localhost:x'])(
    '%s is a name that leads here from elsewhere',
    async (name) => {
      gateway.access = openTo(['localhost', '127.0.0.1', '::1']);
      expect(await statusFor(name)).toBe(421);
      gateway.access = openTo(['*']);
      expect(await statusFor(name)).toBe(200);
    },
  );

  test('any name will do for whom has a token', async () => {
    const asked = `${host('synod.example').trimEnd()}\r\nAuthorization: Bearer ${tokens.all.token}\r\n\r\n`;
    expect(await gateway.raw(asked)).toMatch(/^HTTP\/1.1 200/);
  });

  test.each<[number, string, Readonly<Record<string, string>>]>([
    [200, 'no browser', {}],
    [200, 'our page', { 'sec-fetch-site': 'same-origin', origin: 'http://anything' }],
    [200, 'somebody who types', { 'sec-fetch-site': 'none' }],
    [403, 'another site’s page', { 'sec-fetch-site': 'cross-site' }],
    [403, 'a neighbour’s page', { 'sec-fetch-site': 'same-site' }],
    [403, 'another site’s page in an old browser', { origin: 'http://evil.example' }],
    [403, 'a page that does not say where it is from', { origin: 'null' }],
    [403, 'a page of another port', { origin: 'http://127.0.0.1:1' }],
  ])('%d for a change that %s asks for', async (status, _who, headers) => {
    gateway.access = openTo(['127.0.0.1']);
    expect((await gateway.fetch(path, { method: 'PUT', body: 'v', headers })).status).toBe(status);
    expect((await gateway.fetch(path, { headers })).status).toBe(200);
  });

  test('our page in an old browser', async () => {
    gateway.access = openTo(['127.0.0.1']);
    expect((await gateway.fetch(path, { method: 'PUT', body: 'v', headers: { origin: gateway.url } })).status).toBe(
      200,
    );
  });
});
