import { expect, test } from '@jest/globals';
import type { Event } from '../src/index.js';
import { Group } from './group.js';

// Why a proposer stands for leader, and what it gets from others: its events say so.

const saw = <K extends Event['kind']>(group: Group, at: string, kind: K): readonly Extract<Event, { kind: K }>[] =>
  group.events.flatMap((each) =>
    each.at === at && each.event.kind === kind ? [each.event as Extract<Event, { kind: K }>] : [],
  );
const reasons = (group: Group, at: string): readonly string[] => saw(group, at, 'canvassing').map(({ why }) => why);
const prepared = (group: Group, at: string): string | undefined => saw(group, at, 'preparing').at(-1)?.why;

/** A group that has a leader, and the two others. */
function led(group: Group): readonly [string, string, string] {
  group.run(1500);
  const leader = group.leader!;
  const [second, third] = group.proposers.filter((proposer) => proposer !== leader);
  group.events.length = 0;
  return [leader, second!, third!];
}

test('no leader was heard since it started; the one that it followed is silent', () => {
  const group = new Group();
  group.run(1500);
  expect(prepared(group, group.leader!)).toBe('started');
  const [leader, ...others] = led(group);
  group.crash(leader);
  group.run(3000);
  for (const other of others) if (reasons(group, other).length > 0) expect(reasons(group, other)[0]).toBe('leaderSilent'); // prettier-ignore
  expect(saw(group, group.leader!, 'preparing')[0]!.why).toMatch(/^(leaderSilent|notPromised)$/);
});

test('no quorum would promise the attempt before', () => {
  const group = new Group();
  const [leader, second] = led(group);
  group.passes = (from, to) => !(from === leader && to === second);
  group.run(1500);
  expect(reasons(group, second).slice(0, 2)).toEqual(['leaderSilent', 'notPromised']);
});

test('it led, and no quorum answered', () => {
  const group = new Group();
  const [leader] = led(group);
  group.passes = (from, to) => from !== leader && to !== leader;
  group.run(1500);
  expect(reasons(group, leader)[0]).toBe('lostQuorum');
});

test('the leader hands over to it', () => {
  const group = new Group();
  const [leader] = led(group);
  group.node(leader).actor.step({ kind: 'stopping', at: group.now }).forEach((effect) => {
    if (effect.kind === 'send') group.tell(leader, effect.to, effect.message);
  }); // prettier-ignore
  group.run(1000);
  expect(saw(group, group.leader!, 'preparing').map(({ why }) => why)).toContain('handover');
});

test('a higher ballot came between, and nobody leads in it', () => {
  const group = new Group();
  const [leader, second, third] = led(group);
  group.crash(second);
  group.crash(third);
  // A prepare of a proposer that is gone: acceptors promise it, and tell the leader when it proposes.
  const promised = 64 * 40 + group.proposers.indexOf(second);
  const { clusterId } = group.inspect(leader) as { clusterId: number };
  for (const acceptor of group.acceptors) group.tell(second, acceptor, { kind: 'prepare', ballot: promised, from: 1, clusterId }); // prettier-ignore
  group.ask(leader, 'x', 1);
  group.run(3000);
  expect(saw(group, leader, 'becameFollower').map(({ why }) => why)).toContain('preempted');
  expect(reasons(group, leader)[0]).toBe('preempted');
});

test.each([
  ['missedValues', false],
  ['emptyDisk', true],
] as const)('who lacks what was chosen says from whom it gets how much, and when it has it (%s)', (why, isLost) => {
  const group = new Group();
  led(group);
  group.ask(group.leader!, 'before', 1);
  group.run(500);
  const [behind] = group.proposers.filter((proposer) => proposer !== group.leader);
  group.crash(behind!);
  for (let i = 2; i <= 60; i++) {
    group.ask(group.leader!, `x${i}`, i);
    group.run(5);
  }
  group.events.length = 0;
  if (isLost) group.start(behind!, []);
  else group.start(behind!);
  group.run(2000);
  const known = group.inspect(group.leader!)['chosenThrough'] as number;
  const [first] = saw(group, behind!, 'catchingUp');
  expect(first).toMatchObject({ from: group.leader, why });
  expect(first!.through).toBeGreaterThan(50);
  expect(first!.slot).toBe(isLost ? 1 : first!.slot);
  const [reached, ...again] = saw(group, behind!, 'caughtUp');
  expect(again).toEqual([]);
  expect(reached!.slot).toBeGreaterThanOrEqual(first!.through);
  expect(reached!.slot).toBeLessThanOrEqual(known);
});
