import { ChosenValue, SynodError, errors } from '@synod/client';
import type { ErrorCode } from '@synod/client';
import { openTo } from '../src/access/access.js';
import { everyRight } from '../src/access/rights.js';
import { problemsOf } from '../src/http/openapi.js';
import type { Operation } from '../src/http/operation.js';
import { Problem, problems } from '../src/http/problem.js';
import type { Report } from '../src/status/report.js';
import { readReport } from '../src/status/report.js';
import { Traces } from '../src/status/traces.js';
import { TestGateway, source } from './test-gateway.js';

// Every operation is driven to every answer that it can give; what was seen and what the document says must be the same.

let gateway: TestGateway;
beforeAll(async () => (gateway = await TestGateway.start({ times: { request: 300, headers: 300, check: 50 } })));
afterAll(() => gateway.close());

const kv = '/v1/groups/kv/kv';
const transactions = '/v1/groups/kv/transactions';
const registers = '/v1/groups/kv/registers';
const ledger = '/v1/groups/kv/ledger';
const transaction = JSON.stringify({ success: [{ get: { key: 'a' } }] });
const report = readReport('r1', Buffer.from(JSON.stringify({ replica: 'r1', state: { role: 'leader' } })))!;
const jsonType = { 'content-type': 'application/json' };

/** The request that each operation answers well. */
const calls: readonly { readonly method: string; readonly path: string; readonly init?: RequestInit }[] = [
  { method: 'GET', path: `${kv}/a` },
  { method: 'PUT', path: `${kv}/a`, init: { body: 'v' } },
  { method: 'DELETE', path: `${kv}/a` },
  { method: 'GET', path: kv },
  { method: 'POST', path: transactions, init: { body: transaction, headers: jsonType } },
  { method: 'GET', path: `${registers}/a` },
  { method: 'PUT', path: `${registers}/a`, init: { body: 'v' } },
  { method: 'POST', path: `${ledger}/transactions`, init: { body: 'hello' } },
  { method: 'GET', path: ledger },
  { method: 'GET', path: `${ledger}/blocks` },
  { method: 'GET', path: `${ledger}/blocks/7` },
  { method: 'GET', path: `${ledger}/blocks/7/transactions/0` },
  { method: 'GET', path: '/v1/groups' },
  { method: 'GET', path: '/v1/groups/kv/status' },
  { method: 'GET', path: '/v1/events' },
  { method: 'GET', path: `/v1/traces/${'a'.repeat(32)}` },
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/livez' },
  { method: 'GET', path: '/readyz' },
  { method: 'GET', path: '/metrics' },
  { method: 'GET', path: '/openapi.json' },
  { method: 'GET', path: '/problems/internal' },
];
const dataCalls = calls.slice(0, 12);
const keyCalls = calls.slice(0, 3);
const writeCalls = [calls[1]!, calls[2]!, calls[4]!, calls[7]!];
const submitCall = calls[7]!;
const ledgerCalls = calls.slice(7, 12);
const blockCalls = calls.slice(10, 12);
const [getRegister, putRegister] = [calls[5]!, calls[6]!];
const statusCall = calls[13]!;
const traceCall = calls[15]!;

function works(reports: readonly Report[] = [report]): void {
  gateway.connected();
  gateway.reports = reports;
  gateway.ready = true;
  gateway.answers();
}

function fails(error: Error): void {
  for (const name of ['get', 'put', 'delete', 'range', 'transaction', 'decide', 'decided'] as const) {
    gateway.fake[name] = () => Promise.reject(error);
  }
  const rejects = () => Promise.reject(error);
  gateway.fake.ledger = { submit: rejects, head: rejects, blocks: rejects };
}

type Call = (typeof calls)[number];

async function send({ method, path, init }: Call, more: RequestInit = {}): Promise<Response> {
  const headers = { ...(init?.headers as Record<string, string>), ...(more.headers as Record<string, string>) };
  const response = await gateway.fetch(path, { method, ...init, ...more, headers });
  if (response.headers.get('content-type') !== 'application/problem+json') await response.body?.cancel();
  else requireDocumented(method, path, (await response.json()) as { readonly type: string });
  return response;
}

function requireDocumented(method: string, path: string, { type }: { readonly type: string }): void {
  const { operation } = gateway.router.find(method, path.split('?')[0]!);
  expect(problemsOf(operation).map((name) => `/problems/${name}`)).toContain(type);
}

beforeEach(() => works());

test('what works', async () => {
  for (const call of calls) {
    const { path } = call;
    expect([path, (await send(call)).status]).toEqual([path, call === submitCall ? 201 : 200]);
  }
  gateway.fake.put = () => Promise.resolve({ revision: 7, existed: false, source });
  expect((await send(calls[1]!)).status).toBe(201);
  expect((await send(calls[0]!, { headers: { 'if-none-match': '"7"' } })).status).toBe(304);
});

