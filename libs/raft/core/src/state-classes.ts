import { Awaited, LifeClock, Outbox, Queue } from '@synod/actor';
import { Formation } from '@synod/formation';
import { EntryBatch, RecentBatches } from '@synod/log';
import { VoteSet } from '@synod/quorum';
import { formationOf } from './formation.js';
import { LogRecovery } from './log-recovery.js';
import { Log } from './log.js';
import { Progress } from './progress.js';
import { RaftReplica } from './replica.js';
import { Raft } from './state.js';

type Class = abstract new (...parameters: never[]) => object;

/** Every class that a replica's state is made of, for whoever writes that state down. The rest of it is plain data. */
export const stateClasses: Readonly<Record<string, Class>> = {
  ...{ RaftReplica, Raft, Log, LogRecovery, Progress },
  ...{ EntryBatch, RecentBatches, Outbox, Queue, VoteSet, Awaited, LifeClock },
};

/** What of it has no state of its own, and how it is made of its owner's. */
export const derivedState: Readonly<Record<string, { readonly of: Class; readonly make: (owner: never) => object }>> = {
  Formation: { of: Formation, make: (raft: Raft) => formationOf(raft) },
};
