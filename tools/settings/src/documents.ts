import { acceptorRole, byzantineReplicaRole, proposerRole, replicaRole, replicaSettings } from '@synod/service';
import type { Settings } from '@synod/service';

/** By document, as seen from the workspace: what its service reads of the environment. */
export const documents: Readonly<Record<string, Settings>> = {
  'apps/raft-replica/README.md': { ...replicaSettings, ...replicaRole.settings },
  'apps/paxos-proposer/README.md': { ...replicaSettings, ...proposerRole.settings },
  'apps/paxos-acceptor/README.md': { ...replicaSettings, ...acceptorRole.settings },
  'apps/pbft-replica/README.md': { ...replicaSettings, ...byzantineReplicaRole.settings },
};
