import type { Chunk, SnapshotId } from '@synod/actor';
import { DecodeError, decodeWith, integers, logLimits, nested, number, shape, uint32, wireOf } from '@synod/api';
import type { Formats } from '@synod/api';
import type { Chosen, FetchChunk, Learn, Progress, SnapshotChunk, SnapshotOffer } from '@synod/paxos-core';
import { acceptorSetShape, bodiesOfSets, bodyOfSet, setOf, setsField, setsOf } from './acceptor-sets.js';
import { ballotOf, snapshotIdOf } from './ballots.js';
import { Batches } from './batches.js';
import { synod } from './gen/paxos.js';

const pb = synod.paxos.v1;

export const snapshotIdShape = integers('SnapshotId', 2);
const progressShape = integers('Progress', 4);
const learnShape = integers('Learn', 2);
const chosenShape = shape('Chosen', [number, { type: 'bytes', most: logLimits.entries }, number, number]);
const snapshotOfferShape = shape('SnapshotOffer', [
  nested(snapshotIdShape),
  setsField,
  nested(acceptorSetShape),
  number,
]);
const fetchChunkShape = shape('FetchChunk', [nested(snapshotIdShape), number, number]);
const chunkShape = shape('Chunk', [number, { type: 'bytes' }, uint32]);
const snapshotChunkShape = shape('SnapshotChunk', [nested(snapshotIdShape), number, nested(chunkShape), number]);

/** What proposers tell each other of what is chosen. */
export const learningFormats: Formats<Progress | Learn | Chosen | SnapshotOffer | FetchChunk | SnapshotChunk> = {
  progress: {
    field: 9,
    body: (message) => message,
    decode(body) {
      const { ballot, durableThrough, at, clusterId } = decodeWith(pb.Progress, body, progressShape);
      return { kind: 'progress', ballot: ballotOf(ballot), durableThrough, at, clusterId };
    },
  },
  learn: {
    field: 10,
    body: (message) => message,
    decode(body) {
      const { from, clusterId } = decodeWith(pb.Learn, body, learnShape);
      return { kind: 'learn', from: slotOf(from), clusterId };
    },
  },
  chosen: {
    field: 11,
    body: (message) => ({ ...message, batches: message.batches.map(wireOf) }),
    decode(body) {
      const message = decodeWith(pb.Chosen, body, chosenShape);
      const { from, chosenThrough, clusterId } = message;
      const batches = Batches.of(message.batches);
      batches.requireContiguous();
      if (batches.list.length > 0 && batches.first !== from) {
        throw new DecodeError(`chosen values from slot ${batches.first} on where ${from} is due`);
      }
      return { kind: 'chosen', from: slotOf(from), batches: batches.list, chosenThrough, clusterId };
    },
  },
  snapshotOffer: {
    field: 12,
    body: ({ snapshot, sets, registers, clusterId }) => {
      return { snapshot, sets: bodiesOfSets(sets), registers: bodyOfSet(registers), clusterId };
    },
    decode(body) {
      const { snapshot, sets, registers, clusterId } = decodeWith(pb.SnapshotOffer, body, snapshotOfferShape);
      if (!registers) throw new DecodeError('a SnapshotOffer without the acceptors of the registers');
      const known = { sets: setsOf(sets), registers: setOf(registers) };
      return { kind: 'snapshotOffer', snapshot: snapshotIdOf(snapshot), ...known, clusterId };
    },
  },
  fetchChunk: {
    field: 13,
    body: (message) => message,
    decode(body) {
      const { snapshot, offset, clusterId } = decodeWith(pb.FetchChunk, body, fetchChunkShape);
      return { kind: 'fetchChunk', snapshot: snapshotIdOf(snapshot), offset, clusterId };
    },
  },
  snapshotChunk: {
    field: 14,
    body: (message) => message,
    decode(body) {
      const message = decodeWith(pb.SnapshotChunk, body, snapshotChunkShape);
      const { offset, clusterId } = message;
      const snapshot = snapshotIdOf(message.snapshot);
      const chunk = message.chunk ? chunkOf(snapshot, offset, message.chunk) : undefined;
      return { kind: 'snapshotChunk', snapshot, offset, chunk, clusterId };
    },
  },
};

function slotOf(number: number): number {
  if (number === 0) throw new DecodeError('a message about slots that does not say which');
  return number;
}

function chunkOf(snapshot: SnapshotId, offset: number, body: synod.paxos.v1.Chunk.$Properties): Chunk {
  const bytes = new Uint8Array(body.bytes ?? []);
  const totalBytes = body.totalBytes ?? 0;
  if (offset + bytes.length > totalBytes) throw new DecodeError('a chunk that goes beyond its snapshot');
  return { snapshot, offset, totalBytes, bytes, checksum: body.checksum ?? 0 };
}
