import { ProcessGroup, pause, poll } from '@synod/process-group';
import { parse } from 'yaml';
import { readCompose } from '../src/compose/compose-file.js';
import { exportedIn, queriesIn, seriesIn, unanswerable } from '../src/dashboards.js';
import type { Exported } from '../src/dashboards.js';
import { filesBelow, readJson, readText } from '../src/workspace.js';

const folder = 'deploy/metrics';
/** What Prometheus adds as it is configured here. */
const added = new Set(['job', 'instance', 'replica']);
let texts: readonly string[];
let exported: Exported;

/** Real processes of each kind that has metrics of its own: one that leads, acceptors, and the gateway, after a request. */
beforeAll(async () => {
  const identities = [{ role: 'gateway', name: 'gateway' } as const, { role: 'service', of: 'gateway' } as const];
  const group = await ProcessGroup.start({ protocol: 'paxos', counts: { proposer: 1, acceptor: 1 }, identities });
  try {
    const gateway = group.gateway();
    gateway.run();
    const urlOf = (port: number | undefined) => `http://127.0.0.1:${port}`;
    const asks = () => fetch(`${urlOf(gateway.httpPort)}/v1/groups/kv/kv/a`, { method: 'PUT', body: 'b' });
    const answers = async () => (await asks().catch(() => undefined))?.ok;
    await poll(answers, 60_000, () => `the gateway does not answer:\n${gateway.lastLog}`);
    // What has never been refused has no series.
    (await group.connectAs('client')).publish(`synod.test.kv.client.${group.names[0]}.request`, Buffer.from('junk'));
    const refused = () => group.replicas[0]!.metric('synod_rejected_messages_total');
    await poll(async () => (await refused()).size > 0, 10_000, () => 'junk is not refused'); // prettier-ignore
    // How late the event loop was is told since the last scrape: there must have been something in between.
    await pause(200);
    const asked = [...group.replicas, gateway].map(({ httpPort }) => fetch(`${urlOf(httpPort)}/metrics`));
    texts = await Promise.all(asked.map(async (answer) => (await answer).text()));
    exported = exportedIn(texts);
  } finally {
    await group.close();
  }
}, 120_000);

const dashboards = filesBelow(`${folder}/grafana/dashboards`);

test.each([...dashboards, `${folder}/alerts.yml`])('%s asks for nothing that nobody exports', (path) => {
  const queries = queriesIn(path.endsWith('.json') ? readJson(path) : parse(readText(path)));
  expect(queries.length).toBeGreaterThan(10);
  expect(queries.flatMap((query) => unanswerable(query, exported, added))).toEqual([]);
});

