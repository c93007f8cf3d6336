import { keyValueCodec } from '@synod/api';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { RaftConfiguration, RaftLimits, RaftVocabulary } from '@synod/raft-core';
import { raft } from '@synod/raft-wire';
import { KeyValueStore } from '@synod/state-machine';
import type { Actor, Address } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';

/** As in production. */
export const { everyone, bulkKinds } = raft(() => new KeyValueStore(keyValueCodec));

/** What a replica tells people about itself. */
export type Inspection = ReturnType<RaftReplica['inspect']>;

/** An honest replica, or a mutant in its place. */
export type MakeReplica = (configuration: RaftConfiguration, service: ReplicatedService) => Actor<RaftVocabulary>;

export const honest: MakeReplica = (configuration, service) => new RaftReplica(configuration, service);

export const electionTimeout = { minMs: 150, maxMs: 300 };
export const heartbeatMs = 50;

export function configurationOf(
  self: Address,
  members: readonly Address[],
  limits: Partial<RaftLimits> = {},
  setAside = false,
): RaftConfiguration {
  return {
    self,
    members,
    everyone,
    electionTimeout,
    heartbeatMs,
    limits: { ...defaultLimits, ...limits },
    setAside,
  };
}
