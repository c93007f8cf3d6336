import { raft } from '@synod/raft-wire';
import { replicaRole, runProcess, startReplica, storeAndLedger } from '@synod/service';

/** A Raft server of a group with a key-value store and a ledger. */
runProcess(() => startReplica(replicaRole, { app: 'raft-replica', ...raft(storeAndLedger) }));
