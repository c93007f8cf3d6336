import type { TraceSpan } from '@synod/telemetry';
import { LocalGroup } from './local-group.js';

// Over a real broker and real processes: one PUT is one trace of gateway, leader and both followers.

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
let local: LocalGroup;
let spans: readonly TraceSpan[];
let answer: { readonly traceparent: string; readonly replica: string; readonly term: number; readonly index: number };

beforeAll(async () => {
  local = await LocalGroup.start();
  // The session of the gateway is opened by its first write, which is another round.
  await fetch(local.of('/kv/before'), { method: 'PUT', body: 'x' });
  const response = await fetch(local.of('/kv/secret-key'), {
    method: 'PUT',
    body: 'secret-value',
    headers: { traceparent: `00-${caller.traceId}-${caller.spanId}-01` },
  });
  const { replica, term, index } = (await response.json()) as typeof answer;
  answer = { traceparent: response.headers.get('traceparent')!, replica, term, index };
  await local.until('every service has sent its spans', () => {
    spans = local.traces.trace(caller.traceId) ?? [];
    const awaited = spans.filter(({ name }) => name.startsWith('await ')).length;
    const synced = new Set(syncs().map(({ service }) => service)).size;
    return synced === 3 && awaited === 2 && named('raft.round').length === 1 && isWhole();
  });
}, 60_000);
afterAll(() => local.close());

const named = (name: string) => spans.filter((span) => span.name === name);
const syncs = () => named('journal.sync');
const parentOf = (span: TraceSpan) => spans.find(({ spanId }) => spanId === span.parentId);
const isWhole = () => spans.every((span) => span.parentId === caller.spanId || parentOf(span) !== undefined);

test('its spans come from the gateway, the leader and both followers, and from nobody else', () => {
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['gateway', ...local.members]));
});

test("the gateway's span continues the caller's, is named by its route, and is what the answer tells", () => {
  const [request] = named('PUT /v1/groups/{group}/kv/{key}');
  expect(request).toMatchObject({ service: 'gateway', kind: 'server', parentId: caller.spanId });
  expect(request!.attributes).toMatchObject({
    'http.request.method': 'PUT',
    'http.route': '/v1/groups/{group}/kv/{key}',
    'http.response.status_code': 201,
    'synod.group': 'kv',
  });
  expect(answer.traceparent).toBe(`00-${caller.traceId}-${request!.spanId}-01`);
});

test("the round is the request's child, of the leader that answered, and says who completed the quorum", () => {
  const [round] = named('raft.round');
  expect(parentOf(round!)!.service).toBe('gateway');
  expect(round!.service).toBe(answer.replica);
  expect(round!.attributes).toMatchObject({
    'synod.term': answer.term,
    'synod.index.first': answer.index,
    'synod.index.last': answer.index,
    'synod.batch.size': 1,
  });
  const completedBy = round!.attributes['synod.quorum.completed_by'];
  expect(local.members).toContain(completedBy);
  expect(round!.events.some(({ name }) => name === 'quorum')).toBe(true);
});

test('every replica shows its sync; a follower handles what the leader published', () => {
  expect(syncs().map(({ service }) => service)).toEqual(expect.arrayContaining([...local.members]));
  const followers = local.members.filter((name) => name !== answer.replica);
  for (const follower of followers) {
    const process = spans.find(({ service, name }) => service === follower && name.startsWith('process '))!;
    expect(parentOf(process)).toMatchObject({ service: answer.replica });
    expect(parentOf(process)!.name).toMatch(/^publish /);
    expect(syncs().some((sync) => sync.service === follower && sync.parentId === process.spanId)).toBe(true);
    expect(spans.some(({ service, name }) => service === answer.replica && name === `await ${follower}`)).toBe(true);
  }
});

test('neither key nor value is in any span', () => {
  expect(JSON.stringify(spans)).not.toMatch(/secret/);
});
