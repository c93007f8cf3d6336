import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { eventually } from '@synod/nats-transport/testing';
import { TestGateway } from './test-gateway.js';
import type { TestGatewayOptions } from './test-gateway.js';

// Slow, hung, rude and greedy callers, over real sockets.

const source = { replica: 'r1', index: 7, term: 2, ageMs: 0 };
const entry = { key: Buffer.from('a'), value: Buffer.from('v'), revision: 7, created: 3, version: 2 };
const put = (fields: string) => `PUT /v1/groups/kv/kv/a HTTP/1.1\r\nhost: x\r\n${fields}\r\n\r\n`;
const get = 'GET /v1/groups/kv/kv/a HTTP/1.1\r\nhost: x\r\n\r\n';

let gateway: TestGateway;
let stored: Buffer[];

async function start(options: TestGatewayOptions = {}): Promise<void> {
  stored = [];
  gateway = await TestGateway.start(options);
  gateway.fake.get = () => Promise.resolve({ entry, source });
  gateway.fake.put = ((_key: Uint8Array, value: Buffer) => {
    stored.push(value);
    return Promise.resolve({ revision: 7, existed: true, source });
  }) as never;
}

afterEach(async () => {
  await gateway.close();
  await eventually('nothing is under way', () => gateway.dispatcher.admission.requests === 0);
  expect(gateway.dispatcher.admission.bodyBytes).toBe(0);
});

function dial(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
  });
}

test('a body whose length is above the limit is refused before any of it is sent', async () => {
  await start();
  const answer = await gateway.raw(put('content-length: 65537'));
  expect(answer).toMatch(/^HTTP\/1.1 413 .*connection: close.*"limit":65536/s);
});

test('with Expect: 100-continue it is not asked for; another one is', async () => {
  await start();
  expect(await gateway.raw(put('expect: 100-continue\r\ncontent-length: 65537'))).toMatch(/^HTTP\/1.1 413 /);
  const socket = await dial();
  let text = '';
  socket.on('data', (part) => (text += part.toString()));
  socket.write(put('expect: 100-continue\r\ncontent-length: 2'));
  await eventually('it is asked for', () => text.includes('100 Continue'));
  socket.write('hi');
  await eventually('it is answered', () => text.includes('200 OK'));
  socket.destroy();
  expect(stored).toEqual([Buffer.from('hi')]);
});

test('a body without a stated length is refused as soon as it is too large, and the answer can be read', async () => {
  await start();
  const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
  const answer = await gateway.raw(put('transfer-encoding: chunked') + chunk.repeat(40));
  expect(answer).toMatch(/^HTTP\/1.1 413 .*at most 65536/s);
  expect(stored).toEqual([]);
});

test('a body of exactly the limit is taken, in pieces, too', async () => {
  await start();
  const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
  expect(await gateway.raw(`${put('transfer-encoding: chunked')}${chunk}${chunk}0\r\n\r\n`, '}')).toMatch(/ 200 OK/);
  expect(stored.map(({ length }) => length)).toEqual([65_536]);
});

test('who goes away in the middle of a body has written nothing', async () => {
  await start();
  const socket = await dial();
  socket.write(put('content-length: 10') + 'half');
  await eventually('it is under way', () => gateway.dispatcher.admission.bodyBytes === 10);
  socket.destroy();
  await eventually('it is noticed', () => gateway.metrics.registry.text().includes('status="aborted"} 1'));
  expect(stored).toEqual([]);
});

test('bodies that are being received are bounded together', async () => {
  await start({ limits: { bodyBytes: 100_000 } });
  const socket = await dial();
  socket.write(put('content-length: 60000') + 'begun');
  await eventually('it is under way', () => gateway.dispatcher.admission.bodyBytes === 60_000);
  expect(await gateway.raw(put('content-length: 60000'))).toMatch(/^HTTP\/1.1 429 .*retry-after: 1/s);
  socket.destroy();
});

test('a connection has so many requests under way, whatever it pipelines; answers keep their order', async () => {
  await start({ limits: { requestsPerConnection: 4 } });
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  gateway.fake.get = () => released.then(() => ({ entry, source }));
  const socket = await dial();
  let text = '';
  socket.on('data', (part) => (text += part.toString()));
  socket.write(get.repeat(6));
  await eventually('the others are refused', () => gateway.dispatcher.admission.refused === 2);
  release();
  await eventually('all are answered', () => (text.match(/HTTP\/1.1 /g) ?? []).length === 6);
  expect([...text.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    ...Array<string>(4).fill('200'),
    ...Array<string>(2).fill('429'),
  ]);
  socket.destroy();
});

test('a connection on which nothing moves is closed, with or without a request', async () => {
  await start({ times: { idle: 150, keepAlive: 150 } });
  expect(await gateway.raw('')).toBe('');
  gateway.fake.get = () => new Promise(() => undefined);
  expect(await gateway.raw(get)).toBe('');
});

