import { keyValueCodec } from '@synod/api';
import { raft } from '@synod/raft-wire';
import { replicaRole, runProcess, startReplica } from '@synod/service';
import { KeyValueStore } from '@synod/state-machine';

/** A Raft server of a key-value group. */
runProcess(() => startReplica(replicaRole, { app: 'raft-replica', ...raft(() => new KeyValueStore(keyValueCodec)) }));
