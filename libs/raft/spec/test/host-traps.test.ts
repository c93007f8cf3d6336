import { Timeline } from '@synod/simulator';
import { simulate } from '../src/index.js';

/** What only the machine that runs the simulation knows: the seed does not decide what it says. */
const traps: readonly (readonly [object: object, name: string])[] = [
  ...['Date', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => [globalThis, name] as const),
  [Math, 'random'],
  [performance, 'now'],
];

async function trapped(run: () => Promise<void>): Promise<void> {
  const originals = traps.map(([object, name]) => Object.getOwnPropertyDescriptor(object, name));
  for (const [object, name] of traps) {
    const refuse = function (): never {
      throw new Error(`${name} is asked in a simulated run`);
    };
    const value = Object.assign(refuse, { now: refuse });
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  }
  try {
    await run();
  } finally {
    traps.forEach(([object, name], i) => {
      const original = originals[i];
      if (original === undefined) Reflect.deleteProperty(object, name);
      else Object.defineProperty(object, name, original);
    });
  }
}

// Cores, codecs, host, journal, snapshots and clients have no wall clock that could step, and no dice but the seed's.
describe('in a simulated run nothing asks the machine that runs it', () => {
  const pass = Timeline.prototype.passUntil;
  afterEach(() => {
    Timeline.prototype.passUntil = pass;
  });

  const trapTimeline = (): void => {
    Timeline.prototype.passUntil = function (time) {
      return trapped(() => pass.call(this, time));
    };
  };

  test.each([1, 2, 3])('seed %d, with every fault that it draws', async (seed) => {
    trapTimeline();
    expect((await simulate(seed, { swarm: { virtualMs: 5000 } })).failure).toBeUndefined();
  });

  test('whoever did would be found out', async () => {
    trapTimeline();
    const timeline = new Timeline();
    timeline.after(1, () => void Date.now());
    await expect(timeline.passUntil(2)).rejects.toThrow('Date is asked in a simulated run');
  });
});
