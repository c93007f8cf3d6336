import type { Address, Beat, Chunk } from '@synod/actor';
import type { Batch } from './batch.js';
import type { Manifest, StableCheckpoint, StableSnapshot } from './history.js';
import type {
  Command,
  ComplaintClaim,
  Digest,
  NewViewClaim,
  ExecutionClaim,
  HelloClaim,
  Proposal,
  Sequence,
  Signed,
  StandingClaim,
  StateVote,
  View,
  ViewChangeClaim,
  Vote,
} from './statements.js';

/**
 * What travels. What is signed counts for its signer, whoever sent it: anybody may pass it on. What is not signed only
 * asks for something, or can be checked by a digest.
 */
export type PeerMessage =
  | PrePrepare
  | Prepare
  | Commit
  | Checkpoint
  | CheckpointProof
  | Snapshot
  | ViewChange
  | NewView
  | Complaint
  | Status
  | Missing
  | Relay
  | Proof
  | Fetch
  | History
  | SnapshotOffer
  | FetchChunk
  | SnapshotChunk
  | Hello
  | HelloReply;

export type ClientMessage = Request | Read | Reply;

export type Message = PeerMessage | ClientMessage;

/** ⟨⟨PRE-PREPARE, v, n, d⟩σp, m⟩ (§4.2). */
export interface PrePrepare {
  readonly kind: 'prePrepare';
  readonly signed: Signed<Proposal>;
  readonly batch: Batch;
}

export interface Prepare {
  readonly kind: 'prepare';
  readonly signed: Signed<Vote<'prepare'>>;
}

export interface Commit {
  readonly kind: 'commit';
  readonly signed: Signed<Vote<'commit'>>;
}

export interface Checkpoint {
  readonly kind: 'checkpoint';
  readonly signed: Signed<StateVote<'checkpoint'>>;
}

/** A stable checkpoint, for who is behind it. */
export interface CheckpointProof {
  readonly kind: 'checkpointProof';
  readonly stable: StableCheckpoint;
}

/** This replica's snapshot file at a checkpoint has this manifest's digest. */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly signed: Signed<StateVote<'snapshot'>>;
}

export interface ViewChange {
  readonly kind: 'viewChange';
  readonly signed: Signed<ViewChangeClaim>;
}

export interface NewView {
  readonly kind: 'newView';
  readonly signed: Signed<NewViewClaim>;
}

/** This primary does not do enough: f + 1 such end a view, or one of its own (README, departure 5). */
export interface Complaint {
  readonly kind: 'complaint';
  readonly signed: Signed<ComplaintClaim>;
}

/**
 * What a replica has, so that the others can send what it lacks: nothing else drives lost messages again (TOCS §5.2 of the
 * library, "message retransmission"). Multicast by a timer.
 */
export interface Status {
  readonly kind: 'status';
  readonly view: View;
  /** False: the view change to `view` is under way. */
  readonly active: boolean;
  readonly stable: Sequence;
  readonly executed: Sequence;
  /** The last snapshot of which a quorum is known to hold the same file. */
  readonly snapshot: Sequence;
  /** While recovering from a lost disk: signs nothing up to here. Else 0. */
  readonly floor: Sequence;
  /** Sequences above `executed` that are not committed here, ascending, of this view. */
  readonly open: readonly OpenSlot[];
  /** Batches of the present view's proposals that are not here. */
  readonly batches: readonly Digest[];
  /** View changes that a new view names and that are not here. */
  readonly viewChanges: readonly Digest[];
  /** Whose view changes for `view` are here, by place among the members; while it is under way. */
  readonly heard: readonly number[];
  /** Nothing above it ever prepared here. */
  readonly prepared: Sequence;
  /** An echo for every other member, in the members' order (freshness.ts). */
  readonly beat?: Beat | undefined;
}

export interface OpenSlot {
  readonly sequence: Sequence;
  readonly hasProposal: boolean;
  /** Whose votes are here, by place among the members. */
  readonly prepares: readonly number[];
  readonly commits: readonly number[];
}

