import type { RoundFact } from '@synod/actor';
import { Replica, contextOf, milliseconds } from './support/replicas.js';

/** A leader that does not vote, and a voter. */
let proposer: Replica;
let acceptor: Replica;

beforeEach(() => {
  proposer = new Replica('p1', { votes: false });
  acceptor = new Replica('a1');
});
afterEach(() => Promise.all([proposer.close(), acceptor.close()]));

const accept = (first: number, last = first) =>
  ({ part: 'proposal', era: 64, first, last, rounds: 1, followers: 'voters' }) as const;

function propose(position: number, at: number) {
  const request = proposer.receive('gateway', 'request', undefined, contextOf('a'), at);
  proposer.event({ part: 'opened', era: 64, first: position, last: position, requests: [{ request }] }, at);
  return proposer.send('all', 'accept', accept(position), at);
}

const vote = (by: string, position: number, at: number): void =>
  proposer.event({ part: 'counted', era: 64, first: position, last: position, by }, at);

test('a vote counts for the positions it names, and what is decided out of turn is decided then', async () => {
  propose(1, 1000);
  propose(2, 1001);
  vote('a1', 2, 1005);
  vote('a2', 2, 1006);
  proposer.event({ part: 'decided', era: 64, first: 2, last: 2, completedBy: 'a2' }, 1006);
  expect(proposer.observer.lastRounds(2).map(({ state, acknowledgedMs }) => [state, acknowledgedMs])).toEqual([
    ['decided', { a1: 4, a2: 5 }],
    ['open', {}],
  ]);
  proposer.event({ part: 'decided', era: 64, first: 1, last: 1, completedBy: 'a3' }, 1009);
  proposer.send('gateway', 'reply.c1', { part: 'reply', last: 1 }, 1010);
  proposer.send('gateway', 'reply.c1', { part: 'reply', last: 2 }, 1010);
  proposer.event({ part: 'applied', last: 2 }, 1010);
  expect(proposer.observer.lastRounds(2).map(({ state, stages }) => [state, stages.quorum])).toEqual([
    ['done', 5],
    ['done', 9],
  ]);
});

test('who votes handles a proposal; another one who hears it does not', async () => {
  const context = propose(1, 1000);
  expect(context).toBeDefined();
  const learner = new Replica('p2', { votes: false });
  learner.receive('p1', 'accept', accept(1), context, 1001);
  acceptor.receive('p1', 'accept', accept(1), context, 1001);
  acceptor.send('p1', 'accepted', { part: 'acknowledgement', era: 64, last: 1, accepted: true }, 1003);
  expect((await acceptor.spans()).map(({ name }) => name)).toEqual([
    'publish synod.{cluster}.{group}.{from}.{to}.accepted',
    'process synod.{cluster}.{group}.{from}.{to}.accept',
  ]);
  learner.observer.close();
  expect(await learner.spans()).toEqual([]);
  await learner.close();
});

test('who is no voter of the round is not awaited in it, though it could be one of another', async () => {
  const request = proposer.receive('gateway', 'request', undefined, contextOf('a'), 1000);
  const opened = { part: 'opened', era: 64, first: 1, last: 1, requests: [{ request }] } as const;
  proposer.event({ ...opened, voters: [{ address: 'a1' }, { address: 'a2' }] }, 1000);
  proposer.send('all', 'accept', accept(1), 1000);
  for (const by of ['a1', 'a3']) vote(by, 1, 1002);
  proposer.observer.close();
  const awaited = (await proposer.spans()).map(({ name }) => name).filter((name) => name.startsWith('await'));
  expect(awaited.sort()).toEqual(['await a1', 'await a2']);
});

const prepare: RoundFact = { part: 'instanceQuestion', instance: 'k', era: 64, phase: 'prepare' };

