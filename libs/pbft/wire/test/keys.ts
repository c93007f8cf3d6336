import { createHash, generateKeyPairSync, sign as signWith, verify as verifyWith } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { pbftCryptography } from '@synod/pbft-wire';
import type { Domain, PublicKeys, Sha256, Sign, Verify } from '@synod/pbft-wire';
import type { Cryptography } from '@synod/pbft-core';

/** Node's cryptography in the form that the library wants. */

export const domain: Domain = { cluster: 'local', group: 'pbft', epoch: 'e1' };

export const sha256: Sha256 = (parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const spki = Buffer.from('302a300506032b6570032100', 'hex');

export const verify: Verify = (publicKey, bytes, signature) => {
  const key = createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' });
  return verifyWith(null, bytes, key, signature);
};

const pairs = new Map<string, { readonly publicKey: Uint8Array; readonly privateKey: KeyObject }>();

/** By role and name: a user of a member's name has another key. */
function pairOf(who: string) {
  let pair = pairs.get(who);
  if (pair === undefined) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(spki.length);
    pairs.set(who, (pair = { publicKey: Uint8Array.from(raw), privateKey }));
  }
  return pair;
}

export const members = ['r1', 'r2', 'r3', 'r4'];
const users = ['ann', 'bob', 'r1'];

export const keys: PublicKeys = {
  replica: (name) => (members.includes(name) ? pairOf(`replica ${name}`).publicKey : undefined),
  user: (name) => (users.includes(name) ? pairOf(`user ${name}`).publicKey : undefined),
};

export const signOf =
  (who: string): Sign =>
  (bytes) =>
    Uint8Array.from(signWith(null, bytes, pairOf(who).privateKey));

export function replica(name: string, where: Domain = domain): Cryptography {
  return pbftCryptography(where, name, sha256, signOf(`replica ${name}`));
}

export function user(name: string, where: Domain = domain): Cryptography {
  return pbftCryptography(where, name, sha256, signOf(`user ${name}`));
}
