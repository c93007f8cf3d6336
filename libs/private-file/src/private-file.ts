import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';

/** What a file system says of a file. */
export interface Permissions {
  readonly mode: number;
  readonly uid: number;
}

/**
 * Whether nobody but `self`, the user who reads this file, and root can read it. A file of root's may be open to its group besides:
 * that is how an orchestrator hands a secret to a process that is not root, in a group of its own.
 */
export function isPrivate({ mode, uid }: Permissions, self: number | undefined): boolean {
  // Windows has no users of this kind, and no such bits.
  if (self === undefined) return true;
  return (mode & (uid === 0 && self !== 0 ? 0o037 : 0o077)) === 0;
}

/**
 * What others may not read, since it holds secrets or says whom to let in. The permissions that are looked at are those of the very
 * file that is read. `what` is it in errors, with its article, which name the file and never quote it; `missing` says how to make one.
 */
export function readPrivately(path: string, what: string, missing: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, what, missing, error);
  }
  try {
    check(fstatSync(file), path, what);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** The same of a file that somebody else's code reads, by its name. */
export function requirePrivate(path: string, what: string, missing: string): void {
  let permissions: Permissions;
  try {
    permissions = statSync(path);
  } catch (error) {
    throw unreadable(path, what, missing, error);
  }
  check(permissions, path, what);
}

function check(permissions: Permissions, path: string, what: string): void {
  if (isPrivate(permissions, process.geteuid?.())) return;
  throw new Error(`${what} ${path} can be read by others; run: chmod 600 ${path}`);
}

function unreadable(path: string, what: string, missing: string, error: unknown): Error {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const problem = isMissing ? `there is none; ${missing}` : String(error);
  return new Error(`cannot read ${what} ${path}: ${problem}`, { cause: error });
}
