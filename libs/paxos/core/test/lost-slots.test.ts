import { expect, test } from '@jest/globals';
import { Group, text } from './group.js';

test('a slot lost to another command of the same client answers only that one', () => {
  const group = new Group();
  group.run(1500);
  const first = group.leader!;
  group.passes = (from) => from !== first;
  group.run(140);
  group.ask(first, 'x', 1);
  const leads = (address: string) => address !== first && group.inspect(address)['role'] === 'leader';
  for (let i = 0; i < 2000 && !group.proposers.some(leads); i++) group.run(1);
  const second = group.proposers.find(leads)!;
  group.ask(second, 'y', 2);
  group.run(5);
  group.passes = () => true;
  group.run(1500);
  const answers = group.replies.map(({ sequence, answer }) => [
    sequence,
    answer.kind === 'results' ? text(answer.results) : answer.kind === 'refused' && answer.reason,
  ]);
  expect(answers).toContainEqual([1, 'lost']);
  expect(answers).toContainEqual([2, 'done y']);
  expect(answers).not.toContainEqual([1, 'done y']);
});
