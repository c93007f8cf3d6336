import type { Vocabulary } from '@synod/actor';
import { readEnvironment } from './environment.js';
import type { Settings, Values } from './environment.js';
import type { Running } from './process.js';
import type { ReplicaKind } from './replica-kind.js';
import { processSettings, takeHeaders } from './process-settings.js';
import { replicaSettings } from './replica-settings.js';
import type { ReplicaSettings } from './replica-settings.js';
import { Replica } from './replica.js';
import type { Role } from './roles/role.js';

/** What a process is may depend on what it is told: one that signs has its keys in files that its environment names. */
type KindOf<V extends Vocabulary, S extends Settings, T> = (
  settings: ReplicaSettings & Values<S>,
) => ReplicaKind<V, S, T>;

/** Puts a process of a group together from the environment and starts it. */
export async function startReplica<V extends Vocabulary, S extends Settings, T>(
  role: Role<S, T>,
  kind: ReplicaKind<V, S, T> | KindOf<V, S, T>,
): Promise<Running> {
  const settings = readEnvironment({ ...replicaSettings, ...role.settings, ...processSettings }, process.env);
  takeHeaders(settings, process.env);
  const replica = new Replica(typeof kind === 'function' ? kind(settings) : kind, role, settings);
  try {
    await replica.start();
  } catch (error) {
    await replica.stop(0);
    throw error;
  }
  return replica;
}
