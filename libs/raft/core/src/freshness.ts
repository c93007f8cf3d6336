import type { LogIndex } from '@synod/log';
import { heardMajorityAt } from './leadership.js';
import type { Term } from './log.js';
import type { Leader, Raft } from './state.js';

/** So much is committed, as the leader of that term said; heard at that moment. */
interface Word {
  readonly commit: LogIndex;
  readonly term: Term;
  readonly at: number;
}

/**
 * How fresh the state machine's state is. All that this replica had been told to be committed at `currentAt` is applied, and
 * whoever told it knew of all that was committed before its own term, since it had committed in that.
 */
export interface Freshness {
  currentAt: number;
  /** Words that are not applied yet: the one that is awaited, and the last one. More would have no bound. */
  awaited: Word | undefined;
  latest: Word | undefined;
}

export function unknownFreshness(): Freshness {
  return { currentAt: Number.NEGATIVE_INFINITY, awaited: undefined, latest: undefined };
}

/** The leader's word has arrived. One that was overtaken by a later one takes nothing back. */
export function hearCommit(raft: Raft, commit: LogIndex, term: Term, at = raft.now): void {
  const { freshness } = raft;
  settle(raft);
  const { awaited, latest = awaited } = freshness;
  const word = { commit: Math.max(commit, latest?.commit ?? 0), term, at };
  if (awaited === undefined) freshness.awaited = word;
  else freshness.latest = word;
}

/** The leader's own word, as old as the majority's that it leads. */
export function noteOwnCommit(raft: Raft, role: Leader): void {
  hearCommit(raft, raft.commitIndex, raft.currentTerm, heardMajorityAt(raft, role));
}

/** When all that was known here to be committed was what is applied now. */
export function currentAt(raft: Raft): number {
  const { role, commitIndex, lastApplied } = raft;
  if (role.kind === 'leader' && commitIndex >= role.firstOfTerm && lastApplied >= commitIndex)
    return heardMajorityAt(raft, role);
  settle(raft);
  return raft.freshness.currentAt;
}

/**
 * What is applied by now no longer waits. Before a leader has committed in its own term it may not know of all that is
 * committed, and its word does not count.
 *
 * @paper thesis §6.4, step 1
 */
function settle({ freshness, lastApplied, log }: Raft): void {
  while (freshness.awaited !== undefined && freshness.awaited.commit <= lastApplied) {
    const { commit, term, at } = freshness.awaited;
    if (log.termAt(commit) === term) freshness.currentAt = Math.max(freshness.currentAt, at);
    freshness.awaited = freshness.latest;
    freshness.latest = undefined;
  }
}
