import { defaultLimits, roundOf } from '@synod/pbft-core';
import type { Message } from '@synod/pbft-core';
import { ExecutedTail } from '../src/executed-tail.js';
import type { Pbft } from '../src/state.js';
import { cryptographyOf } from './cryptography.js';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import {
  batchOf,
  checkpoint,
  commit,
  complaint,
  digestOf,
  newView,
  prePrepare,
  prepare,
  proposal,
  stableAt,
  status,
  viewChange,
} from './saying.js';

// What clients may ask for: each bound by what happens just within it and just beyond it.

const refusals = (group: Group): string[] =>
  group.told.flatMap(({ message }) =>
    message.kind === 'reply' && message.answer.kind === 'refused' ? [message.answer.reason] : [],
  );

/** A primary whose others say nothing. */
const silence = (limits: object): Lone => new Lone('r1', { limits });

test('a request of just `requestBytes` is taken, one byte more is too large', () => {
  const lone = silence({});
  const request = lone.group.request('x'.repeat(1000));
  const size = request.signed.bytes.length + request.signed.signature.length + 16;
  const exact = silence({ requestBytes: size });
  exact.server.hear('ann', request);
  expect(refusals(exact.group)).toEqual([]);
  const short = silence({ requestBytes: size - 1 });
  short.server.hear('ann', request);
  expect(refusals(short.group)).toEqual(['tooLarge']);
  expect(short.server.state.waitingRequests).toBe(0);
});

test('what a member says that it lacks is looked for no further back than the log goes', () => {
  const lone = new Lone('r1');
  const { pbft } = lone.server.replica as unknown as { pbft: Pbft };
  pbft.stable = stableAt(1_000_000);
  pbft.lastProposed = 1_000_100;
  const looked = jest.spyOn(pbft.log, 'at');
  lone.server.hear('r4', status({}));
  lone.group.run(100);
  lone.server.hear('r4', status({}));
  expect(looked.mock.calls.length).toBeGreaterThan(50);
  expect(looked.mock.calls.length).toBeLessThan(1000);
});

test('of what bears no signature so much is taken of one member in a period, and no more', () => {
  const { replica } = new Lone('r1').server;
  const worth = (from: string): number =>
    Array.from({ length: 1000 }, () => replica.worth(from, status({}))).filter((each) => each).length;
  expect([worth('r4'), worth('r3')]).toEqual([16, 16]);
  replica.step({ kind: 'receive', at: 1_000_000, from: 'r4', message: status({}) });
  expect(worth('r4')).toBe(16);
  expect(replica.worth('r2', status({}))).toBe(true);
});

test('relayed requests are verified for one member up to a bound, above what an honest one relays', () => {
  const { server, group } = new Lone('r1');
  const { signed } = group.request('x');
  const taken = (member: string): number =>
    Array.from({ length: 1000 }, () => server.replica.worth(member, { kind: 'relay', signed })).filter((each) => each).length; // prettier-ignore
  expect([taken('r4'), taken('r3')]).toEqual([64, 64]);
  expect(taken('r2')).toBeGreaterThan(2 * defaultLimits.relays);
});

const one = batchOf('one');
const hash = digestOf(one);

test.each([
  ['a vote of a later view', () => commit('r4', 9, 1, hash), 128],
  ['a proposal of a later view', () => prePrepare(7, 1, one), 32],
  [
    'a later new view',
    () =>
      newView(
        7,
        ['r1', 'r2', 'r3'].map((by) => viewChange(by, 7).signed),
      ),
    16,
  ],
  ['a view change', () => viewChange('r4', 9), 32],
  ['a checkpoint ahead', () => checkpoint('r4', 5000, hash), 128],
  ['a complaint', () => complaint('r4', 0), 32],
] as const)('of %s, said again and again, so many are verified for one member in a period', (_what, make, most) => {
  const { replica } = new Lone('r1').server;
  const message = make();
  const taken = (): number => Array.from({ length: 4000 }, () => replica.worth('r4', message)).filter((each) => each).length; // prettier-ignore
  expect(taken()).toBe(most);
  // It does not keep what is of use now from being read.
  replica.step({ kind: 'receive', at: 10, from: 'r2', message: prePrepare(0, 1, one) });
  expect(replica.worth('r4', prepare('r4', 0, 1, hash))).toBe(true);
  expect(replica.worth('r3', message)).toBe(true);
  replica.step({ kind: 'receive', at: 1_000_000, from: 'r4', message: status({}) });
  expect(taken()).toBe(most);
});

