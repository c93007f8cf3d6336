import { expect, test } from '@jest/globals';
import { EntryBatch } from '@synod/log';
import { ballot } from '../src/index.js';
import { Group } from './group.js';

const executed = (group: Group, address: string) => group.node(address).service.executed;

test('a group is founded, elects a leader, and executes what clients ask everywhere in one order', () => {
  const group = new Group();
  group.run(1500);
  const leader = group.leader!;
  expect(leader).toBeDefined();
  for (let i = 1; i <= 20; i++) group.ask(leader, `x${i}`, i);
  group.run(500);
  expect(group.replies.filter(({ answer }) => answer.kind === 'results').length).toBe(20);
  for (const proposer of group.proposers) expect(executed(group, proposer)).toEqual(executed(group, leader));
  expect(executed(group, leader).length).toBe(20);
});

test('another proposer takes over when the leader is gone, with everything that was chosen', () => {
  const group = new Group();
  group.run(1500);
  const first = group.leader!;
  for (let i = 1; i <= 5; i++) group.ask(first, `x${i}`, i);
  group.run(3);
  group.crash(first);
  group.run(3000);
  const second = group.leader!;
  expect(second).not.toBe(first);
  group.ask(second, 'y', 1);
  group.run(500);
  expect(executed(group, second).map((line) => line.split(' ')[2])).toEqual(['x1', 'x2', 'x3', 'x4', 'x5', 'y']);
  group.start(first);
  group.run(1000);
  expect(executed(group, first)).toEqual(executed(group, second));
});

test('an acceptor that lost its disk takes part again, as another one', () => {
  const group = new Group();
  group.run(1500);
  group.crash('a2');
  group.start('a2', []);
  group.run(3000);
  const { leader } = group;
  expect(group.inspect(leader!)['acceptors']).toMatchObject({ version: 2 });
  group.crash('a1');
  group.ask(leader!, 'x', 1);
  group.run(1000);
  expect(executed(group, leader!)).toHaveLength(1);
});

test('messages of all kinds may be lost', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const group = new Group({ seed });
    let n = seed;
    group.passes = () => (n = (n * 48271) % 2147483647) % 10 >= 3;
    group.run(3000);
    for (let i = 1; i <= 60; i++) {
      if (group.leader) group.ask(group.leader, `x${i}`, i);
      if (i % 20 === 0 && group.leader) {
        const victim = group.leader;
        group.crash(victim);
        group.run(200);
        group.start(victim);
      }
      group.run(100);
    }
    group.passes = () => true;
    group.run(5000);
    const longest = executed(group, group.leader!);
    expect(longest.length).toBeGreaterThan(10);
    for (const proposer of group.proposers) expect(executed(group, proposer)).toEqual(longest);
  }
});

test('a ballot is one proposer’s: nobody else prepares it, or proposes in it', () => {
  const group = new Group();
  group.run(1500);
  const of = ballot(9, group.proposers.indexOf('p3'));
  const value = new EntryBatch(of, 1, [{ kind: 'noOp' }], 16);
  const clusterId = group.inspect('p1')['clusterId'] as number;
  const proposal = {
    kind: 'accept',
    ballot: of,
    chosenThrough: 0,
    trimThrough: 0,
    round: 0,
    clusterId,
    batches: [value],
  } as const;
  group.tell('p2', 'a1', { kind: 'prepare', ballot: of, from: 1, clusterId });
  group.tell('p2', 'a1', proposal);
  group.tell('p2', 'p1', proposal);
  group.run(10);
  const refused = group.events.flatMap(({ at, event }) => (event.kind === 'rejected' ? [`${at} ${event.reason}`] : []));
  expect(refused).toEqual(['a1 ballotOfAnother', 'a1 ballotOfAnother', 'p1 ballotOfAnother']);
  group.tell('p3', 'a1', { kind: 'prepare', ballot: of, from: 1, clusterId });
  group.run(10);
  expect(group.inspect('a1')).toMatchObject({ promised: of });
});