test('an instance outside the log is one trace: its phases, attempts, votes, and the voters below', async () => {
  const request = proposer.receive('gateway', 'decide', undefined, contextOf('b'), 1000);
  const opened = { part: 'instanceOpened', instance: 'k', phase: 'prepare', requests: [request] } as const;
  proposer.event({ ...opened, era: 64 }, 1001);
  const context = proposer.send('all', 'register-prepare', prepare, 1001);
  proposer.event({ part: 'instancePreempted', instance: 'k', era: 64, by: 65 }, 1002);
  proposer.event({ ...opened, era: 128 }, 1005);
  proposer.event({ part: 'instanceCounted', instance: 'k', era: 128, phase: 'prepare', by: 'a1' }, 1006);
  proposer.event({ part: 'instancePhase', instance: 'k', era: 128, phase: 'accept', completedBy: 'a1' }, 1006);
  proposer.event({ part: 'instanceDecided', instance: 'k', era: 128, completedBy: 'a2' }, 1009);
  acceptor.receive('p1', 'register-prepare', prepare, context, 1002);
  acceptor.persist(5, { part: 'ballot', era: 64 }, 1002);
  acceptor.observer.durable(5, 1002, 1003);
  acceptor.send(
    'p1',
    'register-promised',
    { part: 'instanceAnswer', instance: 'k', era: 64, phase: 'prepare', granted: true },
    1004,
  );
  const spans = [...(await proposer.spans()), ...(await acceptor.spans())];
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set(['b'.repeat(32)]));
  expect(spans.map(({ name }) => name.replace(/synod.*}\./, ''))).toEqual([
    'publish register-prepare',
    'prepare',
    'prepare',
    'accept',
    'raft.instance',
    'journal.sync',
    'publish register-promised',
    'process register-prepare',
  ]);
  const root = spans[4]!;
  expect(root.attributes).toMatchObject({ 'synod.quorum.completed_by': 'a2', 'synod.outcome': 'decided' });
  expect(spans[1]!.events.map(({ name }) => name)).toEqual(['preempted']);
  expect(spans[2]!.attributes).toMatchObject({ 'synod.term': 128, 'synod.quorum.completed_by': 'a1' });
});

test('an instance that ends without a value says so', async () => {
  const request = proposer.receive('gateway', 'decide', undefined, contextOf('c'), 1000);
  proposer.event({ part: 'instanceOpened', instance: 'k', era: 64, phase: 'prepare', requests: [request] }, 1001);
  proposer.event({ part: 'instanceEnded', instance: 'k', why: 'undecided' }, 1003);
  expect((await proposer.spans()).map(({ name, attributes }) => [name, attributes['synod.outcome']])).toEqual([
    ['prepare', undefined],
    ['raft.instance', 'undecided'],
  ]);
});

test('a request whose instance came to nothing opens the next one in the same trace; who only asks is in no era', async () => {
  const request = proposer.receive('gateway', 'decide', undefined, contextOf('c'), 1000);
  proposer.event({ part: 'instanceOpened', instance: '?k', era: 0, phase: 'ask', requests: [request] }, 1001);
  const asked: RoundFact = { part: 'instanceQuestion', instance: '?k', era: 0, phase: 'ask' };
  const context = proposer.send('all', 'register-ask', asked, 1001);
  acceptor.receive('p1', 'register-ask', asked, context, 1002);
  acceptor.send(
    'p1',
    'register-told',
    { part: 'instanceAnswer', instance: '?k', era: 0, phase: 'ask', granted: true },
    1002,
  );
  proposer.event({ part: 'instanceEnded', instance: '?k', why: 'accepted' }, 1003);
  proposer.event({ part: 'instanceOpened', instance: 'k', era: 64, phase: 'prepare', requests: [request] }, 1003);
  proposer.event({ part: 'instanceEnded', instance: 'k', why: 'unavailable' }, 1004);
  const spans = [...(await proposer.spans()), ...(await acceptor.spans())];
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set(['c'.repeat(32)]));
  const told = spans.map(({ name, attributes }) => [name.replace(/synod.*}\./, ''), attributes['synod.term'], attributes['synod.outcome']]); // prettier-ignore
  expect(told).toEqual([
    ['publish register-ask', undefined, undefined],
    ['ask', undefined, undefined],
    ['raft.instance', undefined, 'accepted'],
    ['prepare', 64, undefined],
    ['raft.instance', undefined, 'unavailable'],
    ['publish register-told', undefined, undefined],
    ['process register-ask', undefined, undefined],
  ]);
});

