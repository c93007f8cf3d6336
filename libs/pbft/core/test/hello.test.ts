import { Group } from './group.js';
import { helloOf } from './saying.js';

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
