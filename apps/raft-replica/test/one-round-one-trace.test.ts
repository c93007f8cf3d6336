import { ActorHost } from '@synod/actor-host';
import { MemoryJournal, MemoryLoop, MemoryNetwork, MemorySnapshots } from '@synod/actor-host/memory';
import { batchCodec, encodeRequestBatch, keyValueCodec } from '@synod/api';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftMessages, raftRecords, raftRounds } from '@synod/raft-wire';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import { PinoEventLog, ReplicaMetrics, ReplicaView, RoundObserver, createLogger } from '@synod/telemetry';
import { startTracing } from '@synod/telemetry';
import type { Tracing } from '@synod/telemetry';

// The real core, codecs, host and telemetry of three replicas over a broker and disks in memory: what one client's request
// leaves in the trace, without a process or a clock.

const members = ['r1', 'r2', 'r3'];
const everyone = 'replicas';
const client = '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01';
const loop = new MemoryLoop();
const network = new MemoryNetwork(loop);
const spans: ExportedSpan[] = [];
const lines: string[] = [];
const replicas: {
  readonly tracing: Tracing;
  readonly metrics: ReplicaMetrics;
  readonly observer: RoundObserver<RaftVocabulary>;
  readonly view: ReplicaView;
}[] = [];

/** What the SDK hands to an exporter, as far as it matters here. */
interface ExportedSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly {
    readonly context: { readonly traceId: string };
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> };
  readonly parentSpanContext?: { readonly spanId: string } | undefined;
  spanContext(): { readonly traceId: string; readonly spanId: string };
}

