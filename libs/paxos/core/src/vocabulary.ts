import type { EntryBatch } from '@synod/log';
import type { Event } from './events.js';
import type { Message } from './messages.js';
import type { Record } from './records.js';

/** Proposers and acceptors speak one language; each uses its part of it. */
export interface PaxosVocabulary {
  readonly message: Message;
  readonly record: Record;
  readonly batch: EntryBatch;
  readonly timer: Timer;
  readonly event: Event;
}

export type Timer = ProposerTimer | AcceptorTimer;

export type ProposerTimer =
  /** No leader heard, or no quorum answered us: canvass. */
  | 'election'
  /** Leader: sign of life, retransmission, check of the quorum. */
  | 'heartbeat'
  /** Zero delay: closes the batch that the requests and reads of one mailbox turn have filled. */
  | 'batch'
  /** Zero delay: goes on executing a long stretch of chosen values. */
  | 'apply'
  /** Writes what was learned to our own disk; asks again for what is missing. */
  | 'learn'
  /** Rounds of registers that lost messages, or lost against others, go on. */
  | 'registers'
  /** Whoever was to take over did not. */
  | 'handOver';

export type AcceptorTimer =
  /** Not formed, or not counted by anybody: tell who we are. */
  'hello';
