import { keyValueCodec } from '@synod/api';
import { pbft } from '@synod/pbft-wire';
import { byzantineReplicaRole, runProcess, startReplica } from '@synod/service';
import { KeyValueStore } from '@synod/state-machine';
import { secretsOf } from './secrets.js';

const { bytes, make, ...protocol } = pbft(() => new KeyValueStore(keyValueCodec));

/** A PBFT replica of a key-value group, primary or backup. */
runProcess(() =>
  startReplica(byzantineReplicaRole, (settings) => {
    const secrets = secretsOf(settings);
    return {
      app: 'pbft-replica',
      ...protocol,
      ...bytes(secrets),
      make: (told, timings) => make({ ...told, timings }, secrets),
    };
  }),
);