test.each(['FFFFFFFFFFFFFFFF', '7FFFFFFFFFFFFFFF', 'FFFFFFFF', '1000'])(
  'a chunk that claims to have 0x%s bytes, and has five, is 408 before the whole request’s time is over',
  async (size) => {
    await start({ times: { silence: 150 } });
    const answer = await gateway.raw(`${put('transfer-encoding: chunked')}${size}\r\nhello`);
    expect(answer).toMatch(/^HTTP\/1.1 408 .*connection: close.*nothing more of the body came/s);
    expect(stored).toEqual([]);
  },
);

test('a body that comes in drops is waited for, as long as they come', async () => {
  await start({ times: { silence: 500 } });
  const socket = await dial();
  let text = '';
  socket.on('data', (part) => (text += part.toString()));
  socket.write(put('content-length: 8'));
  for (let i = 0; i < 8; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(String(i));
  }
  await eventually('it is answered', () => text.includes('200 OK'));
  socket.destroy();
  expect(stored).toEqual([Buffer.from('01234567')]);
});

test('headers that never end, and a body that never ends, are 408 in time', async () => {
  await start({ times: { headers: 100, request: 200, check: 20 } });
  expect(await gateway.raw('GET / HTTP/1.1\r\nhost: x\r\nx: ')).toMatch(/^HTTP\/1.1 408 /);
  expect(await gateway.raw(put('content-length: 10') + 'half')).toMatch(/^HTTP\/1.1 408 /);
  expect(stored).toEqual([]);
});

test.each([
  ['two lengths', put('content-length: 1\r\ncontent-length: 2')],
  ['a length and chunks', put('content-length: 1\r\ntransfer-encoding: chunked')],
  ['a length that is none', put('content-length: -1')],
  ['a chunk that is none', put('transfer-encoding: chunked') + 'zz\r\n'],
  ['a line feed in a header', 'GET / HTTP/1.1\r\nhost: x\r\nx: a\nb\r\n\r\n'],
  ['no Host', 'GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n'],
])('%s: 400', async (_what, bytes) => {
  await start();
  expect(await gateway.raw(bytes)).toMatch(/^HTTP\/1.1 400 .*problem\+json.*malformed-request/s);
});

test('HTTP/1.0 needs no Host; a header that comes twice counts as both', async () => {
  await start();
  expect(await gateway.raw('GET /livez HTTP/1.0\r\n\r\n')).toMatch(/ 200 OK/);
  const twice = get.replace('host: x', 'host: x\r\nconnection: close\r\nif-match: "1"\r\nif-match: "2"');
  expect(await gateway.raw(twice)).toMatch(/^HTTP\/1.1 412 /);
});

test('no header is dropped, however many there are: a precondition is among them', async () => {
  await start();
  const many = Array.from({ length: 1500 }, (_, i) => `a${i}: `).join('\r\n');
  const answer = await gateway.raw(get.replace('host: x', `host: x\r\nconnection: close\r\n${many}\r\nif-match: "1"`));
  expect(answer).toMatch(/^HTTP\/1.1 412 /);
});

test('while stopping, each answer ends its connection', async () => {
  await start();
  gateway.dispatcher.stopping = true;
  expect(await gateway.raw(get)).toMatch(/^HTTP\/1.1 200 .*connection: close/s);
});

test('a traceparent that is one is continued and returned; another one is ignored', async () => {
  await start();
  const sent = (traceparent: string) => gateway.fetch('/v1/groups/kv/kv/a', { headers: { traceparent } });
  const trace = 'a'.repeat(32);
  const sampled = (await sent(`00-${trace}-${'b'.repeat(16)}-01`)).headers;
  expect(sampled.get('traceparent')).toMatch(new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-01$`));
  expect(sampled.get('traceresponse')).toBe(sampled.get('traceparent'));
  const not = (await sent(`00-${trace}-${'b'.repeat(16)}-00`)).headers;
  expect(not.get('traceparent')).toBe(`00-${trace}-${'b'.repeat(16)}-00`);
  for (const wrong of ['', 'x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `00-${trace.toUpperCase()}-b-01`]) {
    expect((await sent(wrong)).headers.get('traceparent') ?? '').not.toContain(trace);
  }
});

test('names and labels of metrics are an interface', async () => {
  await start();
  await gateway.fetch('/v1/groups/kv/kv/a');
  await gateway.fetch('/nowhere');
  const text = await (await gateway.fetch('/metrics')).text();
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  expect(names.sort()).toEqual([
    'synod_cpu_seconds_total counter',
    'synod_event_loop_delay_seconds summary',
    'synod_gateway_malformed_total counter',
    'synod_gateway_request_duration_seconds histogram',
    'synod_gateway_requests_total counter',
    'synod_gateway_unread_bodies_total counter',
    'synod_memory_bytes gauge',
    'synod_start_time_seconds gauge',
  ]);
  expect(text).toContain(
    'synod_gateway_requests_total{method="GET",route="/v1/groups/{group}/kv/{key}",status="200"} 1',
  );
  expect(text).toContain('synod_gateway_requests_total{method="GET",route="none",status="404"} 1');
});
