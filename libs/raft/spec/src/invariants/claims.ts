import { Violation } from '@synod/simulator';

/** Every sentence that is checked, by the name that the papers or the trusted systems give it, and where it is from. */
export const claims = {
  electionSafety: ['Election Safety', 'Raft Figure 3, §5.2'],
  elected: ['Elected by a Majority', 'Raft §5.2'],
  upToDate: ['Election Restriction', 'Raft §5.4.1'],
  oneVote: ['One Vote per Term', 'Raft §5.2, Figure 2'],
  leaderAppendOnly: ['Leader Append-Only', 'Raft Figure 3, §5.3'],
  logMatching: ['Log Matching', 'Raft Figure 3, §5.3'],
  leaderCompleteness: ['Leader Completeness', 'Raft Figure 3, §5.4'],
  stateMachineSafety: ['State Machine Safety', 'Raft Figure 3, §5.4.3'],
  sameState: ['Equal States at Equal Positions', 'Raft §2, §5.4.3'],
  committedImmutable: ['Committed Immutable', 'Raft §5.4'],
  quorum: ['Committed on a Quorum', 'Raft §5.3, §5.4.2'],
  currentTerm: ['Commit by Counting only in the Current Term', 'Raft §5.4.2, Figure 8'],
  durable: ['Durable before Visible', 'Raft Figure 2, "updated on stable storage before responding to RPCs"'],
  truthful: ['An Acknowledgement Names what Matches', 'Raft §5.3'],
  answered: ['Answered when Committed', 'Raft §5.3, §8'],
  appliedOnce: ['A Batch of a Session is Applied Once', 'Raft §8, thesis §6.3'],
  order: ['Purged ≤ Snapshot ≤ Applied ≤ Committed ≤ Last', 'Raft Figure 2, §7'],
  monotonic: ['Monotonicity', 'Raft §5.1, Figure 2'],
  readIndex: ['A Read Sees what was Completed', 'Raft §8, thesis §6.4'],
  readRound: ['A Read Round is Confirmed by its own Majority', 'Raft §8, thesis §6.4'],
  age: ['A Stale Read is no Older than it Says', 'thesis §6.4, step 1; README, departure 9'],
} as const;

export type Claim = keyof typeof claims;

export function fail(claim: Claim, what: string): never {
  const [invariant, citation] = claims[claim];
  throw new Violation(invariant, citation, what);
}
