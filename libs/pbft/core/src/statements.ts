import type { Address } from '@synod/actor';
import type { StableCheckpoint } from './history.js';

/** Which replica orders requests: `members[view mod n]` (PBFT §4). Starts at 0, every view change raises it. */
export type View = number;
/** A place in the order of batches; the first one is 1, 0 is the beginning. */
export type Sequence = number;
/** SHA-256 as 64 hexadecimal digits. */
export type Digest = string;

/**
 * The paper's ⟨m⟩σi. `bytes` are what was signed and what travels: cluster, group, epoch, signer, type and fields in one
 * closed shape, kept as they came, because certificates are made of them. Nothing is ever encoded anew to be verified.
 */
export interface Signed<S extends Statement = Statement> {
  readonly statement: S;
  /** A replica; of a request, its user. */
  readonly signer: Address;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

export type Statement =
  | Proposal
  | Vote<'prepare'>
  | Vote<'commit'>
  | StateVote<'checkpoint'>
  | StateVote<'snapshot'>
  | ViewChangeClaim
  | NewViewClaim
  | ExecutionClaim
  | StandingClaim
  | ComplaintClaim
  | HelloClaim
  | Command;

/** ⟨PRE-PREPARE, v, n, d⟩: the primary of `view` gives the batch with that digest this place (§4.2). */
export interface Proposal {
  readonly type: 'prePrepare';
  readonly view: View;
  readonly sequence: Sequence;
  /** Of the batch's requests only; the same in every view. */
  readonly digest: Digest;
}

/** ⟨PREPARE, v, n, d, i⟩ and ⟨COMMIT, v, n, d, i⟩ (§4.2). */
export interface Vote<T extends 'prepare' | 'commit'> {
  readonly type: T;
  readonly view: View;
  readonly sequence: Sequence;
  readonly digest: Digest;
}

export type AnyVote = Signed<Vote<'prepare'>> | Signed<Vote<'commit'>>;

/**
 * ⟨CHECKPOINT, n, d, i⟩ (§4.3): having executed all through `sequence`, this replica's `CheckpointState` has that digest.
 * `snapshot` says the same of the bytes of its snapshot file there (README, departure 4).
 */
export interface StateVote<T extends 'checkpoint' | 'snapshot'> {
  readonly type: T;
  readonly sequence: Sequence;
  readonly digest: Digest;
}

/** A proposal, and as many matching prepares of other replicas than its primary as make a quorum with it (§4.2). */
export interface PreparedCertificate {
  readonly proposal: Signed<Proposal>;
  readonly prepares: readonly Signed<Vote<'prepare'>>[];
}

/** ⟨VIEW-CHANGE, v+1, n, C, P, i⟩ (§4.4). */
export interface ViewChangeClaim {
  readonly type: 'viewChange';
  /** The view it asks for. */
  readonly view: View;
  /** n and C: the last stable checkpoint known here, and a quorum of votes for it; none at the beginning. */
  readonly stable: StableCheckpoint;
  /** P: for each sequence above n that ever prepared here, the certificate of its latest view; ascending. */
  readonly prepared: readonly PreparedCertificate[];
}

/** ⟨NEW-VIEW, v+1, V, O⟩ (§4.4). V is named by digests, as in TOCS §4.4: every replica multicasts its own to all. */
export interface NewViewClaim {
  readonly type: 'newView';
  readonly view: View;
  /** V: a quorum, in the order of members. */
  readonly viewChanges: readonly { readonly replica: Address; readonly digest: Digest }[];
  /** O: a proposal for every sequence between the highest stable checkpoint in V and the highest prepared one; ascending. */
  readonly proposals: readonly Signed<Proposal>[];
}

/**
 * What a replica tells clients: the answers that it gave when it had executed `sequence`, by the root of a tree over them.
 * One signature covers a whole batch; each answer travels with its path to the root.
 */
export interface ExecutionClaim {
  readonly type: 'replies';
  readonly view: View;
  readonly sequence: Sequence;
  /**
   * All answers to operations of the batch at `sequence`, in its order, so there is only one such claim. Else some answers of the
   * state after it: to queries, and to requests that were executed before.
   */
  readonly whole: boolean;
  /** Number of answers. */
  readonly count: number;
  readonly root: Digest;
}

/** Who am I to you? Signed, since who hears it first remembers the signer by this life (README, departure 7). */
export interface HelloClaim {
  readonly type: 'hello';
  /** The life that asks; the answer repeats it. */
  readonly nonce: number;
}

/** The answer to `Hello`: what this replica knows of its past (README, departure 7). */
export interface StandingClaim {
  readonly type: 'standing';
  /** Who asked, and with which nonce. */
  readonly to: Address;
  readonly nonce: number;
  /** What the answering replica calls its own first life; the present one when it does not know. */
  readonly incarnation: number;
  readonly standing: Standing;
  /** The answering replica vouches for the life that asks: it never heard of an earlier one, and will of no later one. */
  readonly founder: boolean;
  readonly view: View;
  readonly stable: Sequence;
}

/**
 * The primary of `view` does not do enough for the requests that wait here; its own: it asks to be relieved. It promises nothing,
 * so it rests on no disk, and counts for a while only (README, departure 5).
 */
export interface ComplaintClaim {
  readonly type: 'complaint';
  readonly view: View;
  readonly incarnation: number;
  /** Rises with each complaint of one life: one that somebody else says again counts nothing. */
  readonly number: number;
}

/**
 * `empty`: nothing recorded. `lost`: nothing any more, what was recorded is damaged and set aside; unlike an empty one it
 * never helps to found a group. `active`: full. `recovering`: lost its disk, signs nothing that its former life might
 * contradict.
 */
export type Standing = 'empty' | 'lost' | 'active' | 'recovering';

/** ⟨REQUEST, o, t, c⟩ (§4.1): one client batch. A session and a sequence in it are the paper's timestamp. */
export interface Command {
  readonly type: 'request';
  /** The client connection's token: the reply's subject ends with it. */
  readonly client: string;
  /** 0 opens one. */
  readonly session: number;
  readonly sequence: number;
  /** `queries`: a read that could not be answered in one round trip is ordered like a request (§5.1.3 of TOCS). */
  readonly holds: 'operations' | 'queries';
  /** The whole batch as the client encoded it. */
  readonly batch: Uint8Array;
}
