import { ProcessMark } from '../src/process-mark.js';

let now = 0;
const born = (at: number): ProcessMark => {
  now = at;
  return new ProcessMark(() => now);
};

describe('two processes of one identity', () => {
  test('the younger one learns of the elder by its answer', () => {
    const [elder, younger] = [born(0), born(1000)];
    expect(elder.read(younger.question())).toBe('question');
    expect(younger.read(elder.answerTo(younger.question()))).toBe('elder');
  });

  test('the elder stays', () => {
    const [elder, younger] = [born(0), born(1000)];
    expect(elder.read(younger.answerTo(elder.question()))).toBeUndefined();
  });

  test('of two that start at once, exactly one ends, whatever the network takes', () => {
    for (let i = 0; i < 50; i++) {
      const [one, other] = [born(0), born(3)];
      const toOne = other.answerTo(one.question());
      const toOther = one.answerTo(other.question());
      now += 5;
      expect([one.read(toOne), other.read(toOther)].filter((what) => what === 'elder')).toHaveLength(1);
    }
  });

  test('what a dead process has left in the network ends nobody', () => {
    const [dead, another, living] = [born(0), born(10), born(90_000)];
    expect(living.read(dead.answerTo(another.question()))).toBeUndefined();
    expect(living.read(dead.question())).toBe('question');
  });

  test('our own echo, and a probe of an earlier version, say nothing', () => {
    const mark = born(0);
    expect(mark.read(mark.question())).toBeUndefined();
    expect(mark.read(new Uint8Array(0))).toBeUndefined();
  });
});
