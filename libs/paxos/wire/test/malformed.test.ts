import fc from 'fast-check';
import { encodeReply, logLimits } from '@synod/api';
import { paxosMessages, paxosRecords } from '@synod/paxos-wire';
import { synod } from '../src/gen/paxos.js';
import type { Decide, Read, Reconfigure, Request } from '@synod/paxos-core';
import { messages, records } from './arbitrary.js';
import {
  acceptors,
  accepts,
  batchBytes,
  envelope,
  founding,
  refused,
  refusedRecord,
  stored,
  understood,
  understoodRecord,
} from './judge.js';

const pb = synod.paxos.v1;
const kinds = [...paxosMessages.peerKinds, 'request', 'read', 'decide', 'member', 'reply.client'];

describe('No bytes make a decoder throw anything but DecodeError', () => {
  test('random bytes as any kind of message', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 200 }), (kind, payload) => {
        accepts(() => paxosMessages.decode(kind, payload));
      }),
      { numRuns: 2000 },
    );
  });

  test('random bytes as any kind of record', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.uint8Array({ maxLength: 200 }), (type, rest) => {
        accepts(() => paxosRecords.decode(stored(type, rest)));
        accepts(() => paxosRecords.batchOf(stored(type, rest)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(Object.entries(messages))('%s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (message, at, byte) => {
        const wire = Uint8Array.from(paxosMessages.encode(message));
        const kind = paxosMessages.kindOf(message);
        const position = at % Math.max(wire.length, 1);
        accepts(() => paxosMessages.decode(kind, wire.subarray(0, position)));
        wire[position] = byte;
        accepts(() => paxosMessages.decode(kind, wire));
      }),
      { numRuns: 200 },
    );
  });

  test.each(Object.entries(records))('record %s cut short, or with a byte changed', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(255), (record, at, byte) => {
        const frame = paxosRecords.encode(record);
        const payload = Uint8Array.from(Buffer.concat(frame.payload));
        const position = at % payload.length;
        accepts(() => paxosRecords.decode({ type: frame.type, payload: payload.subarray(0, position) }));
        payload[position] = byte;
        accepts(() => paxosRecords.decode({ type: frame.type, payload }));
      }),
      { numRuns: 200 },
    );
  });
});

