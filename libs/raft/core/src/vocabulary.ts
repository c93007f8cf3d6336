import type { EntryBatch } from '@synod/log';
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
  /** No leader heard: start an election. */
  | 'election'
  /** Leader: sign of life, retransmission, check-quorum. */
  | 'heartbeat'
  /** Zero delay: closes the batch that the requests and reads of one mailbox turn have filled. */
  | 'batch'
  /** Zero delay: goes on applying a long stretch of committed entries. */
  | 'apply'
  /** The target of a leadership transfer did not take over in time. */
  | 'handOver'
  /** Unformed or recovering: ask the members again. */
  | 'hello';
