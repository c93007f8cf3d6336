import fc from 'fast-check';
import { DecodeError } from '@synod/api';
import { decodeCertificate, encodeCertificate, pbftMessages, pbftRecords, wireLimits } from '@synod/pbft-wire';
import { synod } from '../src/gen/pbft.js';
import { certificates, messages, records } from './arbitrary.js';
import { domain, replica } from './keys.js';

const { Envelope, Statement, Batch: PbBatch } = synod.pbft.v1;
const codec = pbftMessages(domain);
const recordCodec = pbftRecords(domain);
const kinds = [...codec.peerKinds, 'request', 'read', 'reply.client'];

/** Decodes or throws `DecodeError`; anything else is a defect. */
function accepts(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return false;
  }
}

const refused = (kind: string, payload: Uint8Array): void =>
  expect(accepts(() => codec.decode(kind, payload))).toBe(false);
const envelope = (body: object, version = 1): Uint8Array => Envelope.encode({ version, ...body }).finish();

describe('No bytes make a decoder throw anything but DecodeError', () => {
  test('random bytes as any kind of message', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 200 }), (kind, payload) => {
        accepts(() => codec.decode(kind, payload));
      }),
      { numRuns: 3000 },
    );
  });

  test('random bytes as any kind of record, or as a certificate', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.uint8Array({ maxLength: 200 }), (type, rest) => {
        accepts(() => recordCodec.decode({ type, payload: new Uint8Array([1, ...rest]) }));
        accepts(() => decodeCertificate(domain, rest));
      }),
      { numRuns: 3000 },
    );
  });

  test.each(Object.entries(messages))('%s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (message, at, byte) => {
        const wire = Uint8Array.from(codec.encode(message));
        const kind = codec.kindOf(message);
        const position = at % Math.max(wire.length, 1);
        accepts(() => codec.decode(kind, wire.subarray(0, position)));
        wire[position] = byte;
        accepts(() => codec.decode(kind, wire));
      }),
      { numRuns: 100 },
    );
  });

  test.each([...Object.entries(records)])('record %s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (record, at, byte) => {
        const frame = recordCodec.encode(record);
        const payload = Uint8Array.from(Buffer.concat(frame.payload));
        const position = at % payload.length;
        accepts(() => recordCodec.decode({ type: frame.type, payload: payload.subarray(0, position) }));
        payload[position] = byte;
        accepts(() => recordCodec.decode({ type: frame.type, payload }));
      }),
      { numRuns: 100 },
    );
  });

  test.each(Object.entries(certificates))('certificate %s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (certificate, at, byte) => {
        const bytes = Uint8Array.from(encodeCertificate(certificate));
        const position = at % bytes.length;
        accepts(() => decodeCertificate(domain, bytes.subarray(0, position)));
        bytes[position] = byte;
        accepts(() => decodeCertificate(domain, bytes));
      }),
      { numRuns: 100 },
    );
  });
});

describe('Refused', () => {
  const digest = 'ab'.repeat(32);
  const vote = replica('r1').sign({ type: 'prepare', view: 1, sequence: 2, digest });
  const pbVote = { statement: vote.bytes, signature: vote.signature };
  const prepare = envelope({ prepare: pbVote });

  /** The same vote, said otherwise. */
  const says = (fields: object): Uint8Array => {
    const base = {
      version: 1,
      ...domain,
      signer: 'r1',
      prepare: { view: 1, sequence: 2, digest: Buffer.from(digest, 'hex') },
    };
    const statement = Statement.encode({ ...base, ...fields }).finish();
    return envelope({ prepare: { statement, signature: vote.signature } });
  };

  test('nothing of what is right', () => {
    expect(accepts(() => codec.decode('prepare', prepare))).toBe(true);
    expect(accepts(() => codec.decode('prepare', says({})))).toBe(true);
  });

  test('another version of envelope, statement, record or certificate, in words', () => {
    expect(() => codec.decode('prepare', envelope({ prepare: pbVote }, 2))).toThrow('an Envelope of version 2');
    expect(() => codec.decode('prepare', says({ version: 2 }))).toThrow('a statement of version 2');
    expect(() => recordCodec.decode({ type: 1, payload: new Uint8Array([2]) })).toThrow('a record of version 2');
    expect(() => recordCodec.decode({ type: 99, payload: new Uint8Array([1]) })).toThrow(
      "record type 99 is not one of PBFT's",
    );
    const certificate = synod.pbft.v1.Certificate.encode({
      version: 2,
      equivocation: { first: pbVote, second: pbVote },
    });
    expect(() => decodeCertificate(domain, certificate.finish())).toThrow('a certificate of version 2');
  });

  test.each([{ cluster: 'other' }, { group: 'other' }, { epoch: 'e0' }, { epoch: '' }])(
    'a statement that was signed elsewhere: %j',
    (elsewhere) => {
      expect(() => codec.decode('prepare', says(elsewhere))).toThrow('for another group or epoch');
    },
  );

  test('a statement that says something else than its message, or two things, or nothing', () => {
    expect(() => codec.decode('commit', envelope({ commit: pbVote }))).toThrow('a statement of type prepare');
    refused('prepare', says({ commit: { view: 1, sequence: 2, digest: Buffer.from(digest, 'hex') } }));
    refused('prepare', says({ prepare: null }));
    refused('prepare', envelope({ prepare: { statement: new Uint8Array(0), signature: vote.signature } }));
  });

  test('a body that is not what the subject says, two bodies, none, unknown ones', () => {
    refused('commit', prepare);
    refused('prepare', Buffer.concat([prepare, prepare.subarray(2)]));
    refused('prepare', envelope({}));
    refused('prepare', Buffer.concat([prepare, Buffer.from([0xca, 0x02, 0x00])]));
    refused('no-such-kind', prepare);
    refused('__proto__', prepare);
  });

  test('digests, signatures and names that are none', () => {
    for (const length of [0, 31, 33]) {
      refused('prepare', says({ prepare: { view: 1, sequence: 2, digest: new Uint8Array(length) } }));
    }
    for (const length of [0, 63, 65]) {
      refused('prepare', envelope({ prepare: { statement: vote.bytes, signature: new Uint8Array(length) } }));
    }
    for (const signer of ['', 'R1', 'a.b', 'x'.repeat(33)]) refused('prepare', says({ signer }));
  });

  test('integers above 2^53-1, which would be rounded', () => {
    const tooLarge = Buffer.from([0x08, ...[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]]);
    refused('fetch-chunk', Buffer.concat([Buffer.from([0x08, 0x01, 0x8a, 0x01, tooLarge.length]), tooLarge]));
    const most = envelope({ fetchChunk: { snapshot: Number.MAX_SAFE_INTEGER } });
    expect(codec.decode('fetch-chunk', most)).toMatchObject({ snapshot: Number.MAX_SAFE_INTEGER });
  });

  test('a field that no statement has: two versions must not read one signature differently', () => {
    const stray = Buffer.concat([vote.bytes, Buffer.from([0x92, 0x01, 0x00])]);
    refused('prepare', envelope({ prepare: { statement: stray, signature: vote.signature } }));
  });

  test('a read of another level as a request that is to be ordered', () => {
    fc.assert(
      fc.property(messages['read']!, (read) => {
        if (read.kind !== 'read') throw new Error(read.kind);
        const says = { version: 1, ...domain, signer: 'ann', request: { queries: read.queries } };
        const signed = { statement: Statement.encode(says).finish(), signature: new Uint8Array(64) };
        const payload = synod.pbft.v1.Signed.encode(signed).finish();
        expect(accepts(() => codec.decode('request', payload))).toBe(read.level === 'linearizable');
      }),
      { numRuns: 30 },
    );
  });

  test('a chunk that goes beyond its snapshot', () => {
    const chunk = { snapshot: 1, offset: 10, totalBytes: 12, bytes: new Uint8Array(3), checksum: 1 };
    refused('snapshot-chunk', envelope({ snapshotChunk: chunk }));
    expect(
      accepts(() => codec.decode('snapshot-chunk', envelope({ snapshotChunk: { ...chunk, totalBytes: 13 } }))),
    ).toBe(true);
  });
});

