import type { Address, Vocabulary } from './vocabulary.js';

/**
 * Which consensus round a message, an event or a record belongs to, and what it does there, in words that all protocols
 * share. Observers key their spans and statistics by it; a core never sees them.
 *
 * A round is one batch of the one who leads: it has an era (term, ballot round, view) and covers the log positions `first`
 * to `last`. A fact that names only `last` is about every round of its era up to there.
 */
export type RoundFact =
  // Events of the one who leads.
  /** `requests` hold the very message objects that were received; none for a no-op. */
  | {
      readonly part: 'opened';
      readonly era: number;
      readonly first: number;
      readonly last: number;
      readonly requests: readonly { readonly request: object }[];
    }
  /** An acknowledgement counts; `phase` where a round has several. */
  | {
      readonly part: 'counted';
      readonly era: number;
      readonly last: number;
      readonly by: Address;
      readonly phase?: string;
    }
  /** A quorum has the proposal, and the decision takes another one (PBFT). */
  | { readonly part: 'prepared'; readonly era: number; readonly last: number; readonly completedBy: Address }
  | { readonly part: 'decided'; readonly era: number; readonly last: number; readonly completedBy: Address }
  | { readonly part: 'applied'; readonly last: number }
  // Events of elections.
  | { readonly part: 'campaigned'; readonly era: number; readonly phase: string }
  | {
      readonly part: 'supported';
      readonly era: number;
      readonly phase: string;
      readonly by: Address;
      readonly granted: boolean;
    }
  | { readonly part: 'elected'; readonly era: number; readonly completedBy: Address }
  /** Leads no longer, if it did; `why` is one of the protocol's fixed list of reasons. */
  | { readonly part: 'follows'; readonly era: number; readonly leader: Address | undefined; readonly why: string }
  | { readonly part: 'rejected'; readonly from: Address; readonly reason: string }
  // Messages.
  /** Carries `rounds` whole rounds, meant for `followers`. */
  | {
      readonly part: 'proposal';
      readonly era: number;
      readonly first: number;
      readonly last: number;
      readonly rounds: number;
      readonly followers: readonly Address[];
    }
  /** When not accepted, `last` is the position before the first refused one. */
  | {
      readonly part: 'acknowledgement';
      readonly era: number;
      readonly last: number;
      readonly accepted: boolean;
      readonly phase?: string;
    }
  | { readonly part: 'candidacy'; readonly era: number; readonly phase: string }
  | { readonly part: 'vote'; readonly era: number; readonly phase: string; readonly granted: boolean }
  /** The answer to the client whose request is at position `last`. */
  | { readonly part: 'reply'; readonly last: number }
  // Records.
  | { readonly part: 'stored'; readonly era: number; readonly first: number; readonly last: number }
  /** Term and vote. */
  | { readonly part: 'ballot'; readonly era: number };

/** A line for people about an event. No client's values, ever. */
export interface Description {
  readonly level: 'debug' | 'info' | 'warn';
  readonly text: string;
}

/** What one protocol tells telemetry about its words. */
export interface RoundVocabulary<V extends Vocabulary> {
  /** `raft`, `paxos`, `pbft`. */
  readonly protocol: string;
  /** Span names of low cardinality. */
  readonly roundSpan: string;
  readonly electionSpan: string;
  /** Pure; undefined for what belongs to no round, as heartbeats. */
  roundOf(thing: V['message'] | V['event'] | V['record']): RoundFact | undefined;
  /** Undefined for what happens every round. */
  describe(event: V['event']): Description | undefined;
}
