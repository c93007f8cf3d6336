import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import { Group } from './group.js';

// Who waits for something for a long time asks less and less often, and no more when it has it.

const canvasses = (group: Group): number => group.events.filter(({ event }) => event.kind === 'canvassing').length;

test('without acceptors nobody asks them ever so often; when they are back the group has a leader soon', () => {
  const group = new Group();
  group.run(1500);
  expect(group.leader).toBeDefined();
  const before = canvasses(group);
  group.passes = (from, to) => !from.startsWith('a') && !to.startsWith('a');
  group.run(60_000);
  // Three of them, at first every 450 ms and then every five seconds, about: without back-off there were 400.
  expect(canvasses(group) - before).toBeLessThan(70);
  expect(canvasses(group) - before).toBeGreaterThan(20);
  group.passes = () => true;
  group.run(10_000);
  expect(group.leader).toBeDefined();
});

test('whoever asked once in vain asks again as soon as before', () => {
  const group = new Group();
  group.run(1500);
  const { leader } = group;
  const [low] = group.proposers.filter((proposer) => proposer !== leader);
  group.passes = (from, to) => !(from === leader && to === low);
  group.run(1000);
  const asked = group.events.filter(({ at, event }) => at === low && event.kind === 'canvassing').length;
  expect(asked).toBeGreaterThanOrEqual(2);
});

function joinsOf(group: Group, acceptor: string, ms: number): number {
  let joins = 0;
  group.passes = (from, to, { kind }: Message) => {
    if (from === acceptor && to === 'p1' && kind === 'join') joins++;
    return true;
  };
  group.run(ms);
  return joins;
}

test('an acceptor with a new disk asks to be counted until it is, and not afterwards', () => {
  const group = new Group();
  group.run(1500);
  group.crash('a2');
  group.start('a2', []);
  expect(joinsOf(group, 'a2', 3000)).toBeGreaterThan(0);
  expect(group.inspect(group.leader!)['acceptors']).toMatchObject({ version: 2 });
  expect(joinsOf(group, 'a2', 30_000)).toBe(0);
});

test('a spare goes on asking, seldom; no proposer takes its answers for a mistake', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  for (const proposer of group.proposers) {
    group.crash(proposer);
    group.start(proposer); // what joined is forgotten
  }
  const joins = joinsOf(group, 'a10', 60_000);
  expect(joins).toBeGreaterThan(20);
  expect(joins).toBeLessThan(45);
  expect(group.events.filter(({ event }) => event.kind === 'rejected')).toEqual([]);
});

test('an acceptor that was removed and is forgotten is heard, and may be added again', () => {
  const group = new Group({
    acceptors: ['a1', 'a2', 'a3', 'a10'],
    limits: { alpha: 2, snapshotAfterBytes: 100, trailingSlots: 0 },
  });
  group.run(3000);
  const change = (version: number, add: readonly string[], remove: readonly string[]): void => {
    group.reconfigure(group.leader!, { sequence: version, version, add, remove });
    group.run(2000);
  };
  change(1, ['a10'], []);
  change(2, [], ['a10']);
  for (let i = 1; i <= 20; i++) group.ask(group.leader!, `x${i}`, i);
  group.run(2000);
  for (const proposer of group.proposers) {
    group.crash(proposer);
    group.start(proposer);
  }
  group.run(3000);
  change(3, ['a10'], []);
  expect(group.inspect(group.leader!)['acceptors']).toMatchObject({ version: 4 });
});
