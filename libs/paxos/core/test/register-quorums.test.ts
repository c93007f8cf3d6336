import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import { Group, bytes, text } from './group.js';

function decide(group: Group, to: string, key: string, value: string | undefined, sequence: number): void {
  const wished = value === undefined ? undefined : bytes(value);
  group.tell(`user-${to}`, to, { kind: 'decide', client: 'c', sequence, key, value: wished });
}

/** What was answered: which request has which value. */
function decided(group: Group): unknown[] {
  return group.replies.flatMap(({ sequence, answer }) =>
    answer.kind === 'decided' ? [[sequence, answer.value && text(answer.value)]] : [],
  );
}

test('that nothing is chosen is said when those that told meet every phase-2 quorum, too', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a4'], phase1: 3, phase2: 2 });
  group.run(3000);
  const [one, other] = group.proposers;
  group.passes = (_from, to, { kind }: Message) => !(kind === 'registerAccept' && ['a3', 'a4'].includes(to));
  decide(group, one!, 'k', 'V', 1);
  group.run(500);
  expect(decided(group)).toEqual([[1, 'V']]);
  group.passes = (from, _to, { kind }: Message) => !(kind === 'registerTold' && ['a1', 'a2'].includes(from));
  decide(group, other!, 'k', undefined, 2);
  group.run(300);
  expect(decided(group)).not.toContainEqual([2, undefined]);
});

test('registers have moved when a phase-2 quorum has stored them, not before', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const [low, third] = group.proposers.filter((address) => address !== leader);
  // k = V is chosen by a1 and a2
  group.passes = (from, to, { kind }: Message) => !(kind.startsWith('register') && (from === 'a3' || to === 'a3'));
  decide(group, low!, 'k', 'V', 1);
  group.run(500);
  expect(decided(group)).toEqual([[1, 'V']]);
  // a1 goes, a10 comes; only a2 is brought the registers
  group.passes = (_from, to, { kind }: Message) => !(kind === 'storeRegisters' && to !== 'a2');
  group.reconfigure(leader, { sequence: 3, version: 1, add: ['a10'], remove: ['a1'] });
  group.run(3000);
  group.crash('a2');
  group.crash(leader);
  group.passes = () => true;
  group.run(6100);
  decide(group, third!, 'k', 'W', 4);
  group.run(3000);
  expect(decided(group)).not.toContainEqual([4, 'W']);
});
