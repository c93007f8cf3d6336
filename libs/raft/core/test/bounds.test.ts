import { batchesPerMessage } from '@synod/raft-core';
import type { Message, RaftLimits } from '@synod/raft-core';
import { Server, active, append, batch, matched } from './server.js';

// What others may ask of a server: each bound by what happens just within it and just beyond it.

function leader(limits: Partial<RaftLimits> = {}): Server {
  const server = new Server('r1', [active(1)], limits);
  server.lead('r2');
  const { lastIndex, term } = server.replica.inspect();
  for (const follower of ['r2', 'r3']) server.hear(follower, matched(term, lastIndex));
  server.sent = [];
  return server;
}

function ask(server: Server, bytes: number, sequence = 1): void {
  server.hear('ann', { kind: 'request', client: 'c', session: 5, sequence, bytes: new Uint8Array(bytes) } as Message);
}

function read(server: Server, sequence: number): void {
  server.hear('ann', { kind: 'read', client: 'c', sequence, level: 'linearizable', maxAgeMs: 0, queries: [] } as never);
}

const refusals = (server: Server): readonly unknown[] =>
  server.take('reply').flatMap(({ answer }) => (answer.kind === 'refused' ? [answer.reason] : []));

const rejections = (server: Server): readonly unknown[] =>
  server.did('observe').flatMap(({ event }) => (event.kind === 'rejected' ? [`${event.from}: ${event.reason}`] : []));

test('a request of just `requestBytes` is taken, one byte more is too large and enters no log', () => {
  const server = leader({ requestBytes: 1000 });
  const before = server.replica.inspect().lastIndex;
  ask(server, 1000);
  ask(server, 1001, 2);
  server.step({ kind: 'timeout', timer: 'batch' });
  expect(refusals(server)).toEqual(['tooLarge']);
  expect(server.replica.inspect().lastIndex).toBe(before + 1);
});

test('what is proposed and not committed is bounded: beyond it a request is refused, until something commits', () => {
  const server = leader({ uncommittedBytes: 3000 });
  for (let sequence = 1; sequence <= 3; sequence++) ask(server, 1400, sequence);
  expect(refusals(server)).toEqual(['overloaded']);
  server.step({ kind: 'timeout', timer: 'batch' });
  ask(server, 1400, 3);
  expect(refusals(server)).toEqual(['overloaded']);
  const { lastIndex, term } = server.replica.inspect();
  server.hear('r2', matched(term, lastIndex));
  server.take('reply');
  ask(server, 1400, 3);
  expect(refusals(server)).toEqual([]);
});

test('who is many small batches behind is sent them in messages that it can take', () => {
  const server = new Server('r1', [active(1)]);
  server.lead('r2');
  const { lastIndex, term } = server.replica.inspect();
  server.hear('r2', matched(term, lastIndex));
  const behind = 2 * batchesPerMessage + 1;
  for (let sequence = 1; sequence <= behind; sequence++) {
    ask(server, 1, sequence);
    server.step({ kind: 'timeout', timer: 'batch' });
    server.hear('r2', matched(term, lastIndex + sequence));
  }
  server.sent = [];
  server.hear('r3', matched(term, lastIndex));
  const sent = server.sent.flatMap(({ to, message }) => (to === 'r3' && message.kind === 'appendEntries' ? [message.batches.length] : [])); // prettier-ignore
  expect(sent).toEqual([batchesPerMessage, batchesPerMessage, 1]);
});

test('`waitingReads` wait for the next round, and no more', () => {
  const server = leader({ waitingReads: 3 });
  for (let sequence = 1; sequence <= 5; sequence++) read(server, sequence);
  expect(refusals(server)).toEqual(['overloaded', 'overloaded']);
  // A round under way makes room for those of the next one.
  server.step({ kind: 'timeout', timer: 'batch' });
  for (let sequence = 6; sequence <= 9; sequence++) read(server, sequence);
  expect(refusals(server)).toEqual(['overloaded']);
});

test('a leader takes `clientBytes` from clients, and more when that is committed', () => {
  const server = leader({ clientBytes: 3000 });
  expect(server.replica.takesClients()).toBe(true);
  ask(server, 2000);
  expect(server.replica.takesClients()).toBe(true);
  ask(server, 2000, 2);
  expect(server.replica.takesClients()).toBe(false);
  server.step({ kind: 'timeout', timer: 'batch' });
  expect(server.replica.takesClients()).toBe(false);
  const { lastIndex, term } = server.replica.inspect();
  server.hear('r2', matched(term, lastIndex));
  expect(server.replica.takesClients()).toBe(true);
});

test('a leader takes `clientRequests` from clients, however small, and more when they are committed', () => {
  const server = leader({ clientRequests: 2 });
  ask(server, 1);
  expect(server.replica.takesClients()).toBe(true);
  ask(server, 1, 2);
  expect(server.replica.takesClients()).toBe(false);
  server.step({ kind: 'timeout', timer: 'batch' });
  expect(server.replica.takesClients()).toBe(false);
  const { lastIndex, term } = server.replica.inspect();
  server.hear('r2', matched(term, lastIndex));
  expect(server.replica.takesClients()).toBe(true);
});

