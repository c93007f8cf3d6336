import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { RoundFact } from '@synod/actor';
import { fromJaeger, renderTrace, toJaeger } from '../src/index.js';
import type { TraceSpan } from '../src/index.js';
import { Replica, contextOf } from './support/replicas.js';

let replica: Replica;

beforeEach(() => {
  replica = new Replica('r2');
});
afterEach(() => replica.close());

const a = 'a'.repeat(32);

function stand(era: number, why: string, at: number, request?: object): void {
  replica.event({ part: 'campaigned', era, phase: 'vote', raises: true, why, request }, at);
}

const follows = (leader: string | undefined, why: string): RoundFact => ({ part: 'follows', era: 9, leader, why });
const named = async (name: string): Promise<readonly ReadableSpan[]> =>
  (await replica.spans()).filter((span) => span.name === name);
const elections = (): Promise<readonly ReadableSpan[]> => named('raft.election');
const linksOf = ({ links }: ReadableSpan): readonly unknown[] =>
  links.map(({ context, attributes }) => [attributes?.['synod.link'], context.traceId]);

test('the last traced round is what was before; the request that waited in vain is the cause', async () => {
  const request = replica.receive('gateway', 'request', undefined, contextOf('a'), 1000);
  replica.receive('gateway', 'request', undefined, contextOf('b'), 1001);
  stand(3, 'leaderSilent', 2000);
  replica.event(follows('r1', 'heardLeader'), 2001);
  stand(4, 'requestTimeout', 3000, request);
  replica.event(follows('r1', 'newView'), 3001);
  stand(5, 'requestTimeout', 4000, { kind: 'request' }); // nobody wanted that one traced
  replica.event(follows('r1', 'newView'), 4001);
  const [before, caused, unsampled] = await elections();
  expect(linksOf(before!)).toEqual([['before', 'b'.repeat(32)]]);
  expect(linksOf(caused!)).toEqual([['cause', a]]);
  expect(linksOf(unsampled!)).toEqual([['before', 'b'.repeat(32)]]);
});

test('a request is known as the cause also where it was proposed before', async () => {
  const request = replica.receive('gateway', 'request', undefined, contextOf('a'), 1000);
  replica.event({ part: 'opened', era: 3, first: 1, last: 1, requests: [{ request }] }, 1001);
  stand(4, 'requestTimeout', 3000, request);
  replica.event(follows('r1', 'newView'), 3001);
  expect(linksOf((await elections())[0]!)).toEqual([['cause', a]]);
});

test('an election that follows from one that came to nothing leads to it, until somebody leads', async () => {
  stand(3, 'leaderSilent', 1000);
  stand(4, 'undecided', 2000);
  replica.event(follows(undefined, 'newerTerm'), 2001);
  stand(6, 'newerTerm', 3000);
  replica.event(follows('r1', 'heardLeader'), 3001);
  stand(9, 'leaderSilent', 4000);
  replica.event(follows('r1', 'heardLeader'), 4001);
  const [first, second, third, fourth] = await elections();
  const idOf = (span: ReadableSpan | undefined): string => span!.spanContext().traceId;
  expect([first, second, third, fourth].map((span) => linksOf(span!))).toEqual([
    [],
    [['cause', idOf(first)]],
    [['cause', idOf(second)]],
    [],
  ]);
  expect([second, third].map((span) => span!.attributes['synod.cause'])).toEqual(['undecided', 'newerTerm']);
});

test('of a member that is cut off, and asks again and again whether it would be supported, the first are kept and then one in two seconds', async () => {
  const ask = (at: number): void =>
    replica.event(
      { part: 'campaigned', era: 3, phase: 'preVote', raises: false, why: 'undecided', request: undefined },
      at,
    );
  for (let i = 0; i < 240; i++) ask(1000 + 250 * i);
  const kept = (await elections()).length;
  expect(kept).toBeGreaterThan(20);
  expect(kept).toBeLessThan(40);
  // And the one that comes to something, whenever it is.
  for (const at of [61_000, 61_250, 61_500]) ask(at);
  stand(4, 'undecided', 61_520);
  replica.event({ part: 'elected', era: 4, completedBy: 'r1' }, 61_530);
  const won = (await elections()).filter(({ attributes }) => attributes['synod.outcome'] === 'elected');
  // From its first question on.
  expect(won.map(({ duration: [, nanoseconds] }) => Math.round(nanoseconds / 1e6))).toEqual([30]);
});

test('an election after a leadership that was lost leads to the one that had brought it', async () => {
  stand(3, 'started', 1000);
  replica.event({ part: 'elected', era: 3, completedBy: 'r1' }, 1001);
  replica.event(follows(undefined, 'lostQuorum'), 2000);
  stand(4, 'lostQuorum', 3000);
  replica.event({ part: 'elected', era: 4, completedBy: 'r1' }, 3001);
  const [first, second] = await elections();
  expect(linksOf(second!)).toEqual([['cause', first!.spanContext().traceId]]);
});

