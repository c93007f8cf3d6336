import type { Settings } from './environment.js';
import { gatewaySettings } from './gateway-settings.js';
import { processSettings } from './process-settings.js';
import { replicaSettings } from './replica-settings.js';
import { acceptorRole, proposerRole } from './roles/paxos.js';
import { byzantineReplicaRole } from './roles/pbft.js';
import { replicaRole } from './roles/replica.js';

const member = (role: { readonly settings: Settings }): Settings => ({
  ...replicaSettings,
  ...role.settings,
  ...processSettings,
});

/** By app, all that its environment may say: what its README tells, and what a deployment can set. */
export const settingsOfApps: Readonly<Record<string, Settings>> = {
  'raft-replica': member(replicaRole),
  'paxos-proposer': member(proposerRole),
  'paxos-acceptor': member(acceptorRole),
  'pbft-replica': member(byzantineReplicaRole),
  gateway: { ...gatewaySettings, ...processSettings },
};
