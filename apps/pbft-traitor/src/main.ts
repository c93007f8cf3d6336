import { Traitor, stagedTreasons } from '@synod/pbft-traitors';
import type { StagedTreason } from '@synod/pbft-traitors';
import { pbft, pbftCryptography } from '@synod/pbft-wire';
import { byzantineReplicaRole, oneOf, runProcess, secretsOf, startReplica, storeAndLedger } from '@synod/service';

const { bytes, equip, newService, make: _, ...protocol } = pbft(storeAndLedger);

const traitorRole = {
  ...byzantineReplicaRole,
  settings: {
    ...byzantineReplicaRole.settings,
    treason: {
      variable: 'SYNOD_TREASON',
      meaning: 'how it does not keep to the protocol',
      parse: oneOf(...(Object.keys(stagedTreasons) as StagedTreason[])),
    },
  },
} as const;

/** A member of a PBFT group that lies: the service that ships, with a traitor around its core. For experiments. */
runProcess(() =>
  startReplica(traitorRole, (settings) => {
    const secrets = secretsOf(settings);
    return {
      app: 'pbft-traitor',
      ...protocol,
      ...bytes(secrets),
      make: (told, timings) => {
        const equipment = equip({ ...told, timings }, secrets);
        const { domain, sha256, sign } = secrets;
        const impersonate = (name: string) => pbftCryptography(domain, name, sha256, sign);
        const actor = new Traitor(stagedTreasons[settings.treason], { ...equipment, impersonate, newService });
        return { actor, service: equipment.service };
      },
    };
  }),
);
