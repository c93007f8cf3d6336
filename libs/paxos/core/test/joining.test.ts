import { expect, test } from '@jest/globals';
import type { AcceptorSet, Message } from '../src/index.js';
import { Group } from './group.js';

const diskOf = (group: Group, proposer: string, acceptor: string) =>
  (group.inspect(proposer)['acceptors'] as AcceptorSet).acceptors.find(({ address }) => address === acceptor)?.disk;

test('a late word that a disk joins does not put it in the place of the one that came after it', () => {
  const group = new Group();
  group.run(1500);
  const joins: Message[] = [];
  const answers: Message[] = [];
  group.passes = (from, to, message) => {
    if (message.kind === 'join' && to === group.leader) joins.push(message);
    if (message.kind === 'accepted' && from === 'a1' && message.disk > 0) answers.push(message);
    return message.kind !== 'join';
  };
  group.crash('a1');
  group.start('a1', []);
  group.run(3000);
  group.passes = () => true;
  group.crash('a1'); // before anybody counted that disk, it is lost, too
  group.start('a1', []);
  group.run(5000);
  const leader = group.leader!;
  const live = group.inspect('a1')['disk'];
  expect(diskOf(group, leader, 'a1')).toBe(live);
  expect(joins[0]).toMatchObject({ kind: 'join' });
  expect((joins[0] as Extract<Message, { kind: 'join' }>).disk).not.toBe(live);
  group.tell('a1', leader, answers.at(-1)!); // and what that disk answered then is as late
  group.tell('a1', leader, joins[0]!);
  group.run(3000);
  expect(diskOf(group, leader, 'a1')).toBe(live);
  group.ask(leader, 'x', 1);
  group.run(500);
  expect(group.replies.at(-1)?.answer.kind).toBe('results');
});

test('who is no acceptor of the next slots is not among those that promised', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  group.crash(group.leader!); // another one asks all, the spare acceptor too
  group.run(3000);
  expect(group.leader).toBeDefined();
  const counted = group.events.flatMap(({ event }) =>
    event.kind === 'promiseCounted' || event.kind === 'canvassCounted' ? [event.acceptor] : [],
  );
  expect(new Set(counted)).toEqual(new Set(['a1', 'a2', 'a3']));
});
