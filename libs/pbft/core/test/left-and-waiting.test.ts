import { Group } from './group.js';
import { complaint } from './saying.js';

/**
 * r4 is a traitor. In view 1 r1 alone has all COMMITs of a request, and waits for nothing; r3 waits and complains; r2, the primary, was shown
 * the traitor's complaint, which nobody else was, and has left. Then the network is whole, and the traitor silent.
 */
function divided() {
  const group = new Group();
  group.put('first');
  group.betray('r4');
  group.network = (from, _to, { kind }) => kind !== 'relay' && (kind !== 'prePrepare' || from !== 'r1');
  for (const to of ['r2', 'r3']) group.post('r4', to, complaint('r4', 0, 1));
  const lost = group.request('lost');
  for (const to of ['r2', 'r3']) group.post('ann', to, lost);
  group.run(6000);
  expect(['r1', 'r2', 'r3'].map((name) => group.server(name).state.view)).toEqual([1, 1, 1]);
  group.network = (_from, to, { kind }) => (kind === 'commit' ? to === 'r1' : kind !== 'status' && kind !== 'relay');
  const waits = group.request('waits');
  for (const to of ['r1', 'r3']) group.post('ann', to, waits);
  group.later(100, () => group.post('ann', 'r2', waits));
  for (let number = 2; number < 50 && group.server('r2').state.active; number++) {
    group.post('r4', 'r2', complaint('r4', 1, number));
    group.run(100);
  }
  expect(['r1', 'r2', 'r3'].map((name) => [group.server(name).state.view, group.server(name).state.active])).toEqual([
    [1, true],
    [2, false],
    [1, true],
  ]);
  group.network = () => true;
  return { group, waits };
}

test('Who has left and who is left to wait are against the view together', () => {
  const { group, waits } = divided();
  for (let seconds = 0; seconds < 60 && group.answerTo(waits.signed) === undefined; seconds++) {
    for (const name of ['r1', 'r2', 'r3']) group.post('ann', name, waits);
    group.run(1000);
  }
  expect(group.answerTo(waits.signed)).toBeDefined();
  for (const name of ['r1', 'r2', 'r3']) expect(group.server(name).state).toMatchObject({ active: true });
  expect(group.audit.contradictions).toEqual([]);
});
