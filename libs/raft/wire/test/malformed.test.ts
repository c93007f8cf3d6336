import fc from 'fast-check';
import { DecodeError, wireOf } from '@synod/api';
import type { Entry } from '@synod/log';
import { raftMessages, raftRecords, wireLimits } from '@synod/raft-wire';
import { synod } from '../src/gen/raft.js';
import { batchAt, messages, peerMessages, records } from './arbitrary.js';

const { Envelope } = synod.raft.v1;
const kinds = [...raftMessages.peerKinds, 'request', 'read', 'reply.client'];

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

const refused = (kind: string, payload: Uint8Array): void => {
  expect(accepts(() => raftMessages.decode(kind, payload))).toBe(false);
};
const noOps = (first: number, count: number): Uint8Array =>
  wireOf(batchAt(first, 1, Array<Entry>(count).fill({ kind: 'noOp' })));
const envelope = (body: object, version = 1): Uint8Array => Envelope.encode({ version, ...body }).finish();

describe('No bytes make a decoder throw anything but DecodeError', () => {
  test('random bytes as any kind of message', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 200 }), (kind, payload) => {
        accepts(() => raftMessages.decode(kind, payload));
      }),
      { numRuns: 2000 },
    );
  });

  test('random bytes as any kind of record', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.uint8Array({ maxLength: 200 }), (type, rest) => {
        accepts(() => raftRecords.decode({ type, payload: new Uint8Array([1, ...rest]) }));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(Object.entries(messages))('%s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (message, at, byte) => {
        const wire = Uint8Array.from(raftMessages.encode(message));
        const kind = raftMessages.kindOf(message);
        const position = at % Math.max(wire.length, 1);
        accepts(() => raftMessages.decode(kind, wire.subarray(0, position)));
        wire[position] = byte;
        accepts(() => raftMessages.decode(kind, wire));
      }),
      { numRuns: 200 },
    );
  });

  test.each(Object.entries(records))('record %s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (record, at, byte) => {
        const frame = raftRecords.encode(record);
        const payload = Uint8Array.from(Buffer.concat(frame.payload));
        const position = at % payload.length;
        accepts(() => raftRecords.decode({ type: frame.type, payload: payload.subarray(0, position) }));
        payload[position] = byte;
        accepts(() => raftRecords.decode({ type: frame.type, payload }));
      }),
      { numRuns: 200 },
    );
  });
});