/** A query for what is never there raises no alert, and a test of it on what is never there does not tell. */
test('alerts are tested on series as services export them and Prometheus keeps them', () => {
  const { tests } = parse(readText(`${folder}/alerts.test.yml`)) as {
    readonly tests: readonly { readonly input_series: readonly { readonly series: string }[] }[];
  };
  const all = tests.flatMap(({ input_series: inputs }) => inputs.map(({ series }) => series));
  const ours = all.filter((series) => series.startsWith('synod_'));
  const others = all.filter((series) => !ours.includes(series));
  expect(new Set(others.map((series) => seriesIn(series)!.name))).toEqual(new Set(['up']));
  const lines = texts.flatMap((text) => text.split('\n')).flatMap((line) => seriesIn(line) ?? []);
  const kinds = new Set(lines.map(({ name, labels }) => [name, ...labels].join(' ')));
  const kindOf = (series: string) => {
    const { name, labels } = seriesIn(series)!;
    return [name, ...labels.filter((label) => !added.has(label))].join(' ');
  };
  expect(ours.length).toBeGreaterThan(40);
  expect(ours.filter((series) => !kinds.has(kindOf(series)))).toEqual([]);
  expect(ours.filter((series) => !/[{,]job="synod",instance="[a-z0-9-]+:7400",replica="/.test(series))).toEqual([]);
});

test('metrics of each service are what people ask of it', () => {
  const wanted = ['role', 'term', 'commit_index', 'applied_index', 'round_duration_seconds_bucket', 'queue_depth'];
  const more = ['in_flight_bytes', 'sync_duration_seconds_bucket', 'event_loop_delay_seconds', 'ready', 'build_info'];
  for (const name of [...wanted, ...more]) expect([...exported.keys()]).toContain(`synod_${name}`);
});

test('each says what it is, where it is, and that it is ready', () => {
  const [proposer, acceptor, gateway] = texts;
  const common = 'protocol="paxos",group="kv"';
  for (const [text, role] of [
    [proposer, 'leader'],
    [acceptor, 'acceptor'],
  ] as const) {
    expect(text).toContain(`synod_role{${common},role="${role}"} 1`);
    expect(text).toContain(`synod_ready{${common}} 1`);
    expect(text).toMatch(/^synod_term\{.*\} [1-9]\d*$/m);
    expect(text).toMatch(/^synod_in_flight_bytes\{.*kind="network"\} \d+$/m);
    expect(text).toMatch(/^synod_event_loop_delay_seconds\{.*quantile="0\.99"\} [\d.e-]+$/m);
    expect(text).toMatch(/^synod_spans_dropped_total\{.*reason="queueFull"\} 0$/m);
  }
  expect(proposer).toMatch(/^synod_in_flight_bytes\{.*kind="requests"\} \d+$/m);
  expect(proposer).toMatch(/^synod_commit_index\{.*\} [1-9]\d*$/m);
  expect(acceptor).not.toContain('synod_commit_index');
  expect(gateway).toMatch(/^synod_ready 1$/m);
  expect(gateway).toMatch(/^synod_build_info\{app="gateway"/m);
});

/** An alert rests on it: nobody leads, nothing is written. */
test('in its first view a group of PBFT has one who leads, for Prometheus too, and after a restart', async () => {
  const group = await ProcessGroup.start({ protocol: 'pbft' });
  try {
    const roles = async () => {
      const all = await Promise.all(group.replicas.map((replica) => replica.metric('synod_role')));
      return all.flatMap((one) => [...one.keys()].map((labels) => /role="(\w+)"/.exec(labels)![1])).sort();
    };
    const oneLeads = async () => (await roles().catch(() => [])).join(' ') === 'follower follower follower leader';
    await poll(oneLeads, 20_000, () => 'nobody leads');
    await Promise.all(group.replicas.map((replica) => replica.kill()));
    group.startAll();
    await group.leader();
    await poll(oneLeads, 20_000, () => 'nobody leads again');
  } finally {
    await group.close();
  }
}, 120_000);

test('Prometheus scrapes every service that compose starts', () => {
  const { services } = readCompose(readText('docker-compose.yml'));
  const own = Object.entries(services).filter(([, { image }]) => image.startsWith('synod/') && image !== 'synod/cli');
  const configuration = parse(readText(`${folder}/prometheus.yml`)) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const targets = configuration.scrape_configs.flatMap((job) => job.static_configs.flatMap((one) => one.targets));
  expect(targets.sort()).toEqual(own.map(([name]) => `${name}:7400`).sort());
  expect([services['prometheus']!.profiles, services['grafana']!.profiles]).toEqual([['metrics'], ['metrics']]);
});

test.each([
  ['rate(synod_no_such_total[1m])', 'nobody exports synod_no_such_total'],
  ['synod_queue_depth{kind="x"}', 'synod_queue_depth has no label kind'],
  ['sum by (queue, color) (synod_queue_depth)', 'has a label color'],
  ['label_values(synod_role, colour)', 'has a label colour'],
])('%s is noticed', (query, problem) => {
  expect(unanswerable(query, exported, added)).toEqual([expect.stringContaining(problem)]);
});
