import { Violation } from '@synod/simulator';

/** Every sentence that is checked, by the name that the papers or the trusted systems give it, and where it is from. */
export const claims = {
  proposed: ['Only Proposed Values are Chosen', 'Paxos Made Simple §2.1'],
  oneValue: ['One Value per Slot', 'Paxos Made Simple §2.1; §3'],
  oneProposal: ['One Value per Slot and Ballot', 'Paxos Made Simple §2.2, "different proposers choose their numbers from disjoint sets"'], // prettier-ignore
  oneLife: ['A Ballot is Used by one Life', 'Paxos Made Simple §2.5; Part-Time Parliament §2.1'],
  phase1: ['Proposed after a Phase-1 Quorum', 'Paxos Made Simple §2.2 Phase 2 (a); Flexible Paxos §3'],
  p2c: ['P2c', 'Paxos Made Simple §2.2'],
  gap: ['No Gap before New Commands', 'Paxos Made Simple §3'],
  alpha: ['No Slot beyond α', 'Paxos Made Simple §3; Paxos Made Moderately Complex §4.2'],
  promise: ['P1a', 'Paxos Made Simple §2.2'],
  remembered: ['Promises are Remembered', 'Paxos Made Simple §2.5'],
  report: ['A Promise Names what was Accepted', 'Paxos Made Simple §2.2 Phase 1 (b); Paxos Made Live §4.2'],
  durable: ['Durable before Visible', 'Paxos Made Simple §2.5, "records its intended response in stable storage before actually sending"'], // prettier-ignore
  quorum: ['Chosen by a Phase-2 Quorum', 'Paxos Made Simple §2.2; Flexible Paxos §3'],
  learned: ['Learners Learn only Chosen Values', 'Paxos Made Simple §2.1; §2.3'],
  register: ['One Value per Register', 'Paxos Made Simple §2.1'],
  epoch: ['An Epoch of Registers that is Left is Over', 'Multi-Paxos README, departure 5'],
  trimmed: ['Trimmed when f + 1 Proposers have it', 'Paxos Made Moderately Complex §4.2'],
  seenThrough: ['Acceptors Change Again when those before may Go', 'Paxos Made Simple §3; Paxos Made Moderately Complex §4.2'], // prettier-ignore
  execution: ['Executed in the Order of the Slots, Each Once', 'Paxos Made Simple §3; Paxos Made Moderately Complex §2.1'], // prettier-ignore
  answered: ['Answered when Chosen', 'Paxos Made Simple §3'],
  refused: ['What is Refused has no Effect', 'DESIGN §4'],
  order: ['Cut ≤ Snapshot ≤ Executed ≤ Chosen', 'Paxos Made Live §5.5'],
  monotonic: ['Monotonicity', 'Paxos Made Simple §2.2, P1a; §3'],
  readSlot: ['A Read Sees what was Completed', 'Paxos Made Live §5.2'],
  readRound: ['A Read Round is Confirmed by its own Quorum', 'Paxos Made Live §5.2; Flexible Paxos §3'],
  age: ['A Stale Read is no Older than it Says', 'DESIGN §4'],
} as const;

export type Claim = keyof typeof claims;

export function fail(claim: Claim, what: string): never {
  const [invariant, citation] = claims[claim];
  throw new Violation(invariant, citation, what);
}