const transfers = (): Promise<readonly ReadableSpan[]> => named('raft.state_transfer');
const fetching = { part: 'fetching', source: 'r1', first: 5, last: 90, why: 'logBehind' } as const;
const toldBy = ({ events }: ReadableSpan): readonly unknown[] =>
  events.map(({ name, attributes }) => [name, ...Object.values(attributes ?? {})]);

test('a state transfer is a trace from the first question until all that was lacking is here', async () => {
  replica.receive('r1', 'append', { part: 'proposal', era: 2, first: 95, last: 95, rounds: 1, followers: ['r2'] }, contextOf('a'), 900); // prettier-ignore
  replica.event(fetching, 1000);
  replica.event({ part: 'fetchFailed', source: 'r1', why: 'silent', next: 'r3' }, 1100);
  replica.event({ ...fetching, source: 'r3', last: 80, why: 'logBehindSnapshot', snapshot: { bytes: 4000 } }, 1200);
  replica.event({ part: 'installed', last: 80, bytes: 4096 }, 1300);
  expect(await transfers()).toEqual([]);
  replica.event({ part: 'fetched', last: 93 }, 1400);
  replica.event({ part: 'fetched', last: 94 }, 1500); // of nothing
  const [transfer, ...others] = await transfers();
  expect(others).toEqual([]);
  expect(transfer!.parentSpanContext).toBeUndefined();
  expect(transfer!.attributes).toEqual({
    ...{ 'synod.group': 'kv', 'synod.protocol': 'raft', 'synod.cause': 'logBehindSnapshot', 'synod.source': 'r3' },
    ...{ 'synod.index.first': 5, 'synod.index.last': 93, 'synod.snapshot.bytes': 4096, 'synod.outcome': 'caught up' },
  });
  expect(toldBy(transfer!)).toEqual([
    ['source failed', 'r1', 'silent'],
    ['source', 'r3'],
    ['snapshot', 80, 4000],
    ['installed', 80],
  ]);
  expect(linksOf(transfer!)).toEqual([['before', a]]);
});

test('a transfer that is under way ends with the replica, or when it is elected', async () => {
  replica.event(fetching, 1000);
  replica.event({ part: 'elected', era: 3, completedBy: 'r1' }, 1100);
  replica.event(fetching, 2000);
  replica.now = 2100;
  replica.observer.close();
  expect((await transfers()).map(({ attributes }) => attributes['synod.outcome'])).toEqual(['elected', 'stopped']);
});

test('transfers are rate-limited', async () => {
  for (let at = 1000; at < 1100; at++) {
    replica.event(fetching, at);
    replica.event({ part: 'fetched', last: 90 }, at);
  }
  expect((await transfers()).length).toBe(2);
});

test('a picture says the cause in its first line and at the span, and where more is told of it', () => {
  const links = [
    { traceId: a, spanId: '1'.repeat(16), kind: 'cause' },
    { traceId: 'b'.repeat(32), spanId: '2'.repeat(16), kind: 'rival' },
    { traceId: 'c'.repeat(32), spanId: '3'.repeat(16) },
  ];
  const span: TraceSpan = {
    ...({ traceId: 'e'.repeat(32), spanId: 'e'.repeat(16), parentId: undefined, kind: 'internal' } as const),
    ...{ name: 'pbft.view_change', service: 'pbft-r2', resource: {}, startUs: 0, durationUs: 900, events: [], links },
    ...{ attributes: { 'synod.protocol': 'pbft', 'synod.cause': 'requestTimeout' }, error: undefined },
  };
  const [head, line] = renderTrace([span], { width: 150 });
  expect(head).toMatch(/, cause: request timeout, see aaaaaaaaaaaa$/);
  expect(line).toMatch(/^pbft-r2 +pbft\.view_change \(request timeout\) /);
  expect(fromJaeger(toJaeger(span.traceId, [span]))[0]!.links).toEqual(links);
  expect(renderTrace([{ ...span, links: [] }], { width: 150 })[0]).toMatch(/, cause: request timeout$/);
  // The cause is not traced.
  const before = { traceId: 'd'.repeat(32), spanId: '4'.repeat(16), kind: 'before' };
  const told = { ...span, attributes: { 'synod.cause': 'complaints' }, links: [before] };
  expect(renderTrace([told])[0]).toMatch(/, cause: complaints, after the round in dddddddddddd$/);
  // A leader's first round has no cause but its election.
  const round = { ...span, name: 'raft.round', attributes: {}, links: [before, ...links] };
  expect(renderTrace([round])[0]).toMatch(/, cause: see aaaaaaaaaaaa$/);
});
