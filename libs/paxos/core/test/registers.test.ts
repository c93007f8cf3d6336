import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import { Group, bytes, text } from './group.js';

function decide(group: Group, to: string, key: string, value: string | undefined, sequence: number): void {
  group.tell(`user-${to}`, to, {
    ...{ kind: 'decide', client: 'c', sequence, key, value: value === undefined ? undefined : bytes(value) },
  });
}

function decided(group: Group): (string | undefined)[] {
  const inOrder = [...group.replies].sort((one, other) => one.sequence - other.sequence);
  return inOrder.flatMap(({ answer }) => {
    if (answer.kind !== 'decided') return [];
    return [answer.value === undefined ? undefined : text(answer.value)];
  });
}

test('a register gets one value, whoever is asked, and keeps it', () => {
  const group = new Group();
  group.run(1500);
  for (const [i, proposer] of group.proposers.entries()) decide(group, proposer, 'k', `v${i}`, 1);
  group.run(2000);
  const values = decided(group);
  expect(values).toHaveLength(3);
  expect(new Set(values).size).toBe(1);
  decide(group, 'p2', 'k', undefined, 2);
  decide(group, 'p2', 'other', undefined, 3);
  group.run(1000);
  expect(decided(group)).toEqual([values[0], values[0], values[0], values[0], undefined]);
});

test('its phases are all there: prepare, promise, accept, accepted', () => {
  const group = new Group();
  group.run(1500);
  const seen: string[] = [];
  group.passes = (from, to, { kind }: Message) => {
    if (kind.startsWith('register') && (from === 'a1' || to === 'a1')) seen.push(kind);
    return true;
  };
  decide(group, 'p1', 'k', 'v', 1);
  group.run(500);
  expect(seen).toEqual(['registerPrepare', 'registerPromised', 'registerAccept', 'registerAccepted']);
});

test('wishes for one register share a round, and whoever watches is told which joined it, and when', () => {
  const group = new Group();
  group.run(1500);
  decide(group, 'p1', 'k', 'first', 1);
  decide(group, 'p1', 'k', 'second', 2);
  group.passes = (_from, _to, { kind }) => {
    if (kind === 'registerAccept' && group.replies.length === 0) decide(group, 'p1', 'k', 'third', 3);
    group.passes = kind === 'registerAccept' ? () => true : group.passes;
    return true;
  };
  group.run(1000);
  const told = group.events.flatMap(({ event }) => {
    if (event.kind === 'registerPreparing') return [`prepares for ${event.requests.map(({ sequence }) => sequence)}`];
    return event.kind === 'registerJoined' ? [`${event.request.sequence} joins${event.hasProposed ? ', proposed' : ''}`] : []; // prettier-ignore
  });
  expect(told).toEqual(['prepares for 1', '2 joins', '3 joins, proposed']);
  expect(decided(group)).toEqual(['first', 'first', 'first']);
});

test('a register survives the exchange of acceptor after acceptor, each with an empty disk', () => {
  const group = new Group();
  group.run(1500);
  for (let i = 0; i < 50; i++) decide(group, 'p1', `k${i}`, `v${i}`, i + 1);
  group.run(1000);
  for (const acceptor of group.acceptors) {
    group.crash(acceptor);
    group.start(acceptor, []);
    group.run(5000);
  }
  expect(group.inspect(group.leader!)).toMatchObject({ acceptors: { version: 4 }, registersVersion: 4 });
  group.replies.length = 0;
  for (let i = 0; i < 50; i++) decide(group, 'p3', `k${i}`, 'another', i + 1);
  group.run(3000);
  expect(decided(group).sort()).toEqual(Array.from({ length: 50 }, (_, i) => `v${i}`).sort());
});

test('registers agree when messages are lost and proposers and acceptors start again', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const group = new Group({ seed });
    let n = seed;
    group.run(1500);
    group.passes = () => (n = (n * 48271) % 2147483647) % 10 >= 2;
    let sequence = 0;
    for (let i = 0; i < 40; i++) {
      for (const proposer of group.proposers) decide(group, proposer, `k${i % 10}`, `${proposer}-${i}`, ++sequence);
      group.run(100);
      const victim = [...group.proposers, ...group.acceptors][i % 6]!;
      group.crash(victim);
      group.run(30);
      group.start(victim);
    }
    group.passes = () => true;
    group.run(3000);
    const values = new Map<string, Set<string>>();
    for (const { answer, sequence: asked } of group.replies) {
      if (answer.kind !== 'decided' || answer.value === undefined) continue;
      const key = `k${Math.floor((asked - 1) / 3) % 10}`;
      values.set(key, (values.get(key) ?? new Set()).add(text(answer.value)));
    }
    expect(values.size).toBe(10);
    for (const [key, different] of values) expect([key, different.size]).toEqual([key, 1]);
  }
});

test('acceptors that have all lost their disks found no other group: proposers tell that there is one', () => {
  const group = new Group();
  group.run(1500);
  decide(group, 'p1', 'k', 'v', 1);
  group.run(500);
  const { clusterId } = group.inspect('p1') as { clusterId: number };
  for (const acceptor of group.acceptors) group.crash(acceptor);
  for (const acceptor of group.acceptors) group.start(acceptor, []);
  group.run(3000);
  decide(group, 'p2', 'k', 'another', 2);
  group.run(3000);
  expect(decided(group)).toEqual(['v']);
  const standings = group.acceptors.map(
    (acceptor) => group.inspect(acceptor) as { standing: string; clusterId: number },
  );
  expect(standings.filter((each) => each.standing === 'active' && each.clusterId !== clusterId)).toEqual([]);
});
