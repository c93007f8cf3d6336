import { expect, test } from '@jest/globals';
import { Group } from './group.js';
import { answer, decide } from './register-calls.js';

/** How late the words of acceptors are, which rest on their disks. */
const slow = 250;

function slowGroup(seed: number): Group {
  const group = new Group({ seed });
  group.run(1500);
  group.delayMs = (of) => (of.startsWith('a') ? slow : 1);
  return group;
}

test('on slow disks a register that only one wants takes two phases of them, and no promise twice', () => {
  const group = slowGroup(1);
  decide(group, 'p1', 'k', 'v', 1);
  group.run(2 * slow + 20);
  expect(answer(group, 1)).toBe('v');
  const preparing = group.events.filter(({ event }) => event.kind === 'registerPreparing');
  expect(preparing).toHaveLength(1);
  expect(group.node('a1').records.filter(({ kind }) => kind === 'registerVote')).toHaveLength(2);
});

test('one that all proposers are asked for, since it takes long, is decided all the same, for each of them', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const group = slowGroup(seed);
    for (const [i, proposer] of group.proposers.entries()) {
      decide(group, proposer, 'k', `v${i}`, i + 1);
      group.run(250);
    }
    group.run(5000);
    const values = [1, 2, 3].map((sequence) => answer(group, sequence));
    expect([seed, new Set(values).size, values[0]]).toEqual([seed, 1, expect.stringMatching(/^v/)]);
  }
});

test.each([2000, 3000])('duels on disks that take %d ms for a sync end, too', (ms) => {
  for (let seed = 1; seed <= 10; seed++) {
    const group = new Group({ seed, proposers: ['p1', 'p2'] });
    group.run(1500);
    group.delayMs = (of) => (of.startsWith('a') ? ms : 1);
    decide(group, 'p1', 'k', 'A', 1);
    group.run(seed * 37);
    decide(group, 'p2', 'k', 'B', 2);
    group.run(40_000);
    const values = [1, 2].map((sequence) => answer(group, sequence));
    expect([seed, new Set(values).size, values[0]]).toEqual([seed, 1, expect.stringMatching(/^[AB]$/)]);
  }
});

test('who is preempted again and again waits twice as long each time', () => {
  const group = new Group();
  group.run(1500);
  const begun: number[] = [];
  group.passes = (from, to, message) => {
    if (message.kind !== 'registerPrepare' || from !== 'p1') return true;
    if (to !== 'a1') return false;
    begun.push(group.now);
    const { key, ballot, epoch, clusterId } = message;
    group.tell(to, from, { kind: 'registerNack', key, ballot, promised: ballot + 64, epoch, clusterId, why: 'promised' }); // prettier-ignore
    return false;
  };
  decide(group, 'p1', 'k', 'v', 1);
  group.run(5000);
  const waits = begun.slice(1).map((at, i) => at - begun[i]!);
  expect(waits.length).toBeGreaterThan(5);
  for (const [i, wait] of waits.slice(0, 5).entries()) expect(wait).toBeGreaterThanOrEqual(50 * 2 ** i);
});

test('what is lost is said again in the same ballot', () => {
  const group = new Group();
  group.run(1500);
  const said = new Map<string, number>();
  group.passes = (from, to, { kind }) => {
    const what = `${from} ${to} ${kind}`;
    said.set(what, (said.get(what) ?? 0) + 1);
    return !kind.startsWith('register') || said.get(what)! > 1;
  };
  decide(group, 'p1', 'k', 'v', 1);
  group.run(5000);
  expect(answer(group, 1)).toBe('v');
  expect(group.events.filter(({ event }) => event.kind === 'registerPreparing')).toHaveLength(1);
});

test('what a partition has held up is decided soon after it, however long it was', () => {
  const group = new Group();
  group.run(1500);
  group.passes = (from, to) => !from.startsWith('a') && !to.startsWith('a');
  decide(group, 'p1', 'k', 'v', 1);
  group.run(8000);
  group.passes = () => true;
  group.run(1800);
  expect(answer(group, 1)).toBe('v');
});

test('a user that wants many registers leaves others as many places', () => {
  const group = new Group({ limits: { registerRounds: 8 } });
  group.run(1500);
  group.crash('a2');
  group.crash('a3');
  for (let i = 1; i <= 100; i++) decide(group, 'p1', `k${i}`, i % 2 === 0 ? 'v' : undefined, i);
  group.run(30);
  expect(Array.from({ length: 100 }, (_, i) => answer(group, i + 1)).filter((each) => each === undefined)).toHaveLength(
    4,
  );
  const told = ['b', 'b', 'b', 'c', 'c'].map((user, i) => {
    group.tell(user, 'p1', { kind: 'decide', client: user, sequence: 200 + i, key: `${user}${i}`, value: undefined });
    group.run(1);
    return answer(group, 200 + i);
  });
  expect(told).toEqual([undefined, undefined, 'overloaded', undefined, 'overloaded']);
});

test('who joined a round that is preempted is answered with those who began it', () => {
  const group = new Group();
  group.run(1500);
  for (let i = 1; i <= 3; i++) decide(group, 'p2', `other${i}`, 'w', i);
  group.run(500);
  group.passes = (_from, _to, { kind }) => kind !== 'registerAccept';
  decide(group, 'p2', 'k', 'x', 4);
  group.run(20);
  group.crash('p2');
  group.passes = () => true;
  decide(group, 'p1', 'k', 'first', 5);
  group.run(1);
  decide(group, 'p1', 'k', 'joined', 6);
  group.run(1000);
  expect(group.events.map(({ event }) => event.kind)).toEqual(
    expect.arrayContaining(['registerJoined', 'registerPreempted']),
  );
  expect([answer(group, 5), answer(group, 6)]).toEqual(['first', 'first']);
});

test.each([
  ['wanted', 'v'],
  ['asked for', undefined],
])('a register that is %s is given up when too few acceptors answer for long', (_what, value) => {
  const group = new Group();
  group.run(1500);
  group.crash('a2');
  group.crash('a3');
  decide(group, 'p1', 'k', value, 1);
  group.run(5000);
  expect(answer(group, 1)).toBeUndefined();
  group.run(40_000);
  expect(answer(group, 1)).toBe('unavailable');
});
