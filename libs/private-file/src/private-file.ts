import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

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
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? `there is none; ${missing}` : String(error);
    throw new Error(`cannot read ${what} ${path}: ${problem}`, { cause: error });
  }
  try {
    if (!isPrivate(fstatSync(file), process.geteuid?.())) {
      throw new Error(`${what} ${path} can be read by others; run: chmod 600 ${path}`);
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
