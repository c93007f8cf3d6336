import { createHash } from 'node:crypto';
import { eventually } from '@synod/nats-transport/testing';
import fc from 'fast-check';
import { mergeRounds, overviewOf } from '../src/status/overview.js';
import { readReport } from '../src/status/report.js';
import type { Report } from '../src/status/report.js';
import { TestGateway } from './test-gateway.js';

const members = ['r1', 'r2', 'r10'];

function report(replica: string, state: object = {}, more: object = {}): Report {
  const said = { role: 'follower', standing: 'active', term: 3, lastApplied: 9, stateHash: 'x', ...state };
  return readReport(
    replica,
    Buffer.from(JSON.stringify({ replica, protocol: 'raft', members, state: said, ...more })),
  )!;
}
const leader = (name: string, term: number, followers: object = {}) =>
  report(name, { role: 'leader', term, followers });

test('the leader is who leads the latest term; lag is what it says; who is silent is down', () => {
  const followers = { r2: { lag: 4 } };
  const overview = overviewOf(
    'kv',
    [leader('r1', 2), leader('r10', 3, followers), report('r2')],
    [{ name: 'r3', kind: 'replica' }],
  );
  expect(overview).toMatchObject({ leader: 'r10', term: 3 });
  expect(overview.replicas.map(({ replica, up, lag }) => [replica, up, lag])).toEqual([
    ['r1', true, null],
    ['r2', true, 4],
    ['r3', false, undefined],
    ['r10', true, 0],
  ]);
});

test('different states after the same entries are told, different states after different ones are not', () => {
  const one = report('r1', { stateHash: 'a' });
  const other = report('r2', { stateHash: 'b' });
  const later = report('r10', { stateHash: 'c', lastApplied: 10 });
  expect(overviewOf('kv', [one, other, later], []).diverged).toEqual(['r1', 'r2']);
  expect(overviewOf('kv', [one, later], []).diverged).toEqual([]);
});

describe('a group of Multi-Paxos', () => {
  const names = { proposers: ['p1', 'p2'], acceptors: ['a1', 'a2'], spares: ['a3'] };
  const paxos = (replica: string, kind: string, state: object): Report =>
    report(replica, state, { ...names, protocol: 'paxos', kind, members: Object.values(names).flat() });
  const set = (...addresses: string[]) => ({ acceptors: addresses.map((address) => ({ address, disk: 0 })) });
  const p1 = { role: 'leader', ballot: 129, chosenThrough: 12, lastApplied: 12, snapshotSlot: 4, stateHash: 'x' };
  const a1 = {
    role: 'acceptor',
    promised: 129,
    lastAccepted: 12,
    trimmedThrough: 4,
    heldBytes: 99,
    disk: 0,
    registers: 3,
  };

  test('proposers come first, each kind with what it has; ballots are written as round.proposer', () => {
    const overview = overviewOf(
      'paxos',
      [
        paxos('a1', 'acceptor', a1),
        paxos('p1', 'proposer', { ...p1, acceptors: set('a1', 'a2') }),
        paxos('p2', 'proposer', { ...p1, role: 'follower', chosenThrough: 11, lastApplied: 9 }),
        paxos('a3', 'acceptor', { ...a1, disk: 7, promised: 0 }),
      ],
      [],
    );
    expect(overview).toMatchObject({ protocol: 'paxos', leader: 'p1', ballot: '2.1', diverged: [] });
    expect(JSON.stringify(overview)).not.toContain('"term"');
    expect(overview.replicas.map(({ replica, kind, up, role }) => [replica, kind, up, role])).toEqual([
      ['p1', 'proposer', true, 'leader'],
      ['p2', 'proposer', true, 'follower'],
      ['a1', 'acceptor', true, 'acceptor'],
      ['a2', 'acceptor', false, undefined],
      ['a3', 'acceptor', true, 'spare'],
    ]);
    const [, second, third] = overview.replicas;
    expect(second).toMatchObject({ ballot: '2.1', chosen: 11, applied: 9, lag: 3, snapshot: 4, stateHash: 'x' });
    expect(third).toMatchObject({ promised: '2.1', accepted: 12, trimmed: 4, heldBytes: 99, disk: 0, registers: 3 });
    expect(third).not.toHaveProperty('applied');
  });

  test('a change of the acceptors shows who comes and who goes', () => {
    const change = { acceptors: set('a1', 'a2'), nextAcceptors: set('a2', 'a3') };
    const { replicas } = overviewOf(
      'paxos',
      [paxos('p1', 'proposer', { ...p1, ...change }), ...['a1', 'a2', 'a3'].map((name) => paxos(name, 'acceptor', a1))],
      [],
    );
    expect(replicas.slice(2).map(({ role }) => role)).toEqual(['leaving', 'acceptor', 'joining']);
  });

  test('rounds are told in ballots; those of Raft are not', () => {
    const rounds = [{ era: 129, first: 12, last: 12, startedAt: 1, state: 'done' }];
    const seen = { ...paxos('p1', 'proposer', p1), rounds: readRounds(rounds) };
    expect(mergeRounds([], [seen], 9)[0]).toMatchObject({ ballot: '2.1' });
    expect(mergeRounds([], [seen], 9)[0]).not.toHaveProperty('term');
    expect(mergeRounds([], [{ ...leader('r1', 129), rounds: readRounds(rounds) }], 9)[0]).not.toHaveProperty('ballot');
  });

  const readRounds = (rounds: readonly object[]) => report('x', {}, { rounds }).rounds;
});

