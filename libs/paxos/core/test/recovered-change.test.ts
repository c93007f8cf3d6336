import { expect, test } from '@jest/globals';
import { Group } from './group.js';

test('a change that the journal tells is in force alpha slots later, as when it was chosen', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const [restarted, third] = group.proposers.filter((address) => address !== leader);
  group.crash(third!);
  const told = group.inspect(leader);
  const slot = (told['chosenThrough'] as number) + 1;
  // What comes after the change reaches a1 and a2 only; one proposer hears that the change is chosen, and no more.
  group.passes = (from, to, message) => {
    if (message.kind !== 'accept' || from !== leader || ['a1', 'a2'].includes(to)) return true;
    return message.batches.every(({ first }) => first <= slot) && (to !== restarted || message.chosenThrough <= slot);
  };
  group.reconfigure(leader, { sequence: 3, version: 1, add: ['a10'], remove: ['a1'] });
  group.run(4);
  const { ballot, clusterId } = group.inspect(leader) as { ballot: number; clusterId: number };
  const word = { kind: 'accept', ballot, chosenThrough: slot, trimThrough: 0, round: 0, clusterId, batches: [] };
  group.tell(leader, restarted!, word as never); // of the beat that is lost
  group.run(120);
  expect(group.inspect(restarted!)['chosenThrough']).toBe(slot);
  expect(group.inspect(leader)['chosenThrough']).toBeGreaterThan(slot);
  for (const address of [leader, 'a1', 'a2', restarted!]) group.crash(address);
  group.run(100);
  group.passes = () => true;
  group.start(restarted!);
  group.run(5000);
  group.ask(restarted!, 'y', 77);
  group.run(1000);
  // With a3 and a10 alone, acceptors of the slots of the change, it must not write in those before.
  expect(group.replies.filter(({ sequence, answer }) => sequence === 77 && answer.kind === 'results')).toEqual([]);
});
