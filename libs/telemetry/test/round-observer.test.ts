import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { TraceContext } from '@synod/actor-host';
import { Replica, contextOf, milliseconds } from './support/replicas.js';

let r1: Replica;
let r2: Replica;
let r3: Replica;

function start(options: ConstructorParameters<typeof Replica>[1] = {}): void {
  [r1, r2, r3] = ['r1', 'r2', 'r3'].map((name) => new Replica(name, options)) as [Replica, Replica, Replica];
}

beforeEach(() => start());
afterEach(() => Promise.all([r1, r2, r3].map((replica) => replica.close())));

const append = (first: number, last = first, rounds = 1) =>
  ({ part: 'proposal', era: 2, first, last, rounds, followers: ['r2', 'r3'] }) as const;

/** The leader takes requests and closes a batch; returns what its headers carry. */
function propose(contexts: readonly (TraceContext | undefined)[], first: number, at: number): TraceContext | undefined {
  const last = first + contexts.length - 1;
  const requests = contexts.map((context) => ({ request: r1.receive('gateway', 'request', undefined, context, at) }));
  r1.event({ part: 'opened', era: 2, first, last, requests }, at + 1);
  const context = r1.send('all', 'append-entries', append(first, last), at + 2);
  r1.persist(first, { part: 'stored', era: 2, first, last }, at + 2);
  return context;
}

/** A follower takes the append, syncs it and acknowledges; returns what the acknowledgement's headers carry. */
function follow(
  replica: Replica,
  index: number,
  context: TraceContext | undefined,
  at: number,
  syncMs = 2,
): TraceContext | undefined {
  replica.receive('r1', 'append-entries', append(index), context, at);
  replica.persist(70 + index, { part: 'stored', era: 2, first: index, last: index }, at);
  replica.observer.durable(70 + index, at + 1, at + 1 + syncMs);
  return replica.send(
    'r1',
    'append-entries-reply',
    { part: 'acknowledgement', era: 2, last: index, accepted: true },
    at + 2 + syncMs,
  );
}

function acknowledge(by: Replica, last: number, context: TraceContext | undefined, at: number): void {
  r1.receive(by.name, 'append-entries-reply', { part: 'acknowledgement', era: 2, last, accepted: true }, context, at);
  r1.event({ part: 'counted', era: 2, last, by: by.name }, at);
}

function commitAndAnswer(first: number, last: number, completedBy: string, at: number): void {
  r1.event({ part: 'decided', era: 2, last, completedBy }, at);
  for (let index = first; index <= last; index++)
    r1.send('gateway', 'reply.c1', { part: 'reply', last: index }, at + 1);
  r1.event({ part: 'applied', last }, at);
}

/** One whole round of position 7 that begins at 1000. */
function wholeRound(context: TraceContext | undefined): void {
  const published = propose([context], 7, 1000);
  r1.observer.durable(7, 1003, 1008);
  acknowledge(r3, 7, follow(r3, 7, published, 1003), 1009);
  commitAndAnswer(7, 7, 'r3', 1009);
  acknowledge(r2, 7, follow(r2, 7, published, 1003, 20), 1030);
}

