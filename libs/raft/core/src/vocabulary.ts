import type { EntryBatch } from './log.js';
import type { Event } from './events.js';
import type { Message } from './messages.js';
import type { Record } from './records.js';

export interface RaftVocabulary {
  readonly message: Message;
  readonly record: Record;
  readonly batch: EntryBatch;
  readonly timer: Timer;
  readonly event: Event;
}

export type Timer =
  /** No leader heard: start an election. Also drives hello while the group is unformed. */
  | 'election'
  | 'heartbeat'
  /** Zero delay: closes the batch that requests and reads of one mailbox turn have filled. */
  | 'batch'
  /** Zero delay: goes on applying a long stretch of committed entries. */
  | 'apply'
  /** Leader: has a majority answered within an election timeout? (check-quorum) */
  | 'quorumCheck'
  /** The target of a leadership transfer did not take over in time. */
  | 'handOver'
  | 'hello'
  | 'snapshot';
