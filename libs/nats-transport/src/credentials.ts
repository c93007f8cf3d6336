import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPrivate } from '@synod/actor-host';
import { requireToken } from './subjects.js';

/** What a service shows to the server to be itself. Never in logs, environment or spans. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Where `user`'s credentials lie in `directory`. */
export function credentialsPath(directory: string, user: string): string {
  return join(directory, `${requireToken(user, 'user')}.json`);
}

/** Reads a file of the form `{"user": "raft-r1", "password": "…"}`. Every error names the file and what would be right. */
export function readCredentials(path: string): Credentials {
  const text = readPrivately(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: JSON's message would quote the password.
    throw new Error(`credentials file ${path} is not JSON; it should read {"user": "raft-r1", "password": "…"}`);
  }
  const { user, password } = (value ?? {}) as { user?: unknown; password?: unknown };
  if (typeof user !== 'string' || user === '') {
    throw new Error(`credentials file ${path} lacks "user"; it should read {"user": "raft-r1", "password": "…"}`);
  }
  if (typeof password !== 'string' || password === '') {
    throw new Error(`credentials file ${path} lacks "password"; it should read {"user": "${user}", "password": "…"}`);
  }
  return { user: requireToken(user, `"user" in ${path}`), password };
}

/**
 * A password for each user, from the files in `directory` where there are some, else new, so that a second start keeps
 * what running services use. Files are 0600, the directory 0700.
 */
export function ensureCredentials(directory: string, users: readonly string[]): ReadonlyMap<string, Credentials> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const all = new Map<string, Credentials>();
  for (const user of users) {
    const path = credentialsPath(directory, user);
    if (!existsSync(path)) writePrivately(path, `${JSON.stringify({ user, password: newPassword() })}\n`);
    const credentials = readCredentials(path);
    if (credentials.user !== user)
      throw new Error(`credentials file ${path} is for "${credentials.user}", not "${user}"`);
    all.set(user, credentials);
  }
  return all;
}

/** For everything that holds secrets, the server's configuration too: readable by its owner only, whatever was there. */
export function writePrivately(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, 0o600);
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

function readPrivately(path: string): string {
  try {
    if (isPrivate(statSync(path), process.geteuid?.())) return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'there is none; name one with {"user": …, "password": …}' : String(error);
    throw new Error(`cannot read credentials file ${path}: ${problem}`, { cause: error });
  }
  throw new Error(`credentials file ${path} can be read by others; run: chmod 600 ${path}`);
}
