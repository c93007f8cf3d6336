import { Queue } from '@synod/actor';

/** The same calls on an array; `seed` decides them. */
function compareWithArray(seed: number, calls: number, put: number): void {
  const queue = new Queue<number>();
  const array: number[] = [];
  let state = seed;
  for (let call = 0; call < calls; call++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const draw = (state >> 8) % 100;
    if (draw < put) {
      queue.put(call);
      array.push(call);
    } else if (draw < 97) expect(queue.take()).toBe(array.shift());
    else expect(queue.takeLast()).toBe(array.pop());
    expect([queue.size, queue.peek(), queue.last]).toEqual([array.length, array[0], array.at(-1)]);
    if (array.length > 0) expect(queue.at(draw % array.length)).toBe(array[draw % array.length]);
  }
}

test('behaves as an array does, around empty and around its compaction', () => {
  for (let seed = 1; seed <= 5; seed++) compareWithArray(seed, 2000, 48);
  compareWithArray(6, 12_000, 60);
});

test('gives its memory back while it never runs empty', () => {
  const queue = new Queue<number>();
  for (let i = 0; i < 100_000; i++) {
    queue.put(i);
    if (i > 10) queue.take();
  }
  const { items } = queue as unknown as { items: readonly unknown[] };
  expect(items.length).toBeLessThan(2100);
});
