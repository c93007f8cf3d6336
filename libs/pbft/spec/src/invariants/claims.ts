import { Violation } from '@synod/simulator';

/** Every sentence that is checked, by the name that the paper gives it where it does, and where it is from. Of correct replicas. */
export const claims = {
  agreement: ['One Request per Sequence', 'PBFT §4.2; §4.5.1, "replicas agree on the sequence numbers of requests that commit locally"'], // prettier-ignore
  signed: ['Executed Requests are Signed by Clients', 'PBFT §4.1; §3'],
  order: ['Executed in Order, Each Once', 'PBFT §4.2; §4.1'],
  states: ['Equal States at Equal Sequences', 'PBFT §4.3, §4.6'],
  digest: ['The Digest is that of the Requests', 'PBFT §4.2, "d is the digest for m"'],
  prepared: ['Prepared by the Primary and 2f Backups', 'PBFT §4.2, prepared(m, v, n, i)'],
  onePrepared: ['One Prepared Request per View and Sequence', 'PBFT §4.2, "for any non-faulty replica j, prepared(m′, v, n, j) is false"'], // prettier-ignore
  committed: ['Committed by a Quorum', 'PBFT §4.2, committed-local(m, v, n, i)'],
  durable: ['Durable before Visible', 'libs/pbft/README.md, departure 1'],
  contradiction: ['No Correct Replica Contradicts Itself', 'PBFT §2; §4.2'],
  promise: ['No Votes in Older Views', 'PBFT §4.4, "it stops accepting messages"'],
  concealed: ['View Changes Show what Prepared', 'PBFT §4.4, P'],
  newView: ['Views Begin with a Valid NEW-VIEW', 'PBFT §4.4, "a backup accepts a new-view message for view v+1 if"'],
  stable: ['Stable when a Quorum Says So', 'PBFT §4.3'],
  waterMarks: ['Between the Water Marks', 'PBFT §4.2, §4.3'],
  monotonic: ['Monotonicity', 'PBFT §4.3, §4.4'],
  answered: ['Answered as Executed', 'PBFT §4.1'],
  age: ['A Stale Read is no Older than it Says', 'libs/pbft/README.md, departure 12'],
  certified: ['Answers are Proven to Anybody', 'PBFT §4.1, "f + 1 replies with valid signatures from different replicas"; TOCS §5.1.3'], // prettier-ignore
  believed: ['Clients Believe what a Correct Replica Says', 'PBFT §4.1'],
  proof: ['Equivocation that is Seen becomes a Proof', 'libs/pbft/README.md, departure 5'],
  accused: ['No Correct Replica is Accused', 'libs/pbft/README.md, departure 5'],
} as const;

export type Claim = keyof typeof claims;

export function fail(claim: Claim, what: string): never {
  const [name, citation] = claims[claim];
  throw new Violation(name, citation, what);
}
