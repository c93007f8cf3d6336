import type { Message } from '@synod/paxos-core';
import { Group, bytes } from './group.js';

/*
 * A change of acceptors is chosen and not in force, and the leader is cut off with those that will be acceptors, and a minority of those that are:
 * whom it counts are those of the next slot.
 */

const acceptors = ['a1', 'a2', 'a3', 'a10'];

interface CutOff {
  readonly group: Group;
  readonly old: string;
  cut(): void;
}

/** Undefined where this seed elects nobody in time. */
function changing(seed?: number, also: readonly string[] = []): CutOff | undefined {
  const group = new Group({ acceptors, ...(seed !== undefined && { seed }) });
  group.run(3000);
  const old = group.leader;
  if (old === undefined) return undefined;
  const side = [old, 'a2', 'a10', ...also];
  const slot = (group.inspect(old)['chosenThrough'] as number) + 1;
  let isCut = false;
  group.passes = (from, to, message) => {
    const fills = from === old && message.kind === 'accept' && message.batches.some(({ first }) => first > slot);
    return !fills && (!isCut || side.includes(from) === side.includes(to));
  };
  group.reconfigure(old, { version: 1, sequence: 3, add: ['a10'], remove: ['a3'] });
  for (let i = 0; i < 50 && group.inspect(old)['nextAcceptors'] === undefined; i++) group.run(0.5);
  if (group.inspect(old)['nextAcceptors'] === undefined) return undefined;
  return { group, old, cut: () => void (isCut = true) };
}

test('a leader without a quorum of the acceptors in force gives up, though it has one of those to come', () => {
  const { group, old, cut } = changing()!;
  cut();
  group.run(1000);
  expect(group.inspect(old)['role']).not.toBe('leader');
});

test('and until then it confirms no read: another one may lead, and answer writes', () => {
  let tried = 0;
  for (let seed = 1; seed < 20; seed++) {
    const world = changing(seed, ['user', 'user-m']);
    if (world === undefined) continue;
    const { group, old } = world;
    world.cut();
    const others = group.proposers.filter((name) => name !== old);
    let next: string | undefined;
    for (let i = 0; i < 700 && next === undefined; i++) {
      group.run(0.5);
      next = others.find((name) => group.inspect(name)['role'] === 'leader');
    }
    if (next === undefined || group.inspect(old)['role'] !== 'leader') continue;
    group.ask(next, 'x', 9);
    group.run(6);
    const isWritten = group.replies.some(({ sequence, answer }) => sequence === 9 && answer.kind === 'results');
    if (!isWritten || group.inspect(old)['role'] !== 'leader') continue;
    tried++;
    const read = { kind: 'read', client: 'c', sequence: 10, level: 'linearizable', maxAgeMs: 0, queries: bytes('q') };
    group.tell('user', old, read as Message);
    group.run(40);
    expect(group.replies.find(({ sequence }) => sequence === 10)?.answer.kind).not.toBe('results');
  }
  expect(tried).toBeGreaterThan(0);
});
