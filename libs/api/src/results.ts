import type { BatchCodec, SessionError } from '@synod/state-machine';
import { decodeReadBatch, decodeRequestBatch } from './batches.js';
import { limits } from './limits.js';
import { bytesType, DecodeError, varintType, WireReader } from './wire-reader.js';
import { blobSize, numberSize, WireWriter } from './wire-writer.js';

/** What became of a batch. Fewer results than operations: those without one were not executed, the answer was full. */
export interface Results {
  /** One per operation or query, in order. */
  readonly results: readonly Uint8Array[];
  /** The session refused the batch: nothing was executed. */
  readonly sessionError: SessionError | undefined;
  /** Of an opening that was refused because of its number: one that is not too low. */
  readonly openFrom?: number;
}

const sessionErrors: readonly (SessionError | undefined)[] = [
  undefined,
  'expired',
  'sequenceReused',
  'windowExceeded',
  'alreadyAcknowledged',
  'malformed',
];
const reader = new WireReader();

export function encodeResults(results: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (let i = 0; i < results.length; i++) size += blobSize(results[i]!);
  const writer = new WireWriter(size);
  for (let i = 0; i < results.length; i++) writer.blob(1, results[i]!);
  return writer.bytes;
}

export function encodeSessionError(error: SessionError, openFrom = 0): Uint8Array {
  const writer = new WireWriter(2 + numberSize(openFrom));
  writer.number(2, sessionErrors.indexOf(error));
  writer.number(3, openFrom);
  return writer.bytes;
}

/** The results are views of `bytes`. */
export function decodeResults(bytes: Uint8Array): Results {
  if (bytes.length > limits.replyBytes) throw new DecodeError(`Results of ${bytes.length} bytes`);
  const results: Uint8Array[] = [];
  let [error, openFrom] = [0, 0];
  reader.start(bytes);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 1 * 8 + bytesType) {
      if (results.length === limits.operations) throw new DecodeError(`more than ${limits.operations} results`);
      results.push(reader.view());
    } else if (tag === 2 * 8 + varintType) error = reader.uint32();
    else if (tag === 3 * 8 + varintType) openFrom = reader.varint();
    else reader.skip(tag % 8);
  }
  if (error >= sessionErrors.length) throw new DecodeError(`session error ${error} is not known`);
  return { results, sessionError: sessionErrors[error], ...(openFrom > 0 && { openFrom }) };
}

/** For `Sessions`: client batches and their results as they stand in api.proto. */
export const batchCodec: BatchCodec = {
  decodeRequest: decodeRequestBatch,
  decodeQueries: (bytes) => decodeReadBatch(bytes).queries,
  encodeResults,
  encodeSessionError,
};