test('one that carries a thousand signatures is taken, and nothing of its kind until as much time has passed', () => {
  const { replica } = new Lone('r1', { limits: { logSize: 1000 } }).server;
  const changes = ['r1', 'r2', 'r3'].map((by) => viewChange(by, 7).signed);
  const many = Array.from({ length: 1000 }, (_, i) => proposal(7, i + 1, one));
  const [fat, lean] = [newView(7, changes, many), newView(7, changes)];
  const worth = (at: number, message: Message): boolean => {
    replica.step({ kind: 'receive', at, from: 'r2', message: status({}) });
    return replica.worth('r4', message);
  };
  expect([worth(10, fat), worth(10, lean), worth(500, lean), worth(1000, fat)]).toEqual([true, false, false, true]);
  expect(worth(1000, viewChange('r4', 9))).toBe(true);
  expect(worth(9000, newView(7, changes, [...many, proposal(7, 1001, one)]))).toBe(false);
});

test('who takes no part yet has nothing against what members say to all, up to the same bound, and verifies nothing of it', () => {
  const { replica } = new Group({ founded: false }).server('r1');
  const worth = (message: Message): number => Array.from({ length: 1000 }, () => replica.worth('r4', message)).filter((each) => each).length; // prettier-ignore
  expect(worth(status({}))).toBe(16);
  expect(replica.worth('r4', complaint('r4', 0, 1))).toBe(false);
  expect(replica.worth('r3', { kind: 'hello', signed: cryptographyOf('r3').sign({ type: 'hello', nonce: 1 }) })).toBe(
    true,
  );
});

test('requests that wait are bounded: beyond it they are refused, and nothing more is taken from clients', () => {
  const lone = silence({ waitingRequests: 3 });
  for (const text of texts(5)) lone.server.hear('ann', lone.group.request(text));
  expect(refusals(lone.group)).toEqual(['overloaded', 'overloaded']);
  expect(lone.server.replica.takesClients()).toBe(false);
});

test('beyond what clients may have waiting, each member has a share for what it relays, and no more', () => {
  const lone = silence({ waitingRequests: 6 });
  const [own, relayed] = [texts(6, 'own'), texts(12, 'relayed')].map((all) =>
    all.map((text) => lone.group.request(text)),
  );
  for (const request of own!) lone.server.hear('ann', request);
  for (const [place, { signed }] of relayed!.entries())
    lone.server.hear(`r${2 + (place % 3)}`, { kind: 'relay', signed });
  expect(lone.server.state.waitingRequests).toBe(6 + 3 * 2);
  expect(refusals(lone.group)).toEqual([]);
});

test('what one member relays is bounded in bytes, and leaves room for clients; who is not primary has no use for it', () => {
  for (const [name, mostBytes] of [
    ['r1', 512 * 1024],
    ['r2', 0],
  ] as const) {
    const lone = new Lone(name, { limits: { inFlight: 1, inFlightSmall: 1 } });
    for (let i = 0; i < 100; i++)
      lone.server.hear('r4', { kind: 'relay', signed: lone.group.request(`${i}`.padEnd(40_000, 'x')).signed });
    expect(lone.server.replica['pbft'].waiting.sizeBytes).toBeLessThanOrEqual(mostBytes / 2);
    expect(lone.server.state.waitingRequests).toBe(name === 'r1' ? 2 : 0);
    expect(lone.server.replica.takesClients()).toBe(true);
  }
});

