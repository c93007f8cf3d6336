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
  return nested(1, optionalBlobSize(key) + optionalBlobSize(value), (writer) => {
    writer.optionalBlob(1, key);
    writer.optionalBlob(2, value);
  });
}

export function encodeGet(key: Uint8Array): Uint8Array {
  return nested(1, optionalBlobSize(key), (writer) => writer.optionalBlob(1, key));
}

export function encodeWritten({ revision, existed }: Written): Uint8Array {
  return nested(1, numberSize(revision) + (existed ? 2 : 0), (writer) => {
    writer.number(1, revision);
    writer.number(2, existed ? 1 : 0);
  });
}

export function encodeFound({ key, value, revision, created, version }: Found): Uint8Array {
  const blobs = optionalBlobSize(key) + optionalBlobSize(value);
  return nested(4, blobs + numberSize(revision) + numberSize(created) + numberSize(version), (writer) => {
    writer.optionalBlob(1, key);
    writer.optionalBlob(2, value);
    writer.number(3, revision);
    writer.number(4, created);
    writer.number(5, version);
  });
}

/** A message that holds nothing but another one. */
function nested(field: number, size: number, write: (writer: WireWriter) => void): Uint8Array {
  const writer = new WireWriter(1 + varintSize(size) + size);
  writer.varint(field * 8 + 2);
  writer.varint(size);
  write(writer);
  return writer.bytes;
}