const named = (spans: readonly ReadableSpan[], name: string): ReadableSpan => {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are named ${name}`);
  return found[0]!;
};
const duration = (span: ReadableSpan): number => Math.round(milliseconds(span.duration));

test('one put is one trace: client, leader and both followers, syncs, quorum and who completed it', async () => {
  const client = contextOf('a');
  wholeRound(client);

  const [leader, second, third] = await Promise.all([r1.spans(), r2.spans(), r3.spans()]);
  const all = [...leader, ...second, ...third];
  expect(new Set(all.map((span) => span.spanContext().traceId))).toEqual(new Set(['a'.repeat(32)]));
  expect(leader.map((span) => span.name).sort()).toEqual([
    'apply',
    'await r2',
    'await r3',
    'journal.sync',
    'publish synod.{cluster}.{group}.{from}.{to}.append-entries',
    'raft.round',
    'reply',
  ]);
  const round = named(leader, 'raft.round');
  expect(round.parentSpanContext?.spanId).toBe('a'.repeat(16));
  expect(round.attributes).toEqual({
    'synod.group': 'kv',
    'synod.protocol': 'raft',
    'synod.role': 'leader',
    'synod.term': 2,
    'synod.index.first': 7,
    'synod.index.last': 7,
    'synod.batch.size': 1,
    'synod.quorum.completed_by': 'r3',
    'synod.slowest_stage': 'quorum',
    'synod.outcome': 'decided',
  });
  expect(round.events.map((event) => event.name)).toEqual(['quorum']);
  expect([duration(round), duration(named(leader, 'await r3')), duration(named(leader, 'await r2'))]).toEqual([
    9, 7, 28,
  ]);
  expect(duration(named(leader, 'journal.sync'))).toBe(5);
});

test('times are counted in seconds', () => {
  wholeRound(contextOf('a'));
  const text = r1.metrics.text();
  const sumOf = (series: string): number => Number(new RegExp(`^${series.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(text)?.[1]); // prettier-ignore
  const group = 'protocol="raft",group="kv"';
  expect(sumOf(`synod_sync_duration_seconds_sum{${group}}`)).toBeCloseTo(0.005);
  expect(sumOf(`synod_round_duration_seconds_sum{${group},stage="sync"}`)).toBeCloseTo(0.008);
  expect(sumOf(`synod_round_duration_seconds_sum{${group},stage="total"}`)).toBeCloseTo(0.01);
});

test("followers' spans hang under the publish, each in its own service, and the leader's wait links to their answer", async () => {
  wholeRound(contextOf('a'));
  const leader = await r1.spans();
  const published = named(leader, 'publish synod.{cluster}.{group}.{from}.{to}.append-entries');
  for (const replica of [r2, r3]) {
    const spans = await replica.spans();
    expect(spans.every((span) => span.resource.attributes['service.name'] === `raft-${replica.name}`)).toBe(true);
    const process = named(spans, 'process synod.{cluster}.{group}.{from}.{to}.append-entries');
    expect(process.parentSpanContext?.spanId).toBe(published.spanContext().spanId);
    const answer = named(spans, 'publish synod.{cluster}.{group}.{from}.{to}.append-entries-reply');
    for (const child of [named(spans, 'journal.sync'), answer]) {
      expect(child.parentSpanContext?.spanId).toBe(process.spanContext().spanId);
    }
    expect(named(leader, `await ${replica.name}`).links[0]?.context.spanId).toBe(answer.spanContext().spanId);
  }
});

test('an unsampled round makes no span and no header, and still leaves its stamps', async () => {
  wholeRound(undefined);
  expect(await r1.spans()).toEqual([]);
  expect(r1.send('all', 'append-entries', append(7), 1001)).toBeUndefined();
  expect(r1.observer.lastRounds(5)).toEqual([
    {
      era: 2,
      first: 7,
      last: 7,
      requests: 1,
      state: 'done',
      startedAt: expect.any(Number),
      durationMs: 9,
      stages: { publish: 1, sync: 7, quorum: 7, apply: 1, reply: 0 },
      slowestStage: 'quorum',
      completedBy: 'r3',
      acknowledgedMs: { r1: 7, r2: 29, r3: 8 },
      traceId: undefined,
    },
  ]);
});

test('a context whose sampled flag is not set is as none', async () => {
  wholeRound(contextOf('a', '00'));
  expect([...(await r1.spans()), ...(await r2.spans())]).toEqual([]);
});

