import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { newSeed, publicKeyOf } from '@synod/nats-handshake';
import { readPrivately, writePrivately } from '@synod/private-file';
import { requireToken } from './subjects.js';

/** By what a service shows to the server that it is itself. Never in logs, environment or spans. */
export interface Credentials {
  readonly user: string;
  /** Its secret key; the server has the public one. */
  readonly seed: string;
}

const form = '{"user": "raft-r1", "seed": "SU…"}';

/** Where `user`'s credentials lie in `directory`. */
export function credentialsPath(directory: string, user: string): string {
  return join(directory, `${requireToken(user, 'user')}.json`);
}

/** Reads a file of the form `{"user": "raft-r1", "seed": "SU…"}`. Every error names the file and what would be right. */
export function readCredentials(path: string): Credentials {
  const { user, seed, password } = fieldsIn(path);
  if (typeof user !== 'string' || user === '') {
    throw new Error(`credentials file ${path} lacks "user"; it should read ${form}`);
  }
  if (seed === undefined && password !== undefined) {
    const advice = 'users have keys by now: run `synod identities init` again, and have the NATS server reload';
    throw new Error(`credentials file ${path} holds a password, as older releases made them; ${advice}`);
  }
  if (typeof seed !== 'string' || seed === '') {
    throw new Error(`credentials file ${path} lacks "seed"; it should read ${form}`);
  }
  try {
    publicKeyOf(seed);
  } catch (error) {
    throw new Error(`"seed" in credentials file ${path}: ${(error as Error).message}`, { cause: error });
  }
  return { user: requireToken(user, `"user" in ${path}`), seed };
}

/**
 * A key for each user, from the files in `directory` where there are some, else new, so that a second start keeps what running
 * services use. Instead of a password of an older release, which no server knows any more, there is a new key. Files are 0600, the
 * directory 0700.
 */
export function ensureCredentials(directory: string, users: readonly string[]): ReadonlyMap<string, Credentials> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const all = new Map<string, Credentials>();
  for (const user of users) {
    const path = credentialsPath(directory, user);
    if (!existsSync(path) || isOutdated(path)) {
      writePrivately(path, `${JSON.stringify({ user, seed: newSeed() })}\n`);
    }
    const credentials = readCredentials(path);
    if (credentials.user !== user)
      throw new Error(`credentials file ${path} is for "${credentials.user}", not "${user}"`);
    all.set(user, credentials);
  }
  return all;
}

/** What the server is to know of these users. */
export function publicKeysOf(all: ReadonlyMap<string, Credentials>): ReadonlyMap<string, string> {
  return new Map([...all].map(([user, { seed }]) => [user, publicKeyOf(seed)]));
}

function isOutdated(path: string): boolean {
  const { seed, password } = fieldsIn(path);
  return seed === undefined && password !== undefined;
}

function fieldsIn(path: string): Readonly<Record<'user' | 'seed' | 'password', unknown>> {
  const text = readPrivately(path, 'credentials file', 'name one with {"user": …, "seed": …}');
  try {
    return JSON.parse(text) ?? {};
  } catch {
    // No cause: JSON's message would quote the seed.
    throw new Error(`credentials file ${path} is not JSON; it should read ${form}`);
  }
}
