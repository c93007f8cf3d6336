import type { Address } from '@synod/actor';
import { batchCodec, keyValueCodec } from '@synod/api';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftMessages, raftRecords } from '@synod/raft-wire';
import type { Birth, Citations, Subject } from '@synod/simulation';
import type { Born, Role } from '@synod/simulator';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import { bulkKinds, configurationOf, electionTimeout, everyone } from './group.js';
import type { MakeReplica } from './group.js';
import { drawRaftSwarm } from './swarm.js';
import type { RaftSwarm } from './swarm.js';
import { RaftWatch } from './watch.js';

type V = RaftVocabulary;

const citations: Citations = {
  liveness: 'Raft §5.2',
  states: 'Raft §2, §5.4.3',
  linearizability: 'Raft §8',
  efficiency: 'Raft §5.3, §8; counts of a calm run',
  traffic: 'Raft §5.3',
};

const names = ['r1', 'r2', 'r3', 'r4', 'r5'] as const;
/** A replica that lost its disk comes back only with the help of all others (libs/raft/core, `recovery.ts`). */
const disksLost = 1;

/** Raft as it is simulated; `make` is the honest replica, or a mutant in its place. */
export function raftSubject(make: MakeReplica): Subject<V, RaftSwarm> {
  return {
    name: 'raft',
    citations,
    messages: raftMessages,
    records: raftRecords,
    bulkKinds,
    // Split votes included; followers may need a snapshot, chunk by chunk, and one that lost its disk another election.
    recovery: { ledMs: 10 * electionTimeout.maxMs, caughtUpMs: 10 * electionTimeout.maxMs },
    draw: drawRaftSwarm,
    roles: ({ replicas }) => [replicasOf(names.slice(0, replicas))],
    make: (birth) => bornOf(birth, make),
    watch: (world, swarm) => new RaftWatch(world, swarm, citations.efficiency),
  };
}

function replicasOf(members: readonly Address[]): Role {
  return { name: 'replica', members, everyone, disksLost };
}

function bornOf(birth: Birth<RaftSwarm>, make: MakeReplica): Born<V> {
  const { address, roles, hasSetAside, swarm } = birth;
  const service = new Sessions(birth.overhear(new KeyValueStore(keyValueCodec)), batchCodec, swarm.sessions);
  return { actor: make(configurationOf(address, roles[0]!.members, swarm.limits, hasSetAside), service), service };
}