test('HEAD is GET without a body', async () => {
  for (const call of calls.filter(({ method }) => method === 'GET')) {
    const response = await gateway.fetch(call.path, { method: 'HEAD' });
    expect([call.path, response.status, await response.text()]).toEqual([call.path, 200, '']);
  }
});

test.each(Object.keys(errors) as ErrorCode[])('a group that answers %s', async (code) => {
  fails(new SynodError(code, 'said so'));
  for (const call of dataCalls) {
    const response = await send(call);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const mayBeMissing = [getRegister, putRegister, ...ledgerCalls].includes(call);
    const never = ['sequenceReused', 'windowExceeded', 'alreadyAcknowledged', ...(mayBeMissing ? [] : ['unsupported'])];
    const unknown = ['unknownOutcome', 'sessionExpired'];
    const isRead = call.method === 'GET';
    expect(response.status === 500).toBe((isRead ? [...never, ...unknown] : never).includes(code));
    expect(response.status === 504).toBe(!isRead && unknown.includes(code));
    const { status } = response;
    expect(response.headers.has('retry-after')).toBe(status === 429 || status === 503);
  }
});

test('that an outcome cannot be found out any more is another type than that it is unknown: repeating finds out nothing', async () => {
  for (const call of [calls[1]!, calls[2]!, calls[4]!, submitCall]) {
    const headers = {
      ...(call.init?.headers as Record<string, string>),
      'idempotency-key': `"lost ${call.method} ${call.path}"`,
    };
    for (const [code, type] of [
      ['unknownOutcome', '/problems/unknown-outcome'],
      ['sessionExpired', '/problems/lost-outcome'],
      ['unknownOutcome', '/problems/lost-outcome'],
    ] as const) {
      fails(new SynodError(code, 'said so'));
      const response = await gateway.fetch(call.path, { method: call.method, ...call.init, headers });
      const problem = (await response.json()) as { readonly type: string };
      expect([call.path, response.status, problem.type]).toEqual([call.path, 504, type]);
      requireDocumented(call.method, call.path, problem);
    }
  }
});

test('a bug is 500, says nothing of itself to the caller, and is logged', async () => {
  fails(new TypeError('secret of the gateway'));
  gateway.bugs.length = 0;
  for (const call of dataCalls) {
    const response = await gateway.fetch(call.path, { method: call.method, ...call.init });
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('secret')]);
  }
  expect(gateway.bugs.length).toBe(dataCalls.length);
  for (const call of calls.slice(12)) {
    const operation = gateway.router.find('GET', call.path).operation as { handle: Operation['handle'] };
    const { handle } = operation;
    operation.handle = () => {
      throw new TypeError('broken');
    };
    expect((await send(call)).status).toBe(500);
    operation.handle = handle;
  }
});

