import {
  DecodeError,
  decodeReconfiguration,
  decodeRegisterRequest,
  encodeReconfiguration,
  encodeRegisterRequest,
  encodeReply,
} from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import { decodeMove, decodeSet, encodeMove, encodeSet } from '@synod/paxos-core';
import type { AcceptorSet, Message, PeerMessage, Record } from '@synod/paxos-core';
import { paxosMessages, paxosRecords } from '@synod/paxos-wire';
import type { Decoder } from './decoders.js';

// What proposers and acceptors read: each other's messages, clients' and the admin's, their journals, changes of the acceptors.

const documented = (error: Error): boolean => error instanceof DecodeError;
const never = (): boolean => false;

const ballot = 3 * 64 + 1;
const acceptors = ['a1', 'a2', 'a3'].map((address) => ({ address, disk: 0 }));
const founding: AcceptorSet = { version: 1, acceptors, phase1: 2, phase2: 2 };
const next = { ...founding, version: 2, acceptors: [...acceptors, { address: 'a4', disk: 81_234 }], phase1: 3 };
const sets = [
  { from: 1, set: founding },
  { from: 1030, set: next },
];
const snapshot = { index: 7, era: 0 };
const [key, value] = ['locks/leader', Buffer.from('p1')];
const registers = [
  { key: 'locks/a', promised: ballot, accepted: 0, value: Buffer.alloc(0) },
  { key, promised: ballot, accepted: 65, value },
];
const wish = { client: 'c1', sequence: 4, key, value };
const change = { client: 'c1', sequence: 4, version: 1, add: ['a4'], remove: ['a1'], phase1: 2, phase2: 3 };

/** `request`: a client's batch. */
function batchOf(request: Uint8Array, first: number): EntryBatch {
  const entries = [
    { kind: 'noOp' },
    { kind: 'request', from: 'client', bytes: request },
    { kind: 'configuration', bytes: encodeSet(next) },
  ] as const;
  return new EntryBatch(ballot, first, entries, sizeOf(entries));
}

function peerMessages(request: Uint8Array): readonly PeerMessage[] {
  const batches = [batchOf(request, 8), batchOf(request, 11)];
  const disk = 5;
  const clusterId = 4;
  const beat = { at: 70_000, echoes: [0, 70_001] };
  const chunk = { snapshot, offset: 0, totalBytes: 5, bytes: Buffer.from('value'), checksum: 99 };
  return [
    { kind: 'canvass', ballot, nonce: 5 },
    { kind: 'canvassReply', nonce: 5, ballot, granted: true, disk, promised: 65, founding, clusterId: 4 },
    { kind: 'prepare', ballot, from: 8, clusterId },
    { kind: 'promised', ballot, disk, from: 8, through: 13, last: 20, trimmedThrough: 6, batches, clusterId },
    { kind: 'accept', ballot, chosenThrough: 7, trimThrough: 6, round: 2, clusterId, batches },
    { kind: 'accept', ballot, chosenThrough: 7, trimThrough: 6, round: 3, clusterId, batches: [], beat },
    {
      kind: 'accepted',
      ballot,
      disk,
      round: 2,
      first: 8,
      last: 13,
      heldBytes: 1000,
      registersEpoch: 1,
      echo: 70_000,
      clusterId,
    },
    { kind: 'nack', ballot, promised: ballot + 1, disk, clusterId },
    { kind: 'progress', ballot, durableThrough: 7, at: 70_001, clusterId },
    { kind: 'learn', from: 8, clusterId },
    { kind: 'chosen', from: 8, batches, chosenThrough: 20, clusterId },
    { kind: 'snapshotOffer', snapshot, sets, registers: founding, clusterId },
    { kind: 'fetchChunk', snapshot, offset: 5, clusterId },
    { kind: 'snapshotChunk', snapshot, offset: 0, chunk, clusterId },
    { kind: 'takeOver', ballot, clusterId },
    { kind: 'join', disk, clusterId },
    { kind: 'registerAsk', key, epoch: 1, clusterId, nonce: 5 },
    { kind: 'registerTold', key, epoch: 1, nonce: 5, disk, accepted: 65, clusterId },
    { kind: 'registerPrepare', key, ballot, epoch: 1, insists: true, clusterId },
    { kind: 'registerPromised', key, ballot, epoch: 1, disk, accepted: 65, value, isFull: false, clusterId },
    { kind: 'registerAccept', key, ballot, epoch: 1, clusterId, value, adopted: true },
    { kind: 'registerAccepted', key, ballot, epoch: 1, disk, clusterId },
    { kind: 'registerNack', key, ballot, promised: ballot + 1, epoch: 1, why: 'promised', clusterId },
    { kind: 'freezeRegisters', ballot, epoch: 2, clusterId, after: key },
    { kind: 'registersPage', ballot, epoch: 2, disk, after: '', registers, isLast: true, floor: 64, clusterId },
    { kind: 'storeRegisters', ballot, epoch: 2, clusterId, part: 3, registers, floor: 64 },
    { kind: 'registersStored', ballot, epoch: 2, disk, part: 3, clusterId },
    { kind: 'hello', nonce: 5, standing: 'empty' },
    { kind: 'helloReply', nonce: 5, incarnation: 6, standing: 'active', clusterId: 4, era: ballot },
    { kind: 'form', clusterId: 4, incarnation: 6, founding: encodeSet(founding) },
    { kind: 'formed', clusterId: 4 },
    { kind: 'activate', clusterId: 4 },
  ];
}

