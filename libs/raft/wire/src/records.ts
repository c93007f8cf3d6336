import {
  DecodeError,
  decodeWith,
  integers,
  isToken,
  nested,
  number,
  recordIn,
  shape,
  standings,
  token,
  uint32,
  wireOf,
} from '@synod/api';
import type { Frame, StoredFrame } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import type { HardState, Record } from '@synod/raft-core';
import { decodeRaftBatch } from './entry-batch.js';
import { snapshotIdOf, snapshotIdShape } from './peer-formats.js';
import { raftWireVersion } from './limits.js';
import { synod } from './gen/raft.js';

const pb = synod.raft.v1;

/** Numbers in the journal: never given to another record. */
const types = { hardState: 1, entries: 2, truncate: 3, snapshotMark: 4 } as const;

const versionByte = new Uint8Array([raftWireVersion]);
const hardStateShape = shape('HardState', [number, token, number, uint32, number]);
const truncateShape = integers('Truncate', 1);
const snapshotMarkShape = shape('SnapshotMark', [nested(snapshotIdShape), number, nested(hardStateShape)]);

/** Raft's records as journal frames: a version byte, then protobuf. */
export const raftRecords = {
  encode(record: Record): Frame {
    const type = types[record.kind];
    switch (record.kind) {
      case 'entries': {
        const { batch } = record;
        const log = { first: batch.first, count: batch.entries.length };
        return { type, payload: [versionByte, wireOf(batch)], log };
      }
      case 'truncate':
        return { type, payload: [versionByte, pb.Truncate.encode(record).finish()], truncateFrom: record.from };
      case 'hardState':
        return { type, payload: [versionByte, pb.HardState.encode(hardStateBody(record)).finish()] };
      case 'snapshotMark': {
        const body = { ...record, hardState: hardStateBody(record.hardState) };
        return { type, payload: [versionByte, pb.SnapshotMark.encode(body).finish()] };
      }
    }
  },

  /** Throws `DecodeError` that says what is wrong with the record. */
  decode(frame: StoredFrame): Record {
    const body = recordIn(frame, raftWireVersion);
    switch (frame.type) {
      case types.hardState:
        return hardStateOf(decodeWith(pb.HardState, body, hardStateShape));
      case types.entries:
        return { kind: 'entries', batch: decodeRaftBatch(body) };
      case types.truncate:
        return { kind: 'truncate', from: decodeWith(pb.Truncate, body, truncateShape).from };
      case types.snapshotMark: {
        const { snapshot, sizeBytes, hardState } = decodeWith(pb.SnapshotMark, body, snapshotMarkShape);
        if (!hardState) throw new DecodeError('a SnapshotMark without its HardState');
        return { kind: 'snapshotMark', snapshot: snapshotIdOf(snapshot), sizeBytes, hardState: hardStateOf(hardState) };
      }
      default:
        throw new DecodeError(`record type ${frame.type} is not one of Raft's`);
    }
  },

  /** The log batch in a frame that a journal's `read` gave back, without what a later truncation made void. */
  batchOf(frame: StoredFrame): EntryBatch {
    if (frame.type !== types.entries) throw new DecodeError(`record type ${frame.type} holds no entries`);
    const batch = decodeRaftBatch(recordIn(frame, raftWireVersion));
    return frame.voidFrom === undefined ? batch : batch.before(frame.voidFrom);
  },
};

function hardStateBody({ term, votedFor, clusterId, standing, floor }: HardState): synod.raft.v1.HardState.$Properties {
  return { term, votedFor: votedFor ?? '', clusterId, standing: standings.number(standing), floor };
}

function hardStateOf(body: synod.raft.v1.HardState.$Properties): HardState {
  const { term, votedFor, clusterId, floor } = body;
  const standing = standings.name(body.standing ?? 0);
  if (standing === 'empty' || standing === 'lost')
    throw new DecodeError('a HardState of a replica that has recorded nothing');
  if (votedFor && !isToken(votedFor)) throw new DecodeError('a HardState with a vote for somebody who has no name');
  return {
    kind: 'hardState',
    term: term ?? 0,
    votedFor: votedFor || undefined,
    clusterId: clusterId ?? 0,
    standing,
    floor: floor ?? 0,
  };
}
