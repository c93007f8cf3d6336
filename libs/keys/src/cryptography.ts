import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What stands before the 32 bytes of a public key in DER, as Node wants it (RFC 8410). */
export const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
/** The same of the 32 bytes of a secret. */
export const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** SHA-256 over the parts, one directly after the other, in hexadecimal digits. */
export function sha256(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Signs as who has this secret of 32 bytes. The secret stays in here. */
export function ed25519(secret: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: 'der', type: 'pkcs8' });
  return (bytes) => Uint8Array.from(sign(null, bytes, key));
}

/** Making one costs about as much as a signature. They are few, and whoever has them keeps the same arrays. */
const known = new WeakMap<Uint8Array, KeyObject>();

function objectOf(publicKey: Uint8Array): KeyObject {
  let key = known.get(publicKey);
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
    known.set(publicKey, key);
  }
  return key;
}

export function verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, bytes, objectOf(publicKey), signature);
}

/** In Node's thread pool: the event loop goes on meanwhile. */
export function verifyEd25519Later(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
  done: (genuine: boolean) => void,
): void {
  verify(null, bytes, objectOf(publicKey), signature, (error, genuine) => done(error === null && genuine));
}
