import { join } from 'node:path';
import { readPrivately } from '@synod/private-file';
import { ed25519 } from './cryptography.js';
import type { GroupKeys } from './group-keys.js';

/** Whose key it is. A user who has a replica's name has another key. */
export interface KeyHolder {
  readonly role: 'replica' | 'user';
  readonly name: string;
}

export interface SecretKey {
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** What a secret is checked by: that it belongs to the public key in the group's configuration. */
const probe = Buffer.from('synod.keys.probe');

export function secretKeyPath(directory: string, group: string, { role, name }: KeyHolder): string {
  return join(directory, group, `${role}-${name}.key`);
}

/** Refuses a file that others can read, and a key that is not its holder's in this group. No error quotes the file. */
export function readSecretKey(
  path: string,
  keys: GroupKeys,
  { role, name }: KeyHolder,
  isGenuine: (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean,
): SecretKey {
  const publicKey = role === 'replica' ? keys.replica(name) : keys.user(name);
  if (publicKey === undefined) {
    throw new Error(`the keys of group ${keys.group} know no ${role} ${name}`);
  }
  const text = readPrivately(path, 'the key file', '`synod keys init` makes one').trim();
  const secret = Buffer.from(text, 'base64');
  if (secret.length !== 32 || secret.toString('base64') !== text) {
    throw new Error(`the key file ${path} does not hold 32 bytes in base64; \`synod keys init\` makes one`);
  }
  const sign = ed25519(secret);
  if (!isGenuine(publicKey, probe, sign(probe))) {
    throw new Error(
      `the key in ${path} is not that of ${role} ${name} in the keys of group ${keys.group}, epoch ${keys.epoch}`,
    );
  }
  return { sign };
}
