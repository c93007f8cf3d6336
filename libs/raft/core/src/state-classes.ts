import { Outbox, Queue } from '@synod/actor';
import { VoteSet } from '@synod/quorum';
import { LogRecovery } from './log-recovery.js';
import { EntryBatch, Log } from './log.js';
import { Progress } from './progress.js';
import { RaftReplica } from './replica.js';
import { Raft } from './state.js';

type Class = abstract new (...parameters: never[]) => object;

/** Every class that a replica's state is made of, for whoever writes that state down. The rest of it is plain data. */
export const stateClasses: Readonly<Record<string, Class>> = {
  RaftReplica,
  Raft,
  Log,
  LogRecovery,
  EntryBatch,
  Progress,
  Outbox,
  Queue,
  VoteSet,
};
