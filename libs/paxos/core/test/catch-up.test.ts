import { expect, test } from '@jest/globals';
import type { Chosen, Message } from '../src/index.js';
import { Group } from './group.js';

test('a proposer that is behind is taught in messages of bounded size, wherever the values come from', () => {
  const learnBytes = 500;
  // Next to nothing is kept at hand: what is older comes from the journal, however much of it was read.
  const group = new Group({ limits: { learnBytes, windowBytes: 40 } });
  group.run(1500);
  group.crash('p3');
  group.run(1000);
  const leader = group.leader!;
  for (let i = 1; i <= 100; i++) {
    group.ask(leader, `x${i}`, i);
    group.run(2);
  }
  group.run(500);
  const lessons: Chosen[] = [];
  group.passes = (_from: string, to: string, message: Message) => {
    if (to === 'p3' && message.kind === 'chosen' && message.batches.length > 0) lessons.push(message);
    return true;
  };
  group.start('p3');
  group.run(3000);
  expect(group.node('p3').service.executed).toEqual(group.node(group.leader!).service.executed);
  expect(lessons.length).toBeGreaterThan(10);
  for (const { batches } of lessons) {
    const bytes = batches.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(batches.length === 1 || bytes <= learnBytes).toBe(true);
  }
});
