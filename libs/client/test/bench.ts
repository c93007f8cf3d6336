// By hand: node --import tsx -C @synod/source libs/client/test/bench.ts [seconds]
// What the client costs: a group in another process that answers at once, 128-byte values.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { encodeResult, encodeResults } from '@synod/api';
import { TestBroker } from '@synod/nats-transport/testing';
import { connect } from '../src/index.js';
import type { KeyValueGroup } from '../src/index.js';
import { cluster, FakeGroup, identities } from './fake-group.js';

const value = Buffer.alloc(128, 'v');
const seconds = Number(process.argv[2] ?? 3);

async function measure(what: string, parallel: number, call: (i: number) => Promise<unknown>, kv: KeyValueGroup) {
  const latencies: number[] = [];
  let done = 0;
  let end = 0;
  const worker = async (n: number) => {
    for (let i = n; performance.now() < end; i += parallel) {
      const start = performance.now();
      await call(i);
      if (done++ % 16 === 0) latencies.push(performance.now() - start);
    }
  };
  end = performance.now() + 1000;
  await Promise.all(Array.from({ length: parallel }, (_, n) => worker(n)));
  [done, latencies.length] = [0, 0];
  const { sent } = kv.statistics;
  const cpu = process.cpuUsage();
  const start = performance.now();
  end = start + seconds * 1000;
  await Promise.all(Array.from({ length: parallel }, (_, n) => worker(n)));
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number) => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2);
  const batch = (done / (kv.statistics.sent - sent)).toFixed(0);
  const perOperation = ((user + system) / done).toFixed(2);
  const rate = Math.round((done / ms) * 1000);
  console.log(
    `${what} × ${parallel}: ${rate}/s, p50 ${at(0.5)} p99 ${at(0.99)} ms, ${batch} per message, ` +
      `client CPU ${perOperation} µs per operation (${(((user + system) / ms) * 0.1).toFixed(0)} %)`,
  );
}

async function serve(broker: TestBroker): Promise<void> {
  const group = await FakeGroup.start(broker);
  group.keepReceived = false;
  const written = encodeResult({ kind: 'written', revision: 123_456, existed: true });
  const found = encodeResult({ kind: 'found', key: Buffer.from('key-1'), value, revision: 9, created: 9, version: 1 });
  group.script = (received) => {
    const { request, read } = received;
    if (request?.session === 0 || read?.level === 'discover') return false;
    const count = (request?.operations ?? read?.queries ?? []).length;
    group.results(received, encodeResults(Array(count).fill(request ? written : found)), ++group.index);
    return true;
  };
  process.send?.('ready');
}

async function run(): Promise<void> {
  const broker = await TestBroker.start(cluster, identities());
  const plain = { port: broker.port, directory: broker.directory };
  const child = fork(fileURLToPath(import.meta.url), ['serve', JSON.stringify(plain)], { execArgv: process.execArgv });
  await once(child, 'message');
  const client = await connect({ servers: broker.url, cluster, ...broker.credentials('client') });
  const kv = client.group('kv');
  for (const parallel of [1, 64, 500]) {
    await measure('put', parallel, (i) => kv.put(`key-${i % 10_000}`, value), kv);
    await measure('get', parallel, (i) => kv.get(`key-${i % 10_000}`), kv);
  }
  await client.close();
  child.kill();
  await broker.close();
}

if (process.argv[2] === 'serve') {
  const { port, directory } = JSON.parse(process.argv[3] ?? '{}');
  const broker = Object.create(TestBroker.prototype, { port: { value: port }, directory: { value: directory } });
  await serve(broker as TestBroker);
} else {
  await run();
}
