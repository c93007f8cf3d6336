import { Arena, offsetOf } from '../src/key-value/arena.js';

test('slots do not overlap, whatever their sizes, and are reused', () => {
  const arena = new Arena();
  const owned: { readonly pointer: number; readonly mark: number; readonly bytes: number }[] = [];
  const slotOf = ({ pointer, bytes }: { readonly pointer: number; readonly bytes: number }) => {
    const from = offsetOf(pointer);
    return arena.slabOf(pointer).bytes.subarray(from, from + bytes);
  };
  let random = 3;
  const next = (bound: number) => (random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff) % bound;
  let overwritten = 0;
  for (let i = 0; i < 20_000; i++) {
    if (owned.length > 800 || (owned.length > 0 && next(3) === 0)) {
      const [slot] = owned.splice(next(owned.length), 1);
      const bytes = slotOf(slot!);
      if (bytes[0] !== slot!.mark || bytes.at(-1) !== slot!.mark) overwritten++;
      arena.release(slot!.pointer);
    } else {
      const bytes = 4 + (next(20) === 0 ? next(66_000) : next(400));
      const slot = { pointer: arena.allocate(bytes), mark: i % 251, bytes };
      slotOf(slot).fill(slot.mark);
      owned.push(slot);
    }
  }
  expect(overwritten).toBe(0);
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

test('a few records of many sizes hold little memory', () => {
  const arena = new Arena();
  for (let bytes = 16; bytes <= 2048; bytes *= 1.2) arena.allocate(Math.floor(bytes));
  expect(arena.heldBytes).toBeLessThan(512 << 10);
});
