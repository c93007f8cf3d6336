import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Server } from 'node:http';
import fc from 'fast-check';
import { eventually } from '@synod/nats-transport/testing';
import { portOf, serveHealth } from '../src/index.js';
import { healthLimits } from '../src/health.js';

let server: Server;
let renders = 0;
let text = 'synod_x 1\n'.repeat(2000);
const live = true;
const limits = { ...healthLimits, connections: 8, headersMs: 200, checkMs: 20, idleMs: 500 };
const documented = new Set([200, 400, 404, 405, 408, 417, 431, 500, 503]);

beforeAll(async () => {
  const metrics = (): string => {
    renders++;
    return text;
  };
  server = await serveHealth('127.0.0.1', 0, { live: () => live, ready: () => 'no leader', metrics }, limits);
});

afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

function dial(): Socket {
  return connect(portOf(server), '127.0.0.1').on('error', () => undefined);
}

/** What is answered to these bytes until the connection is closed, which it always is. */
function say(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = dial();
  let heard = '';
  socket.on('data', (bytes) => (heard += bytes.toString('latin1')));
  for (const piece of pieces) socket.write(piece);
  return new Promise((resolve) => socket.once('close', () => resolve(heard)));
}

const get = (path: string, fields = ''): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n${fields}\r\n`;
const statusOf = (heard: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(heard)?.[1]);

const connections = (): number => (server as unknown as { readonly _connections: number })._connections;

/** It answers as ever: whatever was said before, there is room for one more. */
async function expectService(): Promise<void> {
  await eventually('the others are gone', () => connections() === 0);
  expect(await say(get('/livez'))).toMatch(/^HTTP\/1.1 200 .*ok\n$/s);
}

test.each<[string, number, string]>([
  ['what lives', 200, get('/livez')],
  ['what is not ready, and why', 503, get('/readyz?x')],
  ['metrics', 200, get('/metrics')],
  ['another path', 404, get('/')],
  ['another method', 405, get('/livez').replace('GET', 'DELETE')],
  ['an upload', 405, 'POST /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000\r\n\r\nabc'],
  ['an expectation', 417, get('/livez', 'expect: 100-continue\r\ncontent-length: 5\r\n')],
  ['another expectation', 417, get('/livez', 'expect: wonders\r\n')],
  ['an upgrade that is not taken', 200, get('/livez', 'connection: upgrade\r\nupgrade: websocket\r\n')],
  ['no HTTP', 400, 'hello\r\n\r\n'],
  ['no host', 400, 'GET /livez HTTP/1.1\r\n\r\n'],
  ['two lengths', 400, get('/livez', 'content-length: 1\r\ncontent-length: 2\r\n')],
  ['huge headers', 431, get('/livez', `x: ${'x'.repeat(9000)}\r\n`)],
  ['a huge path', 431, get(`/${'x'.repeat(9000)}`)],
  ['headers that do not end', 408, 'GET /livez HTTP/1.1\r\nx: '],
])('%s: %i, and the connection is closed', async (_what, status, bytes) => {
  expect(statusOf(await say(bytes))).toBe(status);
});

test('what throws is 500 and no end of the process', async () => {
  const throwing = Object.defineProperty({ ready: () => true as const, metrics: () => '' }, 'live', {
    value: () => {
      throw new Error('no');
    },
  });
  const other = await serveHealth('127.0.0.1', 0, throwing as never, limits);
  expect((await fetch(`http://127.0.0.1:${portOf(other)}/livez`)).status).toBe(500);
  await new Promise((resolve) => other.close(resolve));
});

test('of many requests in one piece one is answered at most: each would cost a text of metrics', async () => {
  renders = 0;
  for (let i = 0; i < 5; i++) await say(get('/metrics').repeat(1500));
  expect(renders).toBeLessThanOrEqual(5);
  await expectService();
});

test('headers that come byte by byte are cut off; who never says anything is, too', async () => {
  const slow = dial();
  const bytes = get('/livez', 'x: 1\r\n'.repeat(1000));
  let sent = 0;
  const dripping = setInterval(() => slow.writable && slow.write(bytes[sent++]!), 10);
  const silent = dial();
  await Promise.all([slow, silent].map((socket) => new Promise((resolve) => socket.once('close', resolve).resume())));
  clearInterval(dripping);
  expect(sent).toBeLessThan(bytes.length);
  await expectService();
});

test('who does not read the answer does not keep the connection', async () => {
  const small = text;
  text = 'x'.repeat(16_000_000);
  renders = 0;
  const deaf = Array.from({ length: 4 }, dial);
  for (const socket of deaf) socket.pause().write(get('/metrics'));
  await eventually('all are answered', () => renders >= 4 && connections() === 4);
  text = small;
  await expectService();
  for (const socket of deaf) socket.destroy();
});

test('beyond the most connections one is closed at once, and when they go there is room again', async () => {
  const held = Array.from({ length: limits.connections }, dial);
  await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect(await say(get('/livez'))).toBe('');
  for (const socket of held) socket.destroy();
  await expectService();
});

test('whatever comes is answered with a documented status or not at all; the process lives and does not grow', async () => {
  const token = fc.string({ unit: 'binary', maxLength: 20 });
  const head = fc
    .tuple(
      fc.oneof(fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'CONNECT', 'TRACE', 'PRI', 'BREW'), token),
      fc.oneof(fc.constantFrom('/livez', '/metrics', '*', '//', 'http://x/livez', '/%00', '/../..'), token),
      fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9'),
      fc.array(
        fc.tuple(fc.oneof(fc.constantFrom('host', 'content-length', 'transfer-encoding', 'connection'), token), token),
        {
          maxLength: 6,
        },
      ),
    )
    .map(([method, path, version, fields]) => {
      const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      return Buffer.from(`${method} ${path} ${version}\r\n${lines}\r\n`, 'latin1');
    });
  const input = fc.oneof(
    head,
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  );
  const before = process.memoryUsage().rss;
  const talk = fc.asyncProperty(
    fc.array(input, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
    async (pieces, hangsUp) => {
      if (hangsUp) {
        const socket = dial();
        await new Promise((resolve) => socket.once('connect', resolve));
        socket.write(pieces[0]!, () => socket.destroy());
        return;
      }
      const heard = await say(...pieces);
      expect(heard === '' || documented.has(statusOf(heard))).toBe(true);
    },
  );
  await fc.assert(talk, { numRuns: 200, interruptAfterTimeLimit: 10_000, seed: 8 });
  await expectService();
  expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(96);
}, 30_000);
