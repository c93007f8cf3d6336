import fc from 'fast-check';
import { wireOf } from '@synod/api';
import { EntryBatch } from '@synod/log';
import { raftMessages, raftRecords } from '@synod/raft-wire';
import type { Message, Record } from '@synod/raft-core';
import { synod } from '../src/gen/raft.js';
import { batch, messages, records } from './arbitrary.js';

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
  const wire = raftMessages.encode(message);
  const buffer = Buffer.alloc(wire.length + 32, 0xaa);
  buffer.set(wire, 16);
  const decoded = raftMessages.decode(raftMessages.kindOf(message), buffer.subarray(16, 16 + wire.length));
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

  test('appendEntries, which is written by hand, is what generated code writes, and the journal gets the same bytes', () => {
    fc.assert(
      fc.property(messages['appendEntries'] as fc.Arbitrary<Extract<Message, { kind: 'appendEntries' }>>, (message) => {
        for (const batch of message.batches) batch.wire = undefined;
        const encoded = raftMessages.encode(message);
        const again = message.batches.map(({ era, first, entries, sizeBytes }) =>
          wireOf(new EntryBatch(era, first, entries, sizeBytes)),
        );
        expect(message.batches.map((batch) => [...wireOf(batch)])).toEqual(again.map((bytes) => [...bytes]));
        const beat = message.beat ? { at: message.beat.at, echoes: [...message.beat.echoes] } : null;
        const appendEntries = { ...message, followers: [...message.followers], batches: again, beat };
        expect([...encoded]).toEqual([...synod.raft.v1.Envelope.encode({ version: 1, appendEntries }).finish()]);
      }),
    );
  });

  test('subject kinds are kebab-case tokens; a reply carries its client', () => {
    expect([...raftMessages.peerKinds].sort()).toEqual([
      'activate',
      'append-entries',
      'append-entries-reply',
      'form',
      'formed',
      'heartbeat',
      'hello',
      'hello-reply',
      'install-snapshot',
      'install-snapshot-reply',
      'rejoin',
      'request-vote',
      'request-vote-reply',
      'timeout-now',
    ]);
    fc.assert(
      fc.property(messages['reply'] as fc.Arbitrary<Message & { client: string }>, (reply) => {
        expect(raftMessages.kindOf(reply)).toBe(`reply.${reply.client}`);
      }),
    );
  });
});

describe('A record that is encoded and decoded is the same', () => {
  const stored = (record: Record) => {
    const { type, payload } = raftRecords.encode(record);
    return { type, payload: Uint8Array.from(Buffer.concat(payload)) };
  };

  test.each(Object.entries(records))('%s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (record) => {
        expect(plain(raftRecords.decode(stored(record)))).toEqual(plain(record));
      }),
      { numRuns: 60 },
    );
  });

  test('a frame says which log positions it holds or voids', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (made, from) => {
        const frame = raftRecords.encode({ kind: 'entries', batch: made });
        expect(frame.log).toEqual({ first: made.first, count: made.entries.length });
        expect(raftRecords.encode({ kind: 'truncate', from }).truncateFrom).toBe(from);
      }),
    );
  });

  test('what a truncation made void is left out of a batch that is read back', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (made, cut) => {
        const voidFrom = made.first + 1 + (cut % made.entries.length);
        const frame = { ...stored({ kind: 'entries', batch: made }), voidFrom };
        expect(plain(raftRecords.batchOf(frame))).toEqual(plain(made.before(voidFrom)));
      }),
    );
  });
});

describe('Entries are encoded once', () => {
  const append = (batches: readonly EntryBatch[], prevIndex: number): Message => ({
    kind: 'appendEntries',
    ...{ term: 9, prevIndex, prevTerm: 1, commit: 0, round: 0, followers: ['r2'], batches },
  });

  test('the journal gets the very bytes that the message carries, at the leader and at the follower', () => {
    fc.assert(
      fc.property(batch, (made) => {
        const wire = raftMessages.encode(append([made], made.first - 1));
        expect(Buffer.from(wire).includes(Buffer.from(made.wire!))).toBe(true);
        expect(raftRecords.encode({ kind: 'entries', batch: made }).payload[1]).toBe(made.wire);

        const received = raftMessages.decode('append-entries', wire);
        if (received.kind !== 'appendEntries') throw new Error(received.kind);
        const [theirs] = received.batches;
        expect(Buffer.compare(theirs!.wire!, made.wire!)).toBe(0);
        expect(raftRecords.encode({ kind: 'entries', batch: theirs! }).payload[1]).toBe(theirs!.wire);
      }),
    );
  });

  test('one copy is made of a batch: its entries are views of it', () => {
    const made = new EntryBatch(1, 1, [{ kind: 'request', from: 'client', bytes: new Uint8Array(100) }], 148);
    const received = raftMessages.decode('append-entries', raftMessages.encode(append([made], 0)));
    if (received.kind !== 'appendEntries') throw new Error(received.kind);
    const { wire, entries } = received.batches[0]!;
    expect(entries[0]!.kind === 'request' && entries[0]!.bytes.buffer).toBe(wire!.buffer);
    expect(wire!.buffer.byteLength).toBe(wire!.length);
  });
});
