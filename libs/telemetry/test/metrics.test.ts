import { delayIn } from '../src/process-metrics.js';
import type { Delivery, Transport } from '@synod/actor-host';
import { CountingTransport, MetricsRegistry, ReplicaMetrics, ReplicaView } from '../src/index.js';

const view = new ReplicaView('r1');
let metrics: ReplicaMetrics;

beforeEach(() => (metrics = new ReplicaMetrics({ protocol: 'raft' }, 'kv', view)));
afterEach(() => metrics.close());

test('the text of a replica: names, types, units and labels are an interface', () => {
  view.follow({ part: 'elected', era: 3, completedBy: 'r2' });
  view.follow({ part: 'decided', era: 3, last: 12, completedBy: 'r2' });
  view.follow({ part: 'applied', last: 11 });
  metrics.rejected.of('malformed').value += 2;
  metrics.queues(() => ({ mailbox: 4, sends: 0 }));
  metrics.inFlight(() => ({ peers: 7 }));
  metrics.readiness(() => true);
  metrics.network(
    () => ({ congested: 3 }),
    () => 2,
  );
  metrics.journal(() => ({ syncs: 5, bytesWritten: 4096, segments: 1, sizeBytes: 65536 }));
  metrics.process.build('raft-replica', '0.1.0');
  metrics.process.spans({ queueFull: () => 1, exportFailed: () => 0 });
  const described = metrics
    .text()
    .split('\n')
    .filter((line) => line.startsWith('# TYPE'));
  expect(described.map((line) => line.slice('# TYPE '.length))).toEqual([
    'synod_round_duration_seconds histogram',
    'synod_rejected_messages_total counter',
    'synod_elections_total counter',
    'synod_role gauge',
    'synod_term gauge',
    'synod_commit_index gauge',
    'synod_applied_index gauge',
    'synod_sync_duration_seconds histogram',
    'synod_messages_sent_total counter',
    'synod_message_sent_bytes_total counter',
    'synod_messages_received_total counter',
    'synod_message_received_bytes_total counter',
    'synod_rounds_traced_total counter',
    'synod_rounds_failed_total counter',
    'synod_telemetry_errors_total counter',
    'synod_memory_bytes gauge',
    'synod_cpu_seconds_total counter',
    'synod_start_time_seconds gauge',
    'synod_event_loop_delay_seconds summary',
    'synod_queue_depth gauge',
    'synod_in_flight_bytes gauge',
    'synod_ready gauge',
    'synod_nats_lost_messages_total counter',
    'synod_nats_reconnects_total counter',
    'synod_journal_syncs_total counter',
    'synod_journal_written_bytes_total counter',
    'synod_journal_size_bytes gauge',
    'synod_journal_segments gauge',
    'synod_build_info gauge',
    'synod_spans_dropped_total counter',
  ]);
  const common = 'protocol="raft",group="kv"';
  for (const line of [
    `synod_rejected_messages_total{${common},reason="malformed"} 2`,
    `synod_role{${common},role="leader"} 1`,
    `synod_term{${common}} 3`,
    `synod_commit_index{${common}} 12`,
    `synod_applied_index{${common}} 11`,
    `synod_queue_depth{${common},queue="mailbox"} 4`,
    `synod_in_flight_bytes{${common},kind="peers"} 7`,
    `synod_ready{${common}} 1`,
    `synod_nats_lost_messages_total{${common},reason="congested"} 3`,
    `synod_nats_reconnects_total{${common}} 2`,
    `synod_journal_syncs_total{${common}} 5`,
    `synod_build_info{${common},app="raft-replica",version="0.1.0",node="${process.versions.node}"} 1`,
    `synod_spans_dropped_total{${common},reason="queueFull"} 1`,
    `synod_round_duration_seconds_count{${common},stage="quorum"} 0`,
  ]) {
    expect(metrics.text().split('\n')).toContain(line);
  }
});

test.each([
  ['a leader of Raft', { role: 'leader', term: 5, commitIndex: 9, lastApplied: 8 }, ['leader', 5, 9, 8]],
  ['the primary of a first view', { role: 'primary', view: 0, lastExecuted: 7 }, ['leader', 0, 7, 7]],
  ['a backup', { role: 'backup', view: 3, lastExecuted: 7 }, ['follower', 3, 7, 7]],
  ['who leaves a view', { role: 'changing', view: 4, lastExecuted: 7 }, ['candidate', 4, 7, 7]],
  ['a proposer', { role: 'follower', ballot: 2, chosenThrough: 6, lastApplied: 4 }, ['follower', 2, 6, 4]],
  ['an acceptor', { role: 'acceptor', promised: 3 }, ['acceptor', 3, 0, 0]],
])('%s is shown as its core says, whatever has happened', (_name, state, [role, era, decided, applied]) => {
  const seen = new ReplicaView('r1');
  seen.see(state);
  expect(seen).toMatchObject({ role, era, commitIndex: decided, appliedIndex: applied });
});

