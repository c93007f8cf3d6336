import { batchCodec, keyValueCodec } from '@synod/api';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { RaftConfiguration } from '@synod/raft-core';
import { raftMessages, raftRecords, raftRounds } from '@synod/raft-wire';
import { runProcess, startReplica } from '@synod/service';
import { KeyValueStore, Sessions } from '@synod/state-machine';

const everyone = 'replicas';

/** A Raft server of a key-value group. */
runProcess(() =>
  startReplica({
    app: 'raft-replica',
    everyone,
    messages: raftMessages,
    records: raftRecords,
    rounds: raftRounds,
    bulkKinds: new Set(['install-snapshot']),
    make: ({ self, members, snapshotMiB }, timing) => {
      const limits = { ...defaultLimits, snapshotAfterBytes: snapshotMiB * 1024 * 1024 };
      const configuration: RaftConfiguration = { self, members: [...members].sort(), everyone, ...timing, limits };
      const service = new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
      return { actor: new RaftReplica(configuration, service), service };
    },
  }),
);
