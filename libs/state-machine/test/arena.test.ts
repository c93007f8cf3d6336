import { Arena, offsetOf } from '../src/key-value/arena.js';

test('slots do not overlap, whatever their sizes, and are reused', () => {
  const arena = new Arena();
  const owned = new Map<number, number>();
  let random = 3;
  const next = (bound: number) => (random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff) % bound;
  const fill = (pointer: number, bytes: number, mark: number) => {
    const from = offsetOf(pointer);
    arena.slabOf(pointer).bytes.fill(mark, from, from + bytes);
  };
  const sizes = new Map<number, number>();
  for (let i = 0; i < 20_000; i++) {
    if (owned.size > 800 || (owned.size > 0 && next(3) === 0)) {
      const [pointer, mark] = [...owned][next(Math.min(50, owned.size))]!;
      const from = offsetOf(pointer);
      const slot = arena.slabOf(pointer).bytes.subarray(from, from + sizes.get(pointer)!);
      expect(slot[0] === mark && slot.at(-1) === mark).toBe(true);
      owned.delete(pointer);
      arena.release(pointer);
    } else {
      const bytes = 4 + (next(20) === 0 ? next(66_000) : next(400));
      const pointer = arena.allocate(bytes);
      expect(owned.has(pointer)).toBe(false);
      owned.set(pointer, i % 251);
      sizes.set(pointer, bytes);
      fill(pointer, bytes, i % 251);
    }
  }
});

test('memory follows what is used, also when sizes change', () => {
  const arena = new Arena();
  for (const bytes of [60, 200, 700, 3000, 20_000, 66_000, 130]) {
    const pointers = Array.from({ length: Math.floor(8_000_000 / bytes) }, () => arena.allocate(bytes));
    expect(arena.heldBytes).toBeLessThan(20 << 20);
    for (const pointer of pointers) arena.release(pointer);
    expect(arena.heldBytes).toBeLessThanOrEqual(8 << 20);
  }
});
