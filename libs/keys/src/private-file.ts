import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { isPrivate } from '@synod/actor-host';

/**
 * What others may not read, since it holds secrets or says whom to let in. The permissions that are looked at are those of the very
 * file that is read. `what` is it in errors, which name the file and never quote it; `missing` says how to make one.
 */
export function readPrivately(path: string, what: string, missing: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? `there is none; ${missing}` : String(error);
    throw new Error(`cannot read the ${what} ${path}: ${problem}`, { cause: error });
  }
  try {
    if (!isPrivate(fstatSync(file), process.geteuid?.())) {
      throw new Error(`the ${what} ${path} can be read by others; run: chmod 600 ${path}`);
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