test('requests that are not right', async () => {
  for (const call of calls) expect((await send({ ...call, path: `${call.path}?nonsense=1` })).status).toBe(400);
  for (const call of keyCalls) {
    expect((await send({ ...call, path: `${kv}/` })).status).toBe(400);
    expect((await send(call, { headers: { 'if-match': '"0"' } })).status).toBe(412);
  }
  for (const call of writeCalls) {
    const key = { headers: { 'idempotency-key': `"${call.method} ${call.path}"` } };
    await send(call, key);
    const other = call.method === 'DELETE' ? { path: `${kv}/b` } : { init: { ...call.init, body: transaction + ' ' } };
    expect((await send({ ...call, ...other }, key)).status).toBe(422);
  }
  for (const call of [...dataCalls, statusCall]) {
    const path = call.path.replace('groups/kv', 'groups/other');
    expect((await send({ ...call, path })).status).toBe(404);
  }
  for (const call of [calls[1]!, calls[4]!, putRegister, submitCall]) {
    expect((await send(call, { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    expect((await send(call, { body: Buffer.alloc(600_000) })).status).toBe(413);
  }
  for (const call of [...calls.slice(0, 5), ...ledgerCalls]) {
    const accept = { headers: { accept: 'application/vnd.synod.certificate' } };
    expect((await send(call, accept)).status).toBe(406);
  }
  expect((await send({ method: 'GET', path: '/problems/none' })).status).toBe(404);
  gateway.fake.get = () => Promise.resolve({ entry: undefined, source });
  expect((await send(calls[0]!)).status).toBe(404);
  for (const call of [getRegister, putRegister]) {
    for (const key of ['', 'a%20b', 'k'.repeat(129), '%FF']) {
      expect((await send({ ...call, path: `${registers}/${key}` })).status).toBe(400);
    }
  }
  expect((await send(submitCall, { body: '' })).status).toBe(400);
  for (const call of blockCalls) {
    for (const height of ['0', 'x', '8', '%37']) {
      expect((await send({ ...call, path: call.path.replace('blocks/7', `blocks/${height}`) })).status).toBe(404);
    }
  }
  expect((await send({ ...blockCalls[1]!, path: `${ledger}/blocks/7/transactions/1` })).status).toBe(404);
  gateway.fake.decided = () => Promise.resolve(undefined);
  expect((await send(getRegister)).status).toBe(404);
  gateway.fake.decide = () => Promise.resolve(new ChosenValue(Buffer.from('w'), false, source));
  expect((await send(putRegister)).status).toBe(409);
});

test('who does not say who he is, and who may not', async () => {
  const calling = calls.filter(({ method, path }) => gateway.router.find(method, path).operation.needs !== 'nothing');
  const refuse = (problem: 'unauthenticated' | 'not-allowed') => () => {
    throw new Problem(problem, 'no');
  };
  gateway.access = refuse('unauthenticated');
  for (const call of calling) expect((await send(call)).status).toBe(401);
  gateway.access = () => ({ ...everyRight, require: refuse('not-allowed') });
  for (const call of calling) expect((await send(call)).status).toBe(403);
  gateway.access = openTo(['synod.example']);
  for (const call of calling) expect((await send(call)).status).toBe(421);
  gateway.access = openTo(['*']);
});

test('what is not there, or does not answer', async () => {
  gateway.disconnected();
  for (const call of dataCalls) expect((await send(call)).status).toBe(503);
  works([]);
  gateway.ready = 'no connection';
  expect((await send({ method: 'GET', path: '/v1/groups/kv/status' })).status).toBe(503);
  expect((await send({ method: 'GET', path: '/readyz' })).status).toBe(503);
  gateway.traces = new Traces('');
  expect((await send(traceCall)).status).toBe(404);
  gateway.traces = new Traces('http://127.0.0.1:1');
  expect((await send(traceCall)).status).toBe(503);
});

test('a bound on work in progress is 429, everywhere', async () => {
  const { admission } = gateway.dispatcher;
  admission.requests += 10_000;
  for (const call of calls) expect((await send(call)).status).toBe(429);
  admission.requests -= 10_000;
});

test('Expect that is not known is 417, everywhere', async () => {
  for (const { method, path } of calls) {
    const answer = await gateway.raw(
      `${method} ${path} HTTP/1.1\r\nhost: x\r\nexpect: tea\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 417 /);
    gateway.note(method, path, 417);
  }
});

test('before there is a request: too much of it is 431, too little of it 408', async () => {
  const long = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`;
  expect(await gateway.raw(long)).toMatch(/^HTTP\/1.1 431 .*application\/problem\+json.*headers-too-large/s);
  expect(await gateway.raw('GET / HT')).toMatch(/^HTTP\/1.1 408 .*problem\+json.*request-timeout/s);
  const half = `PUT ${kv}/a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nha`;
  expect(await gateway.raw(half)).toMatch(/^HTTP\/1.1 408 .*request-timeout/s);
  expect(await gateway.raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*malformed-request/s);
  expect(gateway.malformed).toEqual([431, 408, 408, 400]);
  // They come before any route; each operation lists them.
  for (const { method, path } of calls) for (const status of [408, 431]) gateway.note(method, path, status);
});

test('what is not there at all: 404 for a path, 405 with Allow for a method', async () => {
  expect((await gateway.fetch('/v2')).status).toBe(404);
  const answer = await gateway.fetch(kv, { method: 'POST', body: 'x' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect((await gateway.fetch(`${kv}/a`, { method: 'PATCH' })).headers.get('allow')).toBe('GET, HEAD, PUT, DELETE');
});

/** Last: all tests above have recorded. */
test('the document says what the code does, and the code does what the document says', async () => {
  const document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: object }>>>>;
  };
  const seen: Record<string, Set<number>> = {};
  for (const { method, route, status } of gateway.recorded) {
    if (route === 'none') continue;
    (seen[`${method === 'HEAD' ? 'GET' : method} ${route}`] ??= new Set()).add(status);
  }
  const said: Record<string, Set<number>> = {};
  for (const [route, item] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(item)) {
      if (!responses || method === 'head') continue;
      said[`${method.toUpperCase()} ${route}`] = new Set(Object.keys(responses).map(Number));
    }
  }
  const sorted = (sets: Record<string, Set<number>>) =>
    Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, [...set].sort((a, b) => a - b)]));
  expect(sorted(seen)).toEqual(sorted(said));
});

test('every kind of problem is one that some operation has, or that comes before operations', () => {
  const named = new Set(gateway.router.operations.flatMap(problemsOf));
  const before = ['method-not-allowed'];
  expect([...named, ...before].sort()).toEqual(Object.keys(problems).sort());
});
