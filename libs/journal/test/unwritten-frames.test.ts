import { entries, textOf, World } from './journal-world.js';

test('what is not written yet is read from memory, however little may be kept there', () => {
  const world = World.open(undefined, { recentBytes: 1, segmentBytes: 65_536 });
  for (const [i, letter] of ['a', 'b', 'c'].entries()) world.append(i + 1, entries(i + 1, 1, letter.repeat(100)));
  const toSync = (waiting: readonly string[]): number => waiting.findIndex((it) => it.startsWith('sync'));
  world.disk.pump(1, toSync);
  expect(world.durable).toEqual([1]);
  // The turn is not over: this one is not flushed.
  world.journal.append(4, entries(4, 1, 'd'));
  world.disk.pump(1, toSync);
  let read: readonly string[] | undefined;
  world.journal.read(4, 4, Infinity, (frames) => (read = frames.map(textOf)));
  world.disk.pump();
  expect([read, world.failures.map(({ message }) => message)]).toEqual([['4+1 d'], []]);
});
