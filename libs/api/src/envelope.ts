import { bytesType, DecodeError, varintType, WireReader } from './wire-reader.js';

/** What a later version may have put before its version; a megabyte of empty fields is not looked through. */
const straysMost = 16;

/**
 * What is in an Envelope: `version` as field 1 and one alternative, which must be `field`; `kind` names it in errors. The body
 * is a view.
 */
export function openEnvelope(payload: Uint8Array, expectedVersion: number, field: number, kind: string): Uint8Array {
  const reader = new WireReader().start(payload);
  let version = 0;
  let body: Uint8Array | undefined;
  let stray = 0;
  let strays = 0;
  while (reader.more && strays <= straysMost) {
    const tag = reader.tag();
    if (tag === 1 * 8 + varintType) version = reader.uint32();
    else if (tag === field * 8 + bytesType && !body) body = reader.view();
    else {
      strays++;
      stray = Math.floor(tag / 8);
      reader.skip(tag % 8);
    }
  }
  // First of all: a later version may have fields that this one does not know.
  if (version !== expectedVersion) {
    throw new DecodeError(`an Envelope of version ${version}; this replica speaks ${expectedVersion}`);
  }
  if (stray !== 0) throw new DecodeError(`an Envelope with field ${stray} where only a ${kind} belongs`);
  if (!body) throw new DecodeError(`an Envelope without its ${kind}`);
  return body;
}
