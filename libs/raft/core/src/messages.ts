import type { Address, Beat, Chunk, SnapshotId } from '@synod/actor';
import type { FormationMessage } from '@synod/formation';
import type { EntryBatch, LogIndex } from '@synod/log';
import type { Term } from './log.js';

/** What peers say to each other. `from` is the transport's authenticated sender, so no message repeats it. */
export type PeerMessage =
  | RequestVote
  | RequestVoteReply
  | AppendEntries
  | AppendEntriesReply
  | InstallSnapshot
  | InstallSnapshotReply
  | TimeoutNow
  | FormationMessage
  | Rejoin;

export type ClientMessage = Request | Read | Reply;

export type Message = PeerMessage | ClientMessage;

/** Raft §5.2 and Figure 2; `preVote` asks without raising a term (Ongaro's thesis §9.6). */
export interface RequestVote {
  readonly kind: 'requestVote';
  readonly phase: VotePhase;
  /** The term the candidate is in (`vote`) or would be in (`preVote`). */
  readonly term: Term;
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
  /** The leader itself asked for this election, so voters disregard that it is alive (thesis §4.2.3). */
  readonly handover: boolean;
}

export type VotePhase = 'preVote' | 'vote';

export interface RequestVoteReply {
  readonly kind: 'requestVoteReply';
  readonly phase: VotePhase;
  /** A grant repeats the term of the request; a refusal carries the voter's own. */
  readonly term: Term;
  readonly granted: boolean;
}

/** Raft §5.3 and Figure 2. Without batches it is a heartbeat. */
export interface AppendEntries {
  readonly kind: 'appendEntries';
  readonly term: Term;
  readonly prevIndex: LogIndex;
  readonly prevTerm: Term;
  readonly commit: LogIndex;
  /** The leader's latest read round; the reply repeats it (thesis §6.4). Never reused within a term. */
  readonly round: number;
  /** For whom prev and batches are meant; for others on the multicast it is a sign of life and a round to confirm. */
  readonly followers: readonly Address[];
  /** Contiguous, the first one directly after prev. */
  readonly batches: readonly EntryBatch[];
  /** Of a heartbeat; an echo for every other member, in the members' order (freshness.ts). */
  readonly beat?: Beat | undefined;
}

export interface AppendEntriesReply {
  readonly kind: 'appendEntriesReply';
  readonly term: Term;
  readonly round: number;
  /** False while recovering from a lost disk: the answer counts for no quorum. */
  readonly voting: boolean;
  readonly outcome: /** The follower's log agrees with the leader's through here; verified by the very message answered. */
  | { readonly kind: 'matched'; readonly index: LogIndex }
    /** No entry with prevTerm at prevIndex. The hint: this follower's last entry at or before prev whose term is ≤ prevTerm. */
    | {
        readonly kind: 'conflict';
        readonly prevIndex: LogIndex;
        readonly hintIndex: LogIndex;
        readonly hintTerm: Term;
        readonly lastIndex: LogIndex;
      }
    /** A sign of life only: the append was not meant for this follower. */
    | { readonly kind: 'heard' };
  /** To a heartbeat; the one echo is the heartbeat's own time. */
  readonly beat?: Beat | undefined;
}

/** Raft §7, in chunks with a window. */
export interface InstallSnapshot {
  readonly kind: 'installSnapshot';
  readonly term: Term;
  readonly chunk: Chunk;
}

export interface InstallSnapshotReply {
  readonly kind: 'installSnapshotReply';
  readonly term: Term;
  readonly snapshot: SnapshotId;
  /** Bytes held without a gap: where to go on after a loss. */
  readonly heldBytes: number;
  readonly state: 'receiving' | 'installed' | 'failed';
}

/** Thesis §3.10: the target starts an election at once. */
export interface TimeoutNow {
  readonly kind: 'timeoutNow';
  readonly term: Term;
}

/** A recovering replica that has caught up asks the leader for a term above every term its lost self may have voted in. */
export interface Rejoin {
  readonly kind: 'rejoin';
  readonly floor: Term;
}

/** One client batch, opaque until applied: one log entry. */
export interface Request {
  readonly kind: 'request';
  /** The client connection's token: the reply's subject ends with it. */
  readonly client: string;
  readonly session: number;
  readonly sequence: number;
  /** The whole batch as the client encoded it; becomes the log entry. */
  readonly bytes: Uint8Array;
}

/** One batch of queries. `linearizable` is answered by the leader, `stale` and `discover` by whoever is asked. */
export interface Read {
  readonly kind: 'read';
  readonly client: string;
  readonly sequence: number;
  readonly level: 'linearizable' | 'stale' | 'discover';
  /** For `stale`: refuse when the answer would have a higher age. 0 is no bound. */
  readonly maxAgeMs: number;
  readonly queries: Uint8Array;
}

export interface Reply {
  readonly kind: 'reply';
  readonly client: string;
  /** Repeats the request's session (0 for reads) and sequence. */
  readonly session: number;
  readonly sequence: number;
  readonly answer:
    | {
        readonly kind: 'results';
        /** Encoded by the state machine's codec. */
        readonly results: Uint8Array;
        /** Log position: of the entry for a request, of the state that was read for a read. */
        readonly index: LogIndex;
        readonly term: Term;
        /** For `stale` reads: so many milliseconds ago, by this replica's clock, what was read held all that was committed. Else 0. */
        readonly ageMs: number;
      }
    | {
        readonly kind: 'discovery';
        readonly replica: Address;
        readonly role: string;
        readonly leader: Address | undefined;
        /** Tells a client which of two answers about the leader is newer. */
        readonly term: Term;
        readonly members: readonly Address[];
      }
    | {
        readonly kind: 'refused';
        readonly reason: RefusalReason;
        readonly term: Term;
        /** For `notLeader` and `steppedDown`: whom to ask instead, if known. */
        readonly leader?: Address | undefined;
        readonly retryAfterMs?: number;
      };
}

/**
 * `notLeader`: ask `leader`. `overloaded`: a bound is reached, try again later. `tooLarge`: never accepted.
 * `noQuorum`: this replica cannot reach a majority or is too stale. `unavailable`: starting, recovering or stopping.
 * `steppedDown`: proposed here, and this replica leads no longer; it may still be committed: ask `leader`, its outcome is open.
 */
export type RefusalReason = 'notLeader' | 'overloaded' | 'tooLarge' | 'noQuorum' | 'unavailable' | 'steppedDown';