test('its role follows what happens: who led and follows another one leads no more', () => {
  const seen = new ReplicaView('r1');
  seen.follow({ part: 'campaigned', era: 3, phase: 'vote', raises: true, why: 'leaderSilent' });
  expect(seen).toMatchObject({ role: 'candidate', leader: undefined, era: 3 });
  seen.follow({ part: 'elected', era: 3, completedBy: 'r2' });
  expect(seen).toMatchObject({ role: 'leader', leader: 'r1', era: 3 });
  seen.follow({ part: 'follows', era: 4, leader: 'r2', why: 'newerTerm' });
  expect(seen).toMatchObject({ role: 'follower', leader: 'r2', era: 4 });
});

test('an acceptor is one for ever, and has no place in a log that it does not learn', () => {
  const acceptor = new ReplicaMetrics({ protocol: 'paxos' }, 'kv', new ReplicaView('a1', 'acceptor'));
  acceptor.registers(() => ({ held: 7, limit: 9 }));
  const text = acceptor.text();
  acceptor.close();
  expect(text).toContain('synod_role{protocol="paxos",group="kv",role="acceptor"} 1');
  expect(text).toContain('# TYPE synod_registers gauge\nsynod_registers{protocol="paxos",group="kv"} 7\n');
  expect(text).toContain('# TYPE synod_registers_limit gauge\nsynod_registers_limit{protocol="paxos",group="kv"} 9\n');
  expect(text).not.toContain('synod_commit_index');
  expect(text).not.toContain('synod_applied_index');
});

test('of a journal that is not open nothing has been written', () => {
  metrics.journal(() => undefined);
  expect(metrics.text()).toContain('synod_journal_syncs_total{protocol="raft",group="kv"} 0');
});

test('every metric has help, and each family is described once', () => {
  const lines = metrics.text().split('\n');
  const helped = lines.filter((line) => line.startsWith('# HELP')).map((line) => line.split(' ')[2]);
  const typed = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
  expect(helped).toEqual(typed);
  expect(new Set(typed).size).toBe(typed.length);
});

test('the delay of the event loop is that since the last scrape', async () => {
  const worst = () => Number(/^synod_event_loop_delay_seconds\{.*quantile="1"\} (.*)$/m.exec(metrics.text())?.[1]);
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause(50);
  const end = performance.now() + 1000;
  while (performance.now() < end);
  await pause(50);
  expect(worst()).toBeGreaterThan(0.9);
  // However busy the machine is, some later one was not preceded by a second's stall.
  let later = Infinity;
  for (let i = 0; i < 50 && !(later < 0.5); i++) {
    await pause(60);
    later = worst();
  }
  expect(later).toBeLessThan(0.5);
});

test('a histogram counts cumulatively, bounds included', () => {
  const registry = new MetricsRegistry();
  const histogram = registry.histogram('x_seconds', 'X.', [0.1, 1]);
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe(value);
  expect(registry.text().trimEnd().split('\n').slice(2)).toEqual([
    'x_seconds_bucket{le="0.1"} 2',
    'x_seconds_bucket{le="1"} 3',
    'x_seconds_bucket{le="+Inf"} 4',
    'x_seconds_sum 7.65',
    'x_seconds_count 4',
  ]);
});

test('label values are escaped, and a label that others choose stays bounded', () => {
  const registry = new MetricsRegistry();
  const kinds = registry.counterBy('x_total', 'X.', 'kind', 2);
  for (const kind of ['a"\\\n', 'b', 'c', 'd']) kinds.of(kind).value++;
  expect(registry.text()).toContain('x_total{kind="a\\"\\\\\\n"} 1\nx_total{kind="b"} 1\nx_total{kind="other"} 2\n');
});

test('messages and bytes are counted by kind; the client in a reply is no label', () => {
  let deliver: ((delivery: Delivery) => void) | undefined;
  const inner: Transport = { publish: jest.fn(), listen: (to) => (deliver = to), close: () => Promise.resolve() };
  const transport = new CountingTransport(inner, metrics);
  transport.listen(() => undefined);
  transport.publish('gateway', 'reply.c1', new Uint8Array(10));
  transport.publish('gateway', 'reply.c2', new Uint8Array(5));
  deliver!({ from: 'r2', to: 'r1', kind: 'append-entries', payload: new Uint8Array(7) });
  const text = metrics.text();
  expect(text).toContain('synod_messages_sent_total{protocol="raft",group="kv",kind="reply"} 2');
  expect(text).toContain('synod_message_sent_bytes_total{protocol="raft",group="kv",kind="reply"} 15');
  expect(text).toContain('synod_message_received_bytes_total{protocol="raft",group="kv",kind="append-entries"} 7');
  expect(inner.publish).toHaveBeenCalledTimes(2);
});

test('an event loop that is never late has no delay, and one that is late by 30 ms has that', () => {
  expect(delayIn(20_000_000)).toBe(0);
  expect(delayIn(19_900_000)).toBe(0);
  expect(delayIn(50_000_000)).toBeCloseTo(0.03);
});
