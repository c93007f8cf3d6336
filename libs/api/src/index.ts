/**
 * What clients and groups say to each other, and what is in every protocol's log, as plain values and as protobuf bytes.
 * Every decoder throws `DecodeError` and nothing else, whatever the bytes; every limit is in `limits`.
 *
 * @packageDocumentation
 */
export { foundingBytes, limits, logLimits, wireVersion } from './limits.js';
export { errors } from './errors.js';
export type { ErrorCode } from './errors.js';
// What the protocols' own messages are read and written with.
export { DecodeError, WireReader, bytesType, isToken, varintType } from './wire-reader.js';
export { WireWriter, blobSize, numberSize, varintSize } from './wire-writer.js';
export { decodeWith } from './inspect.js';
export type { FieldShape, MessageShape } from './inspect.js';
export { integers, nested, number, shape, token, uint32 } from './shapes.js';
export { Names } from './names.js';
export { beatFieldSize, beatOf, beatShape, readBeat, writeBeat } from './beats.js';
export { openEnvelope } from './envelope.js';
export { PeerMessages } from './peer-messages.js';
export type { Format, Formats } from './peer-messages.js';
export {
  decodeCoreReply,
  decodeRead,
  decodeRequest,
  encodeCoreReply,
  overloaded,
  replyPrefix,
} from './core-messages.js';
export type { CoreAnswer, CoreRead, CoreRefusal, CoreReply, CoreRequest, Dialect } from './core-messages.js';
export { formationFormats, standings } from './formation.js';
export { recordIn } from './frames.js';
export type { Frame, StoredFrame } from './frames.js';
export { BatchField, decodeEntryBatch, wireOf, wireSize } from './entry-batch.js';
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
export { printQueries, printRequest, printResults } from './print.js';
export { decodeReconfiguration, encodeReconfiguration } from './reconfiguration.js';
export type { Reconfiguration, Reconfigured } from './reconfiguration.js';
export { decodeRegisterRequest, encodeRegisterRequest, isRegisterKey, registerKey } from './registers.js';
export type { Decided, RegisterRequest } from './registers.js';
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
export {
  decodeLedgerOperation,
  decodeLedgerQuery,
  decodeLedgerResult,
  encodeLedgerOperation,
  encodeLedgerQuery,
  encodeLedgerResult,
  isLedgers,
  ledgerCodec,
} from './ledger.js';
export {
  backupCodec,
  decodeBackupOperation,
  decodeBackupQuery,
  decodeBackupResult,
  encodeBackupOperation,
  encodeBackupQuery,
  encodeBackupResult,
  isBackups,
} from './backup.js';
export { backupOperationText, backupQueryText, backupResultText } from './backup-print.js';
export { ledgerOperationText, ledgerQueryText, ledgerResultText } from './ledger-print.js';
