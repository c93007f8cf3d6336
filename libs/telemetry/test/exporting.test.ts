import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JaegerTrace } from '../src/index.js';
import { TraceStore, fromJaeger, traceEndpoint } from '../src/index.js';

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
const close = (server: Server): Promise<unknown> => new Promise((resolve) => server.close(resolve));

test('a real process exports OTLP; a collector that is down or deaf neither rejects nor holds its shutdown', async () => {
  const store = new TraceStore();
  const collector = createServer(traceEndpoint(store));
  const sockets: Socket[] = [];
  const deaf = createSocketServer((socket) => sockets.push(socket));
  const gone = createSocketServer();
  const endpoints = await Promise.all([collector, gone, deaf].map(listen));
  await close(gone);

  const script = join(__dirname, 'support/exporting.ts');
  const run = ['--import', 'tsx', '-C', '@synod/source', script, ...endpoints];
  const { stdout } = await promisify(execFile)(process.execPath, run, { timeout: 60_000 });
  const { traceId, ...outcome } = JSON.parse(stdout) as { traceId: string };
  expect(outcome).toEqual({ failed: 0, dead: 'resolved', deaf: 'resolved', givenUp: 1 });

  const answer = (await (await fetch(`${endpoints[0]}/api/traces/${traceId}`)).json()) as { data: [JaegerTrace] };
  const [trace] = answer.data;
  expect(trace).toMatchObject({
    traceID: traceId,
    processes: { p1: { serviceName: 'gateway' } },
    spans: [
      { operationName: 'PUT /kv', references: [], processID: 'p1' },
      { operationName: 'write', references: [{ refType: 'CHILD_OF', traceID: traceId }], processID: 'p1' },
    ],
  });
  expect(trace.spans[0]!.tags).toEqual(expect.arrayContaining([{ key: 'count', type: 'int64', value: 2 }]));
  const spans = fromJaeger(trace);
  expect(spans[0]).toMatchObject({
    service: 'gateway',
    kind: 'server',
    attributes: { count: 2, ratio: 0.5, ok: true },
  });
  expect(spans[0]!.resource).toMatchObject({ 'service.namespace': 'local', 'synod.app': 'gateway' });
  expect(spans[1]).toMatchObject({ parentId: spans[0]!.spanId, error: 'no quorum' });
  expect(Math.abs(spans[0]!.startUs / 1000 - Date.now())).toBeLessThan(60_000);

  for (const socket of sockets) socket.destroy();
  collector.closeAllConnections();
  await Promise.all([close(collector), close(deaf)]);
}, 90_000);
