import fc from 'fast-check';
import type { Condition, KeyValue, Operation, Query, Result, Step } from '@synod/state-machine';

export const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
export const integer = fc.oneof(
  fc.maxSafeNat(),
  fc.nat({ max: 300 }),
  fc.constantFrom(0, 127, 128, 2 ** 28, 2 ** 31, 2 ** 32, 2 ** 35, 2 ** 49, Number.MAX_SAFE_INTEGER),
);
export const token = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
const key = bytes(20);

export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, value: bytes(40) }),
  fc.record({ kind: fc.constant('delete' as const), key }),
  fc.record({ kind: fc.constant('get' as const), key }),
);
const condition: fc.Arbitrary<Condition> = fc.record({
  key,
  relation: fc.constantFrom('equal' as const, 'notEqual' as const, 'greater' as const, 'less' as const),
  target: fc.oneof(fc.record({ revision: integer }), fc.record({ value: bytes(20) })),
});

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, value: bytes(200) }),
  fc.record({ kind: fc.constant('delete' as const), key }),
  fc.record({
    kind: fc.constant('compareAndSet' as const),
    key,
    expectedRevision: integer,
    value: fc.option(bytes(40), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('transaction' as const),
    conditions: fc.array(condition, { maxLength: 5 }),
    success: fc.array(step, { maxLength: 5 }),
    failure: fc.array(step, { maxLength: 5 }),
  }),
);

export const query: fc.Arbitrary<Query> = fc.oneof(
  fc.record({ kind: fc.constant('get' as const), key }),
  fc.record({
    kind: fc.constant('range' as const),
    prefix: key,
    startAfter: key,
    limit: fc.nat({ max: 2 ** 32 - 1 }),
    keysOnly: fc.boolean(),
  }),
);

const keyValue: fc.Arbitrary<KeyValue> = fc.record({
  key,
  value: bytes(60),
  revision: integer,
  created: integer,
  version: integer,
});
const simpleResult: fc.Arbitrary<Result> = fc.oneof(
  fc.record({ kind: fc.constant('written' as const), revision: integer, existed: fc.boolean() }),
  fc.record({ kind: fc.constant('mismatch' as const), revision: integer }),
  keyValue.map((item) => ({ kind: 'found' as const, ...item })),
  fc.constant({ kind: 'notFound' as const }),
  fc.record({ kind: fc.constant('range' as const), items: fc.array(keyValue, { maxLength: 4 }), more: fc.boolean() }),
  fc.record({
    kind: fc.constant('error' as const),
    code: fc.constantFrom('malformed', 'unknown', 'keyInvalid', 'valueTooLarge', 'tooMany', 'resultTooLarge'),
  }),
);
export const result: fc.Arbitrary<Result> = fc.oneof(
  simpleResult,
  fc.record({
    kind: fc.constant('transaction' as const),
    succeeded: fc.boolean(),
    results: fc.array(simpleResult, { maxLength: 4 }),
  }),
);

/** Bytes that are nearly a message: random, or an encoding that was cut, changed or extended. */
export const mangled = (encoded: fc.Arbitrary<Uint8Array>) =>
  fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc
      .tuple(encoded, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.nat({ max: 3 }))
      .map(([whole, at, noise, how]) => {
        const place = whole.length === 0 ? 0 : at % whole.length;
        if (how === 0) return whole.slice(0, place);
        const middle = how === 1 ? place : place + noise.length;
        return Uint8Array.from([...whole.slice(0, place), ...noise, ...whole.slice(how === 3 ? place : middle)]);
      }),
  );

/** The same value with bytes as hexadecimal text, whatever kind of array holds them. */
export function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return `0x${Buffer.from(value as Uint8Array).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
