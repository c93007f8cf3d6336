import { createPrivateKey, createPublicKey, hash, sign as signWith, verify as verifyWith } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { pbftCryptography } from '@synod/pbft-wire';
import type { Domain, PublicKeys, Sha256, Sign, Verify } from '@synod/pbft-wire';
import type { Cryptography } from '@synod/pbft-core';
import { Recent, textOf } from './recent.js';

export const domain: Domain = { cluster: 'sim', group: 'kv', epoch: 'e1' };

export const sha256: Sha256 = (parts) => {
  const [bytes, signature] = parts;
  return parts.length === 2 && signature!.length === signatureBytes ? digestOnce(bytes!, signature!) : digestOf(parts);
};

/**
 * What signatures are made of: Ed25519, as in production; or `quick`, a digest over the name of the key and the bytes. Anybody
 * could make that one, and nobody here does: a signer gets nothing but `Sign` of its own key. It costs a fiftieth.
 */
export type Signatures = 'ed25519' | 'quick';

export type KeyRole = 'replica' | 'user';

/** Everybody's keys, of members and of any user, by role: a user of a member's name has another key. */
export class KeyRing {
  readonly keys: PublicKeys;

  constructor(
    private readonly signatures: Signatures,
    members: readonly string[],
  ) {
    this.keys = {
      replica: (name) => (members.includes(name) ? this.publicKey('replica', name) : undefined),
      user: (name) => this.publicKey('user', name),
    };
  }

  readonly verify: Verify = (publicKey, bytes, signature) =>
    verifiedOnce(publicKey, bytes, signature, this.signatures === 'quick' ? isQuick : isEd25519);

  signOf(role: KeyRole, name: string): Sign {
    const seal = sealOf(role, name);
    if (this.signatures === 'quick') return (bytes) => quickly(seal, bytes);
    const key = privateKeyOf(seal);
    return (bytes) => Uint8Array.from(signWith(null, bytes, key));
  }

  /** Of who signs as `name`; with the key of `key`, who may be somebody else. */
  cryptographyOf(role: KeyRole, name: string, key = name): Cryptography {
    return pbftCryptography(domain, name, sha256, this.signOf(role, key));
  }

  private publicKey(role: KeyRole, name: string): Uint8Array {
    const seal = sealOf(role, name);
    return this.signatures === 'quick' ? seal : publicBytesOf(seal);
  }
}

/** 32 bytes that follow from the name: the same in every run. */
function sealOf(role: KeyRole, name: string): Uint8Array {
  return remembered(seals, `${role} ${name}`, (text) => hash('sha256', text, 'buffer'));
}

function quickly(seal: Uint8Array, bytes: Uint8Array): Uint8Array {
  return hash('sha512', Buffer.concat([seal, bytes]), 'buffer');
}

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const spki = Buffer.from('302a300506032b6570032100', 'hex');

function privateKeyOf(seal: Uint8Array): KeyObject {
  const text = Buffer.from(seal).toString('hex');
  return remembered(privateKeys, text, () =>
    createPrivateKey({ key: Buffer.concat([pkcs8, seal]), format: 'der', type: 'pkcs8' }),
  );
}

function publicBytesOf(seal: Uint8Array): Uint8Array {
  const text = Buffer.from(seal).toString('hex');
  return remembered(publicBytes, text, () => {
    const der = createPublicKey(privateKeyOf(seal)).export({ format: 'der', type: 'spki' });
    return Uint8Array.from(der.subarray(spki.length));
  });
}

function publicKeyOf(bytes: Uint8Array): KeyObject {
  const text = Buffer.from(bytes).toString('hex');
  return remembered(publicKeys, text, () =>
    createPublicKey({ key: Buffer.concat([spki, bytes]), format: 'der', type: 'spki' }),
  );
}

const isQuick: Verify = (key, bytes, signature) => Buffer.compare(quickly(key, bytes), signature) === 0;
const isEd25519: Verify = (key, bytes, signature) => verifyWith(null, bytes, publicKeyOf(key), signature);

const signatureBytes = 64;
/** LIMIT: most statements are with all members within a few hundred others; what is kept for longer keeps the garbage collector busy. */
const rememberedMost = 1024;

interface Verdict {
  readonly key: Uint8Array;
  readonly bytes: Uint8Array;
  readonly verify: Verify;
  readonly isGenuine: boolean;
}

const verdicts = new Recent<Verdict>(rememberedMost);
const digests = new Recent<{ readonly bytes: Uint8Array; readonly digest: string }>(rememberedMost);

/**
 * What a signature is worth follows from the key and the bytes, and here all members are one process: the second member to ask is told
 * what the first was. Each member's authenticator asks all the same, and whatever differs by a bit is verified by itself.
 */
function verifiedOnce(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array, verify: Verify): boolean {
  const name = textOf(signature);
  const known = verdicts.get(name);
  if (known?.verify === verify && isSame(known.key, key) && isSame(known.bytes, bytes)) return known.isGenuine;
  const isGenuine = verify(key, bytes, signature);
  verdicts.put(name, { key, bytes, verify, isGenuine });
  return isGenuine;
}

/** The same of a statement's digest, which each member takes once for its own memory of what it verified. */
function digestOnce(bytes: Uint8Array, signature: Uint8Array): string {
  const name = textOf(signature);
  const known = digests.get(name);
  if (known !== undefined && isSame(known.bytes, bytes)) return known.digest;
  const digest = digestOf([bytes, signature]);
  digests.put(name, { bytes, digest });
  return digest;
}

function digestOf(parts: readonly Uint8Array[]): string {
  return hash('sha256', Buffer.concat(parts), 'hex');
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
}

const seals = new Map<string, Uint8Array>();
const privateKeys = new Map<string, KeyObject>();
const publicBytes = new Map<string, Uint8Array>();
const publicKeys = new Map<string, KeyObject>();

function remembered<T>(known: Map<string, T>, name: string, make: (name: string) => T): T {
  let value = known.get(name);
  if (value === undefined) known.set(name, (value = make(name)));
  return value;
}