test('further sampled clients of a batch get a consensus span in their own trace, linked both ways', async () => {
  propose([contextOf('a'), undefined, contextOf('b'), contextOf('c')], 7, 1000);
  r1.event({ part: 'counted', era: 2, last: 10, by: 'r2' }, 1005);
  commitAndAnswer(7, 10, 'r2', 1005);
  const spans = await r1.spans();
  const round = named(spans, 'raft.round');
  expect(round.spanContext().traceId).toBe('a'.repeat(32));
  expect(round.links.map((link) => link.context.traceId)).toEqual(['b'.repeat(32), 'c'.repeat(32)]);
  const others = spans.filter((span) => span.name === 'consensus');
  expect(others.map((span) => span.spanContext().traceId)).toEqual(['b'.repeat(32), 'c'.repeat(32)]);
  for (const other of others) {
    expect(other.links[0]?.context.spanId).toBe(round.spanContext().spanId);
    expect(other.parentSpanContext?.traceId).toBe(other.spanContext().traceId);
    expect(duration(other)).toBe(6);
  }
});

test('a request that waited until another member led is in its client’s trace', async () => {
  const request = r1.receive('gateway', 'request', undefined, contextOf('a'), 1000);
  for (let at = 1500; at <= 20_000; at += 500) r1.receive('r2', 'status', undefined, contextOf('b', '00'), at);
  r1.event({ part: 'opened', era: 3, first: 7, last: 7, requests: [{ request }] }, 20_001);
  commitAndAnswer(7, 7, 'r2', 20_005);
  expect(named(await r1.spans(), 'raft.round').spanContext().traceId).toBe('a'.repeat(32));
});

test('links are capped at 32', async () => {
  propose(
    Array.from({ length: 50 }, () => contextOf('b')),
    1,
    1000,
  );
  commitAndAnswer(1, 50, 'r2', 1005);
  const spans = await r1.spans();
  expect(named(spans, 'raft.round').links).toHaveLength(32);
  expect(spans.filter((span) => span.name === 'consensus')).toHaveLength(32);
});

test('how many rounds are traced in a second is capped, whatever clients ask for', async () => {
  for (let index = 1; index <= 300; index++) {
    propose([contextOf('a')], index, 1000);
    commitAndAnswer(index, index, 'r2', 1000);
    r1.event({ part: 'counted', era: 2, last: index, by: 'r2' }, 1000);
    r1.event({ part: 'counted', era: 2, last: index, by: 'r3' }, 1000);
    r1.observer.durable(index, 1000, 1000);
  }
  expect((await r1.spans()).filter((span) => span.name === 'raft.round')).toHaveLength(100);
});

test('a slow unsampled round emits its leader-side spans afterwards, with the recorded times', async () => {
  propose([undefined], 7, 1000);
  r1.observer.durable(7, 1003, 1008);
  acknowledge(r3, 7, undefined, 1400);
  commitAndAnswer(7, 7, 'r3', 1400);
  expect(await r1.spans()).toContainEqual(expect.objectContaining({ name: 'raft.round' }));
  acknowledge(r2, 7, undefined, 1500);
  const spans = await r1.spans();
  const round = named(spans, 'raft.round');
  expect(round.attributes['synod.afterwards']).toBe(true);
  expect(round.attributes['synod.quorum.completed_by']).toBe('r3');
  expect(spans.map((span) => [span.name.split(' synod')[0], duration(span)])).toEqual(
    expect.arrayContaining([
      ['raft.round', 400],
      ['publish', 1],
      ['journal.sync', 5],
      ['await r3', 398],
      ['await r2', 498],
      ['apply', 1],
    ]),
  );
  expect(r1.observer.lastRounds(1)[0]?.traceId).toBe(round.spanContext().traceId);
});

test('a round that lost its leader fails, and says that its outcome is unknown here', async () => {
  propose([contextOf('a')], 7, 1000);
  r1.event({ part: 'follows', era: 3, leader: undefined, why: 'newerTerm' }, 1100);
  const round = named(await r1.spans(), 'raft.round');
  expect(round.status.message).toContain('leadership was lost (newerTerm)');
  expect(r1.observer.lastRounds(1)[0]?.state).toBe('failed');
  expect(r1.metrics.text()).toContain('synod_rounds_failed_total{protocol="raft",group="kv"} 1');
});

