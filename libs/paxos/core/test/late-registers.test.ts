import { Group, bytes } from './group.js';

test('whom a move of registers did not reach, because it was away, is brought them by the next leader', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const first = group.leader!;
  group.tell('user', first, { kind: 'decide', client: 'c', sequence: 1, key: 'k', value: bytes('V') });
  group.run(500);
  group.crash('a3');
  group.reconfigure(first, { version: 1, sequence: 3, add: ['a10'], remove: ['a1'] });
  group.run(3000);
  expect(group.inspect(first)['registersVersion']).toBe(2);
  group.crash(first);
  group.run(2000);
  group.start('a3');
  group.run(3000);
  expect(group.inspect('a3')['registersEpoch']).toBe(2);
  // One of three: the others are needed, both.
  group.crash('a2');
  group.tell('user', group.leader!, { kind: 'decide', client: 'c', sequence: 4, key: 'k', value: bytes('W') });
  group.run(10_000);
  expect(group.replies.at(-1)!.answer).toMatchObject({ kind: 'decided', value: bytes('V') });
});