describe('a request that joins an instance under way', () => {
  const wish = (trace: string | undefined, at: number) =>
    proposer.receive('gateway', 'decide', undefined, trace === undefined ? undefined : contextOf(trace), at);
  const open = (request: object, era = 64): void =>
    proposer.event({ part: 'instanceOpened', instance: 'k', era, phase: 'prepare', requests: [request] }, 1001);
  const join = (request: object, era = 64): void =>
    proposer.event({ part: 'instanceJoined', instance: 'k', era, phase: 'accept', request }, 1003);
  const decide = (): void =>
    proposer.event({ part: 'instanceDecided', instance: 'k', era: 64, completedBy: 'a2' }, 1009);
  const all = async () =>
    (await proposer.spans()).map((span) => [span.spanContext().traceId[0], span.name, span.attributes['synod.outcome'], span.links.map(({ context }) => context.traceId[0])]); // prettier-ignore

  test('has a span in its own trace, and the two are linked', async () => {
    open(wish('b', 1000));
    join(wish('c', 1002));
    decide();
    expect(await all()).toEqual([
      ['b', 'prepare', undefined, []],
      ['c', 'consensus', 'decided', ['b']],
      ['b', 'raft.instance', 'decided', ['c']],
    ]);
    const [, shared, root] = await proposer.spans();
    expect(shared!.links[0]!.context.spanId).toBe(root!.spanContext().spanId);
    expect(milliseconds(shared!.startTime) - milliseconds(root!.startTime)).toBeCloseTo(2);
  });

  test('has the rest of it in its trace when whoever began wants none', async () => {
    open(wish(undefined, 1000));
    join(wish('c', 1002));
    decide();
    expect(await all()).toEqual([
      ['c', 'accept', undefined, []],
      ['c', 'raft.instance', 'decided', []],
    ]);
  });

  test('between two attempts waits for the next one', async () => {
    const [first, second] = [wish(undefined, 1000), wish('c', 1002)];
    open(first);
    join(second, 0);
    proposer.event({ part: 'instanceOpened', instance: 'k', era: 128, phase: 'prepare', requests: [first, second] }, 1004); // prettier-ignore
    decide();
    expect((await all()).map(([trace, name]) => [trace, name])).toEqual([
      ['c', 'prepare'],
      ['c', 'raft.instance'],
    ]);
  });

  test('in vain opens the next one: it wants a value, and the one under way only asked for one', async () => {
    const writer = wish('c', 1002);
    open(wish('b', 1000));
    join(writer);
    proposer.event({ part: 'instanceEnded', instance: 'k', why: 'undecided' }, 1004);
    open(writer, 128);
    decide();
    expect(await all()).toEqual([
      ['b', 'prepare', undefined, []],
      ['c', 'consensus', 'undecided', ['b']],
      ['b', 'raft.instance', 'undecided', ['c']],
      ['c', 'prepare', undefined, []],
      ['c', 'raft.instance', 'decided', []],
    ]);
  });
});

test('an answer ends only the question of its instance, and a refusal whatever was asked in its era', async () => {
  const ask = (instance: string): RoundFact => ({ part: 'instanceQuestion', instance, era: 64, phase: 'accept' });
  for (const instance of ['k', 'l']) acceptor.receive('p1', 'register-accept', ask(instance), contextOf('c'), 1000);
  acceptor.send('p1', 'register-nack', { part: 'instanceAnswer', instance: 'k', era: 64, granted: false }, 1001);
  const ended = (await acceptor.spans()).filter(({ name }) => name.startsWith('process'));
  expect(ended.map(({ attributes }) => attributes['synod.granted'])).toEqual([false]);
});

describe('a refusal that names no phase', () => {
  const stand = { part: 'candidacy', era: 64, phase: 'prepare', duels: true } as const;
  const refuse = (era: number): unknown =>
    acceptor.send('p1', 'nack', { part: 'vote', era, granted: false, promised: 129 }, 1002);
  const ended = async () =>
    (await acceptor.spans())
      .filter(({ name }) => name.startsWith('process'))
      .map(({ name, attributes }) => [name.replace(/^.*}\./, ''), attributes['synod.granted']]);

  test('ends whatever was asked in its ballot, and nothing of another', async () => {
    acceptor.receive('p1', 'accept', accept(1), contextOf('b'), 1000);
    acceptor.receive('p1', 'prepare', stand, contextOf('c'), 1001);
    refuse(128);
    expect(await ended()).toEqual([]);
    refuse(64);
    expect(await ended()).toEqual([
      ['accept', false],
      ['prepare', false],
    ]);
  });

  test('does not end what was accepted before and waits for the disk', async () => {
    acceptor.receive('p1', 'accept', accept(1), contextOf('b'), 1000);
    acceptor.persist(5, { part: 'stored', era: 64, first: 1, last: 1 }, 1000);
    acceptor.receive('p1', 'accept', accept(2), contextOf('c'), 1001);
    refuse(64);
    expect(await ended()).toEqual([['accept', false]]);
    acceptor.send('p1', 'accepted', { part: 'acknowledgement', era: 64, last: 1, accepted: true }, 1003);
    expect(await ended()).toEqual([
      ['accept', false],
      ['accept', undefined],
    ]);
  });
});
