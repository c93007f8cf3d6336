import { DecodeError, WireWriter, decodeWith, nested, number, recordIn, shape, standings, uint32 } from '@synod/api';
import { varintSize, wireOf } from '@synod/api';
import type { Frame, StoredFrame } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import { greatestRound, mostProposers } from '@synod/paxos-core';
import type { AcceptorState, ProposerState, Record, Vote } from '@synod/paxos-core';
import { acceptorSetShape, bodiesOfSets, bodyOfSet, setOf, setsField, setsOf } from './acceptor-sets.js';
import { promiseOf, snapshotIdOf } from './ballots.js';
import { decodePaxosBatch } from './batches.js';
import { snapshotIdShape } from './learning-formats.js';
import { registerOf, registerShape } from './register-formats.js';
import { paxosWireVersion } from './limits.js';
import { synod } from './gen/paxos.js';

const pb = synod.paxos.v1;

/** Numbers in the journals, never given to another record. Acceptors and proposers have journals of their own. */
const types = {
  acceptorState: 1,
  vote: 2,
  registerVote: 3,
  acceptorMark: 4,
  proposerState: 5,
  chosenValues: 6,
  proposerMark: 7,
} as const;

const versionByte = new Uint8Array([paxosWireVersion]);
const acceptorStateShape = shape('AcceptorState', [
  ...[uint32, number, number, nested(acceptorSetShape), number, number, number, number],
]);
const voteShape = shape('Vote', [number, { type: 'bytes' }]);
const registerVoteShape = shape('RegisterVote', [number, nested(registerShape)]);
const acceptorMarkShape = shape('AcceptorMark', [number, nested(snapshotIdShape), nested(acceptorStateShape)]);
const proposerStateShape = shape('ProposerState', [uint32, number, number, nested(acceptorSetShape), number]);
const proposerMarkShape = shape('ProposerMark', [
  ...[nested(snapshotIdShape), number, nested(proposerStateShape), setsField, nested(acceptorSetShape)],
]);

/** Multi-Paxos's records as journal frames: a version byte, then protobuf. None voids what came before. */
export const paxosRecords = {
  encode(record: Record): Frame {
    const type = types[record.kind];
    switch (record.kind) {
      case 'vote':
        return { type, payload: [headOfVote(record), wireOf(record.batch)], log: { first: record.number, count: 1 } };
      case 'chosenValues': {
        const { batch } = record;
        const log = { first: batch.first, count: batch.entries.length };
        return { type, payload: [versionByte, wireOf(batch)], log };
      }
      case 'acceptorState':
        return frame(type, pb.AcceptorState.encode(bodyOfAcceptor(record)));
      case 'registerVote':
        return { ...frame(type, pb.RegisterVote.encode(record)), log: { first: record.number, count: 1 } };
      case 'acceptorMark': {
        const { number, snapshot, state } = record;
        const body = { number, ...(snapshot && { snapshot }), state: bodyOfAcceptor(state) };
        return frame(type, pb.AcceptorMark.encode(body));
      }
      case 'proposerState':
        return frame(type, pb.ProposerState.encode(bodyOfProposer(record)));
      case 'proposerMark': {
        const { snapshot, sizeBytes } = record;
        const sets = { sets: bodiesOfSets(record.sets), registers: bodyOfSet(record.registers) };
        const body = { snapshot, sizeBytes, state: bodyOfProposer(record.state), ...sets };
        return frame(type, pb.ProposerMark.encode(body));
      }
    }
  },

  /** Throws `DecodeError` that says what is wrong with the record. */
  decode(frame: StoredFrame): Record {
    const body = recordIn(frame, paxosWireVersion);
    switch (frame.type) {
      case types.acceptorState:
        return acceptorOf(decodeWith(pb.AcceptorState, body, acceptorStateShape));
      case types.vote:
        return voteOf(body);
      case types.registerVote: {
        const { number, register } = decodeWith(pb.RegisterVote, body, registerVoteShape);
        if (!register) throw new DecodeError('a RegisterVote without its register');
        return { kind: 'registerVote', number: voteNumber(number), register: registerOf(register) };
      }
      case types.acceptorMark: {
        const { number, snapshot, state } = decodeWith(pb.AcceptorMark, body, acceptorMarkShape);
        if (!state) throw new DecodeError('an AcceptorMark without its state');
        const registers = snapshot ? snapshotIdOf(snapshot) : undefined;
        return { kind: 'acceptorMark', number, snapshot: registers, state: acceptorOf(state) };
      }
      case types.proposerState:
        return proposerOf(decodeWith(pb.ProposerState, body, proposerStateShape));
      case types.chosenValues:
        return { kind: 'chosenValues', batch: decodePaxosBatch(body) };
      case types.proposerMark: {
        const mark = decodeWith(pb.ProposerMark, body, proposerMarkShape);
        const { sizeBytes, state, registers } = mark;
        if (!state || !registers) throw new DecodeError("a ProposerMark without its state or the registers' acceptors");
        const sets = { sets: setsOf(mark.sets), registers: setOf(registers) };
        const snapshot = snapshotIdOf(mark.snapshot);
        return { kind: 'proposerMark', snapshot, sizeBytes, state: proposerOf(state), ...sets };
      }
      default:
        throw new DecodeError(`record type ${frame.type} is not one of Multi-Paxos's`);
    }
  },

  /** The values in a frame that a journal's `read` gave back: an acceptor's by vote numbers, a proposer's by slots. */
  batchOf(frame: StoredFrame): EntryBatch {
    const body = recordIn(frame, paxosWireVersion);
    if (frame.type === types.vote) return voteOf(body).batch;
    if (frame.type === types.chosenValues) {
      const batch = decodePaxosBatch(body);
      return frame.voidFrom === undefined ? batch : batch.before(frame.voidFrom);
    }
    throw new DecodeError(`record type ${frame.type} holds no values`);
  },
};

