import { expect, test } from '@jest/globals';
import { Group } from './group.js';

// When acceptors that were replaced may go, and what is lost with them when they go sooner.

function change(group: Group, version: number, add: string, remove: string): void {
  group.reconfigure(group.leader!, { sequence: version, version, add: [add], remove: [remove] });
  group.run(3000);
}

const executed = (group: Group, address: string) => group.node(address).service.executed.map((line) => line.split(' ').at(-1)); // prettier-ignore
const settled = (group: Group) => group.inspect(group.leader!)['settledVersion'];
const lastAnswer = (group: Group) => group.replies.at(-1)!.answer;

test('acceptors change again when proposers have on disk what those before have chosen; then those may go', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10', 'a11'] });
  group.run(3000);
  const first = group.leader!;
  const others = group.proposers.filter((proposer) => proposer !== first);
  for (const other of others) group.crash(other);
  for (let i = 1; i <= 3; i++) group.ask(first, `x${i}`, i);
  group.run(500);
  change(group, 1, 'a10', 'a1');
  expect(lastAnswer(group)).toMatchObject({ kind: 'reconfigured', set: { version: 2 } });
  expect(group.inspect(first)).toMatchObject({ acceptors: { version: 2 }, registersVersion: 2, settledVersion: 1 });
  change(group, 2, 'a11', 'a2');
  const detail = expect.stringContaining(
    `must be on the disks of 2 proposers first; ${others.join(', ')} have not told`,
  );
  expect(lastAnswer(group)).toMatchObject({ kind: 'refused', reason: 'unavailable', detail });
  for (const other of others) group.start(other);
  group.run(3000);
  expect(settled(group)).toBe(2);
  group.crash('a1');
  change(group, 2, 'a11', 'a2');
  expect(lastAnswer(group)).toMatchObject({ kind: 'reconfigured', set: { version: 3 } });
  expect(settled(group)).toBe(3);
  group.crash('a2');
  group.crash(first); // with its disk
  group.run(10_000);
  expect(others).toContain(group.leader);
  for (const other of others) expect(executed(group, other)).toEqual(['x1', 'x2', 'x3']);
});

test('a new leader knows by what acceptors have trimmed that those before may go', () => {
  const group = new Group({ proposers: ['p1', 'p2'], acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const first = group.leader!;
  group.ask(first, 'x1', 1);
  change(group, 1, 'a10', 'a1');
  expect(settled(group)).toBe(2);
  group.crash(first);
  group.run(3000);
  expect(group.leader).not.toBe(first);
  expect(settled(group)).toBe(2);
  change(group, 2, 'a1', 'a2');
  expect(lastAnswer(group)).toMatchObject({ kind: 'reconfigured', set: { version: 3 } });
});
