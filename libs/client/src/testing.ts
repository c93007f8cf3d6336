/**
 * What the client makes of calls, and of bytes and subjects that others sent: for those who fuzz it, and those who look its
 * calls up in a log.
 *
 * @packageDocumentation
 */
export { decodeCompareAndSet, decodeGet, decodeRange, decodeTransaction, decodeWritten } from './key-value-codec.js';
export { encodeCompareAndSet, encodeDelete, encodePut, encodeTransaction } from './key-value-codec.js';
export { decodeFrozen, decodeMark, decodePage, decodeRestoring } from './backup/codec.js';
export { decodeBlocks, decodeCut, decodeHead, decodeSubmitted } from './ledger/codec.js';
export { parseReplySubject } from './subjects.js';
// For those who judge what it believes, and who put mistakes into it.
export { PbftCourier } from './pbft/courier.js';