function frame(type: number, written: { finish(): Uint8Array }): Frame {
  return { type, payload: [versionByte, written.finish()] };
}

/** All of a Vote but the batch, whose bytes are the message's. */
function headOfVote({ number, batch }: Vote): Uint8Array {
  const { length } = wireOf(batch);
  const writer = new WireWriter(3 + varintSize(number) + varintSize(length));
  writer.varint(paxosWireVersion);
  writer.number(1, number);
  writer.open(2, length);
  return writer.bytes;
}

function voteOf(body: Uint8Array): Vote {
  const { number, batch } = decodeWith(pb.Vote, body, voteShape);
  return { kind: 'vote', number: voteNumber(number), batch: decodePaxosBatch(batch) };
}

function voteNumber(number: number): number {
  if (number === 0) throw new DecodeError('a vote without its number');
  return number;
}

function bodyOfAcceptor(state: AcceptorState): synod.paxos.v1.AcceptorState.$Properties {
  const { founding, ...rest } = state;
  return { ...rest, standing: standings.number(state.standing), ...(founding && { founding: bodyOfSet(founding) }) };
}

function acceptorOf(body: synod.paxos.v1.AcceptorState.$Properties): AcceptorState {
  const { clusterId, disk, founding, promised, trimmedThrough, registersEpoch, registerFloor } = body;
  const standing = standings.name(body.standing ?? 0);
  if (standing !== 'formed' && standing !== 'active') throw new DecodeError(`an AcceptorState that is ${standing}`);
  return {
    kind: 'acceptorState',
    standing,
    clusterId: clusterId ?? 0,
    disk: disk ?? 0,
    founding: founding ? setOf(founding) : undefined,
    promised: promiseOf(promised ?? 0),
    trimmedThrough: trimmedThrough ?? 0,
    registersEpoch: registersEpoch ?? 0,
    registerFloor: promiseOf(registerFloor ?? 0),
  };
}

function bodyOfProposer(state: ProposerState): synod.paxos.v1.ProposerState.$Properties {
  const { founding, ...others } = state;
  return { ...others, founding: bodyOfSet(founding) };
}

function proposerOf(body: synod.paxos.v1.ProposerState.$Properties): ProposerState {
  const number = body.number ?? 0;
  const round = body.round ?? 0;
  const [clusterId, remembers] = [body.clusterId ?? 0, body.remembers ?? false];
  if (!body.founding) throw new DecodeError('a ProposerState without the founding acceptors');
  if (number >= mostProposers) throw new DecodeError(`a ProposerState of proposer ${number}`);
  if (round > greatestRound) throw new DecodeError('a ProposerState with a round above 2^46');
  return { kind: 'proposerState', number, round, remembers, clusterId, founding: setOf(body.founding) };
}
