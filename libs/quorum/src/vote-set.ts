import { majority } from './size.js';

export type Outcome = 'won' | 'lost' | 'pending';

/**
 * Who has voted how. A set of voters and not a counter: the network may deliver a vote twice, and a vote of someone
 * who is no voter counts for nothing.
 */
export class VoteSet {
  private readonly votes = new Map<string, boolean>();
  private readonly voters: ReadonlySet<string>;
  private readonly quorum: number;

  /** `quorum`: how many grants win; a majority of the voters unless said otherwise. */
  constructor(voters: Iterable<string>, quorum?: number) {
    this.voters = new Set(voters);
    this.quorum = quorum ?? majority(this.voters.size);
  }

  /** A voter's first vote stands; later ones of the same voter are disregarded. */
  record(voter: string, granted: boolean): void {
    if (this.voters.has(voter) && !this.votes.has(voter)) this.votes.set(voter, granted);
  }

  /** Who granted, in the order of their votes. */
  get granted(): readonly string[] {
    return this.who(true);
  }

  /** Who refused, in the order of their votes. */
  get refused(): readonly string[] {
    return this.who(false);
  }

  /** `lost`: those who have not voted yet cannot complete the quorum any more. */
  outcome(): Outcome {
    let granted = 0;
    for (const vote of this.votes.values()) if (vote) granted++;
    if (granted >= this.quorum) return 'won';
    return granted + this.voters.size - this.votes.size >= this.quorum ? 'pending' : 'lost';
  }

  private who(granted: boolean): readonly string[] {
    return [...this.votes].filter(([, vote]) => vote === granted).map(([voter]) => voter);
  }
}

/** Votes while membership changes: both the old and the new configuration decide (Raft §6, joint consensus). */
export class JointVoteSet {
  private readonly halves: readonly VoteSet[];

  constructor(oldVoters: Iterable<string>, newVoters: Iterable<string>) {
    this.halves = [new VoteSet(oldVoters), new VoteSet(newVoters)];
  }

  record(voter: string, granted: boolean): void {
    for (const half of this.halves) half.record(voter, granted);
  }

  outcome(): Outcome {
    const outcomes = this.halves.map((half) => half.outcome());
    if (outcomes.includes('lost')) return 'lost';
    return outcomes.includes('pending') ? 'pending' : 'won';
  }
}
