import { blobSize, bytesType, varintType, WireReader, WireWriter } from '@synod/api';

/** One PutRequest of etcd's protocol: key 1, value 2. */
export function encodePut(key: Uint8Array, value: Uint8Array): Uint8Array {
  const writer = new WireWriter(blobSize(key) + blobSize(value));
  writer.blob(1, key);
  writer.blob(2, value);
  return writer.bytes;
}

/** A TxnRequest without conditions: each put is a RequestOp (request_put 2) among `success` (2). */
export function encodeTransaction(puts: readonly Uint8Array[]): Uint8Array {
  const operations = puts.map((put) => wrapped(2, put));
  const writer = new WireWriter(operations.reduce((size, operation) => size + blobSize(operation), 0));
  for (const operation of operations) writer.blob(2, operation);
  return writer.bytes;
}

/** A RangeRequest of one key; linearizable unless told otherwise. */
export function encodeGet(key: Uint8Array): Uint8Array {
  return wrapped(1, key);
}

/** The value in a RangeResponse: kvs 2, in it value 5. */
export function decodeGet(response: Uint8Array): Uint8Array | undefined {
  const pair = field(response, 2);
  return pair && (field(pair, 5) ?? new Uint8Array(0));
}

/** In a TxnResponse, succeeded 2. */
export function decodeSucceeded(response: Uint8Array): boolean {
  const reader = new WireReader().start(response);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 2 * 8 + varintType) return reader.boolean();
    reader.skip(tag % 8);
  }
  return false;
}

/** StatusResponse: member_id 2 in header 1, leader 4. Both are 64-bit, so compared as bytes. */
export function decodeLeads(response: Uint8Array): boolean {
  const header = field(response, 1);
  const own = header && varintBytes(header, 2);
  const leader = varintBytes(response, 4);
  return own !== undefined && own === leader;
}

function wrapped(number: number, inner: Uint8Array): Uint8Array {
  const writer = new WireWriter(blobSize(inner));
  writer.blob(number, inner);
  return writer.bytes;
}

function field(message: Uint8Array, number: number): Uint8Array | undefined {
  const reader = new WireReader().start(message);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === number * 8 + bytesType) return reader.view();
    reader.skip(tag % 8);
  }
  return undefined;
}

/** The bytes of a number that may exceed what a JavaScript number holds, as text. */
function varintBytes(message: Uint8Array, number: number): string | undefined {
  const reader = new WireReader().start(message);
  while (reader.more) {
    const tag = reader.tag();
    const from = reader.position;
    reader.skip(tag % 8);
    if (tag === number * 8 + varintType) return Buffer.from(message.subarray(from, reader.position)).toString('hex');
  }
  return undefined;
}
