import type { SessionBatch } from '@synod/state-machine';
import { limits, wireVersion } from './limits.js';
import { bytesType, DecodeError, isToken, varintType, WireReader } from './wire-reader.js';
import { blobSize, numberSize, WireWriter } from './wire-writer.js';

/** Where a request's answer goes and what it is called; all that a replica needs to know before it is applied. */
export interface RequestHeader {
  /** Token of the client's connection. */
  readonly client: string;
  /** 0: opens a session. */
  readonly session: number;
  readonly sequence: number;
}

/** One log entry. */
export interface RequestBatch extends RequestHeader, SessionBatch {}

export type ReadLevel = 'linearizable' | 'stale' | 'discover';

export interface ReadHeader {
  readonly client: string;
  readonly sequence: number;
  readonly level: ReadLevel;
  /** `stale`: refuse when the answer would have a higher age. 0: no bound. */
  readonly maxAgeMs: number;
}

export interface ReadBatch extends ReadHeader {
  readonly queries: readonly Uint8Array[];
}

const readLevels: readonly ReadLevel[] = ['linearizable', 'stale', 'discover'];
const reader = new WireReader();

/** What both batches are read into; `parts` are operations or queries. */
class Fields {
  version = 0;
  client = '';
  session = 0;
  sequence = 0;
  level = 0;
  bound = 0;
  count = 0;
  parts: Uint8Array[] = [];
}

/** Throws `RangeError` for what `decodeRequestBatch` would refuse. */
export function encodeRequestBatch(batch: RequestBatch): Uint8Array {
  const client = clientBytes(batch.client);
  const { session, sequence, acknowledgedThrough, operations } = batch;
  const writer = new WireWriter(
    2 +
      blobSize(client) +
      numberSize(session) +
      numberSize(sequence) +
      numberSize(acknowledgedThrough) +
      sizeOf(operations),
  );
  writer.number(1, wireVersion);
  writer.blob(2, client);
  writer.number(3, session);
  writer.number(4, sequence);
  writer.number(5, acknowledgedThrough);
  for (const operation of operations) writer.blob(6, operation);
  return withinLimits(writer.bytes, operations.length);
}

/** The operations are views of `bytes`. */
export function decodeRequestBatch(bytes: Uint8Array): RequestBatch {
  const { client, session, sequence, bound, parts } = readRequest(bytes, true);
  return { client, session, sequence, acknowledgedThrough: bound, operations: parts };
}

/** Checks everything that `decodeRequestBatch` checks, without an object per operation. */
export function readRequestHeader(bytes: Uint8Array): RequestHeader {
  const { client, session, sequence } = readRequest(bytes, false);
  return { client, session, sequence };
}

export function encodeReadBatch(batch: ReadBatch): Uint8Array {
  const client = clientBytes(batch.client);
  const level = readLevels.indexOf(batch.level);
  const { sequence, maxAgeMs, queries } = batch;
  const numbers = numberSize(sequence) + numberSize(level) + numberSize(maxAgeMs);
  const writer = new WireWriter(2 + blobSize(client) + numbers + sizeOf(queries));
  writer.number(1, wireVersion);
  writer.blob(2, client);
  writer.number(3, sequence);
  writer.number(4, level);
  writer.number(5, maxAgeMs);
  for (const query of queries) writer.blob(6, query);
  return withinLimits(writer.bytes, queries.length);
}

/** The queries are views of `bytes`. */
export function decodeReadBatch(bytes: Uint8Array): ReadBatch {
  const fields = readRead(bytes, true);
  return { ...readHeaderOf(fields), queries: fields.parts };
}

/** Checks everything that `decodeReadBatch` checks, without an object per query. */
export function readReadHeader(bytes: Uint8Array): ReadHeader {
  return readHeaderOf(readRead(bytes, false));
}

function readHeaderOf({ client, sequence, level, bound }: Fields): ReadHeader {
  return { client, sequence, level: readLevels[level]!, maxAgeMs: bound };
}

function readRequest(bytes: Uint8Array, keepParts: boolean): Fields {
  const fields = begin(bytes, 'RequestBatch');
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 6 * 8 + bytesType) readPart(fields, keepParts);
    else if (tag === 1 * 8 + varintType) fields.version = reader.uint32();
    else if (tag === 2 * 8 + bytesType) fields.client = reader.token();
    else if (tag === 3 * 8 + varintType) fields.session = reader.varint();
    else if (tag === 4 * 8 + varintType) fields.sequence = reader.varint();
    else if (tag === 5 * 8 + varintType) fields.bound = reader.varint();
    else refuseField('RequestBatch', tag);
  }
  checkEnvelope('RequestBatch', fields);
  if (fields.session === 0) {
    if (fields.count > 0) throw new DecodeError('a RequestBatch that opens a session must not bring operations');
  } else if (fields.sequence === 0) throw new DecodeError('sequences of a session begin with 1');
  else if (fields.bound >= fields.sequence) throw new DecodeError('a RequestBatch acknowledges its own answer');
  return fields;
}

function readRead(bytes: Uint8Array, keepParts: boolean): Fields {
  const fields = begin(bytes, 'ReadBatch');
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 6 * 8 + bytesType) readPart(fields, keepParts);
    else if (tag === 1 * 8 + varintType) fields.version = reader.uint32();
    else if (tag === 2 * 8 + bytesType) fields.client = reader.token();
    else if (tag === 3 * 8 + varintType) fields.sequence = reader.varint();
    else if (tag === 4 * 8 + varintType) fields.level = reader.uint32();
    else if (tag === 5 * 8 + varintType) fields.bound = reader.varint();
    else refuseField('ReadBatch', tag);
  }
  checkEnvelope('ReadBatch', fields);
  if (fields.level >= readLevels.length) throw new DecodeError(`read level ${fields.level} is not known`);
  return fields;
}

function begin(bytes: Uint8Array, what: string): Fields {
  if (bytes.length > limits.requestBytes) {
    throw new DecodeError(`a ${what} of ${bytes.length} bytes; at most ${limits.requestBytes} are allowed`);
  }
  reader.start(bytes);
  return new Fields();
}

function readPart(fields: Fields, keep: boolean): void {
  if (++fields.count > limits.operations) throw new DecodeError(`more than ${limits.operations} operations in a batch`);
  const from = reader.span();
  if (keep) fields.parts.push(reader.bytes.subarray(from, reader.position));
}

function checkEnvelope(what: string, { version, client }: Fields): void {
  if (version !== wireVersion)
    throw new DecodeError(`a ${what} of version ${version}; this replica speaks ${wireVersion}`);
  if (client === '') throw new DecodeError(`a ${what} that does not say which client connection it is from`);
}

function refuseField(what: string, tag: number): never {
  throw new DecodeError(`a ${what} has no field ${Math.floor(tag / 8)} of wire type ${tag % 8}`);
}

function clientBytes(client: string): Uint8Array {
  if (!isToken(client)) throw new RangeError(`client '${client}' is not 1 to 32 of a-z, 0-9 and -`);
  return Buffer.from(client, 'latin1');
}

function sizeOf(parts: readonly Uint8Array[]): number {
  let size = 0;
  for (const part of parts) size += blobSize(part);
  return size;
}

function withinLimits(bytes: Uint8Array, count: number): Uint8Array {
  if (count > limits.operations)
    throw new RangeError(`${count} in one batch; at most ${limits.operations} are allowed`);
  if (bytes.length > limits.requestBytes) {
    throw new RangeError(`a batch of ${bytes.length} bytes; at most ${limits.requestBytes} are allowed`);
  }
  return bytes;
}