test('a share has room for one request, however large, and for as many small ones as are a share of the list', () => {
  const lone = new Lone('r1', { limits: { inFlight: 1, inFlightSmall: 1, batchBytes: 400, clientBytes: 400, waitingRequests: 9 } }); // prettier-ignore
  const relay = (size: number): void =>
    lone.server.hear('r4', { kind: 'relay', signed: lone.group.request('x'.repeat(size)).signed });
  relay(3000);
  relay(1);
  expect(lone.server.state.waitingRequests).toBe(1);
  const other = new Lone('r1', { limits: { inFlight: 1, inFlightSmall: 1, waitingRequests: 9 } });
  for (const { signed } of texts(9).map((text) => other.group.request(text)))
    other.server.hear('r4', { kind: 'relay', signed });
  expect(other.server.state.waitingRequests).toBe(3);
});

test('what a share is taken for is free again when it is executed', () => {
  const group = new Group({ limits: { waitingRequests: 1 } });
  const primary = group.server('r1');
  for (const text of texts(3)) {
    primary.hear('ann', group.request(`own ${text}`));
    primary.hear('r2', { kind: 'relay', signed: group.request(text).signed });
    group.run(50);
  }
  expect(group.history()).toEqual(texts(3).flatMap((text) => [`own ${text}`, text]));
});

describe('Who asks without end is sent, in one turn of the status timer, no more than', () => {
  const sentTo = (group: Group, kind: Message['kind']): number =>
    group.server('r2').sent.filter(({ to, message }) => to === 'r4' && message.kind === kind).length;

  test('`transferBytes` because it catches up', () => {
    const group = new Group({ limits: { checkpointInterval: 5, logSize: 10, transferBytes: 1500 } });
    group.put(...texts(10));
    group.betray('r4');
    group.run(500);
    const size = 10 * batchOf('t1').sizeBytes;
    const fetch = (): void => {
      for (let i = 0; i < 50; i++) group.server('r2').hear('r4', { kind: 'fetch', from: 1, through: 10, what: 'batches' }); // prettier-ignore
    };
    fetch();
    expect(sentTo(group, 'history')).toBe(Math.ceil(1500 / size));
    group.run(100);
    fetch();
    expect(sentTo(group, 'history')).toBe(2 * Math.ceil(1500 / size));
  });

  test('`helpBytes` because it lacks something', () => {
    const group = new Group({ limits: { helpBytes: 500 } });
    group.put(...texts(20));
    group.betray('r4');
    group.run(500);
    const before = sentTo(group, 'commit') + sentTo(group, 'prepare');
    const open = Array.from({ length: 20 }, (_, i) => ({
      sequence: i + 1,
      hasProposal: true,
      prepares: [],
      commits: [],
    }));
    group.server('r2').hear('r4', status({ open }));
    // Each vote counts 256 bytes.
    expect(sentTo(group, 'commit') + sentTo(group, 'prepare') - before).toBe(2);
  });
});

test('what was executed is kept for who is behind up to so many batches, however small they are', () => {
  const tail = new ExecutedTail(1_000_000, 3);
  const batch = batchOf('x');
  for (let sequence = 1; sequence <= 5; sequence++)
    tail.put({ sequence, digest: digestOf(batch), batch, token: sequence });
  expect([tail.size, tail.first?.sequence, tail.sizeBytes]).toEqual([3, 3, 3 * batch.sizeBytes]);
});

test('`clientBytes` are taken from clients, and more when what was taken is executed', () => {
  const group = new Group({ limits: { clientBytes: 1500 } });
  const primary = group.server('r1');
  expect(primary.replica.takesClients()).toBe(true);
  for (const text of texts(12)) primary.hear('ann', group.request(text));
  expect(primary.replica.takesClients()).toBe(false);
  group.run(50);
  expect(primary.replica.takesClients()).toBe(true);
  expect(group.history()).toHaveLength(12);
});

