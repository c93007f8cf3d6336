import fc from 'fast-check';
import { wireOf } from '@synod/api';
import { EntryBatch } from '@synod/log';
import type { Accept, Message, Promised, Record } from '@synod/paxos-core';
import { paxosMessages, paxosRecords } from '@synod/paxos-wire';
import { synod } from '../src/gen/paxos.js';
import { batch, messages, peerMessages, records } from './arbitrary.js';

const { Envelope } = synod.paxos.v1;

/** Plain data for comparison: batches without their wire bytes, Buffers as the Uint8Arrays that they are. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value);
  if (value instanceof EntryBatch) return plain({ ...value, wire: undefined });
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** Encoded into a receive buffer with other bytes around it, which is overwritten after decoding. */
function throughPoisonedBuffer(message: Message): Message {
  const wire = paxosMessages.encode(message);
  const buffer = Buffer.alloc(wire.length + 32, 0xaa);
  buffer.set(wire, 16);
  const decoded = paxosMessages.decode(paxosMessages.kindOf(message), buffer.subarray(16, 16 + wire.length));
  buffer.fill(0xee);
  return decoded;
}

/** Encoded again where nothing is remembered. */
const anew = ({ era, first, entries, sizeBytes }: EntryBatch) => wireOf(new EntryBatch(era, first, entries, sizeBytes));

describe('A message that is encoded and decoded is the same, whatever becomes of the receive buffer', () => {
  test.each(Object.entries(messages))('%s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (message) => {
        expect(plain(throughPoisonedBuffer(message))).toEqual(plain(message));
      }),
      { numRuns: 60 },
    );
  });

  test('accept, which is written by hand, is what generated code writes, and the journal gets the same bytes', () => {
    fc.assert(
      fc.property(peerMessages.accept, (message) => {
        for (const batch of message.batches) batch.wire = undefined;
        const encoded = paxosMessages.encode(message);
        const again = message.batches.map(anew);
        expect(message.batches.map((batch) => [...wireOf(batch)])).toEqual(again.map((bytes) => [...bytes]));
        const beat = message.beat ? { at: message.beat.at, echoes: [...message.beat.echoes] } : null;
        const accept = { ...message, batches: again, beat };
        expect([...encoded]).toEqual([...Envelope.encode({ version: 1, accept }).finish()]);
      }),
    );
  });

  test('accepted, which is written by hand, is what generated code writes', () => {
    fc.assert(
      fc.property(peerMessages.accepted, (accepted) => {
        const encoded = paxosMessages.encode(accepted);
        expect([...encoded]).toEqual([...Envelope.encode({ version: 1, accepted }).finish()]);
      }),
    );
  });

  test('subject kinds are kebab-case tokens; a reply carries its client, a change of the acceptors is the admin’s', () => {
    expect(new Set(paxosMessages.peerKinds)).toEqual(
      new Set([
        ...['accept', 'accepted', 'activate', 'canvass', 'canvass-reply', 'chosen', 'fetch-chunk', 'form', 'formed'],
        ...['heartbeat', 'hello', 'hello-reply', 'join', 'learn', 'nack', 'prepare', 'progress', 'promised'],
        ...[
          'freeze-registers',
          'register-accept',
          'register-accepted',
          'register-ask',
          'register-nack',
          'register-prepare',
          'register-told',
        ],
        ...['register-promised', 'registers-page', 'registers-stored', 'snapshot-chunk', 'snapshot-offer'],
        ...['store-registers', 'take-over'],
      ]),
    );
    fc.assert(
      fc.property(messages['reply'] as fc.Arbitrary<Message & { client: string }>, (reply) => {
        expect(paxosMessages.kindOf(reply)).toBe(`reply.${reply.client}`);
      }),
    );
    fc.assert(fc.property(messages['reconfigure']!, (message) => paxosMessages.kindOf(message) === 'member'));
  });
});

