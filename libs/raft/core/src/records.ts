import type { Address, SnapshotId } from '@synod/actor';
import type { EntryBatch, LogIndex } from '@synod/log';
import type { Term } from './log.js';

/** What survives a crash. */
export type Record = HardState | Entries | Truncate | SnapshotMark;

/** Figure 2's currentTerm and votedFor, and the replica's standing, in one record so that no crash falls between them. */
export interface HardState {
  readonly kind: 'hardState';
  readonly term: Term;
  readonly votedFor: Address | undefined;
  /** 0 until the group is formed. */
  readonly clusterId: number;
  readonly standing: 'formed' | 'active' | 'recovering';
  /** While recovering: the highest term any member knew after the disk was lost. No vote at or below it. */
  readonly floor: Term;
}

export interface Entries {
  readonly kind: 'entries';
  readonly batch: EntryBatch;
}

/** Raft §5.3: a conflicting suffix is void, from this index on. */
export interface Truncate {
  readonly kind: 'truncate';
  readonly from: LogIndex;
}

/** A snapshot file is durable; repeats the hard state, so that everything before this record may be dropped. */
export interface SnapshotMark {
  readonly kind: 'snapshotMark';
  readonly snapshot: SnapshotId;
  readonly sizeBytes: number;
  readonly hardState: HardState;
}
