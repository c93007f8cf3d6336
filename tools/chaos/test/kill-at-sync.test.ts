import { struckAt } from '../src/faults/processes.js';

test('a kill that came at no sync is not reported as one that did', () => {
  expect(struckAt('r1', [1, 2, 3, 4], [])).toBe('r1 at syncs 1, 2, 3, 4');
  expect(struckAt('r1', [5], [6, 7, 8])).toBe('r1 at sync 5; not at a sync, since none came that was number 6, 7, 8');
  expect(struckAt('r1', [], [9])).toBe('r1; not at a sync, since none came that was number 9');
});
