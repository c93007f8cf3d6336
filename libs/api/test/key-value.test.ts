import fc from 'fast-check';
import { PutPlace } from '@synod/state-machine';
import { synod } from '../src/gen/api.js';
import {
  decodeOperation,
  DecodeError,
  decodeQuery,
  decodeResult,
  encodeOperation,
  encodeQuery,
  encodeResult,
  keyValueCodec,
} from '../src/index.js';
import { mangled, operation, plain, query, result } from './arbitrary.js';

const ofText = (text: string) => new TextEncoder().encode(text);

/** Runs a decoder on bytes of any kind; anything but a value or a DecodeError fails the test. */
function onlyDecodeErrors(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
  }
}

test('operations, queries and results come back as they went', () => {
  fc.assert(
    fc.property(operation, (value) => expect(plain(decodeOperation(encodeOperation(value)))).toEqual(plain(value))),
  );
  fc.assert(fc.property(query, (value) => expect(plain(decodeQuery(encodeQuery(value)))).toEqual(plain(value))));
  fc.assert(fc.property(result, (value) => expect(plain(decodeResult(encodeResult(value)))).toEqual(plain(value))));
});

test('the fast encoders write what the generated code writes', () => {
  const { Operation, Query, Result } = synod.api.v1;
  fc.assert(
    fc.property(operation, query, result, (operation, query, result) => {
      if (operation.kind === 'put') {
        const { key, value } = operation;
        const put = { ...(key.length > 0 && { key }), ...(value.length > 0 && { value }) };
        expect([...encodeOperation(operation)]).toEqual([...Operation.encode({ put }).finish()]);
      }
      const again = Query.encode(Query.decode(encodeQuery(query))).finish();
      expect([...encodeQuery(query)]).toEqual([...again]);
      expect([...encodeResult(result)]).toEqual([...Result.encode(Result.decode(encodeResult(result))).finish()]);
    }),
  );
});

test('readPut finds key and value of every put and of nothing else', () => {
  fc.assert(
    fc.property(mangled(operation.map(encodeOperation)), (bytes) => {
      const place = new PutPlace();
      const isPut = keyValueCodec.readPut(bytes, place);
      let slow;
      try {
        slow = decodeOperation(bytes);
      } catch {
        slow = undefined;
      }
      if (isPut) {
        expect(slow?.kind).toBe('put');
        const put = slow as { key: Uint8Array; value: Uint8Array };
        expect([...bytes.subarray(place.keyStart, place.keyEnd)]).toEqual([...put.key]);
        expect([...bytes.subarray(place.valueStart, place.valueEnd)]).toEqual([...put.value]);
      }
    }),
    { numRuns: 500 },
  );
  const put = encodeOperation({ kind: 'put', key: ofText('k'), value: ofText('v') });
  expect(keyValueCodec.readPut(put, new PutPlace())).toBe(true);
});

test('a result that is read without generated code is what generated code reads', () => {
  fc.assert(
    fc.property(mangled(result.map(encodeResult)), (bytes) => {
      let fast;
      try {
        fast = decodeResult(bytes);
      } catch {
        return;
      }
      const { written, found } = synod.api.v1.Result.decode(bytes);
      if (fast.kind === 'written') {
        expect(fast).toEqual({ kind: 'written', revision: written?.revision ?? 0, existed: written?.existed ?? false });
      } else if (fast.kind === 'found') {
        expect([...fast.key, ...fast.value]).toEqual([...(found?.key ?? []), ...(found?.value ?? [])]);
        const { revision, created, version } = found!;
        expect([fast.revision, fast.created, fast.version]).toEqual([revision ?? 0, created ?? 0, version ?? 0]);
      }
    }),
    { numRuns: 1500 },
  );
});

test('whatever the bytes, decoders give a value or a DecodeError', () => {
  const runs = { numRuns: 1500 };
  fc.assert(
    fc.property(mangled(operation.map(encodeOperation)), (b) => onlyDecodeErrors(decodeOperation, b)),
    runs,
  );
  fc.assert(
    fc.property(mangled(query.map(encodeQuery)), (b) => onlyDecodeErrors(decodeQuery, b)),
    runs,
  );
  fc.assert(
    fc.property(mangled(result.map(encodeResult)), (b) => onlyDecodeErrors(decodeResult, b)),
    runs,
  );
});

describe('an operation is refused', () => {
  const { Operation, Result } = synod.api.v1;
  const key = ofText('k');

  test('with too many empty parts, before one object is made of them', () => {
    const parts = Uint8Array.from({ length: 100_000 }, (_, i) => [0x12, 0x02, 0x1a, 0x00][i % 4]!);
    const transaction = Uint8Array.from([0x22, 0xa0, 0x8d, 0x06, ...parts]);
    expect(() => decodeOperation(transaction)).toThrow('more than 129 of field 2');
  });

  test('with a revision above 2^53-1', () => {
    const bytes = Operation.encode({ compareAndSet: { key, expectedRevision: 2 ** 53 } }).finish();
    expect(() => decodeOperation(bytes)).toThrow('above 2^53-1');
  });

  test('with two alternatives, or a field that is not known', () => {
    const put = Operation.encode({ put: { key } }).finish();
    const remove = Operation.encode({ delete: { key } }).finish();
    expect(() => decodeOperation(Uint8Array.from([...put, ...remove]))).toThrow('2 alternatives');
    expect(() => decodeOperation(Uint8Array.from([...put, 0x48, 0x01]))).toThrow('no field 9');
    expect(() => decodeOperation(new Uint8Array(0))).toThrow('0 alternatives');
  });

  test('above its size', () => {
    const value = new Uint8Array(130_000);
    expect(() => decodeOperation(encodeOperation({ kind: 'put', key, value }))).toThrow('at most 130000');
  });

  test('as unknown, not as malformed, when a later version knows it', () => {
    expect(decodeOperation(Uint8Array.of(9 * 8 + 2, 1, 0))).toBeUndefined();
    expect(decodeQuery(Uint8Array.of(9 * 8 + 2, 0))).toBeUndefined();
  });

  test('and a result of a transaction in a transaction', () => {
    const nested = { transaction: { results: [{ transaction: { results: [{ notFound: {} }] } }] } };
    expect(() => decodeResult(Result.encode(nested).finish())).toThrow(DecodeError);
  });
});
