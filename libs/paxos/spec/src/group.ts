import type { Actor, Address } from '@synod/actor';
import { batchCodec, keyValueCodec } from '@synod/api';
import { PaxosAcceptor, PaxosProposer, defaultAcceptorLimits, defaultProposerLimits } from '@synod/paxos-core';
import type {
  AcceptorConfiguration,
  AcceptorLimits,
  PaxosVocabulary,
  ProposerConfiguration,
  ProposerLimits,
} from '@synod/paxos-core';
import type { Born } from '@synod/simulator';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import type { ReplicatedService, SessionLimits, StateMachine } from '@synod/state-machine';

/** The multicast name of all proposers and acceptors. */
export const everyone = 'replicas';
/** A snapshot must not delay a heartbeat. */
export const bulkKinds: ReadonlySet<string> = new Set(['snapshot-chunk']);

/** What a proposer, and an acceptor, tells people about itself. */
export type ProposerInspection = ReturnType<PaxosProposer['inspect']>;
export type AcceptorInspection = ReturnType<PaxosAcceptor['inspect']>;

/** Honest proposers and acceptors, or a mutant in place of one of them. */
export interface MakeMembers {
  proposer(configuration: ProposerConfiguration, service: ReplicatedService): Actor<PaxosVocabulary>;
  acceptor(configuration: AcceptorConfiguration): PaxosAcceptor;
}

export const honest: MakeMembers = {
  proposer: (configuration, service) => new PaxosProposer(configuration, service),
  acceptor: (configuration) => new PaxosAcceptor(configuration),
};

export const electionTimeout = { minMs: 150, maxMs: 300 };
export const heartbeatMs = 50;

/** Who the members are, and with which quorums the group is founded. */
export interface Membership {
  readonly proposers: readonly Address[];
  /** Those that found the group; others may join it. */
  readonly founders: readonly Address[];
  readonly phase1?: number | undefined;
  readonly phase2?: number | undefined;
}

export function proposerConfiguration(
  self: Address,
  { proposers, founders }: Membership,
  limits: Partial<ProposerLimits> = {},
): ProposerConfiguration {
  return {
    self,
    proposers,
    acceptors: founders,
    everyone,
    electionTimeout,
    heartbeatMs,
    limits: { ...defaultProposerLimits, ...limits },
  };
}

export function acceptorConfiguration(
  self: Address,
  { proposers, founders, phase1, phase2 }: Membership,
  limits: Partial<AcceptorLimits> = {},
  setAside = false,
): AcceptorConfiguration {
  return {
    self,
    acceptors: founders,
    proposers,
    everyone,
    phase1,
    phase2,
    electionTimeout,
    limits: { ...defaultAcceptorLimits, ...limits },
    setAside,
  };
}

/** By their names: acceptors are a1, a2, …; proposers anything else. */
export function isAcceptor(address: Address): boolean {
  return /^a\d+$/.test(address);
}

/** What proposers replicate in simulations, as in production: exactly-once sessions around a key-value store. */
export function keyValueService(
  sessions: SessionLimits,
  overhear = (machine: StateMachine): StateMachine => machine,
): Sessions {
  return new Sessions(overhear(new KeyValueStore(keyValueCodec)), batchCodec, sessions);
}

/** An acceptor executes nothing; what its snapshots hold are registers. */
export function acceptorBorn(actor: PaxosAcceptor): Born<PaxosVocabulary> {
  const executes = (): never => {
    throw new Error('an acceptor executes nothing');
  };
  const service = {
    apply: executes,
    query: executes,
    hash: () => '',
    snapshot: () => actor.state.snapshot(),
    restore: () => actor.state.restore(),
  };
  return { actor, service };
}
