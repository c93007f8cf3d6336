import { expect, test } from '@jest/globals';
import { ballot } from '../src/index.js';
import { RegisterTable } from '../src/acceptor/register-table.js';
import { Group, bytes } from './group.js';
import { answer, decide } from './register-calls.js';

test.each(['registerPromised', 'registerAccepted'] as const)(
  'a %s of an acceptor that has another disk now is none of the set’s',
  (kind) => {
    const group = new Group();
    group.run(1500);
    group.passes = (from, to, message) => {
      if (message.kind !== kind || from === 'a1' || message.disk === 99) return true;
      group.tell(from, to, { ...message, disk: 99 });
      return false;
    };
    decide(group, 'p1', 'k', 'v', 1);
    group.run(3000);
    expect(answer(group, 1)).toBeUndefined();
    group.passes = () => true;
    group.run(3000);
    expect(answer(group, 1)).toBe('v');
  },
);

test('a page of registers goes on behind the last key of the one before, in whatever order they came', () => {
  const table = new RegisterTable(100);
  const keys = ['m', 'a', 'z', 'B', 'aa'];
  for (const key of keys) table.put({ key, promised: ballot(1, 0), accepted: ballot(1, 0), value: bytes('v') });
  const told: string[] = [];
  for (let isLast = false; !isLast; ) {
    const page = table.after(told.at(-1) ?? '', 40);
    told.push(...page.registers.map(({ key }) => key));
    ({ isLast } = page);
  }
  expect(told).toEqual(['B', 'a', 'aa', 'm', 'z']);
});
