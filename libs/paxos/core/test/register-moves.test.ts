import { expect, test } from '@jest/globals';
import type { Message } from '../src/index.js';
import { Group, bytes, text } from './group.js';

// Registers while the acceptors change, against rivals and with members that lag: runs in which one had two values, or none.

function decide(group: Group, to: string, key: string, value: string | undefined, sequence: number): void {
  group.tell(`user-${to}`, to, {
    ...{ kind: 'decide', client: 'c', sequence, key, value: value === undefined ? undefined : bytes(value) },
  });
}

/** By sequence: the value, or why there is none; of registers only. */
function answers(group: Group): readonly (readonly [number, string | undefined])[] {
  return group.replies.flatMap(({ sequence, answer }) => {
    if (answer.kind === 'refused') return [[sequence, answer.reason]];
    return answer.kind === 'decided' ? [[sequence, answer.value && text(answer.value)]] : [];
  });
}

function valuesOf(group: Group, ...sequences: readonly number[]): ReadonlySet<string | undefined> {
  return new Set(
    answers(group).flatMap(([sequence, value]) =>
      sequences.includes(sequence) && value !== 'unavailable' ? [value] : [],
    ),
  );
}

const ballotOf = (message: Message): unknown => 'ballot' in message && message.ballot;

function change(group: Group, leader: string, add: string, remove: string, quorums = {}): void {
  group.reconfigure(leader, { sequence: 3, version: 1, add: [add], remove: [remove], ...quorums });
}

function others(group: Group): readonly [low: string, high: string] {
  return group.proposers.filter((proposer) => proposer !== group.leader) as [string, string];
}

test('flexible quorums: a register has one value across a change of acceptors', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a4', 'a10'], phase1: 2, phase2: 3 });
  group.run(3000);
  const leader = group.leader!;
  const [low, high] = others(group);
  // high: prepare reaches a1 a2, accept reaches a1 alone; then it dies
  group.passes = (from, to, { kind }: Message) => {
    if (kind === 'registerPrepare' && from === high) return ['a1', 'a2'].includes(to);
    if (kind === 'registerAccept' && from === high) return to === 'a1';
    return true;
  };
  decide(group, high, 'k', 'V', 1);
  group.run(20);
  group.crash(high);
  // a1 is cut off (and a2 silent for registers) while the acceptors change: a2 goes, a10 comes
  group.passes = (from, to, { kind }: Message) =>
    from !== 'a1' && to !== 'a1' && !(to === 'a2' && kind === 'freezeRegisters');
  change(group, leader, 'a10', 'a2', { phase1: 2, phase2: 3 });
  group.run(3000);
  decide(group, low, 'k', 'W', 3);
  group.run(1500);
  // a1 is back
  group.passes = () => true;
  group.run(2000);
  // a read that finds three: W was chosen
  group.passes = (from, to, { kind }: Message) =>
    !(
      kind.startsWith('register') &&
      (['a3', 'a4'].includes(from) || ['a3', 'a4'].includes(to)) &&
      (kind === 'registerPrepare' || kind === 'registerPromised')
    );
  decide(group, low, 'k', 'Z', 4);
  group.run(3000);
  group.passes = () => true;
  decide(group, low, 'k', undefined, 5);
  group.run(2000);
  expect(valuesOf(group, 3, 4, 5).size).toBe(1);
});

test('a read does not drop a decide of the same register', () => {
  const group = new Group();
  group.run(1500);
  const [x, y] = others(group);
  group.passes = (from, to, { kind }: Message) => !(kind === 'registerAccept' && from === x && to !== 'a1');
  decide(group, x, 'k', 'V', 1);
  group.run(10);
  group.crash(x);
  group.passes = () => true;
  group.replies.length = 0;
  decide(group, y, 'k', undefined, 2);
  decide(group, y, 'k', 'W', 3);
  group.run(60_000);
  expect(
    answers(group)
      .map(([s]) => s)
      .sort(),
  ).toEqual([2, 3]);
});