async function startReplica(self: string, position: number): Promise<void> {
  const exporter = {
    export: (batch: unknown, done: (result: { code: number }) => void): void => {
      spans.push(...(batch as ExportedSpan[]));
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
  const service = { service: `raft-${self}`, app: 'raft-replica', roots: 'replicas' } as const;
  const tracing = startTracing({ ...service, cluster: 'local', version: '0', environment: {}, exporter });
  const view = new ReplicaView(self);
  const metrics = new ReplicaMetrics({ protocol: 'raft' }, 'kv', view);
  const logger = createLogger({
    service: service.service,
    environment: {},
    destination: { write: (line) => void lines.push(line) },
  });
  const observer = new RoundObserver<RaftVocabulary>({
    identity: { cluster: 'local', group: 'kv', self, members, votes: true },
    vocabulary: raftRounds,
    kindOf: (message) => raftMessages.kindOf(message),
    tracer: tracing.tracer,
    metrics,
    view,
    log: new PinoEventLog(logger, raftRounds),
    now: () => loop.now(),
  });
  replicas.push({ tracing, metrics, observer, view });
  const electionTimeout = { minMs: 150 + 100 * position, maxMs: 200 + 100 * position };
  const timing = { electionTimeout, heartbeatMs: 50 };
  const state = new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
  const journal = new MemoryJournal(loop);
  const host = new ActorHost<RaftVocabulary>({
    actor: new RaftReplica({ self, members, everyone, ...timing, limits: defaultLimits }, state),
    members: new Set(members),
    messages: raftMessages,
    records: raftRecords,
    state,
    transport: network.transport(self),
    journal,
    snapshots: new MemorySnapshots(loop),
    clock: loop,
    scheduler: loop,
    dice: { between: (min) => min },
    observer,
    onFailed: (error) => {
      throw error;
    },
  });
  await host.start();
  // The disk in memory knows no time.
  const told = journal.onDurable;
  journal.onDurable = (token) => told(token, loop.now(), loop.now());
}

/** A client opens a session: the smallest write. */
function write(traceparent?: string): void {
  const payload = encodeRequestBatch({ client: 'c1', session: 0, sequence: 0, acknowledgedThrough: 0, operations: [] });
  const parcel = { from: 'gateway', to: 'r1', kind: 'request', payload };
  network.post({ ...parcel, ...(traceparent !== undefined && { context: { traceparent } }) });
  loop.advance(5);
}

async function exported(): Promise<readonly ExportedSpan[]> {
  await Promise.all(replicas.map(({ tracing }) => tracing.flush()));
  return spans;
}

const serviceOf = (span: ExportedSpan): unknown => span.resource.attributes['service.name'];

beforeAll(async () => {
  network.group(everyone, members);
  loop.advance(1000);
  for (const [position, self] of members.entries()) await startReplica(self, position);
  loop.advance(2000);
});
afterAll(async () => {
  for (const { tracing, metrics } of replicas) {
    metrics.close();
    await tracing.shutdown();
  }
});

test('the first election is a trace with its voters; the no-op that begins the term links to it', async () => {
  const all = await exported();
  const election = all.find((span) => span.name === 'raft.election' && span.attributes['synod.outcome'] === 'elected')!;
  expect(serviceOf(election)).toBe('raft-r1');
  expect(election.attributes['synod.cause']).toBe('started');
  const { traceId } = election.spanContext();
  const trace = all.filter((span) => span.spanContext().traceId === traceId);
  expect(new Set(trace.map(serviceOf))).toEqual(new Set(['raft-r1', 'raft-r2', 'raft-r3']));
  expect(
    trace.filter((span) => span.name.startsWith('process ') && span.attributes['synod.granted'] === true).length,
  ).toBe(4);
  const noOp = all.find((span) => span.name === 'raft.round')!;
  expect(noOp.links[0]?.context.traceId).toBe(traceId);
  expect(noOp.links[0]?.attributes).toEqual({ 'synod.link': 'cause' });
  expect(lines.some((line) => line.includes('leads term'))).toBe(true);
});

test("one client's request is one trace: leader and both followers, syncs, who completed the quorum", async () => {
  write(client);
  const trace = (await exported()).filter((span) => span.spanContext().traceId === 'a'.repeat(32));
  const of = (service: string): string[] =>
    trace
      .filter((span) => serviceOf(span) === service)
      .map((span) => span.name)
      .sort();
  const template = 'synod.{cluster}.{group}.{from}.{to}';
  const follower = ['journal.sync', `process ${template}.append-entries`, `publish ${template}.append-entries-reply`];
  expect(of('raft-r2')).toEqual(follower);
  expect(of('raft-r3')).toEqual(follower);
  expect(of('raft-r1')).toEqual(
    [
      'apply',
      'await r2',
      'await r3',
      'journal.sync',
      `publish ${template}.append-entries`,
      'raft.round',
      'reply',
    ].sort(),
  );
  const round = trace.find((span) => span.name === 'raft.round')!;
  expect(round.parentSpanContext?.spanId).toBe('b'.repeat(16));
  expect(round.attributes).toMatchObject({ 'synod.outcome': 'decided', 'synod.batch.size': 1 });
  expect(members).toContain(round.attributes['synod.quorum.completed_by']);
});

test('an unsampled request leaves no span and no header, and its stamps all the same', async () => {
  const before = (await exported()).length;
  const published = network.published.length;
  write();
  expect((await exported()).length).toBe(before);
  expect(network.published.slice(published).filter((parcel) => parcel.context !== undefined)).toEqual([]);
  const [last, previous] = replicas[0]!.observer.lastRounds(2);
  expect(last).toMatchObject({ state: 'done', requests: 1, first: previous!.last + 1, traceId: undefined });
  expect(Object.keys(last!.acknowledgedMs).sort()).toEqual(members);
  expect(previous!.traceId).toBe('a'.repeat(32));
  expect(replicas.map(({ view }) => view.role)).toEqual(['leader', 'follower', 'follower']);
  loop.advance(60); // the next heartbeat tells the followers what is committed
  expect(replicas.map(({ view }) => view.appliedIndex)).toEqual([last!.last, last!.last, last!.last]);
});
