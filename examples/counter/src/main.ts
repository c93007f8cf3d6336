import { raft } from '@synod/raft-wire';
import { replicaRole, runProcess, startReplica } from '@synod/service';
import { Counter } from './counter.js';

/** One replica of a counter. Its environment says which one: see README.md. */
runProcess(() => startReplica(replicaRole, { app: 'counter', ...raft(() => new Counter()) }));
