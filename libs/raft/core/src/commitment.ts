import type { Address } from '@synod/actor';
import { majorityIndex } from '@synod/quorum';
import { applyCommitted } from './application.js';
import { beginReadRound } from './reads.js';
import type { Leader, Raft } from './state.js';

/**
 * "If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: set
 * commitIndex = N." Ours counts with what our own disk has; one that recovers from a lost disk does not count.
 *
 * @paper Raft §5.3, §5.4.2; Figure 2, Rules for Servers, Leaders
 */
export function advanceCommit(raft: Raft, role: Leader, completedBy: Address): void {
  const matches = [raft.durableIndex];
  for (const progress of role.followers.values()) matches.push(progress.voting ? progress.match : 0);
  const index = majorityIndex(matches);
  if (index <= raft.commitIndex || raft.log.termAt(index) !== raft.currentTerm) return;
  raft.commitIndex = index;
  while (role.uncommitted.length > 0 && role.uncommitted[0]!.last <= index) {
    role.uncommittedBytes -= role.uncommitted.shift()!.bytes;
  }
  raft.out.observe({ kind: 'committed', term: raft.currentTerm, index, completedBy });
  applyCommitted(raft);
  beginReadRound(raft, role); // reads may have waited for the first commit of the term
}

/** Our own disk has more of the log. */
export function countOwnDisk(raft: Raft): void {
  const role = raft.role;
  if (role.kind !== 'leader' || raft.durableIndex < role.firstOfTerm || raft.durableIndex <= raft.commitIndex) return;
  raft.out.observe({ kind: 'acknowledged', term: raft.currentTerm, by: raft.self, index: raft.durableIndex });
  advanceCommit(raft, role, raft.self);
}
