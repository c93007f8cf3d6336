import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isToken } from '@synod/api';

/**
 * LIMIT: members of a group that sign. A view change has the votes of a quorum for each sequence of a full log, and must fit one message of
 * the broker's (256 KiB; apps/pbft-replica/test/largest-messages.test.ts): with more a group could not leave a primary that died.
 */
export const mostMembers = 13;

export function requireFew(members: number): void {
  if (members > mostMembers) throw new Error(`a group of PBFT has at most ${mostMembers} members, and not ${members}`);
}

/** Who is in a group, and by which public keys each is known: configuration, the same everywhere, and no secret. */
export interface GroupKeys {
  readonly cluster: string;
  readonly group: string;
  /** Made with the keys: what was signed by those of a former group of that name means nothing here. */
  readonly epoch: string;
  /** Sorted: who is primary of a view follows from the order. */
  readonly members: readonly string[];
  readonly users: readonly string[];
  replica(name: string): Uint8Array | undefined;
  user(name: string): Uint8Array | undefined;
}

/** Under `directory`, where `synod keys init` writes. */
export function groupKeysPath(directory: string, group: string): string {
  return join(directory, group, 'group.json');
}

/** Every error names the file and what would be right. */
export function readGroupKeys(path: string): GroupKeys {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'there is none; `synod keys init` makes one' : String(error);
    throw new Error(`cannot read the group's keys ${path}: ${problem}`, { cause: error });
  }
  try {
    return parseGroupKeys(text);
  } catch (error) {
    throw new Error(`the group's keys ${path}: ${(error as Error).message}`, { cause: error });
  }
}

const mostKeys = 1024;
const epochPattern = /^[\x21-\x7e]{1,64}$/;

/** Throws for what is not exactly such a file. */
export function parseGroupKeys(text: string): GroupKeys {
  const { version, cluster, group, epoch, members, users } = objectIn(text);
  if (version !== 1) throw new Error(`version ${JSON.stringify(version)}; this program understands 1`);
  if (!isName(cluster) || !isName(group)) throw new Error('"cluster" and "group" are names of a-z, 0-9 and -');
  if (typeof epoch !== 'string' || !epochPattern.test(epoch)) {
    throw new Error('"epoch" is 1 to 64 printable characters');
  }
  const replicas = keysIn('members', members);
  const people = keysIn('users', users);
  if (replicas.size === 0) throw new Error('"members" are missing');
  requireFew(replicas.size);
  return {
    ...{ cluster, group, epoch },
    members: [...replicas.keys()].sort(),
    users: [...people.keys()].sort(),
    replica: (name) => replicas.get(name),
    user: (name) => people.get(name),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error('it is no JSON object');
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && isToken(value);
}

/** `{"pbft-r1": "base64 of 32 bytes"}` */
function keysIn(what: string, value: unknown): ReadonlyMap<string, Uint8Array> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`"${what}" must be an object of names and public keys`);
  }
  const entries = Object.entries(value);
  if (entries.length > mostKeys) throw new Error(`"${what}" are more than ${mostKeys}`);
  return new Map(
    entries.map(([name, key]) => {
      if (!isToken(name)) throw new Error(`"${what}": ${JSON.stringify(name)} is no name of a-z, 0-9 and -`);
      return [name, publicKeyIn(`"${what}": the public key of ${name}`, key)];
    }),
  );
}

function publicKeyIn(what: string, value: unknown): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
  if (bytes?.length === 32) return Uint8Array.from(bytes);
  throw new Error(`${what} is not 32 bytes in base64`);
}
