import { Batch } from '@synod/pbft-core';
import { Group } from './group.js';
import { complaint, prePrepare } from './saying.js';

test('One request that a primary proposes at two places, to some, is given to who lacks it for both', () => {
  const group = new Group();
  group.betray('r1');
  const request = group.ask('a', ['r2', 'r3', 'r4']);
  group.run(5);
  // r2 and r3 prepare both; then the primary asks to be relieved, and is silent for ever.
  for (const to of ['r2', 'r3'])
    for (const place of [1, 2]) group.post('r1', to, prePrepare(0, place, new Batch([request.signed])));
  group.run(10);
  for (const to of ['r2', 'r3', 'r4']) group.post('r1', to, complaint('r1', 0));
  const { signed } = group.ask('next');
  group.run(60_000);
  expect(group.answerTo(signed)).toBeDefined();
  expect(group.audit.contradictions).toEqual([]);
});
