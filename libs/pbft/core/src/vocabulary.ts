import type { Event } from './events.js';
import type { Message } from './messages.js';
import type { Record } from './records.js';

export interface PbftVocabulary {
  readonly message: Message;
  readonly record: Record;
  /** The log between the water marks is small and kept in memory: nothing is read back by position. */
  readonly batch: never;
  readonly timer: Timer;
  readonly event: Event;
}

export type Timer =
  /** Zero delay: closes the batch that the requests of one mailbox turn have filled. */
  | 'batch'
  /** Zero delay: goes on executing a long stretch. */
  | 'execute'
  /** Zero delay: answers the reads of one mailbox turn under one signature. */
  | 'reads'
  /** The oldest waiting request was not executed in time (§4.4). */
  | 'request'
  /** A quorum asks for a view, and its primary has not begun it (§4.5.2). */
  | 'viewChange'
  /** Tell the others what is here. */
  | 'status'
  /** State transfer: the source does not answer. */
  | 'transfer'
  /** Neither active nor recovering: ask the members again. */
  | 'hello'
  /** The others did not relieve a stopping primary in time. */
  | 'stop';
