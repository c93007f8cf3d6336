import type { Actor, Address } from '@synod/actor';
import type { Authenticator } from '@synod/actor-host';
import { batchCodec, keyValueCodec } from '@synod/api';
import { PbftReplica, defaultLimits } from '@synod/pbft-core';
import type { Cryptography, PbftConfiguration, PbftLimits, PbftService, PbftTimings, PbftVocabulary } from '@synod/pbft-core'; // prettier-ignore
import { pbftAuthenticator } from '@synod/pbft-wire';
import { KeyValueStore, Openings, Sessions } from '@synod/state-machine';
import type { SessionLimits, StateMachine } from '@synod/state-machine';
import type { AlterClient } from './client/overhear.js';
import { sha256 } from './keys.js';
import type { KeyRing } from './keys.js';

/** The multicast name of all members. */
export const everyone = 'replicas';
/** What is fetched must not delay a vote. */
export const bulkKinds: ReadonlySet<string> = new Set(['history', 'snapshot-chunk']);

/** What a replica tells people about itself. */
export type Inspection = ReturnType<PbftReplica['inspect']>;

export type MakeReplica = (
  configuration: PbftConfiguration,
  service: PbftService,
  cryptography: Cryptography,
) => Actor<PbftVocabulary>;

/** Correct replicas and clients, or a mutant in place of one kind of them. */
export interface MakeMembers {
  readonly replica: MakeReplica;
  readonly authenticator: (ring: KeyRing) => Authenticator<PbftVocabulary>;
  readonly client: AlterClient;
}

export const honest: MakeMembers = {
  replica: (configuration, service, cryptography) => new PbftReplica(configuration, service, cryptography),
  authenticator: ({ keys, verify }) =>
    pbftAuthenticator({
      keys,
      sha256,
      verify: (key, bytes, signature, done) => done(verify(key, bytes, signature)),
    }),
  client: () => undefined,
};

/** A fifth of production's, so that twenty seconds see many views. */
export const timings: PbftTimings = {
  requestMs: 400,
  viewChangeMs: 600,
  longestMs: 2400,
  slowMs: 100,
  statusMs: 40,
  foundingMs: 300,
};

export function configurationOf(
  self: Address,
  members: readonly Address[],
  limits: Partial<PbftLimits>,
  setAside: boolean,
): PbftConfiguration {
  return { self, members, everyone, timings, limits: { ...defaultLimits, ...limits }, setAside };
}

/** What replicas replicate in simulations, as in production: exactly-once openings and sessions around a key-value store. */
export function keyValueService(
  sessions: SessionLimits,
  overhear = (machine: StateMachine): StateMachine => machine,
): Openings {
  return new Openings(new Sessions(overhear(new KeyValueStore(keyValueCodec)), batchCodec, sessions), batchCodec);
}