describe('A record that is encoded and decoded is the same', () => {
  const stored = (record: Record) => {
    const { type, payload } = paxosRecords.encode(record);
    return { type, payload: Uint8Array.from(Buffer.concat(payload)) };
  };

  test.each(Object.entries(records))('%s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (record) => {
        expect(plain(paxosRecords.decode(stored(record)))).toEqual(plain(record));
      }),
      { numRuns: 60 },
    );
  });

  test('types are numbers that no other record has', () => {
    const types = Object.values(records).map((arbitrary) => paxosRecords.encode(fc.sample(arbitrary, 1)[0]!).type);
    expect(types).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('votes are at their numbers in the journal, chosen values at their slots', () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1 }), (batch, number) => {
        expect(paxosRecords.encode({ kind: 'vote', number, batch }).log).toEqual({ first: number, count: 1 });
        const register = { key: 'k', promised: 65, accepted: 0, value: new Uint8Array(0) };
        expect(paxosRecords.encode({ kind: 'registerVote', number, register }).log).toEqual({
          first: number,
          count: 1,
        });
        const slots = { first: batch.first, count: batch.entries.length };
        expect(paxosRecords.encode({ kind: 'chosenValues', batch }).log).toEqual(slots);
      }),
    );
  });

  test('what is read back from a journal is the values with their own slots', () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1 }), (batch, number) => {
        for (const record of [{ kind: 'vote', number, batch } as const, { kind: 'chosenValues', batch } as const]) {
          expect(plain(paxosRecords.batchOf(stored(record)))).toEqual(plain(batch));
        }
      }),
    );
    fc.assert(
      fc.property(batch, fc.nat(), (made, cut) => {
        const voidFrom = made.first + 1 + (cut % made.entries.length);
        const frame = { ...stored({ kind: 'chosenValues', batch: made }), voidFrom };
        expect(plain(paxosRecords.batchOf(frame))).toEqual(plain(made.before(voidFrom)));
      }),
    );
    fc.assert(
      fc.property(records.acceptorMark, (record) => {
        expect(() => paxosRecords.batchOf(stored(record))).toThrow('record type 4 holds no values');
      }),
      { numRuns: 5 },
    );
  });

  test('generated code alone reads a vote, whose head is written by hand', () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1 }), (batch, number) => {
        const [, ...vote] = stored({ kind: 'vote', number, batch }).payload;
        const read = synod.paxos.v1.Vote.decode(Uint8Array.from(vote));
        expect({ number: read.number, batch: [...read.batch] }).toEqual({ number, batch: [...anew(batch)] });
      }),
    );
  });
});

describe('Values are encoded once', () => {
  const accept = (batch: EntryBatch): Accept => {
    return {
      kind: 'accept',
      ballot: batch.era,
      chosenThrough: 0,
      trimThrough: 0,
      round: 0,
      clusterId: 0,
      batches: [batch],
    };
  };

  test('journals get the very bytes that the message carries, at acceptors and at proposers', () => {
    fc.assert(
      fc.property(batch, (made) => {
        const wire = paxosMessages.encode(accept(made));
        expect(Buffer.from(wire).includes(Buffer.from(made.wire!))).toBe(true);
        expect(paxosRecords.encode({ kind: 'chosenValues', batch: made }).payload[1]).toBe(made.wire);

        const received = paxosMessages.decode('accept', wire) as Accept;
        const [theirs] = received.batches;
        expect(Buffer.compare(theirs!.wire!, made.wire!)).toBe(0);
        expect(paxosRecords.encode({ kind: 'vote', number: 1, batch: theirs! }).payload[1]).toBe(theirs!.wire);
      }),
    );
  });

  test('a promise reports the bytes that were accepted, and what is read from the journal is not encoded again', () => {
    fc.assert(
      fc.property(batch, (made) => {
        const { type, payload } = paxosRecords.encode({ kind: 'vote', number: 3, batch: made });
        const read = paxosRecords.batchOf({ type, payload: Buffer.concat(payload) });
        expect(Buffer.compare(read.wire!, made.wire!)).toBe(0);
        const { era: ballot, first: from, last } = made;
        const promised: Promised = {
          ...{ kind: 'promised', ballot, disk: 0, from, through: last, last, trimmedThrough: 0 },
          ...{ clusterId: 4, batches: [read] },
        };
        expect(Buffer.from(paxosMessages.encode(promised)).includes(Buffer.from(made.wire!))).toBe(true);
      }),
    );
  });

  test('one copy is made of a batch: its entries are views of it', () => {
    const made = new EntryBatch(65, 1, [{ kind: 'request', from: 'client', bytes: new Uint8Array(100) }], 148);
    const { batches } = paxosMessages.decode('accept', paxosMessages.encode(accept(made))) as Accept;
    const { wire, entries } = batches[0]!;
    expect(entries[0]!.kind === 'request' && entries[0]!.bytes.buffer).toBe(wire!.buffer);
    expect(wire!.buffer.byteLength).toBe(wire!.length);
  });
});