test('who does not lead serves reads, and tells writers where to go', () => {
  const server = leader({});
  expect([server.replica.serves('request'), server.replica.serves('read')]).toEqual([true, true]);
  server.hear('r2', append(server.replica.inspect().term + 1, 0, 0, [], 0, { to: 'r1' }));
  expect([server.replica.serves('request'), server.replica.serves('read')]).toEqual([false, true]);
});

test('a leader takes from clients as long as another read may wait; who does not lead always does', () => {
  const server = leader({ waitingReads: 2 });
  read(server, 1);
  expect(server.replica.takesClients()).toBe(true);
  read(server, 2);
  expect(server.replica.takesClients()).toBe(false);
  server.hear('r2', append(server.replica.inspect().term + 1, 0, 0, [], 0, { to: 'r1' }));
  expect(server.replica.inspect().role).toBe('follower');
  expect(server.replica.takesClients()).toBe(true);
});

describe('The highest term that is believed', () => {
  const termMost = 2 ** 52;
  const vote = (term: number) =>
    ({ kind: 'requestVote', phase: 'vote', term, lastIndex: 9, lastTerm: 1, handover: true }) as const;

  test('is believed, and leaves room for elections', () => {
    const server = new Server('r1', [active(1)]);
    server.hear('r2', vote(termMost));
    expect(server.replica.inspect().term).toBe(termMost);
    expect(rejections(server)).toEqual([]);
  });

  test.each<[string, Message]>([
    ['a vote', vote(termMost + 1)],
    ['entries', append(termMost + 1, 0, 0, [batch(1, 1, 'a')], 0, { to: 'r1' })],
    ['an acknowledgement', matched(termMost + 1, 1)],
    ['a vote that is granted', { kind: 'requestVoteReply', phase: 'vote', term: termMost + 1, granted: true }],
    ['the floor of who lost its disk', { kind: 'rejoin', floor: termMost + 1 }],
    ['a hand-over', { kind: 'timeoutNow', term: termMost + 1 }],
  ])('one more in %s changes nothing and is counted', (_what, message) => {
    const server = new Server('r1', [active(1)]);
    const before = JSON.stringify(server.replica.inspect());
    const persisted = server.did('persist').length;
    server.hear('r2', message);
    expect(JSON.stringify(server.replica.inspect())).toBe(before);
    expect(server.did('persist').length).toBe(persisted);
    expect(rejections(server)).toEqual(['r2: absurdTerm']);
  });
});

describe('Messages of an older term', () => {
  const old = append(1, 0, 0, [], 0, { to: 'r1' });

  function follower(): Server {
    const server = new Server('r1', [active(5)]);
    server.sent = [];
    return server;
  }

  test('are answered once in half a heartbeat to each member, and counted otherwise', () => {
    const server = follower();
    for (let i = 0; i < 100; i++) server.hear('r2', old);
    expect(server.take('appendEntriesReply').map(({ term }) => term)).toEqual([5]);
    expect(rejections(server)).toEqual(Array(99).fill('r2: outdatedAgain'));
    server.hear('r3', old);
    expect(server.take('appendEntriesReply')).toHaveLength(1);
    server.now += 24;
    server.hear('r2', old);
    expect(server.take('appendEntriesReply')).toHaveLength(0);
    server.now += 1;
    server.hear('r2', old);
    expect(server.take('appendEntriesReply')).toHaveLength(1);
  });

  test('under whatever kind that is answered', () => {
    const server = follower();
    const chunk = { snapshot: { index: 1, era: 1 }, offset: 0, totalBytes: 1, bytes: new Uint8Array(1), checksum: 0 };
    const kinds: readonly Message[] = [
      { kind: 'requestVote', phase: 'vote', term: 1, lastIndex: 0, lastTerm: 0, handover: false },
      { kind: 'installSnapshot', term: 1, chunk },
      old,
    ];
    for (let round = 0; round < 30; round++) for (const message of kinds) server.hear('r2', message);
    expect(server.sent).toHaveLength(1);
  });

  test('of the present term are never taken for old ones', () => {
    const server = follower();
    server.hear('r2', old);
    server.sent = [];
    for (let i = 0; i < 5; i++) server.hear('r2', append(5, 0, 0, [], 0, { to: 'r1', round: i }));
    expect(server.take('appendEntriesReply')).toHaveLength(5);
  });
});

test('a copy of a request that waits is not worth its room; another one is, and so is any elsewhere', () => {
  const server = leader();
  const request = (bytes: number, sequence = 1) =>
    ({ kind: 'request', client: 'c', session: 5, sequence, bytes: new Uint8Array(bytes) }) as Message;
  expect(server.replica.worth('ann', request(10))).toBe(true);
  ask(server, 10);
  expect(server.replica.worth('ann', request(10))).toBe(false);
  expect(server.replica.worth('bob', request(10))).toBe(true);
  expect(server.replica.worth('ann', request(11))).toBe(true);
  expect(server.replica.worth('ann', request(10, 2))).toBe(true);
  expect(new Server('r1', [active(1)]).replica.worth('ann', request(10))).toBe(true);
});