test('a laggard may outlive the round; one that never answers is given up and marked', async () => {
  const published = propose([contextOf('a')], 7, 1000);
  r1.observer.durable(7, 1003, 1008);
  acknowledge(r3, 7, follow(r3, 7, published, 1003), 1009);
  commitAndAnswer(7, 7, 'r3', 1009);
  expect((await r1.spans()).some((span) => span.name === 'await r2')).toBe(false);
  r1.receive('r3', 'append-entries-reply', undefined, undefined, 3500);
  const wait = named(await r1.spans(), 'await r2');
  expect(wait.attributes['synod.outcome']).toBe('timeout');
  expect(duration(wait)).toBe(2498);
});

test('where votes beyond a quorum are not looked at, nobody is awaited once the round is answered', async () => {
  start({ ignoresSurplus: true });
  const published = propose([contextOf('a')], 7, 1000);
  r1.observer.durable(7, 1003, 1008);
  acknowledge(r3, 7, follow(r3, 7, published, 1003), 1009);
  commitAndAnswer(7, 7, 'r3', 1009);
  const spans = await r1.spans();
  expect(named(spans, 'await r3').attributes['synod.outcome']).toBeUndefined();
  const wait = named(spans, 'await r2');
  expect(wait.attributes['synod.outcome']).toBe('surplus');
  expect(wait.status.message).toBeUndefined();
  expect(duration(wait)).toBe(duration(named(spans, 'raft.round')) - 1);
});

test('a retransmission is an event without context, and catch-up carries none', () => {
  expect(propose([contextOf('a')], 7, 1000)).toBeDefined();
  expect(r1.send('r2', 'append-entries', { ...append(7), followers: ['r2'] }, 1050)).toBeUndefined();
  expect(r1.send('r3', 'append-entries', { ...append(1, 7, 4), followers: ['r3'] }, 1060)).toBeUndefined();
});

test('a follower outside the multicast takes it as a sign of life and makes no span', async () => {
  r2.receive('r1', 'append-entries', { ...append(7), followers: ['r3'] }, contextOf('a'), 1000);
  r2.observer.close();
  expect(await r2.spans()).toEqual([]);
});

