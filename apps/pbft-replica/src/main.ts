import { sha256 } from '@synod/keys';
import { pbft, pbftRecording } from '@synod/pbft-wire';
import { byzantineReplicaRole, runProcess, secretsOf, startReplica, storeAndLedger } from '@synod/service';

const { bytes, make, ...protocol } = pbft(storeAndLedger);

/** A PBFT replica, primary or backup, of a group with a key-value store and a ledger. */
runProcess(() =>
  startReplica(byzantineReplicaRole, (settings) => {
    const secrets = secretsOf(settings);
    return {
      app: 'pbft-replica',
      ...protocol,
      ...bytes(secrets),
      recording: pbftRecording(secrets.domain, settings.self, sha256),
      recordingFacts: { epoch: secrets.domain.epoch },
      make: (told, timings, between) => make({ ...told, timings }, secrets, between),
    };
  }),
);
