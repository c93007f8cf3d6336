import { pbft } from '@synod/pbft-wire';
import { byzantineReplicaRole, runProcess, secretsOf, startReplica, storeAndLedger } from '@synod/service';

const { bytes, make, ...protocol } = pbft(storeAndLedger);
/** Instead of a tenth of a second. */
const statusMs = 5000;

/**
 * For the bench's gate: a replica that seldom tells the others what it lacks. How often it does goes by the clock, and each time
 * something is sent again; what a round itself takes can only be counted where that is rare.
 */
runProcess(() =>
  startReplica(byzantineReplicaRole, (settings) => {
    const secrets = secretsOf(settings);
    return {
      app: 'pbft-replica',
      ...protocol,
      ...bytes(secrets),
      make: (told, timings) => make({ ...told, timings: { ...timings, statusMs } }, secrets),
    };
  }),
);
