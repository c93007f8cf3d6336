import { synod } from './gen/api.js';
import { decodeWith } from './inspect.js';
import { limits, wireVersion } from './limits.js';
import { number, shape, token, uint32 } from './shapes.js';
import { DecodeError, isToken } from './wire-reader.js';

/** A client's wish for a write-once register: let it have this value; or, without one: what is its value? */
export interface RegisterRequest {
  /** Token of the client's connection. */
  readonly client: string;
  readonly sequence: number;
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

/** Its answer: the register's one value, whoever asked for it; undefined: it has none. */
export interface Decided {
  readonly kind: 'decided';
  readonly value: Uint8Array | undefined;
}

const { Decide, Decided } = synod.api.v1;
export const registerKey = { type: 'bytes', maxBytes: limits.registerKeyBytes } as const;
const decideShape = shape('Decide', [uint32, token, number, registerKey, { type: 'bytes' }]);
const decidedShape = { ...shape('Decided', [{ type: 'bytes' }]), open: true };

export function isRegisterKey(text: string): boolean {
  return /^[A-Za-z0-9._/-]{1,128}$/.test(text);
}

/** Throws `RangeError` for what `decodeRegisterRequest` would refuse. */
export function encodeRegisterRequest({ client, sequence, key, value }: RegisterRequest): Uint8Array {
  if (!isToken(client)) throw new RangeError(`client '${client}' is not 1 to 32 of a-z, 0-9 and -`);
  if (!isRegisterKey(key)) throw new RangeError(`key '${key}' is not 1 to 128 of A-Z, a-z, 0-9 and ._/-`);
  const bytes = Decide.encode({ version: wireVersion, client, sequence, key, value: value ?? null }).finish();
  if (bytes.length > limits.requestBytes) throw new RangeError(`a Decide of ${bytes.length} bytes`);
  return bytes;
}

/** The value is copied. */
export function decodeRegisterRequest(bytes: Uint8Array): RegisterRequest {
  if (bytes.length > limits.requestBytes) throw new DecodeError(`a Decide of ${bytes.length} bytes`);
  const { version, client, sequence, key, value } = decodeWith(Decide, bytes, decideShape);
  if (version !== wireVersion)
    throw new DecodeError(`a Decide of version ${version}; this replica speaks ${wireVersion}`);
  if (!isToken(client)) throw new DecodeError('a Decide that does not say which client connection it is from');
  if (!isRegisterKey(key)) throw new DecodeError('a Decide of a key that is not 1 to 128 of A-Z, a-z, 0-9 and ._/-');
  return { client, sequence, key, value: value ? new Uint8Array(value) : undefined };
}

export function encodeDecided({ value }: Decided): Uint8Array {
  return Decided.encode({ value: value ?? null }).finish();
}

/** The value is a view of `bytes`. */
export function decodeDecided(bytes: Uint8Array): Decided {
  return { kind: 'decided', value: decodeWith(Decided, bytes, decidedShape).value ?? undefined };
}
