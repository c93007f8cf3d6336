import fc from 'fast-check';
import {
  DecodeError,
  decodeRegisterRequest,
  decodeReply,
  encodeRegisterRequest,
  encodeReply,
  limits,
} from '@synod/api';
import type { RegisterRequest, Reply } from '@synod/api';
import { synod } from '../src/gen/api.js';
import { bytes, integer, mangled, plain, token } from './arbitrary.js';

const { Decide } = synod.api.v1;
const key = fc.stringMatching(/^[A-Za-z0-9._/-]{1,128}$/);
const value = fc.option(bytes(60), { nil: undefined });
const request: fc.Arbitrary<RegisterRequest> = fc.record({ client: token, sequence: integer, key, value });

test('a wish for a register comes back as it went; no value is not an empty one', () => {
  fc.assert(
    fc.property(request, (made) => {
      expect(plain(decodeRegisterRequest(encodeRegisterRequest(made)))).toEqual(plain(made));
    }),
  );
  const asked = (value: Uint8Array | undefined) =>
    decodeRegisterRequest(encodeRegisterRequest({ client: 'c', sequence: 1, key: 'k', value })).value;
  expect(asked(undefined)).toBeUndefined();
  expect(asked(new Uint8Array(0))).toHaveLength(0);
});

test('so does its answer', () => {
  fc.assert(
    fc.property(value, integer, (value, term) => {
      const answer = { kind: 'decided', value } as const;
      const reply: Reply = { session: 0, sequence: 7, answer, index: 0, term, ageMs: 0, traceId: undefined };
      expect(plain(decodeReply(encodeReply(reply)))).toEqual(plain(reply));
    }),
  );
});

test('the value is copied', () => {
  const encoded = encodeRegisterRequest({ client: 'c', sequence: 1, key: 'k', value: Uint8Array.of(7) });
  const decoded = decodeRegisterRequest(encoded);
  encoded.fill(0xee);
  expect(plain(decoded)).toMatchObject({ value: '0x07' });
});

test('whatever the bytes, there is a value or a DecodeError', () => {
  const property = fc.property(mangled(request.map(encodeRegisterRequest)), (bytes) => {
    try {
      decodeRegisterRequest(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError);
    }
  });
  fc.assert(property, { numRuns: 1000 });
});

describe('Refused', () => {
  const good = { version: 1, client: 'c1', sequence: 1, key: 'locks/leader' };
  const encode = (changes: object) => Decide.encode({ ...good, ...changes }).finish();

  test.each([
    ['another version', { version: 2 }, 'version 2'],
    ['no client', { client: '' }, 'which client'],
    ['a client with a dot', { client: 'a.b' }, 'which client'],
    ['no key', { key: '' }, 'a-z'],
    ['a key with a space', { key: 'a b' }, 'a-z'],
    ['a key with a line end', { key: 'ab\n' }, 'a-z'],
    ['a key that is too long', { key: 'x'.repeat(limits.registerKeyBytes + 1) }, '128 bytes'],
    ['an unsafe sequence', { sequence: 2 ** 53 }, '2^53-1'],
    ['a value of any length', { value: new Uint8Array(limits.requestBytes) }, 'bytes'],
  ])('%s', (_, changes, message) => {
    expect(decodeRegisterRequest(encode({})).key).toBe('locks/leader');
    expect(() => decodeRegisterRequest(encode(changes))).toThrow(message);
    expect(() => decodeRegisterRequest(encode(changes))).toThrow(DecodeError);
  });

  test('fields of later versions: a value is for ever, so nothing may be half understood', () => {
    expect(() => decodeRegisterRequest(Uint8Array.from([...encode({}), 0x7a, 0x01, 0x00]))).toThrow('no field 15');
  });

  test('our own mistakes', () => {
    const wrong = (changes: object) => () => encodeRegisterRequest({ ...good, value: undefined, ...changes });
    expect(wrong({ client: 'a.b' })).toThrow(RangeError);
    expect(wrong({ key: '' })).toThrow(RangeError);
    expect(wrong({ value: new Uint8Array(limits.requestBytes) })).toThrow(RangeError);
  });
});
