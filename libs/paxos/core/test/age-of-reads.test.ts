import { Group, bytes } from './group.js';

// The age of a stale read is what a quorum of the next slot's acceptors vouches for, and nobody else.

test('a leader that is cut off with a spare and one acceptor of three knows no age', () => {
  // a10 is no acceptor of the group: it has no disk by which it counts.
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const side = [leader, 'a1', 'a10', 'user'];
  group.passes = (from, to) => side.includes(from) === side.includes(to);
  group.run(250);
  const read = { kind: 'read', client: 'c', sequence: 10, level: 'stale', maxAgeMs: 150, queries: bytes('q') } as const;
  group.tell('user', leader, read);
  group.run(5);
  expect(group.inspect(leader)['role']).toBe('leader');
  const { answer } = group.replies.find(({ sequence }) => sequence === 10)!;
  expect(answer).toMatchObject({ kind: 'refused', reason: 'noQuorum' });
});
