import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import { Group } from './group.js';

const slot = (group: Group, address: string, word: string) => group.inspect(address)[word] as number;

test('what an acceptor held that is dead by now is no reason to trim what one disk only has', () => {
  const group = new Group({ proposers: ['p1', 'p2'], limits: { heldBytes: 600 } });
  group.run(1500);
  const leader = group.leader!;
  const other = leader === 'p1' ? 'p2' : 'p1';
  group.crash(other);
  for (let i = 1; i <= 12; i++) group.ask(leader, `x${i}`.padEnd(60, '.'), i);
  group.run(3); // votes are told, and with them that more than 600 bytes are held
  group.crash('a3');
  group.run(400);
  group.start(other);
  group.run(2000);
  expect(slot(group, leader, 'trimThrough')).toBe(slot(group, leader, 'chosenThrough'));
  group.crash(other); // for two seconds, in which hardly anything is held
  group.run(1000);
  group.ask(leader, 'acknowledged', 100);
  group.run(1000);
  expect(group.replies.some(({ sequence, answer }) => sequence === 100 && answer.kind === 'results')).toBe(true);
  expect(slot(group, leader, 'trimThrough')).toBeLessThan(slot(group, leader, 'chosenThrough'));
  group.start(other);
  group.crash(leader); // and its disk is lost: one acceptor and one proposer are gone, no more than may be
  group.run(5000);
  expect(group.leader).toBe(other);
  expect(group.node(other).service.executed.at(-1)).toMatch(/acknowledged/);
});

test('proposers that live are waited for, however much acceptors hold', () => {
  const group = new Group({ limits: { heldBytes: 600 } });
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
