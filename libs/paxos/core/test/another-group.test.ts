import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import { Group, bytes } from './group.js';

/** A group whose leader has had something chosen; all but `left` have lost their disks, and the acceptors have founded another one. */
function foundedAnew(held: Message[] = []) {
  const group = new Group();
  group.run(1500);
  const leader = group.leader!;
  const [other, left] = group.proposers.filter((proposer) => proposer !== leader) as [string, string];
  for (let i = 1; i <= 5; i++) group.ask(leader, `OLD${i}`, i);
  group.tell('user', left, { kind: 'decide', client: 'c', sequence: 1, key: 'k', value: bytes('old') });
  group.run(500);
  group.passes = (from, to, message) => {
    if (to === left) held.push(message);
    return from !== left && to !== left;
  };
  const wiped = [...group.acceptors, leader, other];
  group.crash(leader);
  group.crash(other);
  group.start(other, []);
  group.run(4000); // it asks for what it misses
  for (const address of wiped) group.crash(address);
  for (const address of wiped) group.start(address, []);
  group.run(300);
  return { group, left, other, wiped };
}

const executed = (group: Group, address: string) => group.node(address).service.executed;
const rejections = (group: Group, at: string) =>
  group.events.filter(
    ({ at: by, event }) => by === at && event.kind === 'rejected' && event.reason === 'ofAnotherCluster',
  );

test('what a proposer of the group before answers late is not learned', () => {
  const held: Message[] = [];
  const { group, left, other } = foundedAnew(held);
  const question = held.find(({ kind }) => kind === 'learn')!;
  expect(group.inspect(left)['clusterId']).not.toBe(group.inspect(other)['clusterId']);
  group.passes = () => true;
  group.tell(other, left, question); // it wakes up, and answers what it was asked by a former life
  group.run(3000);
  group.ask(group.leader!, 'NEW', 1);
  group.run(1000);
  expect(rejections(group, other).length).toBeGreaterThan(0);
  expect(executed(group, other).map((line) => line.replace(/^\d+ /, ''))).toEqual(['user NEW']);
});

test('a proposer whose acceptors are of another group serves nobody, and says why', () => {
  const { group, left, wiped } = foundedAnew();
  group.passes = () => true;
  group.run(3000);
  expect(group.inspect(left)['standing']).toBe('outlived');
  group.replies.length = 0;
  group.tell('user', left, { kind: 'decide', client: 'c', sequence: 2, key: 'k', value: undefined });
  group.tell('user', left, {
    kind: 'read',
    client: 'c',
    sequence: 3,
    level: 'stale',
    maxAgeMs: 0,
    queries: bytes('?'),
  });
  group.ask(left, 'x', 4);
  group.run(100);
  expect(group.replies.map(({ answer }) => answer.kind === 'refused' && answer.reason)).toEqual(
    Array(3).fill('unavailable'),
  );
  // An acceptor that loses its disk is not told of its group.
  group.crash('a3');
  group.start('a3', []);
  group.run(3000);
  expect(group.inspect('a3')['clusterId']).toBe(group.inspect(wiped[0]!)['clusterId']);
});
