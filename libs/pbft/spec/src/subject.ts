import type { Actor, Address } from '@synod/actor';
import { Group } from '@synod/pbft-core';
import type { PbftConfiguration, PbftService, PbftVocabulary } from '@synod/pbft-core';
import { Traitor, stagedTreasons } from '@synod/pbft-traitors';
import { pbftMessages, pbftRecords } from '@synod/pbft-wire';
import type { Birth, Citations, Subject } from '@synod/simulation';
import type { Born, Role, World } from '@synod/simulator';
import { overhear } from './client/overhear.js';
import { trustOf } from './client/trust.js';
import { decodedOnce } from './decoded-once.js';
import { bulkKinds, configurationOf, everyone, keyValueService, timings } from './group.js';
import type { MakeMembers } from './group.js';
import { KeyRing, domain } from './keys.js';
import { drawPbftSwarm, membersOf } from './swarm.js';
import type { PbftSwarm } from './swarm.js';
import { PbftWatch } from './watch.js';

type V = PbftVocabulary;

const citations: Citations = {
  liveness: 'PBFT §4.5.2',
  states: 'PBFT §4.3, §4.6',
  linearizability: 'PBFT §3, "the algorithm provides both safety and liveness", linearizability; §4.5.1',
  efficiency: 'PBFT §4.2, §4.3; counts of a calm run',
  traffic: 'TOCS §5.2',
};

/**
 * Until a correct primary is obeyed: f + 1 views, with two traitors at most, each with its request and view change timers at their
 * longest, drawn a quarter longer; then as long again for those that must catch up, and for who waits for a source that lies.
 */
const worstMs = 3 * 2 * 1.25 * timings.longestMs;

/** PBFT as it is simulated; `make` makes correct members and clients, or a mutant in place of some. */
export function pbftSubject(make: MakeMembers): Subject<V, PbftSwarm> {
  const watches = new WeakMap<World<V>, PbftWatch>();
  return {
    name: 'pbft',
    citations,
    messages: decodedOnce(pbftMessages(domain)),
    records: pbftRecords(domain),
    bulkKinds,
    recovery: { ledMs: worstMs, caughtUpMs: worstMs },
    draw: drawPbftSwarm,
    lasting: ({ traitors }) => Object.keys(traitors).length,
    roles: rolesOf,
    make: (birth) => bornOf(birth, make),
    // What one operation costs grows with the square of the group: as many as are due, and not many more.
    load: () => ({ workers: 1 }),
    clients: (world, swarm) => {
      const { timeline } = world;
      const members = membersOf(swarm.replicas);
      const believed = (certificate: Uint8Array): void => watches.get(world)!.believed(certificate);
      return {
        trust: trustOf(new KeyRing(swarm.signatures, members), members, () => timeline.now),
        overhear: (group) => overhear(group, make.client, believed),
      };
    },
    watch: (world, swarm) => {
      const watch = new PbftWatch(world, swarm, citations.efficiency);
      watches.set(world, watch);
      return watch;
    },
  };
}

/** A replica without its disk counts among the f until it is back, and so do traitors. */
function rolesOf({ replicas, traitors }: PbftSwarm): readonly Role[] {
  const members = membersOf(replicas);
  const disksLost = Math.max(0, new Group(members).f - Object.keys(traitors).length);
  return [{ name: 'replica', members, everyone, disksLost }];
}

function bornOf(birth: Birth<PbftSwarm>, make: MakeMembers): Born<V> {
  const { address, hasSetAside, swarm } = birth;
  const members = membersOf(swarm.replicas);
  const ring = new KeyRing(swarm.signatures, members);
  const configuration = configurationOf(address, members, swarm.limits, hasSetAside);
  const isTraitor = swarm.traitors[address] !== undefined;
  const service = keyValueService(swarm.sessions, isTraitor ? undefined : (machine) => birth.overhear(machine));
  const actor = isTraitor
    ? traitorOf(address, configuration, service, swarm, ring)
    : make.replica(configuration, service, ring.cryptographyOf('replica', address));
  return { actor, service, authenticator: make.authenticator(ring) };
}

/** An honest replica in the hands of a traitor. */
function traitorOf(
  self: Address,
  configuration: PbftConfiguration,
  service: PbftService,
  { traitors, sessions }: PbftSwarm,
  ring: KeyRing,
): Actor<V> {
  const own = ring.cryptographyOf('replica', self);
  return new Traitor(stagedTreasons[traitors[self]!], {
    configuration,
    service,
    cryptography: own,
    impersonate: (name) => ring.cryptographyOf('replica', name, self),
    newService: () => keyValueService(sessions),
  });
}
