import { expect, test } from '@jest/globals';
import { Group, bytes } from './group.js';

const acceptors = ['a1', 'a2', 'a3', 'a10'];
const wanted = { kind: 'reconfigure', client: 'm', version: 1, phase1: undefined, phase2: undefined } as const;

test('an acceptor that stands still is not added', () => {
  const group = new Group({ acceptors });
  group.run(3000);
  group.crash('a10');
  group.run(1000);
  group.tell('user-m', group.leader!, { ...wanted, sequence: 3, add: ['a10'], remove: [] });
  group.run(1000);
  const detail = 'a10 has not been heard: start it first';
  expect(group.replies.map(({ answer }) => answer)).toMatchObject([{ kind: 'refused', reason: 'malformed', detail }]);
  group.start('a10');
  group.run(1000);
  group.tell('user-m', group.leader!, { ...wanted, sequence: 4, add: ['a10'], remove: [] });
  group.run(1000);
  expect(group.replies.at(-1)!.answer.kind).toBe('reconfigured');
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
  group.tell('user-m', group.leader!, { ...wanted, sequence: 3, add: ['a10'], remove: ['a1'] });
  group.run(3000);
  expect(sent).toBeLessThanOrEqual(1); // when the move begins
  group.start('a3');
  group.run(2000);
  expect(group.inspect('a3')['registersEpoch']).toBe(2);
});
