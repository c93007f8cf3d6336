import type { Message } from '../src/index.js';
import { Group } from './group.js';

/** Twelve requests of 60 bytes, and their votes, are more than an acceptor may hold for proposers that are silent. */
const limits = { heldBytes: 1500 };

/** Two proposers, of which the other is silent until the acceptors hold too much; then it is back, and has caught up. */
function filled(whenTooMuch: (group: Group) => void): {
  readonly group: Group;
  readonly leader: string;
  readonly other: string;
} {
  const group = new Group({ proposers: ['p1', 'p2'], limits });
  group.run(1500);
  const leader = group.leader!;
  const other = leader === 'p1' ? 'p2' : 'p1';
  group.crash(other);
  for (let i = 1; i <= 12; i++) group.ask(leader, `x${i}`.padEnd(60, '.'), i);
  group.run(3); // votes are told, and with them how much is held
  whenTooMuch(group);
  group.run(400);
  group.start(other);
  group.run(2000);
  return { group, leader, other };
}

test.each([
  ['all acceptors live', () => undefined],
  ['an acceptor died when it held too much: its last word counts no more', (group: Group) => group.crash('a3')],
])('who pauses while little is held is waited for: %s', (_title, whenTooMuch) => {
  const { group, leader, other } = filled(whenTooMuch);
  group.crash(other);
  group.run(1000);
  group.ask(leader, 'acknowledged', 100);
  group.run(1000);
  const { chosenThrough, trimThrough } = group.inspect(leader) as { chosenThrough: number; trimThrough: number };
  expect(trimThrough).toBeLessThan(chosenThrough);
  group.start(other);
  group.crash(leader);
  group.run(5000);
  expect(group.inspect(other)).toMatchObject({ role: 'leader', chosenThrough });
});

const slot = (group: Group, address: string, word: string) => group.inspect(address)[word] as number;

test('proposers that live are waited for, however much acceptors hold', () => {
  const group = new Group({ limits });
  group.run(1500);
  const leader = group.leader!;
  const [slow, dead] = group.proposers.filter((address) => address !== leader);
  group.crash(dead!);
  group.run(1000);
  const before = slot(group, leader, 'chosenThrough');
  // It hears the leader's beat, and tells its progress, but no value reaches it.
  const teaches = (message: Message) =>
    message.kind === 'chosen' ||
    message.kind === 'snapshotOffer' ||
    (message.kind === 'accept' && message.batches.length > 0);
  group.passes = (_from, to, message) => to !== slow || !teaches(message);
  for (let i = 1; i <= 12; i++) group.ask(leader, `x${i}`.padEnd(60, '.'), i);
  group.run(2000);
  expect(group.leader).toBe(leader);
  expect(slot(group, leader, 'chosenThrough')).toBe(before + 12);
  expect(slot(group, leader, 'trimThrough')).toBe(before);
  group.crash(slow!); // who is silent is not waited for
  group.run(1500);
  expect(slot(group, leader, 'trimThrough')).toBe(before + 12);
});

test.each([2, 3])('what a silent proposer of %d has on disk is no copy when acceptors hold too much', (count) => {
  const group = new Group({ proposers: ['p1', 'p2', 'p3'].slice(0, count), limits });
  group.run(1500);
  const leader = group.leader!;
  const [writes, ...dead] = group.proposers.filter((address) => address !== leader);
  for (const address of dead) group.crash(address);
  group.run(1000);
  const before = slot(group, leader, 'chosenThrough');
  // The leader's disk hangs; the other one writes, says so, and falls silent.
  group.syncs = (of) => of !== leader;
  for (let i = 1; i <= 12; i++) group.ask(leader, `x${i}`.padEnd(60, '.'), i);
  group.run(200);
  expect(slot(group, writes!, 'durableThrough')).toBe(before + 12);
  group.crash(writes!);
  group.run(2000);
  expect(group.inspect(leader)).toMatchObject({ chosenThrough: before + 12, durableThrough: before });
  expect(slot(group, leader, 'trimThrough')).toBe(before);
  group.syncs = () => true;
  group.ask(leader, 'one more', 13);
  group.run(2000);
  expect(slot(group, leader, 'trimThrough')).toBe(before + 13);
});
