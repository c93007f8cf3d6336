import { batchCodec } from '@synod/api';
import { PbftReplica, defaultLimits, defaultTimings } from '@synod/pbft-core';
import type { Cryptography, Event, PbftConfiguration, PbftTimings } from '@synod/pbft-core';
import { Openings, Sessions } from '@synod/state-machine';
import type { StateMachine } from '@synod/state-machine';
import { pbftAuthenticator } from './authenticator.js';
import type { AuthenticatorParts } from './authenticator.js';
import { encodeCertificate } from './certificates.js';
import type { Domain } from './domain.js';
import { pbftCryptography } from './cryptography.js';
import type { Sign } from './cryptography.js';
import { pbftMessages } from './messages.js';
import { pbftRecords } from './records.js';
import { pbftRounds } from './rounds.js';

/** The multicast name of all members of a group. */
const everyone = 'replicas';

/** What the operator decides about one replica. */
export type PbftSettings = Pick<PbftConfiguration, 'self' | 'members'> & {
  readonly timings?: Partial<PbftTimings>;
  /** A snapshot is taken when the log has grown by so many MiB; the same at every member. */
  readonly snapshotMiB: number;
  /** A damaged state of this replica was set aside. */
  readonly setAside: boolean;
};

/** The replica's secret, everybody's public keys, and the host's cryptography. */
export interface PbftSecrets extends AuthenticatorParts {
  readonly domain: Domain;
  readonly sign: Sign;
}

/** What a replica is made of, with the names that its core has for them. */
export interface PbftEquipment {
  readonly configuration: PbftConfiguration;
  readonly service: Openings;
  readonly cryptography: Cryptography;
}

type Between = <T extends object>(given: T, name: 'service' | 'cryptography') => T;

/**
 * PBFT with its rules, its bytes and its signatures, replicating the state machines that `newMachine` makes, with exactly-once
 * sessions around them.
 */
export function pbft(newMachine: () => StateMachine) {
  const newService = (): Openings => new Openings(new Sessions(newMachine(), batchCodec), batchCodec);
  const equip = (settings: PbftSettings, { domain, sha256, sign }: PbftSecrets): PbftEquipment => ({
    configuration: configurationOf(settings),
    service: newService(),
    cryptography: pbftCryptography(domain, settings.self, sha256, sign),
  });
  return {
    everyone,
    rounds: pbftRounds,
    /** Two statements of which a correct member signs only one: whoever has both can show them to anybody. */
    evidenceOf(event: Event) {
      if (event.kind !== 'equivocation') return undefined;
      const { by, first, second } = event;
      return { name: `equivocation-of-${by}`, bytes: encodeCertificate({ kind: 'equivocation', first, second }) };
    },
    /** What is fetched must not delay a vote. */
    bulkKinds: new Set(['history', 'snapshot-chunk']) as ReadonlySet<string>,
    /** What is read and written depends on the group's name and epoch, and what is believed on its keys. */
    bytes: bytesOf,
    /** The parts of a replica, for who makes something else of them than `make` does. */
    equip,
    newService,
    /** `between` stands between the replica and what it is given. */
    make(settings: PbftSettings, secrets: PbftSecrets, between: Between = (given) => given) {
      const { configuration, service, cryptography } = equip(settings, secrets);
      const actor = new PbftReplica(configuration, between(service, 'service'), between(cryptography, 'cryptography'));
      return { actor, service, ...bytesOf(secrets) };
    },
  };
}

function configurationOf({ self, members, timings, snapshotMiB, setAside }: PbftSettings): PbftConfiguration {
  return {
    self,
    members: [...members].sort(),
    everyone,
    timings: { ...defaultTimings, ...timings },
    limits: { ...defaultLimits, snapshotAfterBytes: snapshotMiB * 1024 * 1024 },
    setAside,
  };
}

function bytesOf(secrets: PbftSecrets) {
  const { domain } = secrets;
  return {
    messages: pbftMessages(domain),
    records: pbftRecords(domain),
    authenticator: pbftAuthenticator(secrets),
  };
}
