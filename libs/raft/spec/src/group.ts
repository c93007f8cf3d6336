import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { RaftConfiguration, RaftLimits, RaftVocabulary } from '@synod/raft-core';
import type { Actor, Address } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import { asObjects } from '@synod/simulator';
import type { RecordStorage } from '@synod/simulator';

export const everyone = 'everyone';

/** An honest replica, or a mutant in its place. */
export type MakeReplica = (configuration: RaftConfiguration, service: ReplicatedService) => Actor<RaftVocabulary>;

export const honest: MakeReplica = (configuration, service) => new RaftReplica(configuration, service);

export function configurationOf(
  self: Address,
  members: readonly Address[],
  limits: Partial<RaftLimits> = {},
): RaftConfiguration {
  return {
    self,
    members,
    everyone,
    electionTimeout: { minMs: 150, maxMs: 300 },
    heartbeatMs: 50,
    limits: { ...defaultLimits, ...limits },
  };
}

/** What a journal must know of Raft's records, for runs without the codecs. */
export const recordsAsObjects: RecordStorage<RaftVocabulary> = asObjects<RaftVocabulary>(
  (record) => {
    switch (record.kind) {
      case 'entries':
        return {
          sizeBytes: record.batch.sizeBytes,
          log: { first: record.batch.first, count: record.batch.entries.length },
        };
      case 'truncate':
        return { sizeBytes: 16, truncateFrom: record.from };
      default:
        return { sizeBytes: 32 };
    }
  },
  (record) => {
    if (record.kind !== 'entries') throw new Error(`a ${record.kind} record holds no entries`);
    return record.batch;
  },
);
