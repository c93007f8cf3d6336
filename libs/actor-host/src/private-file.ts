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
