import type { Cryptography, Digest, Signed, Statement } from '@synod/pbft-core';
import type { Domain } from './domain.js';
import { encodeStatement } from './statements.js';

/** SHA-256 over the parts, one directly after the other, in hexadecimal digits. */
export type Sha256 = (parts: readonly Uint8Array[]) => Digest;
/** Ed25519 over the bytes. */
export type Sign = (bytes: Uint8Array) => Uint8Array;
export type Verify = (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean;

const context = new Uint8Array(Buffer.from('synod.pbft.v1\0', 'latin1'));

/**
 * What is signed: a context of PBFT's own, then the statement. The keys must be nobody else's: who can have other bytes signed
 * by them, as a broker that sends a nonce can, chooses the context, too.
 */
export function signedBytes(statement: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(context.length + statement.length);
  bytes.set(context);
  bytes.set(statement, context.length);
  return bytes;
}

/** The cryptography of one replica, or of one user, whose secret is in `sign`. */
export function pbftCryptography(domain: Domain, signer: string, sha256: Sha256, sign: Sign): Cryptography {
  return {
    digest: (...parts) => sha256(parts),
    sign<S extends Statement>(statement: S): Signed<S> {
      const bytes = encodeStatement(domain, signer, statement);
      return { statement, signer, bytes, signature: sign(signedBytes(bytes)) };
    },
  };
}

/** For those who only check. */
export function pureDigests(sha256: Sha256): Cryptography {
  return {
    digest: (...parts) => sha256(parts),
    sign: () => {
      throw new Error('who only checks has no key');
    },
  };
}
