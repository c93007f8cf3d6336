import type { Message, StableCheckpoint } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import { Group } from './group.js';
import { helloOf, stableAt } from './saying.js';

test('a hello is taken from its signer only', () => {
  const group = new Group({ founded: false });
  group.crash('r2', 'r3', 'r4');
  const first = group.server('r1');
  first.hear('r3', helloOf('r4', 7));
  group.run(300);
  expect(first.rejections()).toEqual(['r3: helloOfAnother']);
  first.hear('r4', helloOf('r4', 8));
  group.run(300);
  expect(first.sent.map(({ to, message }) => [to, message])).toContainEqual([
    'r4',
    expect.objectContaining({
      kind: 'helloReply',
      signed: expect.objectContaining({ statement: expect.objectContaining({ nonce: 8, founder: true }) }),
    }),
  ]);
});

test('an answer is taken with a checkpoint that a quorum vouches for, as far as it says that it has come', () => {
  const group = new Group({ founded: false });
  group.crash('r2', 'r3', 'r4');
  const first = group.server('r1');
  group.run(300);
  const nonce = first.sent.flatMap(({ message }) =>
    message.kind === 'hello' ? [message.signed.statement.nonce] : [],
  )[0]!;
  const answer = (stable: number, shown: StableCheckpoint): Message => ({
    kind: 'helloReply',
    signed: cryptographyOf('r3').sign({
      ...{ type: 'standing', to: 'r1', nonce, incarnation: 1, standing: 'active', founder: false, view: 0, stable },
    } as const),
    stable: shown,
  });
  first.hear('r3', answer(50, stableAt(50, ['r3', 'r4'])));
  first.hear('r3', answer(100, stableAt(50)));
  group.run(5);
  expect(first.rejections()).toEqual(['r3: standingNotProven', 'r3: standingNotProven']);
  first.hear('r3', answer(50, stableAt(50)));
  group.run(5);
  expect(first.rejections()).toHaveLength(2);
});