/** A batch that somebody lacks; its digest says whether it is the right one. */
export interface Missing {
  readonly kind: 'missing';
  readonly sequence: Sequence;
  readonly batch: Batch;
}

/** A backup passes on a request that waits too long (§4.1, §4.2: "replicas relay the request to the primary"). */
export interface Relay {
  readonly kind: 'relay';
  readonly signed: Signed<Command>;
}

/** Two statements of which a correct replica signs only one. */
export interface Proof {
  readonly kind: 'proof';
  readonly first: Signed;
  readonly second: Signed;
}

/** Who is behind a stable checkpoint asks for what was executed from `from` to `through` (§4.6.1; TOCS §5.3). */
export interface Fetch {
  readonly kind: 'fetch';
  readonly from: Sequence;
  readonly through: Sequence;
  /** What is wanted: the digests, by which the chain is checked; or the batches themselves. */
  readonly what: 'digests' | 'batches';
}

export interface History {
  readonly kind: 'history';
  readonly first: Sequence;
  readonly digests: readonly Digest[];
  readonly batches: readonly Batch[];
}

/** What was asked for is not held any more: begin with this snapshot. */
export interface SnapshotOffer {
  readonly kind: 'snapshotOffer';
  readonly stable: StableSnapshot;
}

export interface FetchChunk {
  readonly kind: 'fetchChunk';
  readonly snapshot: Sequence;
  /** Which of the manifest's chunks, from 0. */
  readonly place: number;
  readonly chunkBytes: number;
}

export interface SnapshotChunk {
  readonly kind: 'snapshotChunk';
  readonly chunk: Chunk;
}

/** First start and lost disks (README, departure 7). */
export interface Hello {
  readonly kind: 'hello';
  readonly signed: Signed<HelloClaim>;
}

export interface HelloReply {
  readonly kind: 'helloReply';
  readonly signed: Signed<StandingClaim>;
  /** Proves the claim's `stable`. */
  readonly stable: StableCheckpoint;
}

/** One client batch. The signature counts, whoever sent it. */
export interface Request {
  readonly kind: 'request';
  readonly signed: Signed<Command>;
}

/** One batch of queries, unsigned: it changes nothing. */
export interface Read {
  readonly kind: 'read';
  readonly client: string;
  readonly sequence: number;
  /** `linearizable`: in one round trip, if a quorum answers alike (TOCS §5.1.3). `stale`, `discover`: whoever is asked. */
  readonly level: 'linearizable' | 'stale' | 'discover';
  /** For `stale`: refuse when no quorum was heard for longer. 0 is no bound. */
  readonly maxAgeMs: number;
  readonly queries: Uint8Array;
}

/** ⟨REPLY, v, t, c, i, r⟩ (§4.1). */
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
        /** The request's position; of the state that was read for a read; 0 when it was executed before. */
        readonly index: number;
        /** For `stale` reads: so many milliseconds ago, by this replica's clock, what was read held all that was done. Else 0. */
        readonly ageMs: number;
        readonly signed: Signed<ExecutionClaim>;
        /** Which of the claim's answers, and how its root is reached. */
        readonly place: number;
        readonly path: readonly Digest[];
      }
    | {
        readonly kind: 'discovery';
        readonly replica: Address;
        readonly role: string;
        readonly primary: Address;
        readonly view: View;
        readonly members: readonly Address[];
      }
    | {
        readonly kind: 'refused';
        readonly reason: RefusalReason;
        readonly view: View;
        readonly retryAfterMs: number;
      };
}

/**
 * `overloaded`: a bound is reached, try again later. `tooLarge`: never accepted. `noQuorum`: too stale. `unavailable`:
 * starting, recovering, behind or stopping. Only one replica's word.
 */
export type RefusalReason = 'overloaded' | 'tooLarge' | 'noQuorum' | 'unavailable';

export type { Manifest };