describe('Sizes are refused before anything is made of them', () => {
  test('a message beyond the broker’s max_payload', () => {
    const bomb = new Uint8Array(wireLimits.messageBytes + 1);
    expect(() => codec.decode('prepare', bomb)).toThrow(`a message of ${bomb.length} bytes`);
  });

  const many = <T>(count: number, item: T): T[] => Array<T>(count).fill(item);
  const empty = { statement: new Uint8Array(0), signature: new Uint8Array(0) };

  test.each<[string, string, () => Uint8Array]>([
    ['open slots', 'status', () => envelope({ status: { open: many(wireLimits.openSlots + 1, {}) } })],
    [
      'missing digests',
      'status',
      () => envelope({ status: { batches: many(wireLimits.missing + 1, new Uint8Array(32)) } }),
    ],
    [
      'votes',
      'checkpoint-proof',
      () => envelope({ checkpointProof: { state: {}, votes: many(wireLimits.members + 1, empty) } }),
    ],
    ['digests', 'history', () => envelope({ history: { digests: new Uint8Array(32 * (wireLimits.digests + 1)) } })],
    ['batches', 'history', () => envelope({ history: { batches: many(wireLimits.batches + 1, new Uint8Array(0)) } })],
    [
      'chunks',
      'snapshot-offer',
      () => envelope({ snapshotOffer: { manifest: { chunks: new Uint8Array(32 * (wireLimits.chunks + 1)) } } }),
    ],
    [
      'requests in a batch',
      'missing',
      () =>
        envelope({ missing: { batch: PbBatch.encode({ requests: many(wireLimits.requests + 1, empty) }).finish() } }),
    ],
  ])('too many %s', (_what, kind, make) => refused(kind, make()));
});

test('statements within statements lead no deeper than there is a place for', () => {
  const signature = new Uint8Array(wireLimits.ed25519Bytes);
  const common = { version: 1, ...domain, signer: 'r1' };
  let statement = replica('r1').sign({ type: 'prePrepare', view: 0, sequence: 1, digest: 'ab'.repeat(32) }).bytes;
  for (let level = 0; level < 3000; level++)
    statement = Statement.encode({ ...common, newView: { view: 1, proposals: [{ statement, signature }] } }).finish();
  const signed = { statement, signature };
  const certificate = synod.pbft.v1.Certificate.encode({ version: 1, equivocation: { first: signed, second: signed } });
  expect(accepts(() => decodeCertificate(domain, certificate.finish()))).toBe(false);
});

test('a client whose message found the mailbox full is told to come back, by the reply that it waits for', () => {
  fc.assert(
    fc.property(messages['request']!, (request) => {
      if (request.kind !== 'request') throw new Error(request.kind);
      const { client, session, sequence } = request.signed.statement;
      expect(codec.refusal('request', codec.encode(request))).toMatchObject({
        ...{ kind: 'reply', client, session, sequence },
        answer: { kind: 'refused', reason: 'overloaded' },
      });
    }),
  );
  expect(codec.refusal('prepare', new Uint8Array())).toBeUndefined();
});
