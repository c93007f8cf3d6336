import type { Group } from '@synod/pbft-core';

/** How many members must say the same before a client believes it. */
export interface ClientRules {
  /** The result of what was ordered (§4.1). */
  ordered(group: Group): number;
  /** What was read in one round trip (§5.1.3 of TOCS). */
  read(group: Group): number;
  /** Whether an answer must be proven: signed by who gives it, to this very question. */
  readonly proven: boolean;
}

/**
 * "The client waits for f + 1 replies with valid signatures from different replicas, and with the same t and r, before accepting
 * the result r."
 *
 * @paper PBFT §4.1
 */
export const honestRules: ClientRules = {
  ordered: ({ weak }) => weak,
  read: ({ quorum }) => quorum,
  proven: true,
};
