import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { renderTrace } from '../src/index.js';
import { Replica, contextOf } from './support/replicas.js';

/** Two that stand at the same time, and a voter between them: p1 in era 64, p2 in era 65. */
let p1: Replica;
let p2: Replica;
let acceptor: Replica;

beforeEach(() => {
  p1 = new Replica('p1', { votes: false });
  p2 = new Replica('p2', { votes: false });
  acceptor = new Replica('a1');
});
afterEach(() => Promise.all([p1.close(), p2.close(), acceptor.close()]));

const prepare = (era: number) => ({ part: 'candidacy', era, phase: 'prepare', duels: true }) as const;
const nack = { part: 'vote', era: 64, phase: 'prepare', granted: false, promised: 65 } as const;
const preempted = { part: 'follows', era: 65, leader: undefined, why: 'preempted', rival: { name: 'p2', era: 65 } } as const; // prettier-ignore

function stand(candidate: Replica, era: number, at: number) {
  candidate.event({ part: 'campaigned', era, phase: 'prepare', raises: true, why: 'leaderSilent' }, at);
  return candidate.send('all', 'prepare', prepare(era), at)!;
}

const electionOf = async (candidate: Replica): Promise<ReadableSpan> =>
  (await candidate.spans()).find(({ name }) => name === 'raft.election')!;
const traceOf = (context: { readonly traceparent: string }): string => context.traceparent.slice(3, 35);
const linked = ({ links }: ReadableSpan): readonly string[] => links.map(({ context }) => context.traceId);

test('who is preempted names its rival, and is linked to it by what the refusal carries, though it never heard it', async () => {
  const first = stand(p1, 64, 1000);
  const second = stand(p2, 65, 1001);
  acceptor.receive('p2', 'prepare', prepare(65), second, 1002);
  acceptor.send('p2', 'promised', { part: 'vote', era: 65, phase: 'prepare', granted: true }, 1003);
  acceptor.receive('p1', 'prepare', prepare(64), first, 1004);
  const refusal = acceptor.send('p1', 'nack', nack, 1005)!;
  expect(traceOf(refusal)).toBe(traceOf(second));
  p1.receive('a1', 'nack', nack, refusal, 1006);
  p1.event(preempted, 1006);
  const election = await electionOf(p1);
  expect(election.attributes).toMatchObject({
    'synod.rival': 'p2',
    'synod.rival.era': 65,
    'synod.outcome': 'preempted',
  });
  expect(linked(election)).toEqual([traceOf(second)]);
});

test('who hears a rival says so, and both are linked: whose trace is looked at shows the other', async () => {
  const first = stand(p1, 64, 1000);
  const second = stand(p2, 65, 1001);
  p1.receive('p2', 'prepare', prepare(65), second, 1002);
  p2.receive('p1', 'prepare', prepare(64), first, 1002);
  p1.event(preempted, 1003);
  p2.event({ part: 'elected', era: 65, completedBy: 'a1' }, 1004);
  const [lost, won] = [await electionOf(p1), await electionOf(p2)];
  expect(new Set(linked(lost))).toEqual(new Set([traceOf(second)]));
  expect(linked(won)).toEqual([traceOf(first)]);
  expect(won.events.find(({ name }) => name === 'rival')!.attributes).toEqual({
    'synod.rival': 'p1',
    'synod.rival.era': 64,
  });
  expect(won.attributes).not.toHaveProperty(['synod.rival']);
});

test('who has won already says that another one stands, and is linked to it', async () => {
  const first = stand(p1, 64, 1000);
  stand(p2, 65, 1001);
  p2.event({ part: 'elected', era: 65, completedBy: 'a1' }, 1002);
  p2.receive('p1', 'prepare', prepare(64), first, 1003);
  const moment = (await p2.spans()).find(({ name }) => name === 'rival')!;
  expect(moment.events[0]!.attributes).toEqual({ 'synod.rival': 'p1', 'synod.rival.era': 64 });
  expect(linked(moment)).toEqual([traceOf(first)]);
  expect(moment.spanContext().traceId).toBe((await electionOf(p2)).spanContext().traceId);
});

test('a leader that is preempted says so in its election’s trace, and in each round that it loses', async () => {
  const second = contextOf('e');
  const first = stand(p1, 64, 1000);
  p1.event({ part: 'elected', era: 64, completedBy: 'a1' }, 1001);
  const request = p1.receive('gateway', 'request', undefined, contextOf('a'), 1002);
  p1.event({ part: 'opened', era: 64, first: 1, last: 1, requests: [{ request }] }, 1002);
  p1.receive('a1', 'nack', nack, second, 1003);
  p1.event(preempted, 1003);
  const spans = await p1.spans();
  const moment = spans.find(({ name }) => name === 'preempted')!;
  expect(moment.spanContext().traceId).toBe(traceOf(first));
  const round = spans.find(({ name }) => name === 'raft.round')!;
  for (const span of [moment, round]) {
    expect(span.attributes).toMatchObject({ 'synod.rival': 'p2', 'synod.rival.era': 65 });
    expect(linked(span)).toEqual(['e'.repeat(32)]);
  }
});

test('a refusal that carries only where itself was sent from is no rival’s', async () => {
  const first = stand(p1, 64, 1000);
  acceptor.receive('p1', 'prepare', prepare(64), first, 1004);
  const refusal = acceptor.send('p1', 'nack', nack, 1005)!;
  p1.receive('a1', 'nack', nack, refusal, 1006);
  p1.event(preempted, 1006);
  const election = await electionOf(p1);
  expect(election.attributes).toMatchObject({ 'synod.rival': 'p2' });
  expect(linked(election)).toEqual([]);
});

test('a picture of both says who preempted whom', () => {
  const span = (traceId: string, service: string, startUs: number, attributes = {}, events: never[] = []) => ({
    ...({ traceId, spanId: service, parentId: undefined, name: 'paxos.phase1', kind: 'internal', service } as const),
    ...{ resource: {}, startUs, durationUs: 900, events, links: [], error: undefined },
    attributes: { 'synod.protocol': 'paxos', ...attributes },
  });
  const lost = { 'synod.rival': 'paxos-p2', 'synod.rival.era': '3.1', 'synod.outcome': 'preempted' };
  const lines = renderTrace([span('a'.repeat(32), 'paxos-p1', 0, lost), span('b'.repeat(32), 'paxos-p2', 100)], { width: 150 }); // prettier-ignore
  expect(lines[0]).toContain(`trace ${'a'.repeat(32)} with its rivals' bbbbbbbbbbbb, `);
  expect(lines[1]).toMatch(/^paxos-p1 +paxos\.phase1: preempted by paxos-p2 in ballot 3\.1 /);
  expect(lines[2]).toMatch(/^paxos-p2 +paxos\.phase1 /);
  const moment = { ...span('a'.repeat(32), 'paxos-p1', 0, lost), name: 'preempted' };
  expect(renderTrace([moment], { width: 150 })[1]).toMatch(/^paxos-p1 +preempted by paxos-p2 in ballot 3\.1 /);
});
