import fc from 'fast-check';
import { Awaited, LifeClock } from '../src/index.js';

function clockOf(bornAt: number, incarnation: number): LifeClock {
  const clock = new LifeClock();
  clock.begin(bornAt, incarnation);
  return clock;
}

describe('the clock of a life', () => {
  const moment = fc.double({ min: 0, max: 1e9, noNaN: true });
  const life = fc.record({ bornAt: moment, incarnation: fc.nat({ max: 2 ** 48 - 1 }) });

  test('gives back a moment that is not later than the one that was stamped, and a millisecond earlier at most', () => {
    fc.assert(
      fc.property(life, moment, moment, ({ bornAt, incarnation }, waited, more) => {
        const clock = clockOf(bornAt, incarnation);
        const then = bornAt + waited;
        const stamp = clock.stamp(then);
        const at = clock.timeOf(stamp, then + more)!;
        expect(stamp).toBeGreaterThan(0);
        expect(stamp).toBeLessThan(2 ** 35);
        expect(at).toBeLessThanOrEqual(then + 1e-6);
        expect(at).toBeGreaterThan(then - 1 - 1e-6);
      }),
    );
  });

  test('knows no stamp of a time before it, or to come, and none that stands for none', () => {
    const clock = clockOf(50, 1000);
    expect(clock.timeOf(clock.stamp(50) - 1, 60)).toBeUndefined();
    expect(clock.timeOf(clock.stamp(61), 60)).toBeUndefined();
    expect(clock.timeOf(0, 60)).toBeUndefined();
    expect(clock.timeOf(clockOf(50, 2 ** 30).stamp(55), 60)).toBeUndefined();
  });
});

describe('what counts once something is so', () => {
  const before = (now: number) => (on: number) => on <= now;

  test('is the newest for which it is', () => {
    const awaited = new Awaited(0);
    awaited.hear(1, 10);
    awaited.hear(2, 20);
    expect(awaited.settle(before(9))).toBe(0);
    expect(awaited.settle(before(10))).toBe(1);
    expect(awaited.settle(before(20))).toBe(2);
    expect(awaited.settle(before(30))).toBe(2);
  });

  test('does not wait for ever for what comes too fast: the first that waits stays', () => {
    const awaited = new Awaited(0);
    for (let i = 1; i <= 100; i++) awaited.hear(i, 10 * i);
    expect(awaited.settle(before(10))).toBe(1);
    expect(awaited.settle(before(999))).toBe(1);
    expect(awaited.settle(before(1000))).toBe(100);
  });
});
