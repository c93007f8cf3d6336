import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { TraceStore, traceEndpoint } from '../src/index.js';
import type { JaegerTrace, TraceSpan } from '../src/index.js';

const span = (trace: number, id: number, startUs = trace): TraceSpan => ({
  traceId: trace.toString(16).padStart(32, '0'),
  spanId: id.toString(16).padStart(16, '0'),
  parentId: undefined,
  name: `span ${id}`,
  kind: 'internal',
  service: 'raft-r1',
  resource: {},
  startUs,
  durationUs: 5,
  attributes: { 'synod.term': 2 },
  events: [],
  links: [],
  error: undefined,
});

describe('the store', () => {
  const limits = { spans: 10, bytes: 1e6, spansPerTrace: 4 };

  test('keeps the newest traces within its number of spans, and counts what it drops', () => {
    const store = new TraceStore(limits);
    for (let trace = 1; trace <= 8; trace++) store.add([span(trace, 1), span(trace, 2)]);
    expect(store.statistics).toMatchObject({ traces: 5, spans: 10, dropped: 6 });
    expect(store.trace(span(3, 1).traceId)).toBeUndefined();
    expect(store.find({ limit: 2 }).map((spans) => spans[0]!.startUs)).toEqual([8, 7]);
  });

  test('keeps within its bytes, however large spans are', () => {
    const store = new TraceStore({ spans: 1e6, bytes: 50_000, spansPerTrace: 1e6 });
    const large = { ...span(1, 1), attributes: { text: 'x'.repeat(10_000) } };
    for (let trace = 1; trace <= 50; trace++) store.add([{ ...large, traceId: span(trace, 1).traceId }]);
    expect(store.statistics.bytes).toBeLessThanOrEqual(50_000);
    expect(store.statistics.traces).toBe(2);
    store.add([{ ...large, attributes: { text: 'x'.repeat(100_000) } }]);
    expect(store.statistics).toMatchObject({ traces: 0, spans: 0, bytes: 0 });
  });

  test('takes no more of one trace than its share, and a span that comes twice once', () => {
    const store = new TraceStore(limits);
    store.add([span(1, 1), span(1, 1), span(1, 2), span(1, 3), span(1, 4), span(1, 5), span(1, 6)]);
    expect(store.statistics).toMatchObject({ spans: 4, dropped: 2 });
  });
});

describe('over HTTP', () => {
  let server: Server;
  let endpoint: string;
  let store: TraceStore;

  beforeEach(async () => {
    store = new TraceStore();
    server = createServer(traceEndpoint(store));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const get = async (
    path: string,
  ): Promise<{ status: number; body: { data: JaegerTrace[]; errors: { msg: string }[] } }> => {
    const response = await fetch(endpoint + path);
    return {
      status: response.status,
      body: (await response.json()) as { data: JaegerTrace[]; errors: { msg: string }[] },
    };
  };
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> =>
    fetch(`${endpoint}/v1/traces`, { method: 'POST', body, headers });

  const json = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'other' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: 'A'.repeat(32),
                spanId: 'b'.repeat(16),
                name: 'x',
                kind: 3,
                startTimeUnixNano: '1700000000000000000',
                endTimeUnixNano: '1700000000001000000',
                attributes: [{ key: 'n', value: { intValue: '7' } }],
              },
              { traceId: 'short', spanId: 'b', name: 'left out' },
            ],
          },
        ],
      },
    ],
  });

  test.each([
    ['plain', json, {}],
    ['compressed', gzipSync(json), { 'content-encoding': 'gzip' }],
  ])('takes OTLP as JSON, %s; a span without proper ids is left out', async (_, body, headers) => {
    expect((await post(body, { 'content-type': 'application/json', ...headers })).status).toBe(200);
    expect(store.trace('a'.repeat(32))).toEqual([
      expect.objectContaining({ service: 'other', startUs: 1.7e15, durationUs: 1000, attributes: { n: 7 } }),
    ]);
    expect(store.statistics.spans).toBe(1);
  });

  test.each([
    ['no JSON', '{', 'application/json', 400],
    ['no object', '7', 'application/json', 400],
    ['no protobuf', Buffer.from([0x0a, 0xff, 0xff]), 'application/x-protobuf', 400],
    ['another type', 'x', 'text/plain', 415],
    ['too large', Buffer.alloc(9 * 1024 * 1024), 'application/x-protobuf', 413],
    ['a bomb', gzipSync(Buffer.alloc(20 * 1024 * 1024)), 'application/json+gzip', 400],
  ])('refuses %s with a sentence', async (_, body, type, status) => {
    const [contentType, encoding] = type.split('+');
    const headers = { 'content-type': contentType!, ...(encoding && { 'content-encoding': encoding }) };
    const outcome = await post(body, headers).then(
      (response) => response.status,
      () => 413, // the server may close while the body is still on its way
    );
    expect(outcome).toBe(status);
    expect(store.statistics.spans).toBe(0);
  });

  test('finds the newest traces, by service and by the name of a span', async () => {
    store.add([span(1, 1), { ...span(2, 2), service: 'gateway' }, span(3, 1)]);
    const found = async (query: string): Promise<string[]> =>
      (await get(`/api/traces${query}`)).body.data.map((trace) => trace.traceID);
    const ids = [1, 2, 3].map((trace) => span(trace, 1).traceId);
    expect(await found('')).toEqual([ids[2], ids[1], ids[0]]);
    expect(await found('?limit=1')).toEqual([ids[2]]);
    expect(await found('?operation=span%201&limit=5')).toEqual([ids[2], ids[0]]);
    expect(await found('?service=gateway')).toEqual([ids[1]]);
    expect((await get('/api/services')).body.data).toEqual(['gateway', 'raft-r1']);
    // Jaeger's short ids.
    expect((await get('/api/traces/2')).body.data[0]!.traceID).toBe(ids[1]);
  });

  test('says what is wrong with a query', async () => {
    expect(await get(`/api/traces/${'1'.repeat(32)}`)).toMatchObject({ status: 404 });
    expect((await get('/api/traces?limit=0')).body.errors[0]!.msg).toContain(
      'limit must be a whole number from 1 to 1000',
    );
    expect((await get('/nothing')).status).toBe(404);
  });
});
