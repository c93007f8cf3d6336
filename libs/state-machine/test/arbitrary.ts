import fc from 'fast-check';
import type { Condition, Operation, Query, Step } from '../src/index.js';

/** Few keys, so that they meet; of lengths and bytes around which order goes wrong. */
export const key = fc
  .constantFrom(
    ...[
      [0],
      [0, 0],
      [1],
      [97],
      [97, 0],
      [97, 98],
      [97, 98, 99],
      [97, 98, 99, 0],
      [97, 98, 99, 100],
      [97, 98, 99, 100, 1],
    ],
    ...[
      [97, 98, 99, 100, 101, 102],
      [97, 255],
      [98],
      [127],
      [128],
      [255],
      [255, 255, 255, 255],
      [255, 255, 255, 255, 0],
    ],
  )
  .map((bytes) => Uint8Array.from(bytes));
export const value = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc.tuple(fc.integer({ min: 0, max: 700 }), fc.nat({ max: 255 })).map(([n, fill]) => new Uint8Array(n).fill(fill)),
);
const put = fc.record({ kind: fc.constant('put' as const), key, value });
const remove = fc.record({ kind: fc.constant('delete' as const), key });
export const get = fc.record({ kind: fc.constant('get' as const), key });
const step: fc.Arbitrary<Step> = fc.oneof(put, remove, get);
const steps = fc.array(step, { maxLength: 4 });
const condition: fc.Arbitrary<Condition> = fc.record({
  key,
  relation: fc.constantFrom('equal' as const, 'notEqual' as const, 'greater' as const, 'less' as const),
  target: fc.oneof(fc.record({ revision: fc.nat({ max: 30 }) }), fc.record({ value })),
});

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: put },
  { weight: 2, arbitrary: remove },
  fc.record({
    kind: fc.constant('compareAndSet' as const),
    key,
    expectedRevision: fc.nat({ max: 30 }),
    value: fc.option(value, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('transaction' as const),
    conditions: fc.array(condition, { maxLength: 3 }),
    success: steps,
    failure: steps,
  }),
);

const noKey = fc.constant(new Uint8Array(0));
export const query: fc.Arbitrary<Query> = fc.oneof(
  get,
  fc.record({
    kind: fc.constant('range' as const),
    prefix: fc.oneof(key, noKey),
    startAfter: fc.oneof(key, noKey),
    limit: fc.constantFrom(0, 1, 2, 5),
    keysOnly: fc.boolean(),
  }),
);