describe('Refused', () => {
  const vote = { phase: 2, term: 1, lastIndex: 0, lastTerm: 0, handover: false };

  test('another version, said before anything else about the message', () => {
    const future = Buffer.concat([envelope({ requestVote: vote }, 2), Buffer.from([0x9a, 0x01, 0x00])]);
    expect(() => raftMessages.decode('request-vote', future)).toThrow(
      'an Envelope of version 2; this replica speaks 1',
    );
    refused('request-vote', Envelope.encode({ requestVote: vote }).finish());
  });

  test('a body that is not what the subject says, two bodies, none, unknown ones', () => {
    refused('append-entries', envelope({ requestVote: vote }));
    refused('request-vote', envelope({ requestVote: vote, formed: Uint8Array.of(0x08, 1) }));
    refused(
      'request-vote',
      Buffer.concat([envelope({ requestVote: vote }), envelope({ requestVote: vote }).subarray(2)]),
    );
    refused('request-vote', envelope({}));
    refused('request-vote', Buffer.concat([envelope({ requestVote: vote }), Buffer.from([0x9a, 0x01, 0x00])]));
    refused('no-such-kind', envelope({ requestVote: vote }));
    refused('__proto__', envelope({ requestVote: vote }));
  });

  test('integers above 2^53-1, which would be rounded', () => {
    const term = Buffer.from([0x08, ...[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]]); // field 1, 2^53
    refused('timeout-now', Buffer.concat([Buffer.from([0x08, 0x01, 0x42, term.length]), term]));
    const whole = Number.MAX_SAFE_INTEGER;
    expect(raftMessages.decode('timeout-now', envelope({ timeoutNow: { term: whole } }))).toMatchObject({
      term: whole,
    });
  });

  test('numbers of enumerations that are not known', () => {
    for (const phase of [0, 3, 4_294_967_295]) refused('request-vote', envelope({ requestVote: { ...vote, phase } }));
    const hello = (standing: number) => envelope({ hello: Uint8Array.of(0x08, 1, 0x10, standing) });
    expect(raftMessages.decode('hello', hello(3))).toEqual({ kind: 'hello', nonce: 1, standing: 'active' });
    refused('hello', hello(9));
    refused('append-entries-reply', envelope({ appendEntriesReply: { term: 1 } }));
    refused('append-entries-reply', envelope({ appendEntriesReply: { term: 1, matched: {}, heard: {} } }));
  });

  test('names that are no tokens', () => {
    for (const name of ['', 'R1', 'a.b', '*', 'x'.repeat(33)]) {
      refused('heartbeat', envelope({ appendEntries: { term: 1, followers: [name] } }));
    }
    const hardState = records.hardState;
    fc.assert(
      fc.property(hardState, (record) => {
        const frame = raftRecords.encode({ ...record, votedFor: 'Not.A.Token' } as typeof record);
        expect(accepts(() => raftRecords.decode({ type: 1, payload: Buffer.concat(frame.payload) }))).toBe(false);
      }),
      { numRuns: 5 },
    );
  });

  test('batches with gaps, without entries, or not directly after prev', () => {
    const append = (...batches: Uint8Array[]): Uint8Array =>
      envelope({ appendEntries: { term: 1, prevIndex: 4, batches } });
    expect(raftMessages.decode('append-entries', append(noOps(5, 2), noOps(7, 1)))).toBeDefined();
    refused('append-entries', append(noOps(5, 2), noOps(8, 1)));
    refused('append-entries', append(noOps(6, 1)));
    refused('append-entries', append(Buffer.from([0x08, 1, 0x10, 5])));
  });

  test('a change of configuration, in messages and in the journal: the members are fixed', () => {
    const entries: Entry[] = [{ kind: 'noOp' }, { kind: 'configuration', bytes: new Uint8Array(3) }];
    const bytes = wireOf(batchAt(5, 1, entries));
    const frame = { type: 2, payload: new Uint8Array([1, ...bytes]) };
    refused('append-entries', envelope({ appendEntries: { term: 1, prevIndex: 4, batches: [bytes] } }));
    for (const read of [raftRecords.decode, raftRecords.batchOf]) {
      expect(() => read(frame)).toThrow('a change of configuration; in Raft the members are fixed');
    }
  });

  test('a chunk that goes beyond its snapshot or does not name one', () => {
    const chunk = { term: 1, snapshot: { index: 1, era: 1 }, offset: 10, totalBytes: 12, bytes: new Uint8Array(3) };
    refused('install-snapshot', envelope({ installSnapshot: chunk }));
    refused('install-snapshot', envelope({ installSnapshot: { ...chunk, totalBytes: 13, snapshot: null } }));
    expect(
      raftMessages.decode('install-snapshot', envelope({ installSnapshot: { ...chunk, totalBytes: 13 } })),
    ).toBeDefined();
  });

  test('a record of another version or type, in words', () => {
    const payload = new Uint8Array([2]);
    expect(() => raftRecords.decode({ type: 1, payload })).toThrow('a record of version 2; this replica reads 1');
    expect(() => raftRecords.decode({ type: 9, payload: new Uint8Array([1]) })).toThrow(
      "record type 9 is not one of Raft's",
    );
    expect(() => raftRecords.decode({ type: 1, payload: new Uint8Array() })).toThrow('version none');
  });
});

describe('Sizes are refused before anything is made of them', () => {
  test('a message beyond the broker’s max_payload', () => {
    const bomb = new Uint8Array(wireLimits.messageBytes + 1);
    expect(() => raftMessages.decode('append-entries', bomb)).toThrow(`a message of ${bomb.length} bytes`);
  });

  test('a field that claims to be longer than its message', () => {
    refused('append-entries', Buffer.from([0x08, 0x01, 0x22, 0xff, 0xff, 0xff, 0xff, 0x0f]));
  });

  test('too many batches, followers or entries', () => {
    const followers = Array.from({ length: wireLimits.followers + 1 }, () => 'r1');
    refused('heartbeat', envelope({ appendEntries: { term: 1, followers } }));
    const batches = Array.from({ length: wireLimits.batches + 1 }, () => new Uint8Array());
    refused('append-entries', envelope({ appendEntries: { term: 1, batches } }));
    const half = wireLimits.entries / 2 + 1;
    const both = [noOps(1, half), noOps(half + 1, half)];
    refused('append-entries', envelope({ appendEntries: { term: 1, batches: both } }));
  });
});

describe('raft.proto says how it is', () => {
  test('generated code alone reads a message that this codec wrote', () => {
    fc.assert(
      fc.property(peerMessages.appendEntries, (message) => {
        const { appendEntries } = Envelope.decode(raftMessages.encode(message));
        expect(appendEntries).toMatchObject({ followers: message.followers });
        expect(Number(appendEntries!.round ?? 0)).toBe(message.round);
      }),
      { numRuns: 30 },
    );
  });
});

test('a client whose message found the mailbox full is told to come back, by the reply that it waits for', () => {
  fc.assert(
    fc.property(messages['request']!, (request) => {
      if (request.kind !== 'request') throw new Error(request.kind);
      const { client, session, sequence } = request;
      expect(raftMessages.refusal('request', request.bytes)).toMatchObject({
        ...{ kind: 'reply', client, session, sequence },
        answer: { kind: 'refused', reason: 'overloaded' },
      });
    }),
  );
  expect(raftMessages.refusal('timeout-now', new Uint8Array())).toBeUndefined();
});