test('a batch closes at `batchBytes`, and one request always fits', () => {
  const lone = silence({ batchBytes: 1000 });
  const sizes = [100, 100, 3000, 100].map((length) => lone.group.request('x'.repeat(length)));
  for (const request of sizes) lone.server.hear('ann', request);
  lone.group.run(1);
  const proposed = lone.server.saw('proposed').map(({ requests }) => requests.length);
  expect(proposed).toEqual([2, 1]);
  lone.group.run(50);
  // Two are on their way, and what is left is not worth a third.
  expect(lone.server.saw('proposed')).toHaveLength(2);
});

test('no more batches are on their way than `inFlight`, whatever waits', () => {
  const lone = silence({ batchBytes: 1000, inFlight: 5 });
  for (let i = 0; i < 40; i++) lone.server.hear('ann', lone.group.request(`${i}${'x'.repeat(300)}`));
  lone.group.run(50);
  expect(lone.server.state.lastProposed).toBe(5);
});

test('a long stretch that commits at once is executed in parts, so that others get their turn', () => {
  const lone = new Lone('r2', { limits: { executeBytes: 500 } });
  const last = commit('r3', 0, 1, digestOf(batchOf('t1')));
  for (const [place, text] of texts(10).entries()) {
    const [sequence, batch] = [place + 1, batchOf(text)];
    const digest = digestOf(batch);
    lone.hear(prePrepare(0, sequence, batch), prepare('r3', 0, sequence, digest), commit('r1', 0, sequence, digest));
    if (sequence > 1) lone.hear(commit('r3', 0, sequence, digest));
  }
  expect(lone.server.state.lastExecuted).toBe(0);
  lone.server.hear('r3', last);
  expect(lone.server.state.lastExecuted).toBe(3);
  lone.group.run(5);
  expect(lone.server.service.applied).toEqual(texts(10));
});

test('what status shows has no word of a client in it', () => {
  const group = new Group();
  group.put('secret-of-a-client');
  for (const { state, events } of group.live) {
    expect(JSON.stringify({ ...state, stateHash: '' })).not.toContain('secret');
    const told = events.filter(({ kind }) => kind !== 'proposed');
    expect(JSON.stringify(told)).not.toContain('secret');
  }
});

test('a round is known by its view and sequence, from the proposal to the answer', () => {
  const group = new Group();
  group.put('a');
  group.run(20);
  const facts = (name: string): (string | undefined)[] => {
    const { events, sent, disk } = group.server(name);
    const things = [
      ...sent.map(({ message }) => message as Message),
      ...events,
      ...disk.journal.map(({ record }) => record),
    ];
    return things.flatMap((thing) => {
      const fact = roundOf(thing);
      if (fact === undefined) return [];
      const phase = 'phase' in fact ? ` ${fact.phase}` : '';
      return [`${fact.part}${phase} ${'era' in fact ? fact.era : '-'} ${'last' in fact ? fact.last : '-'}`];
    });
  };
  expect(new Set(facts('r1'))).toEqual(
    new Set([
      ...['proposal 0 1', 'acknowledgement commit 0 1', 'reply - 1', 'opened 0 1', 'counted prepare 0 1'],
      ...['prepared 0 1', 'counted commit 0 1', 'decided 0 1', 'applied - 1', 'stored 0 1'],
    ]),
  );
  expect(new Set(facts('r2'))).toEqual(
    new Set([
      ...['acknowledgement prepare 0 1', 'acknowledgement commit 0 1', 'reply - 1', 'counted prepare 0 1'],
      ...['prepared 0 1', 'counted commit 0 1', 'decided 0 1', 'applied - 1', 'stored 0 1'],
    ]),
  );
});

test('a view change is told as an election is: asked for, counted, entered', () => {
  const group = new Group();
  group.crash('r1');
  group.put('a');
  const parts = (name: string): string[] => group.server(name).events.flatMap((event) => roundOf(event)?.part ?? []);
  expect(parts('r2')).toEqual(expect.arrayContaining(['campaigned', 'supported', 'elected']));
  expect(parts('r3')).toEqual(expect.arrayContaining(['campaigned', 'supported', 'follows']));
  expect(parts('r3')).not.toContain('elected');
});
