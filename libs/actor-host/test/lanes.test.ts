import fc from 'fast-check';
import { Lanes } from '../src/lanes.js';
import { Queue } from '@synod/actor';
import type { TestVocabulary } from './world.js';

const KiB = 1024;
const MiB = 1024 * KiB;
const wide = { count: 1e6, bytes: 1e9 };
const message = { kind: 'request', text: '' } as const;

function lanes(perSender = wide, together = wide): Lanes<TestVocabulary> {
  return new Lanes(perSender, together);
}

function put(all: Lanes<TestVocabulary>, from: string, payloadBytes: number, text = ''): void {
  all.put(all.admit(from, { ...message, text }, undefined, payloadBytes));
}

test('turns are fair by size: who sends large messages gets no more than who sends small ones', () => {
  const all = lanes();
  for (let i = 0; i < 100; i++) put(all, 'large', 128 * KiB);
  for (let i = 0; i < 10_000; i++) put(all, 'small', KiB);
  const taken = { large: 0, small: 0 };
  for (let i = 0; i < 1000; i++) {
    const { from, payloadBytes } = all.take()!;
    taken[from as 'large' | 'small'] += payloadBytes;
  }
  expect(taken.small).toBeGreaterThan(900 * KiB);
  expect(taken.large / taken.small).toBeGreaterThan(1);
  expect(taken.large / taken.small).toBeLessThan(2.5);
});

test('who is given much waits longer for his next turn', () => {
  const all = lanes();
  for (let i = 0; i < 1000; i++) for (const from of ['greedy', 'modest']) put(all, from, 100);
  const taken = { greedy: 0, modest: 0 };
  for (let i = 0; i < 500; i++) {
    const from = all.take()!.from as 'greedy' | 'modest';
    taken[from]++;
    all.charge(from, from === 'greedy' ? 100 * KiB : 100);
  }
  expect(taken.modest / taken.greedy).toBeGreaterThan(50);
  expect(taken.greedy).toBeGreaterThan(1);
  all.charge('nobody', 100);
});

test('one that has little waits for one turn of each other, however much these have', () => {
  const all = lanes();
  for (const flood of ['a', 'b', 'c']) for (let i = 0; i < 1000; i++) put(all, flood, KiB);
  put(all, 'modest', 100);
  let before = 0;
  while (all.take()!.from !== 'modest') before++;
  expect(before).toBeLessThanOrEqual(3 * 8);
});

test('however many flood, there is room for one more', () => {
  const all = lanes({ count: 1000, bytes: 16 * MiB }, { count: 1000, bytes: 48 * MiB });
  for (let user = 0; user < 20; user++) {
    const from = `flood-${user}`;
    while (all.room(from, 64 * KiB) !== 'senderFull' && all.room(from, 64 * KiB) !== 'allFull')
      put(all, from, 64 * KiB);
  }
  expect(all.room('modest', 1000)).not.toBe('allFull');
  expect(all.room('modest', 1000)).not.toBe('senderFull');
});

test('whoever was admitted, taken, or released: nothing of it is left (a leak would refuse everybody in the end)', () => {
  const operation = fc.record({
    from: fc.constantFrom('a', 'b', 'c', 'd'),
    bytes: fc.nat(10_000),
    verified: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), fc.nat(60), (operations, early) => {
      const quota = { count: 10, bytes: 50_000 };
      const all = lanes(quota, { count: 24, bytes: 150_000 });
      operations.forEach(({ from, bytes, verified }, i) => {
        const room = all.room(from, bytes);
        if (room === 'free' || room === 'tight') {
          const letter = all.admit(from, message, undefined, bytes);
          if (verified) all.put(letter);
          else all.release(letter); // a forged signature
        }
        if (i === early) all.take();
      });
      while (all.take());
      expect(all.waiting).toBe(0);
      // The whole quota is there again, for each.
      for (const from of ['a', 'b', 'c', 'd']) {
        let fits = 0;
        for (; all.room(from, 100) !== 'senderFull' && fits < 100; fits++) put(all, from, 100);
        expect(fits).toBe(quota.count);
        expect(all.room(from, 0)).toBe('senderFull');
        all.clear();
      }
    }),
    { numRuns: 300 },
  );
});

test('a sender keeps his order, whatever the others do', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(200_000)), { maxLength: 100 }), (sent) => {
      const all = lanes();
      sent.forEach(([from, bytes], i) => put(all, from, bytes, `${i}`));
      const last = new Map<string, number>();
      let inOrder = true;
      let taken = 0;
      for (let letter = all.take(); letter; letter = all.take(), taken++) {
        const place = Number(letter.message.text);
        inOrder &&= place > (last.get(letter.from) ?? -1);
        last.set(letter.from, place);
      }
      expect([taken, inOrder]).toEqual([sent.length, true]);
    }),
    { numRuns: 300 },
  );
});

test('nor are those told without end who find everything full and have nothing here', () => {
  const all = lanes(wide, { count: 8, bytes: MiB });
  for (let user = 0; user < 8; user++) put(all, `first-${user}`, 100);
  let told = 0;
  const tellMany = () => {
    for (let i = 0; i < 1000; i++) if (all.room('late', 100) === 'allFull' && all.mayTell(`late-${i % 3}`)) told++;
  };
  tellMany();
  expect(told).toBe(16);
  all.take();
  put(all, 'another', 100);
  tellMany();
  expect(told).toBe(32);
});

test('a sender is told a few refusals between two of his turns, not thousands', () => {
  const all = lanes();
  put(all, 'a', 1);
  let told = 0;
  for (let i = 0; i < 1000; i++) if (all.mayTell('a')) told++;
  expect(told).toBe(16);
  all.take();
  expect(all.mayTell('a')).toBe(true);
});

test('a queue gives back what it let go, and forgets nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3000, max: 3000 }), { maxLength: 20 }), (moves) => {
      const queue = new Queue<number>();
      let [next, expected] = [0, 0];
      for (const move of moves) {
        for (let i = 0; i < move; i++) queue.put(next++);
        const taken: (number | undefined)[] = [];
        for (let i = 0; i < -move; i++) taken.push(queue.take());
        expect(taken.every((item) => item === (expected < next ? expected++ : undefined))).toBe(true);
        expect([queue.size, queue.peek()]).toEqual([next - expected, expected < next ? expected : undefined]);
        // Compaction: what is held is at most twice what waits, and a little.
        const { items } = queue as unknown as { items: unknown[] };
        expect(items.length).toBeLessThanOrEqual(2 * queue.size + 1024);
      }
    }),
    { numRuns: 100 },
  );
});
