import { batchCodec } from '@synod/api';
import { PaxosAcceptor, PaxosProposer, defaultAcceptorLimits, defaultProposerLimits } from '@synod/paxos-core';
import type { AcceptorConfiguration, ProposerConfiguration } from '@synod/paxos-core';
import { Sessions } from '@synod/state-machine';
import type { ReplicatedService, StateMachine } from '@synod/state-machine';
import { paxosMessages } from './messages.js';
import { paxosRecording } from './recording.js';
import { paxosRecords } from './records.js';
import { paxosRounds } from './rounds.js';

/** The multicast name of all proposers and acceptors of a group. */
const everyone = 'replicas';

const language = {
  everyone,
  messages: paxosMessages,
  records: paxosRecords,
  rounds: paxosRounds,
  recording: paxosRecording,
};

/** What the operator decides about one proposer. */
export type ProposerSettings = Pick<ProposerConfiguration, 'self' | 'proposers' | 'acceptors'> & {
  /** A snapshot is taken when so many MiB were learned since the last one. */
  readonly snapshotMiB: number;
};

/** What the operator decides about one acceptor. */
export type AcceptorSettings = Pick<
  AcceptorConfiguration,
  'self' | 'proposers' | 'acceptors' | 'phase1' | 'phase2' | 'setAside'
>;

/**
 * A proposer of Multi-Paxos with its rules and its bytes, replicating the state machines that `newMachine` makes, with
 * exactly-once sessions around them: the protocol's part of a `startReplica`.
 */
export function proposer(newMachine: () => StateMachine) {
  return {
    ...language,
    /** A snapshot must not delay a heartbeat. */
    bulkKinds: new Set(['snapshot-chunk']) as ReadonlySet<string>,
    /** `between` stands between the proposer and what it replicates. */
    make(
      { self, proposers, acceptors, snapshotMiB }: ProposerSettings,
      { electionTimeout, heartbeatMs }: Pick<ProposerConfiguration, 'electionTimeout' | 'heartbeatMs'>,
      between: (service: ReplicatedService) => ReplicatedService = (service) => service,
    ) {
      const service = new Sessions(newMachine(), batchCodec);
      const limits = { ...defaultProposerLimits, snapshotAfterBytes: snapshotMiB * 1024 * 1024 };
      const timing = { electionTimeout, heartbeatMs };
      const actor = new PaxosProposer({ self, proposers, acceptors, everyone, ...timing, limits }, between(service));
      return { actor, service };
    },
  };
}

/** An acceptor, which every state machine can do with: values are opaque to it. */
export function acceptor() {
  return {
    ...language,
    bulkKinds: new Set() as ReadonlySet<string>,
    make(
      { self, proposers, acceptors, phase1, phase2, setAside = false }: AcceptorSettings,
      { electionTimeout }: Pick<AcceptorConfiguration, 'electionTimeout'>,
    ) {
      const founding = { acceptors: [...acceptors].sort(), phase1, phase2 }; // alike at all of them, however they list it
      const limits = defaultAcceptorLimits;
      const actor = new PaxosAcceptor({ self, proposers, ...founding, everyone, electionTimeout, limits, setAside });
      return { actor, service: actor.state };
    },
  };
}
