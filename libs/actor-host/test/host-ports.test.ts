import { eventLoop, monotonicClock, systemDice } from '@synod/actor-host';

describe('The real clock', () => {
  test('never fires early, whatever setTimeout does', async () => {
    const early: number[] = [];
    const timers = Array.from({ length: 60 }, (_, i) => {
      const delay = 0.3 + i * 0.37;
      const deadline = monotonicClock.now() + delay;
      return new Promise<void>((resolve) => {
        monotonicClock.schedule(delay, () => {
          early.push(deadline - monotonicClock.now());
          resolve();
        });
      });
    });
    await Promise.all(timers);
    expect(Math.max(...early)).toBeLessThanOrEqual(0);
  });

  test('waits for the rest when it is called early', () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    try {
      let fired = false;
      monotonicClock.schedule(3_600_000, () => (fired = true));
      jest.advanceTimersByTime(3_600_000); // the fake timer is called; the real clock has hardly moved
      expect(fired).toBe(false);
      expect(jest.getTimerCount()).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });

  test('never asks setTimeout for a delay that it would take for none', () => {
    const setTimeout = jest.spyOn(globalThis, 'setTimeout');
    try {
      monotonicClock.schedule(2 ** 40, () => undefined)();
      expect(setTimeout.mock.calls.map(([, delay]) => delay)).toEqual([2 ** 31 - 1]);
    } finally {
      setTimeout.mockRestore();
    }
  });

  test('what is cancelled does not fire', async () => {
    let fired = false;
    monotonicClock.schedule(1, () => (fired = true))();
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(fired).toBe(false);
  });
});

test('the event loop polls its sockets before what is due soon', async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    eventLoop.soon(() => order.push('first'));
    eventLoop.soon(() => {
      order.push('second');
      resolve();
    });
    order.push('now');
  });
  expect(order).toEqual(['now', 'first', 'second']);
});

describe('The real dice', () => {
  test('stay in their range and spread over it', () => {
    const dice = systemDice();
    const draws = Array.from({ length: 4000 }, () => dice.between(150, 300));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(150);
    expect(Math.max(...draws)).toBeLessThanOrEqual(300);
    const quarters = [0, 0, 0, 0];
    for (const draw of draws) quarters[Math.min(Math.floor((draw - 150) / 37.5), 3)]! += 1;
    for (const quarter of quarters) expect(quarter).toBeGreaterThan(700); // 1000 expected; a miss by 300 is 11 sigma
    expect(new Set(draws).size).toBeGreaterThan(3990);
  });
});
