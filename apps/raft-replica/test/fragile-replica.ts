import { InvariantViolation } from '@synod/actor';
import { keyValueCodec } from '@synod/api';
import { raft } from '@synod/raft-wire';
import { replicaRole, runProcess, startReplica } from '@synod/service';
import { KeyValueStore } from '@synod/state-machine';

/** Cannot bear one word: a state machine that is not total, or an invariant of the core that does not hold. */
class FragileStore extends KeyValueStore {
  override apply(operation: Uint8Array, index: number): Uint8Array {
    if (Buffer.from(operation).includes('unbearable')) throw new InvariantViolation(`entry ${index} is unbearable`);
    return super.apply(operation, index);
  }
}

runProcess(() => startReplica(replicaRole, { app: 'raft-replica', ...raft(() => new FragileStore(keyValueCodec)) }));