test('an acceptor that the leader cannot reach does not stop registers that a quorum serves', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const [low] = others(group);
  const cut = (from: string, to: string) => !((from === leader && to === 'a2') || (from === 'a2' && to === leader));
  group.passes = cut;
  change(group, leader, 'a10', 'a1');
  group.run(3000);
  decide(group, low, 'k', 'W', 3);
  group.run(60_000);
  expect(answers(group)).toContainEqual([3, 'W']);
});

test('majorities: what a read says is chosen stays so (votes that the move copied are counted as votes)', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const [x, y] = others(group); // x has the lower number
  const reg = (kind: string) => kind.startsWith('register');
  // x: promises of a2 a3, its accept reaches a2 only
  group.passes = (from, to, { kind }: Message) =>
    !(from === x && ((kind === 'registerPrepare' && to === 'a1') || (kind === 'registerAccept' && to !== 'a2')));
  decide(group, x, 'k', 'V', 1);
  group.run(8);
  // y: promises of a1 a3, its accept reaches a1 only
  group.passes = (from, to, { kind }: Message) =>
    !(from === y && ((kind === 'registerPrepare' && to === 'a2') || (kind === 'registerAccept' && to !== 'a1'))) &&
    !(from === x && reg(kind));
  decide(group, y, 'k', 'U', 2);
  group.run(8);
  group.crash(x); // both proposers start again, as processes do
  group.crash(y);
  group.start(x);
  group.start(y);
  // a3 is exchanged for a10; a1 and the leader do not hear each other for a while
  group.passes = (from, to) => !((from === 'a1' && to === leader) || (from === leader && to === 'a1'));
  change(group, leader, 'a10', 'a3');
  group.run(3000);
  decide(group, leader, 'k', undefined, 4); // reads
  group.run(1000);
  group.passes = () => true;
  group.run(2000);
  // now a2 is slow for a moment, and somebody wants the register
  group.passes = (from, to) => from !== 'a2' && to !== 'a2';
  decide(group, group.leader!, 'k', 'W', 5);
  group.run(3000);
  group.passes = () => true;
  decide(group, group.leader!, 'k', undefined, 6);
  group.run(3000);
  expect(valuesOf(group, 4, 5, 6).size).toBe(1);
});

test('majorities: the second move, which a latecomer sets off, copies votes of rounds under way', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const [x, y] = others(group);
  const cut = (from: string, to: string) => (from === 'a1' && to === leader) || (from === leader && to === 'a1');
  group.passes = (from, to) => !cut(from, to);
  change(group, leader, 'a10', 'a3');
  group.run(3000);
  // x: promised by a2 a10, its accept reaches a2 alone; x starts again
  group.passes = (from, to, { kind }: Message) =>
    !cut(from, to) &&
    !(from === x && kind.startsWith('register') && (to === 'a1' || (kind === 'registerAccept' && to !== 'a2')));
  decide(group, x, 'k', 'V', 1);
  group.run(8);
  group.crash(x);
  group.start(x);
  // a1 hears the leader again; y begins as soon as a1 is brought the registers; a2 is slow, y's accepts take a while
  let begun = false;
  const late: [string, Message][] = [];
  group.passes = (from, to, message: Message) => {
    if (message.kind === 'registersStored' && !begun) {
      begun = true;
      decide(group, y, 'k', 'W', 2);
    }
    if (from === y && message.kind === 'registerPrepare' && to === 'a2') return false;
    if (from === y && message.kind === 'registerAccept') {
      late.push([to, message]);
      return false;
    }
    return true;
  };
  group.run(150);
  const [first] = late;
  const used = ballotOf(first![1]);
  decide(group, leader, 'k', undefined, 4);
  group.run(5);
  for (const [to, m] of late) if (ballotOf(m) === used) group.tell(y, to, m);
  group.passes = () => true;
  group.run(3000);
  decide(group, leader, 'k', undefined, 5);
  group.run(1000);
  expect(valuesOf(group, 2, 4, 5).size).toBe(1);
});
