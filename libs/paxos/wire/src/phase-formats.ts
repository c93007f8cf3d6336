import { DecodeError, decodeWith, integers, logLimits, nested, number, shape, wireOf } from '@synod/api';
import type { Formats } from '@synod/api';
import type {
  Accept,
  Accepted,
  Canvass,
  CanvassReply,
  Join,
  Nack,
  Prepare,
  Promised,
  TakeOver,
} from '@synod/paxos-core';
import { acceptField, acceptedField, decodeAccept, decodeAccepted } from './accept.js';
import { acceptorSetShape, bodyOfSet, setOf } from './acceptor-sets.js';
import { ballotOf, promiseOf } from './ballots.js';
import { Batches } from './batches.js';
import { synod } from './gen/paxos.js';

const pb = synod.paxos.v1;

const canvassShape = integers('Canvass', 2);
const canvassReplyShape = shape('CanvassReply', [...Array(5).fill(number), nested(acceptorSetShape), number]);
const prepareShape = integers('Prepare', 3);
const promisedShape = shape('Promised', [...Array(6).fill(number), { type: 'bytes', most: logLimits.entries }, number]);
const nackShape = integers('Nack', 4);
const takeOverShape = integers('TakeOver', 2);
const joinShape = integers('Join', 2);

/** What proposers and acceptors say to each other in both phases, and before. */
export const phaseFormats: Formats<
  Canvass | CanvassReply | Prepare | Promised | Accept | Accepted | Nack | TakeOver | Join
> = {
  canvass: {
    field: 2,
    body: (message) => message,
    decode(body) {
      const { ballot, nonce } = decodeWith(pb.Canvass, body, canvassShape);
      return { kind: 'canvass', ballot: ballotOf(ballot), nonce };
    },
  },
  canvassReply: {
    field: 3,
    body: ({ founding, ...message }) => ({ ...message, founding: founding && bodyOfSet(founding) }),
    decode: decodeCanvassReply,
  },
  prepare: {
    field: 4,
    body: (message) => message,
    decode(body) {
      const { ballot, from, clusterId } = decodeWith(pb.Prepare, body, prepareShape);
      if (from === 0) throw new DecodeError('a Prepare without its first slot');
      return { kind: 'prepare', ballot: ballotOf(ballot), from, clusterId };
    },
  },
  promised: {
    field: 5,
    body: (message) => ({ ...message, batches: message.batches.map(wireOf) }),
    decode: decodePromised,
  },
  accept: {
    field: acceptField,
    body: (message) => ({ ...message, batches: message.batches.map(wireOf) }),
    decode: decodeAccept,
  },
  accepted: { field: acceptedField, body: (message) => message, decode: decodeAccepted },
  nack: {
    field: 8,
    body: (message) => message,
    decode(body) {
      const { ballot, promised, clusterId, disk } = decodeWith(pb.Nack, body, nackShape);
      if (promised <= ballot) throw new DecodeError('a Nack that names no higher ballot');
      return { kind: 'nack', ballot: ballotOf(ballot), promised: ballotOf(promised), disk, clusterId };
    },
  },
  takeOver: {
    field: 15,
    body: (message) => message,
    decode(body) {
      const { ballot, clusterId } = decodeWith(pb.TakeOver, body, takeOverShape);
      return { kind: 'takeOver', ballot: ballotOf(ballot), clusterId };
    },
  },
  join: {
    field: 16,
    body: (message) => message,
    decode(body) {
      const { disk, clusterId } = decodeWith(pb.Join, body, joinShape);
      return { kind: 'join', disk, clusterId };
    },
  },
};

function decodeCanvassReply(body: Uint8Array): CanvassReply {
  const message = decodeWith(pb.CanvassReply, body, canvassReplyShape);
  const { nonce, ballot, granted, disk, promised, founding, clusterId } = message;
  return {
    kind: 'canvassReply',
    nonce,
    ballot: ballotOf(ballot),
    granted,
    disk,
    promised: promiseOf(promised),
    founding: founding ? setOf(founding) : undefined,
    clusterId,
  };
}

function decodePromised(body: Uint8Array): Promised {
  const message = decodeWith(pb.Promised, body, promisedShape);
  const { disk, from, through, last, trimmedThrough, clusterId } = message;
  const ballot = ballotOf(message.ballot);
  const batches = Batches.of(message.batches);
  if (batches.list.some(({ era }) => era > ballot)) throw new DecodeError('a promise with a value of a higher ballot');
  if (batches.list.length > 0 && (batches.first < from || batches.last > through)) {
    throw new DecodeError('a promise with values of slots that it is not about');
  }
  const stretch = { from, through, last, trimmedThrough };
  return { kind: 'promised', ballot, disk, ...stretch, clusterId, batches: batches.list };
}
