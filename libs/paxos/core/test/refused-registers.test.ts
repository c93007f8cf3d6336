import { Group, bytes } from './group.js';
import { answer, decide, filled } from './register-calls.js';

// What those are told, and what becomes of others, whose wishes for registers acceptors cannot take.

/** Nothing of registers gets to or from this one. */
const without =
  (acceptor: string): Group['passes'] =>
  (from, to, { kind }) =>
    !((from === acceptor || to === acceptor) && kind.startsWith('register'));

function cutOff(group: Group, acceptor: string): void {
  group.passes = without(acceptor);
}

/** a2 and a3 are full; a1 missed the first register and has room. */
const almostFull = (): Group => filled(without('a1'));

test('a wish that an attempt before has proposed is not said to be without effect for want of room', () => {
  const group = almostFull();
  cutOff(group, 'a3');
  decide(group, 'p2', 'k4', 'V4', 4);
  group.run(8); // a1 has accepted it
  cutOff(group, 'a1');
  group.run(5000);
  expect(answer(group, 4)).toBe('unavailable');
  group.passes = () => true;
  decide(group, 'p1', 'k4', 'W', 5);
  group.run(5000);
  expect(answer(group, 5)).toBe('V4');
});

test('one that nobody has proposed is, though an attempt before came to nothing', () => {
  const group = almostFull();
  cutOff(group, 'a3');
  const { passes } = group;
  group.passes = (from, to, message) => message.kind !== 'registerPromised' && passes(from, to, message);
  decide(group, 'p2', 'k4', 'V4', 4);
  group.run(20);
  cutOff(group, 'a1');
  group.run(5000);
  expect(answer(group, 4)).toBe('tooLarge');
});

test('a full acceptor promises to who insists, so that what others have accepted is found', () => {
  const group = almostFull();
  group.crash('a2');
  group.crash('p2'); // forgets what it knows to be decided
  group.start('p2');
  group.run(2000);
  // a1 has not k1: it takes it in from a3, and is full then.
  decide(group, 'p2', 'k1', 'W', 20);
  group.run(1000);
  decide(group, 'p2', 'k9', 'W', 21);
  group.run(1000);
  expect([answer(group, 20), answer(group, 21)]).toEqual(['V1', 'tooLarge']);
});

test.each([0, 1, 4])(
  '%d wishes a millisecond that are refused at one proposer keep nobody at another from a register',
  (perMs) => {
    const group = new Group({ acceptorLimits: { registers: 3, registerPromises: 50 } });
    group.run(3000);
    for (let i = 1; i <= 3; i++) decide(group, 'p1', `k${i}`, `V${i}`, i);
    group.run(1000);
    let sequence = 1000;
    const flood = (ms: number): void => {
      for (let t = 0; t < ms; t++) {
        for (let i = 0; i < perMs; i++) decide(group, 'p1', `new${sequence}`, 'X', sequence++);
        group.run(1);
      }
    };
    const written = group.node('a1').records.length;
    flood(500);
    decide(group, 'p2', 'k1', undefined, 10);
    decide(group, 'p2', 'k2', 'W', 11);
    flood(500);
    expect([answer(group, 10), answer(group, 11)]).toEqual(['V1', 'V2']);
    if (perMs > 0) expect(answer(group, 1000)).toBe('tooLarge');
    // Who is refused leaves nothing on a disk: two rounds for what is decided, each a promise and a vote.
    expect(group.node('a1').records.length - written).toBeLessThanOrEqual(4);
  },
);

test.each([
  ['are wanted', 'v'],
  ['are asked for', undefined],
])(
  'however many attempts a register takes, no more of one user wait for it than leave as many places, that %s',
  (_title, value) => {
    const group = new Group({ limits: { registerRounds: 8 } });
    group.run(1500);
    group.crash('a2');
    group.crash('a3');
    for (let sequence = 1; sequence <= 100; sequence++) {
      decide(group, 'p1', 'k', value, sequence);
      group.run(30);
    }
    const told = new Set(group.replies.map(({ sequence }) => sequence));
    expect(100 - told.size).toBe(4);
    group.tell('another', 'p1', { kind: 'decide', client: 'd', sequence: 101, key: 'k', value: bytes('w') });
    group.run(30);
    expect(answer(group, 101)).toBeUndefined();
    expect([...told].every((sequence) => answer(group, sequence) === 'overloaded')).toBe(true);
  },
);