function recordsOf(request: Uint8Array): readonly Record[] {
  const batch = batchOf(request, 8);
  const state = { standing: 'active', clusterId: 4, disk: 5, founding, promised: ballot } as const;
  const progress = { trimmedThrough: 6, registersEpoch: 1, registerFloor: 64 };
  const acceptorState = { kind: 'acceptorState', ...state, ...progress } as const;
  const proposerState = {
    kind: 'proposerState',
    number: 1,
    round: 3,
    remembers: true,
    clusterId: 4,
    founding,
  } as const;
  return [
    acceptorState,
    { kind: 'vote', number: 3, batch },
    { kind: 'registerVote', number: 4, register: registers[1]! },
    { kind: 'acceptorMark', number: 7, snapshot, state: acceptorState },
    proposerState,
    { kind: 'chosenValues', batch },
    { kind: 'proposerMark', snapshot, sizeBytes: 100, state: proposerState, sets, registers: founding },
  ];
}

function messageDecoder(message: Message): Decoder {
  const kind = paxosMessages.kindOf(message);
  return {
    name: `paxosMessages.decode ${kind}`,
    valid: [paxosMessages.encode(message)],
    decode: (bytes) => paxosMessages.decode(kind, bytes),
    documented,
    encode: paxosMessages.encode,
  };
}

function recordDecoder(record: Record): Decoder {
  const { type, payload } = paxosRecords.encode(record);
  return {
    name: `paxosRecords.decode ${record.kind}`,
    valid: [Buffer.concat(payload)],
    decode: (bytes) => paxosRecords.decode({ type, payload: bytes }),
    documented,
    encode: (decoded: Record) => Buffer.concat(paxosRecords.encode(decoded).payload),
  };
}

const common = { session: 0, sequence: 4, index: 0, term: ballot, ageMs: 0, traceId: undefined } as const;
const decided = encodeReply({ ...common, answer: { kind: 'decided', value } });
const reconfigured = encodeReply({
  ...common,
  answer: { kind: 'reconfigured', set: next, from: 1030 },
});

/** `request`, `read` and `replies` are valid ones of clients. */
export function paxosDecoders(request: Uint8Array, read: Uint8Array, replies: readonly Uint8Array[]): Decoder[] {
  return [
    ...peerMessages(request).map(messageDecoder),
    messageDecoder({ kind: 'reconfigure', ...change }),
    messageDecoder({ kind: 'decide', ...wish }),
    ...(['request', 'read', 'reply.c1'] as const).map((kind): Decoder => {
      const valid = { request: [request], read: [read], 'reply.c1': [...replies, reconfigured, decided] }[kind];
      const name = `paxosMessages.decode ${kind}`;
      return { name, valid, decode: (bytes) => paxosMessages.decode(kind, bytes), documented };
    }),
    ...(['request', 'read', 'decide', 'member'] as const).map((kind): Decoder => {
      const valid = { request, read, decide: encodeRegisterRequest(wish), member: encodeReconfiguration(change) }[kind];
      const name = `paxosMessages.refusal ${kind}`;
      return { name, valid: [valid], decode: (bytes) => paxosMessages.refusal(kind, bytes), documented };
    }),
    ...recordsOf(request).map(recordDecoder),
    {
      name: 'paxosRecords.batchOf vote',
      valid: [Buffer.concat(paxosRecords.encode({ kind: 'vote', number: 3, batch: batchOf(request, 8) }).payload)],
      decode: (bytes) => paxosRecords.batchOf({ type: 2, payload: bytes }),
      documented,
    },
    {
      name: 'decodeReconfiguration',
      valid: [encodeReconfiguration(change)],
      decode: decodeReconfiguration,
      documented,
      encode: encodeReconfiguration,
    },
    {
      name: 'decodeRegisterRequest',
      valid: [encodeRegisterRequest(wish), encodeRegisterRequest({ ...wish, value: undefined })],
      decode: decodeRegisterRequest,
      documented,
      encode: encodeRegisterRequest,
    },
    { name: 'decodeMove', valid: [encodeMove(next)], decode: decodeMove, documented: never, encode: encodeMove },
    {
      name: 'decodeSet',
      valid: [founding, next].map(encodeSet),
      decode: decodeSet,
      documented: never,
      encode: encodeSet,
    },
  ];
}
