import { connect } from 'node:net';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { eventually } from '@synod/nats-transport/testing';
import { problems } from '../src/http/problem.js';
import { TestGateway } from './test-gateway.js';

// Callers who send anything at all: a documented answer or a closed connection, nothing kept, no bug met.

let gateway: TestGateway;
let rssBefore: number;
const growthMiB = 160;
const documented = new Set<number>([
  ...[100, 200, 201, 204, 304],
  ...Object.values(problems).map(({ status }) => status),
]);

beforeAll(async () => {
  gateway = await TestGateway.start({
    times: { headers: 300, request: 600, check: 50, idle: 1000, linger: 50 },
    limits: { bodyBytes: 16 * 65_536 },
  });
  gateway.answers();
  rssBefore = process.memoryUsage().rss;
});

afterEach(async () => {
  const { admission } = gateway.dispatcher;
  await eventually('nothing is under way', () => admission.requests === 0 && admission.bodyBytes === 0);
  expect(gateway.bugs).toEqual([]);
  expect((await gateway.fetch('/v1/groups/kv/kv/a')).status).toBe(200);
  expect((process.memoryUsage().rss - rssBefore) / 1_048_576).toBeLessThan(growthMiB);
});

afterAll(() => gateway.close());

function dial(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
  });
}

/** The answers to these bytes, after which the caller says no more. */
async function say(bytes: Buffer): Promise<string> {
  const socket = await dial();
  let heard = '';
  socket.on('data', (part) => (heard += part.toString('latin1')));
  socket.end(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

const statusesIn = (heard: string): number[] => [...heard.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, s]) => Number(s));

const group = '/v1/groups/kv';
const noise = fc.string({ unit: 'binary', maxLength: 30 });
const rarely = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 7, arbitrary: usual }, { weight: 1, arbitrary: odd });
const methods = rarely(
  fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE'),
  fc.oneof(noise, fc.constantFrom('PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PRI', 'BREW')),
);
const places = [
  ...[`${group}/kv/`, `${group}/kv?`, `${group}/transactions`, `${group}/registers/`, `${group}/ledger?`],
  ...[`${group}/ledger/transactions`, `${group}/ledger/blocks?`, `${group}/ledger/blocks/`],
  ...['/v1/traces/', '/problems/', '/', '*', '//'],
];
const ends = fc.oneof(
  noise.map((text) => encodeURIComponent(text)),
  fc.constantFrom('', 'a', 'a?consistency=stale', 'a?timeout_ms=1', '%', '%00', '..', 'limit=-1', 'a?x=%zz'),
);
const targets = rarely(
  fc.tuple(fc.constantFrom(...places), ends).map((parts) => parts.join('')),
  noise,
);
const names = [
  ...['host', 'content-length', 'transfer-encoding', 'content-type', 'content-encoding', 'expect', 'connection'],
  ...['if-match', 'if-none-match', 'idempotency-key', 'traceparent', 'range', 'upgrade', 'cookie', '__proto__'],
];
const values = rarely(
  fc.constantFrom(
    ...['chunked', '5', '-1', '1e3', '65537', '99999999999999', 'gzip', '100-continue', '"7"', '"8"', '*', 'close', ''],
    ...['application/json', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, 'bytes=0-', 'x'.repeat(20_000)],
  ),
  noise,
);
const fields = fc.array(fc.tuple(rarely(fc.constantFrom(...names), noise), values), { maxLength: 3 });
const bodies = fc.oneof(noise, fc.json(), fc.constantFrom('', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', '['.repeat(2000)));
const versions = rarely(fc.constant('HTTP/1.1'), fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/9'));

/** Has a host, so that it gets past the first check; mostly the length of its body. */
const request = fc
  .tuple(methods, targets, versions, fields, bodies, rarely(fc.constant(true), fc.constant(false)))
  .map(([method, target, version, extra, body, sized]) => {
    const lines = [['host', 'x'], ...extra, ...(sized ? [['content-length', `${Buffer.byteLength(body)}`]] : [])];
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.concat([Buffer.from(`${method} ${target} ${version}\r\n${head}\r\n`, 'latin1'), Buffer.from(body)]);
  });
const input = fc.oneof(
  { weight: 4, arbitrary: request },
  { weight: 1, arbitrary: fc.array(request, { minLength: 2, maxLength: 5 }).map((all) => Buffer.concat(all)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)) },
);

test('any bytes, one after another and pipelined', async () => {
  const seen = new Map<number, number>();
  const property = fc.asyncProperty(fc.array(input, { minLength: 8, maxLength: 8 }), async (all) => {
    for (const heard of await Promise.all(all.map(say))) {
      for (const status of statusesIn(heard)) {
        expect(documented).toContain(status);
        expect(status).not.toBe(500);
        seen.set(status, (seen.get(status) ?? 0) + 1);
      }
    }
  });
  await fc.assert(property, { numRuns: 50, interruptAfterTimeLimit: 6000, seed: 20_252 });
  // It got past the parser, to operations and their refusals.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 405]));
}, 30_000);

test('uploads that break off, at any place, by the hundred', async () => {
  const whole = Buffer.concat([
    Buffer.from(`PUT ${group}/kv/a HTTP/1.1\r\nhost: x\r\ncontent-length: 60000\r\n\r\n`),
    Buffer.alloc(60_000, 'v'),
  ]);
  for (let round = 0; round < 10; round++) {
    const sockets = await Promise.all(Array.from({ length: 40 }, dial));
    sockets.forEach((socket, i) => socket.write(whole.subarray(0, Math.floor((whole.length * (i + round)) / 50))));
    await new Promise((resolve) => setTimeout(resolve, 10));
    for (const [i, socket] of sockets.entries()) void (i % 2 ? socket.resetAndDestroy() : socket.destroy());
  }
}, 20_000);

test('bodies announced and not sent hold only what is announced, for as long as a request may take', async () => {
  const head = `PUT ${group}/kv/a HTTP/1.1\r\nhost: x\r\ncontent-length: 65536\r\n\r\n`;
  const sockets = await Promise.all(Array.from({ length: 24 }, dial));
  const heard = sockets.map((socket) => {
    let text = '';
    socket.on('data', (part) => (text += part.toString('latin1')));
    return new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  });
  for (const socket of sockets) socket.write(head);
  const statuses = (await Promise.all(heard)).flatMap(statusesIn);
  // 16 fit in what bodies may take; the others are told so at once.
  expect(statuses.filter((status) => status === 429).length).toBe(24 - 16);
  expect(new Set(statuses)).toEqual(new Set([408, 429]));
}, 20_000);

test('a connection that goes with answers owed on it gives back all that it held', async () => {
  const honest = gateway.fake.get!;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  gateway.fake.get = () => released.then(() => honest());
  const socket = await dial();
  socket.write(`GET ${group}/kv/a HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(10));
  await eventually('they are under way', () => gateway.dispatcher.admission.requests === 10);
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  gateway.fake.get = honest;
  release();
});

test('thousands of requests in one piece: each is answered, or the connection is closed', async () => {
  const piece = Buffer.from(`GET ${group}/kv/a HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(1000));
  const heard = await Promise.all(Array.from({ length: 2 }, () => say(piece)));
  for (const status of heard.flatMap(statusesIn)) expect([200, 408, 429]).toContain(status);
}, 20_000);
