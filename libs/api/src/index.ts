/**
 * What clients and groups say to each other, and what is in every protocol's log, as plain values and as protobuf bytes. Every decoder throws `DecodeError`
 * and nothing else, whatever the bytes; every limit is in `limits`.
 *
 * @packageDocumentation
 */
export { limits, logLimits, wireVersion } from './limits.js';
export { errors } from './errors.js';
export type { ErrorCode } from './errors.js';
// What the protocols' own messages are read and written with.
export { DecodeError, WireReader, bytesType, isToken, varintType } from './wire-reader.js';
export { WireWriter, blobSize, numberSize, varintSize } from './wire-writer.js';
export { decodeWith } from './inspect.js';
export type { FieldShape, MessageShape } from './inspect.js';
export { decodeEntryBatch, wireOf, wireSize, writeBatch } from './entry-batch.js';
export {
  decodeReadBatch,
  decodeRequestBatch,
  encodeReadBatch,
  encodeRequestBatch,
  readReadHeader,
  readRequestHeader,
} from './batches.js';
export type { ReadBatch, ReadHeader, ReadLevel, RequestBatch, RequestHeader } from './batches.js';
export { batchCodec, decodeResults, encodeResults, encodeSessionError } from './results.js';
export type { Results } from './results.js';
export { decodeReply, encodeReply } from './replies.js';
export type { Answer, Discovery, Refusal, RefusalReason, Reply } from './replies.js';
export {
  decodeOperation,
  decodeQuery,
  decodeResult,
  encodeOperation,
  encodeQuery,
  encodeResult,
  keyValueCodec,
} from './key-value.js';
