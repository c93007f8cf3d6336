import type { PublicKeys, Sha256, Sign, Verify } from '@synod/pbft-wire';
import { SynodError } from '../errors.js';

/** What a client must know of a group whose replicas are believed by their signatures. `@synod/keys` reads it from files. */
export interface Trust {
  readonly keys: PublicKeys & {
    readonly cluster: string;
    readonly group: string;
    readonly epoch: string;
    /** In the order that all replicas have them in. */
    readonly members: readonly string[];
  };
  readonly sha256: Sha256;
  readonly verify: Verify;
  /** Signs as the client's user. */
  readonly sign: Sign;
  /**
   * Numbers the sessions that the user opens: each higher than all before, whichever process opens it, as a clock gives them. The
   * group remembers a user's highest few. Where another one's clock is ahead it says from which number on one is new, and then
   * the next is that or higher; no two processes that are told the same take the same.
   */
  readonly openingNumber: (from?: number) => number;
}

interface Asker {
  readonly cluster: string;
  readonly user: string;
  readonly trust?: (group: string) => Trust | undefined;
}

/** Throws when the keys are another group's, or know nothing of this user. */
export function trustFor({ cluster, user, trust }: Asker, group: string): Trust | undefined {
  const found = trust?.(group);
  if (found === undefined) return undefined;
  const { keys } = found;
  if (keys.cluster !== cluster || keys.group !== group) {
    throw new SynodError(
      'invalid',
      `the keys are of group ${keys.group} in cluster ${keys.cluster}, not of ${group} in ${cluster}`,
    );
  }
  if (keys.user(user) !== undefined) return found;
  throw new SynodError('unauthorized', `the keys of group ${group} know no user ${user}`);
}
