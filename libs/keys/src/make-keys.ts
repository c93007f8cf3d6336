import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isToken } from '@synod/api';
import { writeWhole } from '@synod/private-file';
import type { WholeFile } from '@synod/private-file';
import { pkcs8Prefix, spkiPrefix } from './cryptography.js';
import { groupKeysPath, requireFew } from './group-keys.js';
import { secretKeyPath } from './secret-key.js';
import type { KeyHolder } from './secret-key.js';

export interface KeysWanted {
  readonly directory: string;
  readonly cluster: string;
  readonly group: string;
  readonly members: readonly string[];
  readonly users: readonly string[];
}

/**
 * New keys for a new group: a file for each secret (0600), and the public ones with the group's configuration. Never over others:
 * a group whose keys are replaced is another group. Returns the paths, the public file last: while it is missing there are none.
 */
export function makeKeys({ directory, cluster, group, members, users }: KeysWanted): readonly string[] {
  for (const name of [cluster, group, ...members, ...users]) {
    if (!isToken(name)) throw new Error(`${JSON.stringify(name)} is no name: 1 to 32 characters of a-z, 0-9 and -`);
  }
  if (members.length === 0) throw new Error('a group has members');
  requireFew(members.length);
  for (const names of [members, users]) {
    if (new Set(names).size !== names.length) throw new Error(`${names.join(',')}: a name stands there twice`);
  }
  const publicPath = groupKeysPath(directory, group);
  if (existsSync(publicPath)) {
    throw new Error(`${publicPath} is there already; a group with other keys is another group: remove its data, too`);
  }
  mkdirSync(dirname(publicPath), { recursive: true, mode: 0o700 });
  const secrets: WholeFile[] = [];
  const make = (role: KeyHolder['role'], names: readonly string[]) =>
    Object.fromEntries(
      [...names].sort().map((name) => {
        const { secret, publicKey } = newPair();
        secrets.push({ path: secretKeyPath(directory, group, { role, name }), text: `${secret}\n`, mode: 0o600 });
        return [name, publicKey];
      }),
    );
  const epoch = randomBytes(12).toString('hex');
  const keys = { version: 1, cluster, group, epoch, members: make('replica', members), users: make('user', users) };
  // Secrets that are left of an interrupted start belong to no group: they are made again.
  writeWhole(secrets);
  writeWhole([{ path: publicPath, text: `${JSON.stringify(keys, null, 2)}\n`, mode: 0o644 }]);
  return [...secrets.map(({ path }) => path), publicPath];
}

function newPair(): { readonly secret: string; readonly publicKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8Prefix.length);
  const known = publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length);
  return { secret: secret.toString('base64'), publicKey: known.toString('base64') };
}
