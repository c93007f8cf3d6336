import type { PaxosProposer } from '../src/index.js';
import { Group } from './group.js';

const alpha = 8;

test('a leader whose execution lags takes no more from clients until it has caught up', () => {
  const group = new Group({ limits: { alpha, applyBytes: 1 } });
  group.run(1500);
  const leader = group.leader!;
  const { actor, timers } = group.node(leader);
  const takes = (): boolean => (actor as PaxosProposer).takesClients();
  const set = timers.set.bind(timers);
  timers.set = (timer, due) => (timer === 'apply' ? timers : set(timer, due)); // turns never end
  let asked = 0;
  while (takes() && asked < 100 * alpha) {
    group.ask(leader, `w${asked}`, ++asked);
    group.run(5);
  }
  expect(group.inspect(leader)).toMatchObject({ chosenThrough: asked });
  expect(asked - group.replies.length).toBe(2 * alpha);

  timers.set = set;
  timers.set('apply', group.now);
  group.run(50);
  expect(takes()).toBe(true);
  expect(group.replies).toHaveLength(asked);
});
