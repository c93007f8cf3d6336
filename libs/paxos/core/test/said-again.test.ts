import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import type { Group } from './group.js';
import { answer, decide, filled } from './register-calls.js';

/** a1 is full, and a2, which is gone; a3, which does not have k1, has room for one more. */
function nearlyFull(): Group {
  const group = filled((_from, to, { kind }) => to !== 'a3' || !kind.startsWith('register'));
  group.crash('a2');
  return group;
}

/** Loses the first message of a kind to this acceptor. */
function losesFirst(group: Group, acceptor: string, isMeant: (message: Message) => boolean): void {
  let lost = false;
  group.passes = (_from, to, message) => {
    if (lost || to !== acceptor || !isMeant(message)) return true;
    lost = true;
    return false;
  };
}

const rounds = (group: Group): number => group.events.filter(({ event }) => event.kind === 'registerPreparing').length;

test('what one has accepted and another has no room for is not said again, but found accepted by the next round', () => {
  const group = nearlyFull();
  decide(group, 'p2', 'm', 'M', 4);
  group.run(1000);
  expect(answer(group, 4)).toBe('M');
});

test('what was accepted before is said to be so again: who is full finds room for it', () => {
  const calm = nearlyFull();
  decide(calm, 'p2', 'm', 'M', 4);
  calm.run(2000);
  const group = nearlyFull();
  losesFirst(group, 'a1', (message) => message.kind === 'registerAccept' && message.adopted);
  decide(group, 'p2', 'm', 'M', 4);
  group.run(2000);
  expect([answer(group, 4), rounds(group)]).toEqual(['M', rounds(calm)]);
});

test('who is full is asked again as insistently', () => {
  const group = nearlyFull();
  decide(group, 'p2', 'm', 'M', 4);
  group.run(1000);
  losesFirst(group, 'a3', (message) => message.kind === 'registerPrepare' && message.insists);
  decide(group, 'p1', 'k1', 'other', 5);
  group.run(2000);
  expect(answer(group, 5)).toBe('V1');
});
