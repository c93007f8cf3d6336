import { batchCodec } from '@synod/api';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { RaftConfiguration } from '@synod/raft-core';
import { Sessions } from '@synod/state-machine';
import type { ReplicatedService, StateMachine } from '@synod/state-machine';
import { raftMessages } from './messages.js';
import { raftRecording } from './recording.js';
import { raftRecords } from './records.js';
import { raftRounds } from './rounds.js';

/** The multicast name of all members of a group. */
const everyone = 'replicas';

/** What the operator decides about one replica. */
export type RaftSettings = Pick<RaftConfiguration, 'self' | 'members'> & {
  /** A snapshot is taken when the log has grown by so many MiB. */
  readonly snapshotMiB: number;
  /** A damaged state of this replica was set aside. */
  readonly setAside: boolean;
};

/**
 * Raft with its rules and its bytes, replicating the state machines that `newMachine` makes, with exactly-once sessions
 * around them: the protocol's part of a `startReplica`.
 */
export function raft(newMachine: () => StateMachine) {
  return {
    everyone,
    messages: raftMessages,
    records: raftRecords,
    rounds: raftRounds,
    recording: raftRecording,
    /** A snapshot must not delay a heartbeat. */
    bulkKinds: new Set(['install-snapshot']) as ReadonlySet<string>,
    /** `between` stands between the replica and what it replicates. */
    make(
      { self, members, snapshotMiB, setAside }: RaftSettings,
      { electionTimeout, heartbeatMs }: Pick<RaftConfiguration, 'electionTimeout' | 'heartbeatMs'>,
      between: (service: ReplicatedService) => ReplicatedService = (service) => service,
    ) {
      const service = new Sessions(newMachine(), batchCodec);
      const limits = { ...defaultLimits, snapshotAfterBytes: snapshotMiB * 1024 * 1024 };
      const sorted = [...members].sort();
      const actor = new RaftReplica(
        { self, members: sorted, everyone, electionTimeout, heartbeatMs, limits, setAside },
        between(service),
      );
      return { actor, service };
    },
  };
}
