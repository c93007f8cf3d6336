import { beatShape, nested, number, shape, token, uint32 } from '@synod/api';
import type { FieldShape, MessageShape } from '@synod/api';
import { wireLimits } from './limits.js';

/*
 * What protobuf bytes may look like before generated code sees them: closed, bounded, and no deeper than they are listed here.
 */

const digest: FieldShape = { type: 'bytes', maxBytes: 32 };
const bytes: FieldShape = { type: 'bytes' };

const several = (of: MessageShape, most: number): FieldShape => nested(of, most);
const manyDigests = (most: number): FieldShape => ({ type: 'bytes', maxBytes: 32 * most });

/** The statement within is inspected when it is decoded. */
export const signedShape = shape('Signed', [bytes, { type: 'bytes', maxBytes: wireLimits.ed25519Bytes }]);
const signed = nested(signedShape);
const votes = several(signedShape, wireLimits.members);

const orderShape = shape('Order', [number, number, digest]);
const stateVoteShape = shape('StateVote', [number, digest]);
export const preparedShape = shape('Prepared', [signed, votes]);
const checkpointStateShape = shape('CheckpointState', [
  ...[number, number, digest],
  { type: 'bytes', maxBytes: wireLimits.stateHashBytes },
]);
export const stableCheckpointShape = shape('StableCheckpoint', [nested(checkpointStateShape), votes]);
const manifestShape = shape('Manifest', [number, number, digest, number, uint32, manyDigests(wireLimits.chunks)]);
export const stableSnapshotShape = shape('StableSnapshot', [nested(manifestShape), votes]);
const viewChangeShape = shape('ViewChange', [
  number,
  nested(stableCheckpointShape),
  several(preparedShape, wireLimits.sequences),
]);
const newViewShape = shape('NewView', [
  number,
  several(shape('Named', [token, digest]), wireLimits.members),
  several(signedShape, wireLimits.sequences),
]);
const repliesShape = shape('Replies', [number, number, uint32, uint32, digest]);
const standingShape = shape('Standing', [token, number, number, uint32, uint32, number, number]);
const complaintShape = shape('Complaint', [number, number, number]);
const helloShape = shape('Hello', [number]);
const commandShape = shape('Command', [bytes, bytes], [1, 2]);

export const statementShape = shape(
  'Statement',
  [
    ...[uint32, token, token, { type: 'bytes', maxBytes: wireLimits.epochBytes } as const, token],
    ...[orderShape, orderShape, orderShape, stateVoteShape, stateVoteShape].map((each) => nested(each)),
    ...[viewChangeShape, newViewShape, repliesShape, standingShape, commandShape].map((each) => nested(each)),
    ...[complaintShape, helloShape].map((each) => nested(each)),
  ],
  [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
);

export const batchShape = shape('Batch', [several(signedShape, wireLimits.requests)]);

const openSlotShape = shape('OpenSlot', [number, uint32, number, number]);
const missingDigests: FieldShape = { type: 'bytes', maxBytes: 32, most: wireLimits.missing };

export const prePrepareShape = shape('PrePrepare', [signed, bytes]);
export const statusShape = shape('Status', [
  ...[number, uint32, number, number, number, number],
  several(openSlotShape, wireLimits.openSlots),
  missingDigests,
  missingDigests,
  number,
  number,
  nested(beatShape),
]);
export const missingShape = shape('Missing', [number, bytes]);
export const proofShape = shape('Proof', [signed, signed]);
export const fetchShape = shape('Fetch', [number, number, uint32]);
export const historyShape = shape('History', [
  ...[number, manyDigests(wireLimits.digests)],
  { type: 'bytes', most: wireLimits.batches },
]);
export const fetchChunkShape = shape('FetchChunk', [number, number, uint32]);
export const snapshotChunkShape = shape('SnapshotChunk', [number, number, number, bytes, uint32]);
export const helloReplyShape = shape('HelloReply', [signed, nested(stableCheckpointShape)]);
export const replyShape = shape('Reply', [bytes, signed, uint32, manyDigests(wireLimits.path)]);

export const standingRecordShape = shape('StandingRecord', [
  ...[uint32, number],
  several(shape('Founder', [token, number]), wireLimits.members),
  number,
]);
export const batchRecordShape = shape('BatchRecord', [number, bytes, uint32]);
export const newViewRecordShape = shape('NewViewRecord', [signed, votes]);
export const snapshotMarkShape = shape('SnapshotMark', [
  ...[stableSnapshotShape, standingRecordShape, stableCheckpointShape, signedShape, newViewRecordShape].map((each) =>
    nested(each),
  ),
  several(signedShape, 16),
]);

const answerShape = shape('Answer', [signed, uint32, manyDigests(wireLimits.path), number]);
const replyCertificateShape = shape('ReplyCertificate', [
  signed,
  bytes,
  bytes,
  several(answerShape, wireLimits.members),
]);
export const certificateShape = shape(
  'Certificate',
  [
    uint32,
    ...[
      preparedShape,
      stableCheckpointShape,
      stableSnapshotShape,
      newViewRecordShape,
      replyCertificateShape,
      proofShape,
    ].map((each) => nested(each)),
  ],
  [2, 3, 4, 5, 6, 7],
);
