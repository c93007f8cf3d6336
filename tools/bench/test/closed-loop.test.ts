import { describe, expect, test } from '@jest/globals';
import { ClosedLoop } from '../src/load/closed-loop.js';
import type { Order } from '../src/load/orders.js';
import { Registers } from '../src/load/register.js';
import type { Target } from '../src/load/target.js';

/** A store in memory that answers in the next turn. */
class MemoryTarget implements Target {
  readonly linearizable: boolean = true;
  readonly values = new Map<string, Buffer>();
  underWay = 0;
  mostUnderWay = 0;
  puts = 0;

  async put(key: string, value: Uint8Array): Promise<void> {
    const copy = Buffer.from(value);
    this.puts++;
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    this.values.set(key, copy);
    this.underWay--;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.values.get(key);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const order: Order = { writers: 4, readers: 0, valueBytes: 16, keys: 40, warmUpMs: 0, measure: { operations: 1000 } };
const phases = { measuring: () => undefined, measured: () => undefined };

test('a run of so many operations does exactly so many, never more at once than there are writers', async () => {
  const target = new MemoryTarget();
  const loop = new ClosedLoop(target, 'abc');
  await loop.run({ ...order, measure: { operations: 4 } }, phases); // fills the store
  target.puts = target.mostUnderWay = 0;
  const outcome = await loop.run(order, phases);
  expect(outcome).toMatchObject({ writes: 1000, reads: 0, staleReads: 0, verified: 40 });
  expect(target.puts).toBe(1000);
  expect(target.mostUnderWay).toBe(4);
});

test('a run over time tells when it measures, and counts only what was answered in between', async () => {
  const told: (string | number)[] = [];
  const outcome = await new ClosedLoop(new MemoryTarget(), 'abc').run(
    { ...order, readers: 2, warmUpMs: 20, measure: { ms: 50 } },
    { measuring: () => told.push('measuring'), measured: (operations) => told.push(operations) },
  );
  expect(told).toEqual(['measuring', outcome.writes + outcome.reads]);
  expect(outcome.elapsedMs).toBeGreaterThanOrEqual(49);
  expect(outcome.reads).toBeGreaterThan(0);
});

describe('answers are judged', () => {
  test('an acknowledged write that is not there fails the run', async () => {
    const target = new MemoryTarget();
    const forgetful: Target = {
      linearizable: true,
      put: (key, value) => (target.puts === 900 ? (target.puts++, Promise.resolve()) : target.put(key, value)),
      get: (key) => target.get(key),
      close: () => target.close(),
    };
    // The last write to each key counts: forgetting one near the end cannot be made good by a later one.
    const loop = new ClosedLoop(forgetful, 'abc');
    await expect(loop.run({ ...order, measure: { operations: 880 } }, phases)).rejects.toThrow('lost its last');
  });

  test('a value that nobody wrote fails the run', async () => {
    const target = new MemoryTarget();
    const loop = new ClosedLoop({ ...withMethods(target), get: () => Promise.resolve(Buffer.alloc(16)) }, 'abc');
    await expect(loop.run({ ...order, readers: 1 }, phases)).rejects.toThrow('nobody wrote');
  });

  test('an old value is counted', () => {
    const registers = new Registers('abc', 2, 16);
    const value = registers.buffer();
    registers.next(1, value);
    const old = Buffer.from(value);
    registers.wasAcknowledged(1, registers.next(1, value));
    registers.judge(1, registers.lastAcknowledged(1), value);
    expect(registers.staleReads).toBe(0);
    registers.judge(1, registers.lastAcknowledged(1), old);
    registers.judge(1, registers.lastAcknowledged(1), undefined);
    expect(registers.staleReads).toBe(2);
  });
});

function withMethods(target: Target): Target {
  const { linearizable } = target;
  return { linearizable, put: (k, v) => target.put(k, v), get: (k) => target.get(k), close: () => target.close() };
}
