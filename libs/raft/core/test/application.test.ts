import { EntryBatch } from '@synod/log';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { ReplicatedService } from '@synod/state-machine';

const applied: number[] = [];

const service = {
  apply(index: number) {
    applied.push(index);
    return new Uint8Array(0);
  },
} as unknown as ReplicatedService;

/** A follower in term 1 that may apply one entry of 1000 bytes in a turn. */
function follower(): RaftReplica {
  const replica = new RaftReplica(
    {
      self: 'r2',
      members: ['r1', 'r2', 'r3'],
      everyone: 'replicas',
      electionTimeout: { minMs: 150, maxMs: 300 },
      heartbeatMs: 50,
      limits: { ...defaultLimits, applyBytes: 1000 },
    },
    service,
  );
  const record = {
    kind: 'hardState',
    term: 1,
    votedFor: undefined,
    clusterId: 7,
    floor: 0,
    standing: 'active',
  } as const;
  replica.step({ at: 0, kind: 'recover', record });
  replica.step({ at: 0, kind: 'recovered', tail: 'clean', empty: false, incarnation: 9 });
  return replica;
}

/** The leader sends entry `index`, which is committed. */
function receive(replica: RaftReplica, index: number) {
  const batch = new EntryBatch(1, index, [{ kind: 'request', from: 'c', bytes: new Uint8Array(1000) }], 1048);
  const place = { prevIndex: index - 1, prevTerm: index === 1 ? 0 : 1, commit: index, round: 0 };
  const message = { kind: 'appendEntries', term: 1, ...place, followers: ['r2'], batches: [batch] } as const;
  return replica.step({ at: 1, kind: 'receive', from: 'r1', message });
}

test('however many commits a turn brings, a bounded stretch is applied before the turn ends', () => {
  const replica = follower();
  const timers = [1, 2, 3].map((index) => receive(replica, index).filter(({ kind }) => kind === 'startTimer').length);
  expect(applied).toEqual([1]);
  expect(timers[0]).toBeGreaterThan(0);
  replica.step({ at: 1, kind: 'timeout', timer: 'apply' });
  expect(applied).toEqual([1, 2]);
  replica.step({ at: 1, kind: 'timeout', timer: 'apply' });
  expect(applied).toEqual([1, 2, 3]);
  // Nothing is left: the next turn begins with the whole budget.
  replica.step({ at: 1, kind: 'timeout', timer: 'apply' });
  receive(replica, 4);
  expect(applied).toEqual([1, 2, 3, 4]);
});
