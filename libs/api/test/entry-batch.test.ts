import fc from 'fast-check';
import { DecodeError, decodeEntryBatch, logLimits, wireOf, wireSize } from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { synod } from '../src/gen/api.js';

const { EntryBatch: PbBatch } = synod.log.v1;
const contents = fc.uint8Array({ maxLength: 300 });
const position = fc.integer({ min: 1, max: 2 ** 50 });
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constant<Entry>({ kind: 'noOp' }),
  fc.record({ kind: fc.constant('request' as const), from: fc.stringMatching(/^[a-z0-9-]{1,32}$/), bytes: contents }),
  fc.record({ kind: fc.constant('configuration' as const), bytes: contents }),
);
const batch = fc
  .tuple(position, position, fc.array(entry, { minLength: 1, maxLength: 20 }))
  .map(([era, first, list]) => batchOf(list, first, era));

function batchOf(list: readonly Entry[], first = 1, era = 1): EntryBatch {
  return new EntryBatch(era, first, list, sizeOf(list));
}

/** As generated code has it. */
function generated(e: Entry) {
  if (e.kind === 'noOp') return { noOp: {} };
  return e.kind === 'request' ? { request: { user: e.from, batch: e.bytes } } : { configuration: e.bytes };
}

function byHand(e: synod.log.v1.Entry.$Properties): Entry {
  if (e.noOp) return { kind: 'noOp' };
  if (!e.request) return { kind: 'configuration', bytes: e.configuration! };
  return { kind: 'request', from: e.request.user!, bytes: e.request.batch! };
}

const plain = (e: Entry): unknown => (e.kind === 'noOp' ? e : { ...e, bytes: Array.from(e.bytes) });
const refused = (bytes: Uint8Array, why: string): void => {
  expect(() => decodeEntryBatch(bytes)).toThrow(DecodeError);
  expect(() => decodeEntryBatch(bytes)).toThrow(why);
};

describe('log.proto says how it is', () => {
  test('generated code reads what is written by hand, which is as long as was said', () => {
    fc.assert(
      fc.property(batch, (made) => {
        const size = wireSize(made);
        const { era, first, entries } = PbBatch.decode(wireOf(made));
        expect(wireOf(made)).toHaveLength(size);
        expect({ era, first }).toEqual({ era: made.era, first: made.first });
        expect(entries!.map(byHand).map(plain)).toEqual(made.entries.map(plain));
      }),
    );
  });

  test('what is written by generated code is read by hand', () => {
    fc.assert(
      fc.property(batch, (made) => {
        const { era, first } = made;
        const read = decodeEntryBatch(PbBatch.encode({ era, first, entries: made.entries.map(generated) }).finish());
        expect(read).toMatchObject({ era, first, sizeBytes: made.sizeBytes });
        expect(read.entries.map(plain)).toEqual(made.entries.map(plain));
      }),
    );
  });

  test('the bytes of a batch never change: journals are older than this code', () => {
    const bytes = Buffer.from('put');
    const hex = (list: readonly Entry[]) => Buffer.from(wireOf(batchOf(list, 300, 2))).toString('hex');
    expect(hex([{ kind: 'noOp' }])).toBe('080210ac021a020a00');
    expect(hex([{ kind: 'request', from: 'c1', bytes }])).toBe('080210ac021a0b12090a0263311203707574');
    expect(hex([{ kind: 'configuration', bytes }])).toBe('080210ac021a051a03707574');
  });
});

test('a batch that was read is not encoded again, and its entries are views of its bytes', () => {
  const list: Entry[] = [
    { kind: 'request', from: 'c1', bytes: new Uint8Array(100) },
    { kind: 'configuration', bytes: new Uint8Array(100) },
  ];
  const bytes = wireOf(batchOf(list));
  const read = decodeEntryBatch(bytes);
  expect(wireOf(read)).toBe(bytes);
  for (const { kind, ...rest } of read.entries) {
    expect(kind !== 'noOp' && 'bytes' in rest && rest.bytes.buffer).toBe(bytes.buffer);
  }
});

describe('Refused', () => {
  const noOps = (count: number): Entry[] => Array<Entry>(count).fill({ kind: 'noOp' });

  test('users that are no names', () => {
    for (const user of ['', 'R1', 'a.b', '*', 'x'.repeat(33)]) {
      const entries = [{ request: { user, batch: new Uint8Array(1) } }];
      expect(() => decodeEntryBatch(PbBatch.encode({ era: 1, first: 1, entries }).finish())).toThrow(DecodeError);
    }
  });

  test('more entries than are allowed, and more than the rest of a message may hold', () => {
    const entries = Array.from({ length: logLimits.entries + 1 }, () => ({ noOp: {} }));
    refused(PbBatch.encode({ era: 1, first: 1, entries }).finish(), 'more than 16384 entries');
    const three = wireOf(batchOf(noOps(3)));
    expect(decodeEntryBatch(three, 3).entries).toHaveLength(3);
    expect(() => decodeEntryBatch(three, 2)).toThrow(DecodeError);
  });

  test('no era, no position, no entries, or an end beyond what numbers can say', () => {
    const entries = [{ noOp: {} }];
    refused(PbBatch.encode({ era: 0, first: 1, entries }).finish(), 'without era or position');
    refused(PbBatch.encode({ era: 1, first: 0, entries }).finish(), 'without era or position');
    refused(PbBatch.encode({ era: 1, first: 1 }).finish(), 'without entries');
    refused(PbBatch.encode({ era: 1, first: Number.MAX_SAFE_INTEGER, entries }).finish(), 'ends above 2^53-1');
  });

  test('an entry of unknown kind, of none, of two, and a no-op that holds something', () => {
    const withEntry = (...bytes: number[]): Uint8Array => Buffer.from([0x08, 1, 0x10, 1, 0x1a, bytes.length, ...bytes]);
    expect(decodeEntryBatch(withEntry(0x0a, 0)).entries).toEqual([{ kind: 'noOp' }]);
    refused(withEntry(0x22, 0), 'unknown kind');
    refused(withEntry(), 'unknown kind');
    refused(withEntry(0x0a, 0, 0x1a, 0), 'several kinds');
    refused(withEntry(0x0a, 1, 0), 'a NoOp with contents');
  });

  test('our own mistakes, too: no batch is written that could not be read', () => {
    expect(() => wireOf(batchOf(noOps(logLimits.entries + 1)))).toThrow(RangeError);
    expect(() => wireOf(batchOf([]))).toThrow(RangeError);
    for (const from of ['', 'Not.A.Token']) {
      expect(() => wireOf(batchOf([{ kind: 'request', from, bytes: new Uint8Array() }]))).toThrow(RangeError);
    }
    expect(() => wireOf(batchOf([{ kind: 'noOp' }], 2 ** 53))).toThrow(RangeError);
  });
});
