import { WireWriter, varintSize } from '../src/index.js';

test.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER])(
  'the size of %p is what is written of it',
  (value) => {
    const bytes = new Uint8Array(16).fill(255);
    new WireWriter(0, bytes).varint(value);
    const written = bytes.findIndex((byte) => byte < 0x80) + 1;
    expect(varintSize(value)).toBe(written);
  },
);

test.each([Number.POSITIVE_INFINITY, 2 ** 53, -1, 0.5, Number.NaN])(
  '%p has a size, and is refused when it is written',
  (value) => {
    expect(varintSize(value)).toBeLessThanOrEqual(10);
    expect(() => new WireWriter(16).varint(value)).toThrow();
  },
);
