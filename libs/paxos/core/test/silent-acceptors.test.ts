import { expect, test } from '@jest/globals';
import type { AcceptorSet } from '../src/index.js';
import { Group, bytes } from './group.js';

const acceptors = ['a1', 'a2', 'a3', 'a10'];

const answers = (group: Group) => group.replies.map(({ answer }) => answer);
const unheard = (detail: string) => ({ kind: 'refused', reason: 'unavailable', detail });

test('an acceptor that stands still is not added', () => {
  const group = new Group({ acceptors });
  group.run(3000);
  group.crash('a10');
  group.run(1000);
  group.reconfigure(group.leader!, { version: 1, sequence: 3, add: ['a10'], remove: [] });
  group.run(1000);
  expect(answers(group)).toMatchObject([unheard('a10 is silent: start it first')]);
  group.start('a10');
  group.run(1000);
  group.reconfigure(group.leader!, { version: 1, sequence: 4, add: ['a10'], remove: [] });
  group.run(1000);
  expect(group.replies.at(-1)!.answer.kind).toBe('reconfigured');
});

test('nor one that has only said to a leader before this one that it joins', () => {
  const group = new Group({ acceptors });
  group.run(3000);
  const first = group.leader!;
  group.crash('a10');
  group.crash(first);
  group.run(3000);
  const second = group.leader!;
  expect(second).not.toBe(first);
  expect(group.inspect(second)['joining']).toHaveProperty('a10');
  group.reconfigure(second, { version: 1, sequence: 3, add: ['a10'], remove: [] });
  group.run(1000);
  expect(answers(group)).toMatchObject([unheard('a10 has not been heard: start it first')]);
});

test('by force one that is silent is added, as the disk that it was', () => {
  const group = new Group({ acceptors });
  group.run(3000);
  const { disk } = group.inspect('a10');
  group.crash('a10');
  group.run(1000);
  const add = (sequence: number, address: string): void =>
    group.reconfigure(group.leader!, { version: 1, sequence, add: [address], remove: [], force: true });
  add(3, 'a11');
  group.run(1000);
  expect(answers(group)).toMatchObject([unheard('a11 has not been heard: start it first')]); // nobody knows its disk
  add(4, 'a10');
  group.run(1000);
  const answer = group.replies.at(-1)!.answer as { readonly set: AcceptorSet };
  expect(answer.set.acceptors).toContainEqual({ address: 'a10', disk });
});

test('registers are not sent again and again to an acceptor that is silent', () => {
  const group = new Group({ acceptors });
  group.run(3000);
  group.tell('user', group.leader!, { kind: 'decide', client: 'c', sequence: 1, key: 'k', value: bytes('V') });
  group.run(500);
  let sent = 0;
  group.passes = (_from, to, { kind }) => {
    if (kind === 'storeRegisters' && to === 'a3') sent++;
    return true;
  };
  group.crash('a3');
  group.run(1000);
  group.reconfigure(group.leader!, { version: 1, sequence: 3, add: ['a10'], remove: ['a1'] });
  group.run(3000);
  expect(sent).toBeLessThanOrEqual(1); // when the move begins
  group.start('a3');
  group.run(2000);
  expect(group.inspect('a3')['registersEpoch']).toBe(2);
});

test('nor to one that a leader has never heard', () => {
  const group = new Group({ acceptors });
  group.run(3000);
  const first = group.leader!;
  group.crash('a3');
  group.crash(first);
  group.run(3000);
  const second = group.leader!;
  expect(second).not.toBe(first);
  let sent = 0;
  group.passes = (_from, to, { kind }) => {
    if (to === 'a3' && kind === 'storeRegisters') sent++;
    return true;
  };
  group.reconfigure(second, { version: 1, sequence: 3, add: ['a10'], remove: ['a1'] });
  group.run(3000);
  expect(group.inspect('a10')['registersEpoch']).toBe(2);
  expect(sent).toBeLessThanOrEqual(1);
});
