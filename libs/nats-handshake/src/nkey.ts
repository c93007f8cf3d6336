import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * Keys of NATS users ("nkeys"): Ed25519, of which the server knows only the public half. Who connects signs a number that the
 * server has just drawn, so that nothing secret is ever sent. By Node's cryptography, not by that of nats.js: in JavaScript a
 * signature takes some milliseconds, and after a broker's restart a replica signs for each of its connections at once.
 */

/** Kind of what is written, in its first letters: "SU" is a user's seed, "U" his public key. */
const SEED = 18 << 3;
const USER = 20 << 3;
const SEED_PREFIX = [SEED | (USER >> 5), (USER & 31) << 3];
const KEY_BYTES = 32;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** What stands before the 32 bytes of a secret in DER, as Node wants it (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A new secret, as `nk -gen user` writes it. */
export function newSeed(): string {
  return written(SEED_PREFIX, randomBytes(KEY_BYTES));
}

/** How the server knows who has this seed. Throws, without quoting it, when it is none. */
export function publicKeyOf(seed: string): string {
  const publicKey = createPublicKey(keyOf(seed)).export({ format: 'der', type: 'spki' });
  return written([USER], publicKey.subarray(-KEY_BYTES));
}

/** What a server is told in CONNECT, for the `nonce` of its INFO. */
export interface Login {
  readonly nkey: string;
  readonly sig: string;
}

/** Logs in as who has this seed, again and again. */
export function loginWith(seed: string): (nonce?: string) => Login {
  const [key, nkey] = [keyOf(seed), publicKeyOf(seed)];
  return (nonce = '') => ({ nkey, sig: sign(null, Buffer.from(nonce), key).toString('base64url') });
}

function keyOf(seed: string): KeyObject {
  const secret = secretIn(seed);
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: 'der', type: 'pkcs8' });
}

function secretIn(seed: string): Uint8Array {
  const secret = bytesIn(seed).subarray(SEED_PREFIX.length, SEED_PREFIX.length + KEY_BYTES);
  if (secret.length === KEY_BYTES && written(SEED_PREFIX, secret) === seed) return secret;
  throw new Error('it is no seed of a NATS user: "SU" and 56 characters of A-Z and 2-7');
}

/** Prefix, bytes and a checksum over both, in base32. */
function written(prefix: readonly number[], bytes: Uint8Array): string {
  const body = Buffer.concat([Buffer.from(prefix), bytes]);
  const check = checksum(body);
  return base32(Buffer.concat([body, Buffer.from([check & 0xff, check >> 8])]));
}

/** CRC-16/XMODEM. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  return crc;
}

function base32(bytes: Uint8Array): string {
  let [text, held, bits] = ['', 0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + letters[(held << (5 - bits)) & 31];
}

/** Of what is no base32, nothing. */
function bytesIn(text: string): Uint8Array {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const letter of text) {
    const value = letters.indexOf(letter);
    if (value < 0) return new Uint8Array(0);
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 0xff);
  }
  return Uint8Array.from(bytes);
}
