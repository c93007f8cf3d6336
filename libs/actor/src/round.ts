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
  /** `requests` hold the very message objects that were received; none for a no-op. `voters`: all who vote, when not given. */
  | {
      readonly part: 'opened';
      readonly era: number;
      readonly first: number;
      readonly last: number;
      readonly requests: readonly { readonly request: object }[];
      readonly voters?: readonly { readonly address: Address }[];
    }
  /**
   * An acknowledgement counts; with `first`, for no more than the positions named. `phase`: where a round has several; `early`: of
   * one before the last.
   */
  | {
      readonly part: 'counted';
      readonly era: number;
      readonly first?: number;
      readonly last: number;
      readonly by: Address;
      readonly phase?: string;
      readonly early?: true;
    }
  /** A quorum has the proposal, and the decision takes another one (PBFT). */
  | { readonly part: 'prepared'; readonly era: number; readonly last: number; readonly completedBy: Address }
  | {
      readonly part: 'decided';
      readonly era: number;
      readonly first?: number;
      readonly last: number;
      readonly completedBy: Address;
    }
  | { readonly part: 'applied'; readonly last: number }
  // Events of elections.
  /**
   * `raises`: the era itself, and not only asks what would come of that. `why` is one of the protocol's fixed list of reasons;
   * `request` the very message that was received and not answered in time, if that is one.
   */
  | {
      readonly part: 'campaigned';
      readonly era: number;
      readonly phase: string;
      readonly raises: boolean;
      readonly why: string;
      readonly request?: object | undefined;
    }
  | {
      readonly part: 'supported';
      readonly era: number;
      readonly phase: string;
      readonly by: Address;
      readonly granted: boolean;
    }
  | { readonly part: 'elected'; readonly era: number; readonly completedBy: Address }
  /** Leads no longer, if it did; `why` is one of the protocol's fixed list of reasons. `rival`: who came between, in a higher era. */
  | {
      readonly part: 'follows';
      readonly era: number;
      readonly leader: Address | undefined;
      readonly why: string;
      readonly rival?: { readonly name: Address; readonly era: number } | undefined;
    }
  | { readonly part: 'rejected'; readonly from: Address; readonly reason: string }
  // Events of a replica that gets from others what they know and it lacks, one such transfer after the other.
  /** It begins, goes on with another source, or as a snapshot. `why` is one of the protocol's fixed list of reasons. */
  | {
      readonly part: 'fetching';
      readonly source: Address;
      readonly first: number;
      readonly last: number;
      readonly why: string;
      readonly snapshot?: { readonly bytes: number | undefined };
    }
  /** What the source gave, or that it gave nothing, is of no use; `next` is asked instead, if that is known already. */
  | { readonly part: 'fetchFailed'; readonly source: Address; readonly why: string; readonly next?: Address }
  /** A snapshot took the place of the state. */
  | { readonly part: 'installed'; readonly last: number; readonly bytes: number }
  /** Nothing is lacking any more of what was when it began. */
  | { readonly part: 'fetched'; readonly last: number }
  // Events of an instance outside the log, known by a name of its own: phases one after the other, in eras that rise.
  | {
      readonly part: 'instanceOpened';
      readonly instance: string;
      readonly era: number;
      readonly phase: string;
      readonly requests: readonly object[];
    }
  /** One more request waits for what the instance under way comes to; era 0: between two attempts. */
  | {
      readonly part: 'instanceJoined';
      readonly instance: string;
      readonly era: number;
      readonly phase: string;
      readonly request: object;
    }
  | {
      readonly part: 'instancePhase';
      readonly instance: string;
      readonly era: number;
      readonly phase: string;
      readonly completedBy: Address;
    }
  | {
      readonly part: 'instanceCounted';
      readonly instance: string;
      readonly era: number;
      readonly phase: string;
      readonly by: Address;
    }
  | {
      readonly part: 'instancePreempted';
      readonly instance: string;
      readonly era: number;
      readonly by: number;
    }
  | {
      readonly part: 'instanceDecided';
      readonly instance: string;
      readonly era: number;
      readonly completedBy: Address;
    }
  /** Without a value; `why` is one of the protocol's fixed list of reasons. */
  | { readonly part: 'instanceEnded'; readonly instance: string; readonly why: string }
  // Messages.
  /**
   * Carries `rounds` whole rounds, meant for `followers`; or for whoever votes, which those know. `collective`: they vote to each
   * other, phase by phase, and each comes to the outcome by itself.
   */
  | {
      readonly part: 'proposal';
      readonly era: number;
      readonly first: number;
      readonly last: number;
      readonly rounds: number;
      readonly followers: readonly Address[] | 'voters';
      readonly collective?: true;
    }
  /** When not accepted, `last` is the position before the first refused one. */
  | {
      readonly part: 'acknowledgement';
      readonly era: number;
      readonly last: number;
      readonly accepted: boolean;
      readonly phase?: string;
    }
  /** `collective`: nobody answers it, but does the same, or not. `duels`: whoever stands at the same time is preempted, or preempts. */
  | {
      readonly part: 'candidacy';
      readonly era: number;
      readonly phase: string;
      readonly collective?: true;
      readonly duels?: true;
    }
  /** Without a phase: a refusal of whatever was asked in this era. `promised`: the higher one for the sake of which it is refused. */
  | {
      readonly part: 'vote';
      readonly era: number;
      readonly phase?: string;
      readonly granted: boolean;
      readonly promised?: number;
    }
  | { readonly part: 'instanceQuestion'; readonly instance: string; readonly era: number; readonly phase: string }
  /** Without a phase: a refusal of whatever was asked in this era. */
  | {
      readonly part: 'instanceAnswer';
      readonly instance: string;
      readonly era: number;
      readonly phase?: string;
      readonly granted: boolean;
    }
  /** The answer to the client whose request is at position `last`. */
  | { readonly part: 'reply'; readonly last: number }
  // Records.
  | { readonly part: 'stored'; readonly era: number; readonly first: number; readonly last: number }
  /** Term and vote. */
  | { readonly part: 'ballot'; readonly era: number };

/** LIMIT: who lacks fewer positions has missed a message or two; no state is transferred for that. */
const fewestOfState = 32;

export function isState(first: number, last: number): boolean {
  return last - first + 1 >= fewestOfState;
}

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
  /** For instances outside the log, where the protocol has them. */
  readonly instanceSpan?: string;
  /** Votes beyond a quorum are not looked at: once a round is answered nobody is awaited any more. */
  readonly ignoresSurplus?: boolean;
  /** An era as people know it; the number itself when not given. */
  eraName?(era: number): string;
  /** An era as a gauge shows it; the number itself when not given. */
  eraNumber?(era: number): number;
  /** Pure; undefined for what belongs to no round, as heartbeats. */
  roundOf(thing: V['message'] | V['event'] | V['record']): RoundFact | undefined;
  /** Undefined for what happens every round. */
  describe(event: V['event']): Description | undefined;
}
