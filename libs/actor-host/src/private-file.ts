import type { Stats } from 'node:fs';

/**
 * Whether nobody but the process that reads this file, and root, can read it. A file of root's may be open to its group besides:
 * that is how an orchestrator hands a secret to a process that is not root, in a group of its own.
 */
export function isPrivate({ mode, uid }: Pick<Stats, 'mode' | 'uid'>, self = process.geteuid?.()): boolean {
  // Windows has no such bits.
  if (self === undefined) return true;
  return (mode & (uid === 0 && self !== 0 ? 0o037 : 0o077)) === 0;
}