describe('Refused', () => {
  const prepare = { ballot: 65, from: 1 };

  test('another version, said before anything else about the message', () => {
    const future = Buffer.concat([envelope({ prepare }, 2), Buffer.from([0x9a, 0x03, 0x00])]);
    expect(() => paxosMessages.decode('prepare', future)).toThrow('an Envelope of version 2; this replica speaks 1');
    refused('prepare', pb.Envelope.encode({ prepare }).finish());
    understood('prepare', envelope({ prepare }));
  });

  test('a body that is not what the subject says, two bodies, none, unknown ones', () => {
    refused('learn', envelope({ prepare }));
    refused('prepare', envelope({ prepare, learn: { from: 1 } }));
    refused('prepare', Buffer.concat([envelope({ prepare }), envelope({ prepare }).subarray(2)]));
    refused('prepare', envelope({}));
    refused('prepare', Buffer.concat([envelope({ prepare }), Buffer.from([0x9a, 0x03, 0x00])]));
    refused('no-such-kind', envelope({ prepare }));
    refused('__proto__', envelope({ prepare }));
  });

  test('a heartbeat with values, and an accept without any', () => {
    const accept = { ballot: 65, batches: [batchBytes(65, 4, 2)] };
    understood('accept', envelope({ accept }));
    refused('heartbeat', envelope({ accept }));
    understood('heartbeat', envelope({ accept: { ballot: 65 } }));
    refused('accept', envelope({ accept: { ballot: 65 } }));
  });

  test('fields that the version does not have, also where they are read by hand', () => {
    for (const [kind, body] of [
      ['accept', { accept: { ballot: 65, batches: [batchBytes(65, 4, 2)] } }],
      ['accepted', { accepted: { ballot: 65 } }],
      ['prepare', { prepare }],
      ['nack', { nack: { ballot: 65, promised: 66 } }],
    ] as const) {
      const good = envelope(body);
      understood(kind, good);
      // Field 15, in the body: one byte more than its length says now.
      const extended = Uint8Array.from([...good, 0x78, 0x01]);
      extended[3] = good[3]! + 2;
      refused(kind, extended);
    }
  });

  test('no ballot, and ballots above 2^52, in whatever message', () => {
    const highest = 2 ** 52;
    const withBallot = (ballot: number): [string, object][] => [
      ['canvass', { canvass: { ballot, nonce: 1 } }],
      ['canvass-reply', { canvassReply: { ballot, nonce: 1 } }],
      ['prepare', { prepare: { ballot, from: 1 } }],
      ['promised', { promised: { ballot, from: 1 } }],
      ['accept', { accept: { ballot, batches: [batchBytes(ballot, 4, 1)] } }],
      ['heartbeat', { accept: { ballot } }],
      ['accepted', { accepted: { ballot } }],
      ['progress', { progress: { ballot } }],
      ['take-over', { takeOver: { ballot } }],
      ['register-prepare', { registerPrepare: { key: 'k', ballot } }],
      ['register-promised', { registerPromised: { key: 'k', ballot } }],
      ['register-accept', { registerAccept: { key: 'k', ballot } }],
      ['register-accepted', { registerAccepted: { key: 'k', ballot } }],
      ['register-nack', { registerNack: { key: 'k', ballot, promised: ballot, why: 3 } }],
      ['freeze-registers', { freezeRegisters: { ballot } }],
      ['registers-page', { registersPage: { ballot } }],
      ['store-registers', { storeRegisters: { ballot } }],
      ['store-registers', { storeRegisters: { ballot: 65, registers: [{ key: 'k', promised: ballot }] } }],
      ['registers-stored', { registersStored: { ballot } }],
    ];
    for (const [kind, body] of withBallot(highest)) understood(kind, envelope(body));
    for (const [kind, body] of [...withBallot(highest + 1), ...withBallot(0)]) refused(kind, envelope(body));
  });

  test('promises above 2^52, values of such ballots, snapshots of such eras; a refusal that names no higher ballot', () => {
    const high = 2 ** 52 + 1;
    understood('nack', envelope({ nack: { ballot: 65, promised: 66 } }));
    for (const promised of [high, 65, 0]) refused('nack', envelope({ nack: { ballot: 65, promised } }));
    refused('canvass-reply', envelope({ canvassReply: { ballot: 65, promised: high } }));
    refused('chosen', envelope({ chosen: { from: 1, batches: [batchBytes(high, 1, 1)] } }));
    understood('fetch-chunk', envelope({ fetchChunk: { snapshot: { index: 1, era: 65 } } }));
    refused('fetch-chunk', envelope({ fetchChunk: { snapshot: { index: 1, era: high } } }));
    refused('fetch-chunk', envelope({ fetchChunk: { offset: 1 } }));
    const state = { standing: 3, clusterId: 1 };
    understoodRecord(1, pb.AcceptorState.encode({ ...state, promised: 65 }).finish());
    refusedRecord(1, pb.AcceptorState.encode({ ...state, promised: high }).finish());
    refusedRecord(2, pb.Vote.encode({ number: 1, batch: batchBytes(high, 1, 1) }).finish());
    refusedRecord(4, pb.AcceptorMark.encode({ snapshot: { index: 1, era: high }, state }).finish());
    refusedRecord(6, batchBytes(high, 1, 1));
    refusedRecord(5, pb.ProposerState.encode({ round: 2 ** 46 + 1, founding: founding as never }).finish());
    refusedRecord(5, pb.ProposerState.encode({ number: 64, founding: founding as never }).finish());
  });

  test('integers above 2^53-1, which would be rounded', () => {
    const unsafe = Buffer.from([0x08, ...[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]]); // field 1, 2^53
    refused('learn', Buffer.concat([Buffer.from([0x08, 0x01, 0x52, unsafe.length]), unsafe]));
    refused('accepted', Buffer.concat([Buffer.from([0x08, 0x01, 0x3a, unsafe.length]), unsafe]));
    const whole = Number.MAX_SAFE_INTEGER;
    expect(paxosMessages.decode('learn', envelope({ learn: { from: whole } }))).toMatchObject({ from: whole });
  });

  test('an accept whose values have gaps between them, or are of another ballot', () => {
    const accept = (...batches: Uint8Array[]): Uint8Array => envelope({ accept: { ballot: 65, batches } });
    understood('accept', accept(batchBytes(65, 5, 2), batchBytes(65, 7, 1)));
    refused('accept', accept(batchBytes(65, 5, 2), batchBytes(65, 8, 1)));
    refused('accept', accept(batchBytes(65, 5, 2), batchBytes(65, 6, 1)));
    refused('accept', accept(batchBytes(65, 7, 1), batchBytes(65, 5, 2)));
    refused('accept', accept(batchBytes(65, 5, 2), batchBytes(64, 7, 1)));
    refused('accept', accept(Uint8Array.from([0x08, 65, 0x10, 5])));
  });

  test('a vote for slots that begin nowhere, end before they begin, or are more than a message holds', () => {
    const accepted = (first: number, last: number): Uint8Array => envelope({ accepted: { ballot: 65, first, last } });
    understood('accepted', accepted(0, 0));
    understood('accepted', accepted(7, 7));
    understood('accepted', accepted(7, 6 + logLimits.entries));
    refused('accepted', accepted(0, 7));
    refused('accepted', accepted(7, 6));
    refused('accepted', accepted(7, 0));
    refused('accepted', accepted(7, 7 + logLimits.entries));
    refused('accepted', accepted(1, Number.MAX_SAFE_INTEGER));
  });

  test('a promise with values of higher ballots, of other slots, or of a slot twice', () => {
    const promised = (...batches: Uint8Array[]): Uint8Array =>
      envelope({ promised: { ballot: 65, from: 5, through: 9, last: 12, batches } });
    understood('promised', promised(batchBytes(3, 5, 2), batchBytes(65, 9, 1)));
    refused('promised', promised(batchBytes(66, 5, 2)));
    refused('promised', promised(batchBytes(3, 4, 2)));
    refused('promised', promised(batchBytes(3, 9, 2)));
    refused('promised', promised(batchBytes(3, 5, 2), batchBytes(4, 6, 1)));
    refused('promised', promised(batchBytes(3, 6, 1), batchBytes(4, 5, 1)));
  });

  test('chosen values that leave out slots, and questions about no slot', () => {
    const chosen = (...batches: Uint8Array[]): Uint8Array => envelope({ chosen: { from: 5, batches } });
    understood('chosen', chosen(batchBytes(3, 5, 2), batchBytes(2, 7, 1)));
    refused('chosen', chosen(batchBytes(3, 6, 1)));
    refused('chosen', chosen(batchBytes(3, 5, 2), batchBytes(2, 8, 1)));
    refused('chosen', envelope({ chosen: {} }));
    refused('learn', envelope({ learn: {} }));
    refused('prepare', envelope({ prepare: { ballot: 65 } }));
  });

  test('acceptors whose quorums need not meet, without names or version, named twice, or too many', () => {
    const reply = (changes: object): Uint8Array =>
      envelope({ canvassReply: { ballot: 65, founding: { ...founding, ...changes } } });
    const many = (count: number) => ({
      acceptors: Array.from({ length: count }, (_, i) => ({ address: `a${i}`, disk: i })),
      phase1: count,
    });
    understood('canvass-reply', reply({}));
    understood('canvass-reply', reply(many(64)));
    refused('canvass-reply', reply({ phase1: 1 }));
    refused('canvass-reply', reply({ phase2: 0 }));
    refused('canvass-reply', reply({ phase2: 4 }));
    refused('canvass-reply', reply({ version: 0 }));
    refused('canvass-reply', reply({ acceptors: [] }));
    refused('canvass-reply', reply({ acceptors: [acceptors[0], acceptors[1], { address: 'a1', disk: 9 }] }));
    for (const address of ['', 'A1', 'a.b', '*', 'x'.repeat(33)]) {
      refused('canvass-reply', reply({ acceptors: [acceptors[0], acceptors[1], { address, disk: 0 }] }));
    }
    refused('canvass-reply', reply(many(65)));
  });

  test('sets of acceptors that do not follow one another, or none', () => {
    const snapshot = { index: 9, era: 65 };
    const offer = (...sets: object[]): Uint8Array =>
      envelope({ snapshotOffer: { snapshot, sets, registers: founding } });
    const [second, third] = [2, 3].map((version) => ({ ...founding, version }));
    understood('snapshot-offer', offer({ from: 4, set: founding }, { from: 9, set: second }));
    refused('snapshot-offer', offer({ from: 9, set: founding }, { from: 9, set: second }));
    refused('snapshot-offer', offer({ from: 4, set: founding }, { from: 9, set: third }));
    refused('snapshot-offer', offer({ from: 4, set: second }, { from: 9, set: founding }));
    refused('snapshot-offer', offer({ from: 4 }));
    refused('snapshot-offer', offer());
    const sets = [{ from: 1, set: founding as never }];
    refused('snapshot-offer', envelope({ snapshotOffer: { snapshot, sets } }));
    const state = { number: 1, founding: founding as never };
    const mark = { snapshot, sizeBytes: 1, state, sets, registers: founding as never };
    understoodRecord(7, pb.ProposerMark.encode(mark).finish());
    refusedRecord(7, pb.ProposerMark.encode({ ...mark, sets: [] }).finish());
    refusedRecord(7, pb.ProposerMark.encode({ ...mark, registers: null }).finish());
    refusedRecord(7, pb.ProposerMark.encode({ ...mark, state: null }).finish());
    refusedRecord(7, pb.ProposerMark.encode({ ...mark, snapshot: null }).finish());
  });

  test('a chunk that goes beyond its snapshot', () => {
    const chunk = (totalBytes: number): Uint8Array => {
      const snapshot = { index: 1, era: 65 };
      return envelope({ snapshotChunk: { snapshot, offset: 10, chunk: { totalBytes, bytes: new Uint8Array(3) } } });
    };
    understood('snapshot-chunk', chunk(13));
    refused('snapshot-chunk', chunk(12));
  });

  test('a record of another version or type, in words; one without what it is about', () => {
    const payload = new Uint8Array([2]);
    expect(() => paxosRecords.decode({ type: 1, payload })).toThrow('a record of version 2; this replica reads 1');
    expect(() => paxosRecords.decode({ type: 9, payload: new Uint8Array([1]) })).toThrow(
      "record type 9 is not one of Multi-Paxos's",
    );
    expect(() => paxosRecords.decode({ type: 1, payload: new Uint8Array() })).toThrow('version none');
    for (const standing of [0, 1, 4, 5, 6]) refusedRecord(1, pb.AcceptorState.encode({ standing }).finish());
    refusedRecord(2, pb.Vote.encode({ batch: batchBytes(65, 1, 1) }).finish());
    refusedRecord(2, pb.Vote.encode({ number: 1 }).finish());
    refusedRecord(3, pb.RegisterVote.encode({ number: 1 }).finish());
    refusedRecord(3, pb.RegisterVote.encode({ register: { key: 'k', promised: 65 } }).finish());
    refusedRecord(4, pb.AcceptorMark.encode({ number: 1, snapshot: { index: 1, era: 1 } }).finish());
    refusedRecord(5, pb.ProposerState.encode({ number: 1, round: 1, clusterId: 1 }).finish());
  });

  test('an answer for a reason that is not Multi-Paxos’s', () => {
    const reply = (reason: 'lost' | 'unauthorized'): Uint8Array => {
      const answer = { kind: 'refusal', reason, leader: '', retryAfterMs: 0, detail: '' } as const;
      return encodeReply({ session: 1, sequence: 1, answer, index: 0, term: 65, ageMs: 0, traceId: undefined });
    };
    understood('reply.c1', reply('lost'));
    refused('reply.c1', reply('unauthorized'));
    refused('reply.', reply('lost'));
    refused('reply.A.b', reply('lost'));
  });
});

test('who asks in vain because the mailbox is full is told to come back, by the reply that is waited for', () => {
  for (const kind of ['request', 'read', 'decide', 'reconfigure']) {
    fc.assert(
      fc.property(messages[kind]!, (message) => {
        const { client, sequence } = message as Request | Read | Decide | Reconfigure;
        const session = message.kind === 'request' ? message.session : 0;
        expect(paxosMessages.refusal(paxosMessages.kindOf(message), paxosMessages.encode(message))).toEqual({
          ...{ kind: 'reply', client, session, sequence },
          answer: { kind: 'refused', reason: 'overloaded', ballot: 0, retryAfterMs: 50 },
        });
      }),
      { numRuns: 20 },
    );
  }
  expect(paxosMessages.refusal('prepare', new Uint8Array())).toBeUndefined();
});
