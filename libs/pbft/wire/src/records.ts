import { DecodeError, decodeWith, recordIn } from '@synod/api';
import type { Frame, StoredFrame } from '@synod/api';
import type {
  AcceptedRecord,
  CheckpointRecord,
  NewViewRecord,
  Record,
  SnapshotMark,
  StandingRecord,
} from '@synod/pbft-core';
import { readBatch, wireOf } from './batches.js';
import type { Domain } from './domain.js';
import { pbftWireVersion } from './limits.js';
import { standings } from './names.js';
import {
  batchRecordShape,
  newViewRecordShape,
  prePrepareShape,
  preparedShape,
  signedShape,
  snapshotMarkShape,
  stableCheckpointShape,
  standingRecordShape,
} from './shapes.js';
import { StatementReader, pbPrepared, pbSigned, pbSnapshot, pbStable, tokenOf } from './statements.js';
import { synod } from './gen/pbft.js';

const pb = synod.pbft.v1;

/** Numbers in the journal: never given to another record. */
const types = {
  standing: 1,
  accepted: 2,
  certificate: 3,
  batch: 4,
  vote: 5,
  stable: 6,
  viewChange: 7,
  newView: 8,
  snapshotMark: 9,
} as const;

const versionByte = new Uint8Array([pbftWireVersion]);

/** PBFT's records as journal frames: a version byte, then protobuf. */
export function pbftRecords(domain: Domain) {
  const reader = new StatementReader(domain);
  return {
    encode: (record: Record): Frame => ({ type: types[record.kind], payload: [versionByte, bodyOf(record)] }),

    /** Throws `DecodeError` that says what is wrong with the record. */
    decode(frame: StoredFrame): Record {
      return decodeRecord(reader, frame.type, recordIn(frame, pbftWireVersion));
    },

    /** PBFT reads nothing back by position: what lies between the water marks is in memory. */
    batchOf(frame: StoredFrame): never {
      throw new DecodeError(`record type ${frame.type} is at no log position`);
    },
  };
}

function bodyOf(record: Record): Uint8Array {
  switch (record.kind) {
    case 'standing':
      return pb.StandingRecord.encode(pbStanding(record)).finish();
    case 'accepted':
      return pb.PrePrepare.encode({ proposal: pbSigned(record.proposal), batch: wireOf(record.batch) }).finish();
    case 'certificate':
      return pb.Prepared.encode(pbPrepared(record.certificate)).finish();
    case 'batch':
      return pb.BatchRecord.encode({ ...record, batch: wireOf(record.batch) }).finish();
    case 'vote':
      return pb.Signed.encode(pbSigned(record.vote)).finish();
    case 'stable':
      return pb.StableCheckpoint.encode(pbStable(record.stable)).finish();
    case 'viewChange':
      return pb.Signed.encode(pbSigned(record.signed)).finish();
    case 'newView':
      return pb.NewViewRecord.encode(pbNewView(record)).finish();
    case 'snapshotMark':
      return pb.SnapshotMark.encode(pbMark(record)).finish();
  }
}

function pbStanding({
  standing,
  floor,
  firstView,
  founders,
}: StandingRecord): synod.pbft.v1.StandingRecord.$Properties {
  return { standing: standings.number(standing), floor, founders: [...founders], firstView };
}

export function pbNewView({ signed, viewChanges }: NewViewRecord): synod.pbft.v1.NewViewRecord.$Properties {
  return { newView: pbSigned(signed), viewChanges: viewChanges.map(pbSigned) };
}

function pbMark(mark: SnapshotMark): synod.pbft.v1.SnapshotMark.$Properties {
  return {
    snapshot: pbSnapshot(mark.snapshot),
    standing: pbStanding(mark.standing),
    stable: pbStable(mark.stable),
    viewChange: mark.viewChange ? pbSigned(mark.viewChange.signed) : null,
    newView: mark.newView ? pbNewView(mark.newView) : null,
    votes: mark.votes.map(({ vote }) => pbSigned(vote)),
  };
}

function decodeRecord(reader: StatementReader, type: number, body: Uint8Array): Record {
  switch (type) {
    case types.standing:
      return standingOf(decodeWith(pb.StandingRecord, body, standingRecordShape));
    case types.accepted:
      return acceptedOf(reader, body);
    case types.certificate:
      return { kind: 'certificate', certificate: reader.prepared(decodeWith(pb.Prepared, body, preparedShape)) };
    case types.batch: {
      const { sequence, batch, executed } = decodeWith(pb.BatchRecord, body, batchRecordShape);
      return { kind: 'batch', sequence, batch: readBatch(reader, batch), executed };
    }
    case types.vote:
      return voteOf(reader, decodeWith(pb.Signed, body, signedShape));
    case types.stable:
      return { kind: 'stable', stable: reader.stable(decodeWith(pb.StableCheckpoint, body, stableCheckpointShape)) };
    case types.viewChange:
      return { kind: 'viewChange', signed: reader.signed(decodeWith(pb.Signed, body, signedShape), 'viewChange') };
    case types.newView:
      return newViewOf(reader, decodeWith(pb.NewViewRecord, body, newViewRecordShape));
    case types.snapshotMark:
      return markOf(reader, decodeWith(pb.SnapshotMark, body, snapshotMarkShape));
    default:
      throw new DecodeError(`record type ${type} is not one of PBFT's`);
  }
}

function acceptedOf(reader: StatementReader, body: Uint8Array): AcceptedRecord {
  const { proposal, batch } = decodeWith(pb.PrePrepare, body, prePrepareShape);
  return { kind: 'accepted', proposal: reader.signed(proposal, 'prePrepare'), batch: readBatch(reader, batch) };
}

function voteOf(reader: StatementReader, signed: synod.pbft.v1.Signed.$Properties): CheckpointRecord {
  return { kind: 'vote', vote: reader.signed(signed, 'checkpoint', 'snapshot') };
}

function standingOf(body: synod.pbft.v1.StandingRecord.$Properties): StandingRecord {
  const standing = standings.name(body.standing ?? 0);
  if (standing === 'lost') throw new DecodeError('a standing that nobody records');
  const founders = (body.founders ?? []).map(({ member, incarnation }) => ({
    member: tokenOf(member),
    incarnation: incarnation ?? 0,
  }));
  return { kind: 'standing', standing, floor: body.floor ?? 0, firstView: body.firstView ?? 0, founders };
}

export function newViewOf(reader: StatementReader, body: synod.pbft.v1.NewViewRecord.$Properties): NewViewRecord {
  const viewChanges = reader.all(body.viewChanges ?? [], 'viewChange');
  return { kind: 'newView', signed: reader.signed(body.newView, 'newView'), viewChanges };
}

function markOf(reader: StatementReader, body: synod.pbft.v1.SnapshotMark.$Properties): SnapshotMark {
  const { snapshot, standing, stable, viewChange, newView, votes } = body;
  if (!standing) throw new DecodeError('a SnapshotMark without its standing');
  return {
    kind: 'snapshotMark',
    snapshot: reader.snapshot(snapshot),
    standing: standingOf(standing),
    stable: reader.stable(stable),
    viewChange: viewChange ? { kind: 'viewChange', signed: reader.signed(viewChange, 'viewChange') } : undefined,
    newView: newView ? newViewOf(reader, newView) : undefined,
    votes: (votes ?? []).map((each) => voteOf(reader, each)),
  };
}