test('an election is a trace of its own with the voters in it, linked to the last round', async () => {
  follow(r2, 7, contextOf('a'), 1000);
  r2.event({ part: 'campaigned', era: 2, phase: 'preVote', raises: false, why: 'leaderSilent' }, 2000);
  const asked = r2.send('all', 'request-vote', { part: 'candidacy', era: 3, phase: 'preVote' }, 2000);
  r3.receive('r2', 'request-vote', { part: 'candidacy', era: 3, phase: 'preVote' }, asked, 2001);
  r3.send('r2', 'request-vote-reply', { part: 'vote', era: 3, phase: 'preVote', granted: true }, 2002);
  r2.event({ part: 'supported', era: 3, phase: 'preVote', by: 'r3', granted: true }, 2003);
  r2.persist(90, { part: 'ballot', era: 3 }, 2003);
  r2.event({ part: 'campaigned', era: 3, phase: 'vote', raises: true, why: 'leaderSilent' }, 2003);
  r2.observer.durable(90, 2004, 2006);
  const vote = r2.send('all', 'request-vote', { part: 'candidacy', era: 3, phase: 'vote' }, 2006);
  r3.receive('r2', 'request-vote', { part: 'candidacy', era: 3, phase: 'vote' }, vote, 2007);
  r3.persist(95, { part: 'ballot', era: 3 }, 2007);
  r3.observer.durable(95, 2007, 2009);
  r3.send('r2', 'request-vote-reply', { part: 'vote', era: 3, phase: 'vote', granted: true }, 2009);
  r2.event({ part: 'supported', era: 3, phase: 'vote', by: 'r3', granted: true }, 2010);
  r2.event({ part: 'elected', era: 3, completedBy: 'r3' }, 2010);
  r2.event({ part: 'opened', era: 3, first: 8, last: 8, requests: [] }, 2010);
  r2.event({ part: 'counted', era: 3, last: 8, by: 'r3' }, 2015);
  r2.event({ part: 'decided', era: 3, last: 8, completedBy: 'r3' }, 2015);
  r2.event({ part: 'applied', last: 8 }, 2015);

  const [candidate, voter] = await Promise.all([r2.spans(), r3.spans()]);
  const election = named(candidate, 'raft.election');
  expect(election.parentSpanContext).toBeUndefined();
  expect(election.links[0]?.context.traceId).toBe('a'.repeat(32));
  expect(election.links[0]?.attributes).toEqual({ 'synod.link': 'before' });
  expect(election.attributes).toMatchObject({
    'synod.term': 3,
    'synod.outcome': 'elected',
    'synod.cause': 'leaderSilent',
    'synod.quorum.completed_by': 'r3',
  });
  expect(election.events.map((event) => event.name)).toEqual(['phase', 'vote', 'phase', 'vote']);
  const { traceId } = election.spanContext();
  expect(
    candidate.filter((span) => span.spanContext().traceId === traceId).map((span) => span.name.split(' ')[0]),
  ).toEqual(expect.arrayContaining(['journal.sync', 'publish', 'publish', 'raft.election']));
  expect(voter.map((span) => span.spanContext().traceId)).toEqual(voter.map(() => traceId));
  expect(voter.map((span) => span.name.split(' ')[0]).sort()).toEqual([
    'journal.sync',
    'process',
    'process',
    'publish',
    'publish',
  ]);
  // The no-op that begins the term: its own trace, caused by the election.
  const noOp = candidate.find((span) => span.name === 'raft.round' && span.attributes['synod.term'] === 3);
  expect(noOp?.links[0]?.context.traceId).toBe(traceId);
  expect(noOp?.links[0]?.attributes).toEqual({ 'synod.link': 'cause' });
  expect(noOp?.attributes['synod.batch.size']).toBe(0);
});

test('OTEL_TRACES_SAMPLER decides everywhere', async () => {
  process.env['OTEL_TRACES_SAMPLER'] = 'always_off';
  try {
    const silent = new Replica('r1', { environment: process.env });
    r1 = silent;
    expect(propose([contextOf('a')], 7, 1000)).toBeUndefined();
    commitAndAnswer(7, 7, 'r2', 1005);
    expect(await silent.spans()).toEqual([]);
    await silent.close();
  } finally {
    delete process.env['OTEL_TRACES_SAMPLER'];
  }
});

test('an error inside telemetry is counted and goes no further', () => {
  const failing = new Replica('r1', {
    log: {
      event: () => {
        throw new Error('disk of the log is full');
      },
      rejected: () => undefined,
      telemetryFailed: () => undefined,
      tellsRounds: false,
      round: () => undefined,
      applied: () => undefined,
      sweep: () => undefined,
    },
  });
  expect(() => failing.event({ part: 'applied', last: 3 }, 1000)).not.toThrow();
  expect(failing.metrics.text()).toContain('synod_telemetry_errors_total{protocol="raft",group="kv"} 1');
  return failing.close();
});

test('thousands of rounds with peers that never answer leave bounded state', async () => {
  for (let index = 1; index <= 5000; index++) {
    propose([contextOf('a')], index, 1000 + index);
    r1.event({ part: 'decided', era: 2, last: index, completedBy: 'r1' }, 1000 + index);
    r1.event({ part: 'applied', last: index }, 1000 + index);
  }
  expect(r1.observer.lastRounds(10_000)).toHaveLength(1024);
  // Answers that never left do not keep rounds open.
  r1.receive('r3', 'append-entries-reply', undefined, undefined, 9000);
  expect(r1.observer.lastRounds(1024).every((round) => round.state === 'done')).toBe(true);
  r1.observer.close();
  expect(r1.tracing.dropped.queueFull()).toBe(0);
});
