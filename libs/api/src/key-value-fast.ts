import type { Found, Put, PutPlace, Written } from '@synod/state-machine';
import { WireReader } from './wire-reader.js';
import { numberSize, optionalBlobSize, varintSize, WireWriter } from './wire-writer.js';

// The operations of nearly every batch, read and written without objects in between; the bytes are those of the
// generated code, which a test compares. For all others it is the generated code that matters less than its rules.

const reader = new WireReader();

/** Operation { put { key, value } }. False for everything else, which includes all that is malformed. */
export function readPut(operation: Uint8Array, place: PutPlace): boolean {
  if (operation.length < 2 || operation[0] !== 0x0a) return false;
  place.keyStart = place.keyEnd = place.valueStart = place.valueEnd = 0;
  try {
    reader.start(operation);
    reader.position = 1;
    const length = reader.varint();
    if (reader.position + length !== operation.length) return false;
    if (reader.more && operation[reader.position] === 0x0a) {
      reader.position++;
      place.keyStart = reader.span();
      place.keyEnd = reader.position;
    }
    if (reader.more && operation[reader.position] === 0x12) {
      reader.position++;
      place.valueStart = reader.span();
      place.valueEnd = reader.position;
    }
  } catch {
    return false;
  }
  return !reader.more;
}

export function encodePut({ key, value }: Put): Uint8Array {
  const writer = nested(1, optionalBlobSize(key) + optionalBlobSize(value));
  writer.optionalBlob(1, key);
  writer.optionalBlob(2, value);
  return writer.bytes;
}

export function encodeGet(key: Uint8Array): Uint8Array {
  const writer = nested(1, optionalBlobSize(key));
  writer.optionalBlob(1, key);
  return writer.bytes;
}

export function encodeWritten({ revision, existed }: Written): Uint8Array {
  const writer = nested(1, numberSize(revision) + (existed ? 2 : 0));
  writer.number(1, revision);
  writer.number(2, existed ? 1 : 0);
  return writer.bytes;
}

export function encodeFound({ key, value, revision, created, version }: Found): Uint8Array {
  const blobs = optionalBlobSize(key) + optionalBlobSize(value);
  const numbers = numberSize(revision) + numberSize(created) + numberSize(version);
  const writer = nested(4, blobs + numbers);
  writer.optionalBlob(1, key);
  writer.optionalBlob(2, value);
  writer.number(3, revision);
  writer.number(4, created);
  writer.number(5, version);
  return writer.bytes;
}

/** The key of Query { get { key } }, a view. Undefined for everything else. */
export function readGet(query: Uint8Array): Uint8Array | undefined {
  if (!holdsOne(query, 1)) return undefined;
  try {
    const key = blobOf(1);
    return reader.more ? undefined : key;
  } catch {
    return undefined;
  }
}

/** Result { written { revision, existed } }, as `encodeWritten` makes it. Undefined for everything else. */
export function readWritten(result: Uint8Array): Written | undefined {
  if (!holdsOne(result, 1)) return undefined;
  try {
    const revision = numberOf(1);
    const existed = numberOf(2);
    return reader.more || existed > 1 ? undefined : { kind: 'written', revision, existed: existed === 1 };
  } catch {
    return undefined;
  }
}

/** Result { found { … } }, as `encodeFound` makes it; key and value are views. Undefined for everything else. */
export function readFound(result: Uint8Array): Found | undefined {
  if (!holdsOne(result, 4)) return undefined;
  try {
    const key = blobOf(1);
    const value = blobOf(2);
    const [revision, created, version] = [numberOf(3), numberOf(4), numberOf(5)];
    return reader.more ? undefined : { kind: 'found', key, value, revision, created, version };
  } catch {
    return undefined;
  }
}

const nothing: Uint8Array = new Uint8Array(0);

/** Starts `reader` within the one field that the message consists of. */
function holdsOne(message: Uint8Array, field: number): boolean {
  if (message.length < 2 || message[0] !== field * 8 + 2) return false;
  const length = message[1]!;
  if (length < 0x80) {
    reader.start(message, 2);
    return length === message.length - 2;
  }
  reader.start(message, 1);
  try {
    return reader.varint() === message.length - reader.position;
  } catch {
    return false;
  }
}

/** The next field if it is this one; else what a missing one stands for. */
function numberOf(field: number): number {
  if (!reader.more || reader.bytes[reader.position] !== field * 8) return 0;
  reader.position++;
  return reader.varint();
}

function blobOf(field: number): Uint8Array {
  if (!reader.more || reader.bytes[reader.position] !== field * 8 + 2) return nothing;
  reader.position++;
  return reader.view();
}

/**
 * A message that holds nothing but another one, which is written next: whole, because the memory is not cleared. Batches copy
 * what they carry, so it is not kept for long.
 */
function nested(field: number, length: number): WireWriter {
  const size = 1 + varintSize(length) + length;
  const writer = new WireWriter(size, Buffer.allocUnsafe(size));
  writer.open(field, length);
  return writer;
}
