import { keyValueCodec } from '@synod/api';
import { proposer } from '@synod/paxos-wire';
import { proposerRole, runProcess, startReplica } from '@synod/service';
import { KeyValueStore } from '@synod/state-machine';

/** A Multi-Paxos proposer of a key-value group: leads, learns, executes, answers clients. */
runProcess(() =>
  startReplica(proposerRole, { app: 'paxos-proposer', ...proposer(() => new KeyValueStore(keyValueCodec)) }),
);
