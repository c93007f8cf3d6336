import { fromJaeger } from '@synod/telemetry';
import type { JaegerTrace, TraceSpan } from '@synod/telemetry';
import { Jaeger, findJaeger, howToGetJaeger } from './jaeger.js';
import { LocalGroup } from './local-group.js';

// One put is one trace, and everybody who took part is in it, in the order in which things happened: for each protocol, as the local store
// tells it and as a real Jaeger does, through the same query interface.

jest.setTimeout(120_000);

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

/** Who takes part: everybody, but of Multi-Paxos's proposers only the one that leads; and what its messages are called. */
const protocols = {
  raft: { takesPart: /./, asks: 'append-entries' },
  paxos: { takesPart: /-a\d$/, asks: 'accept' },
  pbft: { takesPart: /./, asks: 'pre-prepare' },
} as const;

const program = findJaeger();

describe.each(Object.keys(protocols) as (keyof typeof protocols)[])('a put of %s', (protocol) => {
  test('in the local trace store', async () => {
    const local = await LocalGroup.start(protocol);
    try {
      await expectEverybody(local, protocol, local.collected);
    } finally {
      await local.close();
    }
  });

  (program === undefined ? test['skip'] : test)(
    `in Jaeger${program === undefined ? `: ${howToGetJaeger}` : ''}`,
    async () => {
      const jaeger = await Jaeger.start(program!);
      const local = await LocalGroup.start(protocol, jaeger.collector);
      try {
        await expectEverybody(local, protocol, jaeger.query);
      } finally {
        await local.close();
        await jaeger.close();
      }
    },
  );
});

async function expectEverybody(local: LocalGroup, protocol: keyof typeof protocols, store: string): Promise<void> {
  const { takesPart, asks } = protocols[protocol];
  // The session of the gateway is opened by its first write, which is another round.
  await fetch(local.of('/kv/before'), { method: 'PUT', body: 'x' });
  // Who still catches up is no participant.
  await local.group.inStep();
  const traceparent = `00-${caller.traceId}-${caller.spanId}-01`;
  const response = await fetch(local.of('/kv/key'), { method: 'PUT', body: 'value', headers: { traceparent } });
  expect(response.status).toBe(201);

  let spans: readonly TraceSpan[] = [];
  const named = (name: string) => spans.filter((span) => span.name === name);
  const servicesOf = (name: string) => new Set(named(name).map(({ service }) => service));
  const put = 'PUT /v1/groups/{group}/kv/{key}';
  const whole = [put, `${protocol}.round`, 'apply', 'reply'];
  const voters = local.members.filter((name) => takesPart.test(name));
  await local.until('every voter’s sync is in the trace, the request and its round', async () => {
    const answer = await fetch(`${store}/api/traces/${caller.traceId}`);
    if (!answer.ok) return false;
    const { data } = (await answer.json()) as { readonly data: readonly JaegerTrace[] };
    spans = data.flatMap(fromJaeger);
    const synced = servicesOf('journal.sync');
    const leads = servicesOf(`${protocol}.round`);
    const handled = new Set(spans.filter(({ kind }) => kind === 'consumer').map(({ service }) => service));
    const isIn = (name: string): boolean => synced.has(name) && (leads.has(name) || handled.has(name));
    return voters.every(isIn) && whole.every((name) => named(name).length > 0);
  }, () => spans.map(({ service, kind, name }) => `${service} ${kind} ${name}`).join('\n')); // prettier-ignore

  expect(named(`${protocol}.round`)).toHaveLength(1);
  const [round] = named(`${protocol}.round`);
  const parentOf = (span: TraceSpan) => spans.find(({ spanId }) => spanId === span.parentId);
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['gateway', round!.service, ...voters]));
  const [request] = named(put);
  expect(request).toMatchObject({ service: 'gateway', parentId: caller.spanId });
  expect(parentOf(round!)).toBe(request);
  expect(voters).toContain(round!.attributes['synod.quorum.completed_by']);
  // Each peer handles what the leader published, and syncs below that.
  const published = spans.find(({ name, parentId }) => name.endsWith(`.${asks}`) && parentId === round!.spanId)!;
  expect(published).toMatchObject({ service: round!.service, kind: 'producer' });
  for (const peer of voters.filter((name) => name !== round!.service)) {
    const handled = spans.find(({ service, kind }) => service === peer && kind === 'consumer')!;
    expect(handled.parentId).toBe(published.spanId);
    expect(named('journal.sync').some(({ service, parentId }) => service === peer && parentId === handled.spanId)).toBe(
      true,
    );
  }
  // Top-down: the request, its round, the quorum, what was applied, the answer. PBFT's primary may be behind those who answer.
  const answered = protocol === 'pbft' ? [] : [...named('apply').map(endOf), endOf(request!)];
  const moments = [request!.startUs, round!.startUs, published.startUs, quorumOf(round!), ...answered];
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
  expect(servicesOf('reply')).toContain(round!.service);
}

function quorumOf({ events }: TraceSpan): number {
  return events.findLast(({ name }) => name === 'quorum')!.atUs;
}

function endOf({ startUs, durationUs }: TraceSpan): number {
  return startUs + durationUs;
}
