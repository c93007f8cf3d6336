import { expect, test } from '@jest/globals';
import type { Address } from '@synod/actor';
import type { Message } from '../src/index.js';
import { Group } from './group.js';
import { answer, decide, filled } from './register-calls.js';

// Who only asks what a register holds, beside others who ask, or want it.

const asks = (group: Group, user: string, sequence: number): void =>
  group.tell(user, 'p1', { kind: 'decide', client: user, sequence, key: 'empty', value: undefined });

const saidTo = (group: Group, asked: number) => group.replies.filter(({ sequence }) => sequence === asked);

test('who asks is not refused with a wish that finds no room: nothing is there', () => {
  const group = filled(() => true);
  decide(group, 'p2', 'new', 'W', 10);
  decide(group, 'p2', 'new', undefined, 11);
  group.run(2000);
  expect(answer(group, 10)).toBe('tooLarge');
  expect(saidTo(group, 11).map((reply) => reply.answer)).toMatchObject([{ kind: 'decided', value: undefined }]);
});

test('many who ask for one that is empty share two questions, and hold nobody up', () => {
  const group = new Group();
  group.run(1500);
  group.delayMs = (of) => (of.startsWith('a') ? 20 : 1);
  let asked = 0;
  group.passes = (_from, to, { kind }) => {
    if (kind === 'registerAsk' && to === 'a1') asked++;
    return true;
  };
  for (let i = 0; i < 128; i++) asks(group, 'greedy', 1000 + i);
  asks(group, 'other', 1);
  group.run(100);
  expect(saidTo(group, 1).map((reply) => reply.answer)).toMatchObject([{ kind: 'decided', value: undefined }]);
  expect(asked).toBe(2);
});

test('a question that is answered after its register was decided here needs no round', () => {
  const group = new Group();
  group.run(1500);
  const held: (readonly [Address, Address, Message])[] = [];
  group.passes = (from, to, message) => {
    if (message.kind === 'registerAsk') held.push([from, to, message]);
    return message.kind !== 'registerAsk';
  };
  decide(group, 'p1', 'k', undefined, 1);
  group.run(1);
  decide(group, 'p1', 'k', 'v', 2);
  group.run(20);
  expect(answer(group, 2)).toBe('v');
  for (const [from, to, message] of held) group.tell(from, to, message);
  group.run(30);
  expect(answer(group, 1)).toBe('v');
  expect(group.events.filter(({ event }) => event.kind === 'registerPreparing')).toHaveLength(1);
});
