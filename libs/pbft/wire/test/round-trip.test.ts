import fc from 'fast-check';
import { Batch } from '@synod/pbft-core';
import type { Message, Record } from '@synod/pbft-core';
import { decodeCertificate, encodeCertificate, pbftMessages, pbftRecords } from '@synod/pbft-wire';
import { encodeStatement } from '../src/statements.js';
import { certificates, messages, peerMessages, records, statements } from './arbitrary.js';
import { domain } from './keys.js';

const codec = pbftMessages(domain);
const recordCodec = pbftRecords(domain);

/** Plain data for comparison: batches without their wire bytes, Buffers as the Uint8Arrays that they are. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Batch) return { requests: value.requests.map(plain), sizeBytes: value.sizeBytes };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** Encoded into a receive buffer with other bytes around it, which is overwritten after decoding. */
function throughPoisonedBuffer(message: Message): Message {
  const wire = codec.encode(message);
  const buffer = Buffer.alloc(wire.length + 32, 0xaa);
  buffer.set(wire, 16);
  const decoded = codec.decode(codec.kindOf(message), buffer.subarray(16, 16 + wire.length));
  buffer.fill(0xee);
  return decoded;
}

describe('A message that is encoded and decoded is the same, whatever becomes of the receive buffer', () => {
  test.each(Object.entries(messages))('%s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (message) => {
        expect(plain(throughPoisonedBuffer(message))).toEqual(plain(message));
      }),
      { numRuns: 60 },
    );
  });

  test('subject kinds are kebab-case tokens; a reply carries its client', () => {
    expect([...codec.peerKinds].sort()).toEqual([
      'checkpoint',
      'checkpoint-proof',
      'commit',
      'complaint',
      'fetch',
      'fetch-chunk',
      'hello',
      'hello-reply',
      'history',
      'missing',
      'new-view',
      'pre-prepare',
      'prepare',
      'progress',
      'proof',
      'relay',
      'snapshot',
      'snapshot-chunk',
      'snapshot-offer',
      'view-change',
    ]);
    fc.assert(
      fc.property(messages['reply'] as fc.Arbitrary<Message & { client: string }>, (reply) => {
        expect(codec.kindOf(reply)).toBe(`reply.${reply.client}`);
      }),
    );
  });
});

describe('A record that is encoded and decoded is the same', () => {
  const stored = (record: Record) => {
    const { type, payload } = recordCodec.encode(record);
    return { type, payload: Uint8Array.from(Buffer.concat(payload)) };
  };

  test.each(Object.entries(records))('%s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (record) => {
        expect(plain(recordCodec.decode(stored(record)))).toEqual(plain(record));
      }),
      { numRuns: 60 },
    );
  });

  test('none is at a log position: the log between the water marks is in memory', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(records)), (record) => {
        expect(Object.keys(recordCodec.encode(record)).sort()).toEqual(['payload', 'type']);
      }),
      { numRuns: 50 },
    );
    expect(() => recordCodec.batchOf({ type: 2, payload: new Uint8Array([1]) })).toThrow('at no log position');
  });
});

describe('A certificate that is encoded and decoded is the same', () => {
  test.each(Object.entries(certificates))('%s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (certificate) => {
        expect(plain(decodeCertificate(domain, encodeCertificate(certificate)))).toEqual(plain(certificate));
      }),
      { numRuns: 60 },
    );
  });
});

describe('What is signed', () => {
  test.each(Object.entries(statements))(
    'of type %s keeps its bytes through messages, records and certificates',
    (_type, arbitrary) => {
      fc.assert(
        fc.property(arbitrary as fc.Arbitrary<import('@synod/pbft-core').Signed>, (signed) => {
          const proof: Message = { kind: 'proof', first: signed, second: signed };
          const { first } = codec.decode('proof', codec.encode(proof)) as Extract<Message, { kind: 'proof' }>;
          expect(Buffer.from(first.bytes).equals(signed.bytes)).toBe(true);
          expect(Buffer.from(first.signature).equals(signed.signature)).toBe(true);
          // The same statement has the same bytes, so a replica that restarts signs the same again.
          expect(Buffer.from(encodeStatement(domain, first.signer, first.statement)).equals(signed.bytes)).toBe(true);
        }),
        { numRuns: 60 },
      );
    },
  );

  test('differs with cluster, group, epoch, signer, type and every field', () => {
    const said = { type: 'prepare', view: 1, sequence: 2, digest: 'ab'.repeat(32) } as const;
    const variants = [
      encodeStatement(domain, 'r1', said),
      encodeStatement({ ...domain, cluster: 'other' }, 'r1', said),
      encodeStatement({ ...domain, group: 'other' }, 'r1', said),
      encodeStatement({ ...domain, epoch: 'e2' }, 'r1', said),
      encodeStatement(domain, 'r2', said),
      encodeStatement(domain, 'r1', { ...said, type: 'commit' }),
      encodeStatement(domain, 'r1', { ...said, type: 'prePrepare' }),
      encodeStatement(domain, 'r1', { ...said, view: 2 }),
      encodeStatement(domain, 'r1', { ...said, sequence: 3 }),
      encodeStatement(domain, 'r1', { ...said, digest: 'cd'.repeat(32) }),
    ].map((bytes) => Buffer.from(bytes).toString('hex'));
    expect(new Set(variants).size).toBe(variants.length);
  });

  test('of a batch is encoded once: message and journal have the same bytes', () => {
    fc.assert(
      fc.property(peerMessages.prePrepare, (message) => {
        const received = codec.decode('pre-prepare', codec.encode(message)) as typeof message;
        const [, body] = recordCodec.encode({
          kind: 'accepted',
          proposal: received.signed,
          batch: received.batch,
        }).payload;
        expect(Buffer.from(body!).includes(Buffer.from(received.batch.wire!))).toBe(true);
        expect(Buffer.from(received.batch.wire!).equals(message.batch.wire!)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
