import { expect, test } from '@jest/globals';
import { roundOfBallot } from '../src/index.js';
import { Group } from './group.js';

const roundOf = (group: Group, proposer: string) => roundOfBallot(Number(group.inspect(proposer)['ballot']));

test('of a group that starts for the first time nobody draws a round, whoever leads first', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10', 'a11'] });
  // What p2 and p3 ask when an election timeout is over is too late: p1 leads by then.
  let foundedAt = Infinity;
  group.passes = (from, _to, message) => {
    if (message.kind === 'activate') foundedAt = group.now;
    if (message.kind !== 'canvass' || from === 'p1' || group.leader !== undefined) return true;
    return group.now >= foundedAt && group.now < foundedAt + 5;
  };
  group.run(3000);
  expect(group.leader).toBe('p1');
  group.passes = () => true;
  group.crash('p1');
  group.run(3000);
  expect(group.leader).toBeDefined();
  expect(roundOf(group, group.leader!)).toBeLessThan(1000);
});

test('a proposer that lost its disk draws one, though it hears the group being founded no more', () => {
  const group = new Group();
  group.run(1500);
  const first = group.leader!;
  group.ask(first, 'x', 1);
  group.run(500);
  group.crash(first);
  group.start(first, []);
  group.tell('a1', first, { kind: 'activate', clusterId: Number(group.inspect('a1')['clusterId']) });
  group.run(1000);
  for (const other of group.proposers) if (other !== first) group.crash(other);
  group.run(6000);
  expect(group.leader).toBe(first);
  expect(roundOf(group, first)).toBeGreaterThan(1000);
});
