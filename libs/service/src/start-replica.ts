import type { Vocabulary } from '@synod/actor';
import { readEnvironment } from './environment.js';
import type { Settings } from './environment.js';
import type { Running } from './process.js';
import type { ReplicaKind } from './replica-kind.js';
import { replicaSettings } from './replica-settings.js';
import { Replica } from './replica.js';
import type { Role } from './roles/role.js';

/** Puts a process of a group together from the environment and starts it. */
export async function startReplica<V extends Vocabulary, S extends Settings>(
  role: Role<S>,
  kind: ReplicaKind<V, S>,
): Promise<Running> {
  const replica = new Replica(kind, role, readEnvironment({ ...replicaSettings, ...role.settings }, process.env));
  try {
    await replica.start();
  } catch (error) {
    await replica.stop(0);
    throw error;
  }
  return replica;
}
