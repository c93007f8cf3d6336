import { Awaited, LifeClock, Outbox, Queue } from '@synod/actor';
import { Batch } from './batch.js';
import { Complaints } from './complaints.js';
import { EarlyVotes } from './early-votes.js';
import { ExecutedTail } from './executed-tail.js';
import { Group } from './group.js';
import { Log, Slot } from './log.js';
import { Patience } from './patience.js';
import { PendingNewViews } from './pending-new-views.js';
import { Recovery } from './recovery.js';
import { PbftReplica } from './replica.js';
import { Pbft } from './state.js';
import { Waiting } from './waiting.js';

type Class = abstract new (...parameters: never[]) => object;

/** Every class that a replica's state is made of, for whoever writes that state down. The rest of it is plain data. */
export const stateClasses: Readonly<Record<string, Class>> = {
  ...{ PbftReplica, Pbft, Recovery, Group, Complaints, Patience, PendingNewViews },
  ...{ Log, Slot, EarlyVotes, Batch, ExecutedTail, Waiting, Outbox, Queue, Awaited, LifeClock },
};

/**
 * What is executed may be hundreds of megabytes, which are only read to be sent to who is behind: written down without what was
 * asked in them.
 */
export const leanerState: Readonly<Record<string, (whole: never) => object>> = {
  ExecutedTail: (tail: ExecutedTail) => tail.withoutRequests(),
};
