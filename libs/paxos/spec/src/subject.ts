import { defaultProposerLimits } from '@synod/paxos-core';
import type { PaxosVocabulary } from '@synod/paxos-core';
import { paxosMessages, paxosRecords } from '@synod/paxos-wire';
import type { Birth, Citations, Subject } from '@synod/simulation';
import type { Born, Role } from '@synod/simulator';
import { asking } from './asking.js';
import { acceptorBorn, acceptorConfiguration, bulkKinds, electionTimeout, everyone, isAcceptor, keyValueService, proposerConfiguration } from './group.js'; // prettier-ignore
import type { MakeMembers, Membership } from './group.js';
import { addressesOf, drawPaxosSwarm } from './swarm.js';
import type { PaxosSwarm, Shape } from './swarm.js';
import { PaxosWatch } from './watch.js';

type V = PaxosVocabulary;

const citations: Citations = {
  liveness: 'Paxos Made Simple §2.4',
  states: 'Paxos Made Simple §3',
  linearizability: 'Paxos Made Live §5.2',
  efficiency: 'Paxos Made Simple §3; counts of a calm run',
  traffic: 'Paxos Made Simple §2.4',
};

/** Multi-Paxos as it is simulated; `make` makes honest members, or a mutant in place of some. */
export function paxosSubject(make: MakeMembers): Subject<V, PaxosSwarm> {
  return {
    name: 'paxos',
    citations,
    messages: paxosMessages,
    records: paxosRecords,
    bulkKinds,
    // Duels and their back-off included; proposers may need a snapshot, chunk by chunk, and a lost disk a change of the acceptors.
    recovery: { ledMs: 20 * electionTimeout.maxMs, caughtUpMs: 20 * electionTimeout.maxMs },
    draw: drawPaxosSwarm,
    roles: rolesOf,
    make: (birth) => bornOf(birth, make),
    faults: asking,
    watch: (world, swarm) => new PaxosWatch(world, swarm, citations.efficiency),
  };
}

function rolesOf({ shape, proposerLimits }: PaxosSwarm): readonly Role[] {
  const { founders, spares, proposers } = addressesOf(shape);
  const disksLost = toleratedBy(shape);
  // Where acceptors do not wait for silent proposers, one of those may be alone with what acceptors forgot.
  const isAlone = (proposerLimits.heldBytes ?? defaultProposerLimits.heldBytes) < defaultProposerLimits.heldBytes;
  const proposerDisksLost = isAlone ? 0 : Math.min(disksLost, proposers.length - 1);
  return [
    { name: 'acceptor', members: [...founders, ...spares], everyone, silent: true, disksLost },
    { name: 'proposer', members: proposers, everyone, disksLost: proposerDisksLost },
  ];
}

/** So many acceptors may be gone and both kinds of quorums are there. */
function toleratedBy({ acceptors, phase1, phase2 }: Shape): number {
  const majority = Math.floor(acceptors / 2) + 1;
  return acceptors - Math.max(phase1 ?? majority, phase2 ?? majority);
}

export function membershipOf(shape: Shape): Membership {
  const { founders, proposers } = addressesOf(shape);
  const { phase1, phase2 } = shape;
  return { founders, proposers, phase1, phase2 };
}

function bornOf({ address, hasSetAside, swarm, overhear }: Birth<PaxosSwarm>, make: MakeMembers): Born<V> {
  const { shape, acceptorLimits, proposerLimits } = swarm;
  const membership = membershipOf(shape);
  if (isAcceptor(address)) {
    const configuration = acceptorConfiguration(address, membership, acceptorLimits, hasSetAside);
    return acceptorBorn(make.acceptor(configuration));
  }
  const service = keyValueService(swarm.sessions, overhear);
  return { actor: make.proposer(proposerConfiguration(address, membership, proposerLimits), service), service };
}