test('a round that is seen again is there once, as it was seen last; the newest come first', () => {
  const round = (first: number, state: string) => ({ era: 1, first, last: first, startedAt: first, state });
  const seen = report('r1', {}, { rounds: [round(1, 'done'), round(2, 'open')] });
  const again = report('r1', {}, { rounds: [round(2, 'done'), round(3, 'open')] });
  const merged = mergeRounds(mergeRounds([], [seen], 9), [again], 2);
  expect(merged.map(({ first, state }) => [first, state])).toEqual([
    [3, 'open'],
    [2, 'done'],
  ]);
});

test('whatever a replica says, it is a report or none', () => {
  const anything = fc.jsonValue();
  const fields = fc.record(
    {
      replica: fc.oneof(fc.constant('r1'), anything),
      protocol: fc.oneof(fc.constantFrom('raft', 'paxos', 'toString'), anything),
      kind: fc.oneof(fc.constantFrom('proposer', 'acceptor'), anything),
      state: fc.oneof(
        anything,
        fc.record({ role: fc.string(), followers: anything, term: anything }),
        fc.record({
          role: fc.constantFrom('leader', 'acceptor'),
          ballot: anything,
          acceptors: anything,
          promised: anything,
        }),
      ),
      acceptors: anything,
      rounds: fc.oneof(anything, fc.array(fc.oneof(anything, fc.record({ stages: anything, traceId: anything })))),
      members: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, fields), (said) => {
      const read = readReport('r1', Buffer.from(JSON.stringify(said)));
      if (read) mergeRounds([], [read], 9);
      if (read) overviewOf('kv', [read, { ...read, replica: 'a1', kind: 'acceptor' }], []);
    }),
  );
  expect(readReport('r1', Buffer.from('{'))).toBeUndefined();
  expect(readReport('r1', Buffer.from('{"replica":"r2","state":{"role":"leader"}}'))).toBeUndefined();
});

describe('over HTTP', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start();
    gateway.reports = [leader('r1', 1)];
  });
  afterEach(() => gateway.close());

  test('events come again and again, until nobody listens', async () => {
    const response = await fetch(`${gateway.url}/v1/events`);
    const reader = response.body!.getReader();
    let text = '';
    while ((text.match(/^event: groups$/gm) ?? []).length < 3)
      text += Buffer.from((await reader.read()).value!).toString();
    const [, data] = /^data: (.*)$/m.exec(text)!;
    expect(JSON.parse(data!)).toMatchObject([{ group: 'kv', leader: 'r1', rounds: [] }]);
    expect([gateway.events.count, gateway.watch.viewerCount]).toEqual([1, 1]);
    await reader.cancel();
    await eventually('nobody listens', () => gateway.events.count === 0 && gateway.watch.viewerCount === 0);
  });

  test('pages are bounded in number, and streams do not count as requests for ever', async () => {
    const streams = await Promise.all(Array.from({ length: 64 }, () => fetch(`${gateway.url}/v1/events`)));
    expect((await fetch(`${gateway.url}/v1/events`)).status).toBe(429);
    for (const { body } of streams) await body!.cancel();
    await eventually('they are gone', () => gateway.events.count === 0 && gateway.dispatcher.admission.requests === 0);
  });

  test('the page loads nothing from elsewhere, and its policy allows just what is in it', async () => {
    const response = await fetch(gateway.url);
    const html = await response.text();
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /(src=|url\(|@import|https?:\/\/|page\.css|client\.js)/,
    );
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-.*; script-src 'sha256-/);
    for (const [, , text] of html.matchAll(/<(style|script)>(.*?)<\/\1>/gs)) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(text!).digest('base64')}'`);
    }
  });

  test('every reference in the OpenAPI document leads somewhere, and every operation has a name of its own', async () => {
    const text = await (await fetch(`${gateway.url}/openapi.json`)).text();
    const document = JSON.parse(text) as {
      readonly openapi: string;
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
      readonly components: { readonly schemas: object };
    };
    expect(document.openapi).toBe('3.1.0');
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).flatMap((one) => one.operationId ?? []),
    );
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
