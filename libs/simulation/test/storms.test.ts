import type { Vocabulary } from '@synod/actor';
import { Storms } from '../src/index.js';

const append = { kind: 'appendEntries' };

function times(count: number, act: (i: number) => void): void {
  for (let i = 0; i < count; i++) act(i);
}

describe('what is sent is bounded by what is due:', () => {
  let now = 0;
  let storms: Storms<Vocabulary>;
  beforeEach(() => {
    now = 0;
    storms = new Storms(['r1', 'r2'], () => now, 'Raft §5.3');
  });

  test('a storm is noticed, a steady stream is none', () => {
    times(10_000, (i) => {
      now = i / 1000;
      storms.left('r1', ['r2'], append);
    });
    now = 20;
    times(2000, () => storms.left('r1', ['r2'], append));
    expect(() => storms.left('r1', ['r2'], append)).toThrow('No Storm (Raft §5.3): r1 sends more than 2000 messages');
  });

  test('replies to clients are no storm, nor is what clients send', () => {
    times(10_000, () => storms.left('r1', ['c1'], { kind: 'reply' }));
    times(10_000, () => storms.left('c1', ['r1'], append));
  });
});
