/**
 * What the client makes of bytes and subjects that others sent, for those who fuzz it.
 *
 * @packageDocumentation
 */
export { decodeCompareAndSet, decodeGet, decodeRange, decodeTransaction, decodeWritten } from './key-value-codec.js';
export { parseReplySubject } from './subjects.js';
