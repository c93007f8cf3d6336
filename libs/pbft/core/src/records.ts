import type { Address } from '@synod/actor';
import type { Batch } from './batch.js';
import type { StableCheckpoint, StableSnapshot } from './history.js';
import type {
  NewViewClaim,
  PreparedCertificate,
  Proposal,
  Sequence,
  Signed,
  StateVote,
  View,
  ViewChangeClaim,
} from './statements.js';

/**
 * What survives a crash: everything this replica signed as a vote, and what that rests on. Nothing that is signed leaves
 * before its record is durable, so a restart cannot make a correct replica contradict itself.
 */
export type Record =
  | StandingRecord
  | AcceptedRecord
  | CertificateRecord
  | BatchRecord
  | CheckpointRecord
  | StableRecord
  | ViewChangeRecord
  | NewViewRecord
  | SnapshotMark;

export interface StandingRecord {
  readonly kind: 'standing';
  readonly standing: 'empty' | 'active' | 'recovering';
  /** While recovering: nothing is signed that is about a sequence up to here. */
  readonly floor: Sequence;
  /** Nothing is prepared or committed in an earlier view. */
  readonly firstView: View;
  /** The first life of each member that this replica heard of; its own among them as long as its journal goes back to it. */
  readonly founders: readonly { readonly member: Address; readonly incarnation: number }[];
}

/** A proposal accepted, or made; it says as well that this replica signs, or signed, the PREPARE for it and no other. */
export interface AcceptedRecord {
  readonly kind: 'accepted';
  readonly proposal: Signed<Proposal>;
  readonly batch: Batch;
}

/** Durable before the COMMIT leaves, whose signing it records too. */
export interface CertificateRecord {
  readonly kind: 'certificate';
  readonly certificate: PreparedCertificate;
}

/** A batch that came later than its proposal; `executed` when it came by state transfer and was executed at once. */
export interface BatchRecord {
  readonly kind: 'batch';
  readonly sequence: Sequence;
  readonly batch: Batch;
  readonly executed: boolean;
}

/** Our own CHECKPOINT, or our own word for a snapshot. */
export interface CheckpointRecord {
  readonly kind: 'vote';
  readonly vote: Signed<StateVote<'checkpoint'> | StateVote<'snapshot'>>;
}

export interface StableRecord {
  readonly kind: 'stable';
  readonly stable: StableCheckpoint;
}

/** Our own VIEW-CHANGE: from here on nothing of an older view is accepted. */
export interface ViewChangeRecord {
  readonly kind: 'viewChange';
  readonly signed: Signed<ViewChangeClaim>;
}

/** A new view that was entered. `viewChanges` are what it names, for those who must be convinced later. */
export interface NewViewRecord {
  readonly kind: 'newView';
  readonly signed: Signed<NewViewClaim>;
  readonly viewChanges: readonly Signed<ViewChangeClaim>[];
}

/**
 * A snapshot file is durable here, and a quorum has the same. Repeats everything that is not about a sequence above it, so
 * that all records before it that are not about those may be dropped.
 */
export interface SnapshotMark {
  readonly kind: 'snapshotMark';
  readonly snapshot: StableSnapshot;
  readonly standing: StandingRecord;
  readonly stable: StableCheckpoint;
  readonly viewChange: ViewChangeRecord | undefined;
  readonly newView: NewViewRecord | undefined;
  readonly votes: readonly CheckpointRecord[];
}
