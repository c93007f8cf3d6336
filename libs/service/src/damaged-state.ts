import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Directories inside the data directory that hold what was damaged. */
const prefix = 'damaged-';

/**
 * Moves what is in the data directory into a directory of its own, inside it, since it may be a mount point; gives that one's
 * path. While it is there, this replica never takes an empty journal for a new group.
 */
export function setAside(data: string): string {
  const aside = join(data, `${prefix}${Date.now()}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of readdirSync(data)) {
    if (!name.startsWith(prefix)) renameSync(join(data, name), join(aside, name));
  }
  return aside;
}

export function wasSetAside(data: string): boolean {
  return readdirSync(data).some((name) => name.startsWith(prefix));
}
