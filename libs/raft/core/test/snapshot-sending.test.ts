import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { Message, RaftVocabulary } from '@synod/raft-core';
import type { Effect } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';

const snapshot = { index: 10, era: 1 };
const totalBytes = 100 * 1024 * 1024;
const { chunkBytes, chunksInFlight } = defaultLimits;

type Effects = readonly Effect<RaftVocabulary>[];

/** The leader of term 2, whose log begins behind a snapshot of 100 MiB. */
function leader(): RaftReplica {
  const replica = new RaftReplica(
    {
      self: 'r1',
      members: ['r1', 'r2', 'r3'],
      everyone: 'replicas',
      electionTimeout: { minMs: 150, maxMs: 300 },
      heartbeatMs: 50,
      limits: defaultLimits,
    },
    { hash: () => '' } as ReplicatedService,
  );
  const hardState = {
    kind: 'hardState',
    term: 1,
    votedFor: undefined,
    clusterId: 7,
    floor: 0,
    standing: 'active',
  } as const;
  const record = { kind: 'snapshotMark', snapshot, sizeBytes: totalBytes, hardState } as const;
  replica.step({ at: 0, kind: 'recover', record });
  const restoring = replica.step({ at: 0, kind: 'recovered', tail: 'clean', empty: false, incarnation: 9 });
  const { id } = restoring.find((effect) => effect.kind === 'installSnapshot')!;
  replica.step({ at: 1, kind: 'snapshotInstalled', id, ok: true });
  replica.step({ at: 1000, kind: 'timeout', timer: 'election' });
  hear(replica, 'r2', { kind: 'requestVoteReply', phase: 'preVote', term: 2, granted: true });
  replica.step({ at: 1001, kind: 'persisted', token: 1 });
  hear(replica, 'r2', { kind: 'requestVoteReply', phase: 'vote', term: 2, granted: true });
  expect(replica.inspect().role).toBe('leader');
  return replica;
}

function hear(replica: RaftReplica, from: string, message: Message): Effects {
  return replica.step({ at: 1002, kind: 'receive', from, message });
}

function readsIn(effects: Effects): { id: number; offset: number }[] {
  return effects.flatMap((effect) => (effect.kind === 'readChunk' ? [{ id: effect.id, offset: effect.offset }] : []));
}

/** r3 has nothing; the first chunk is on its way to it. */
function sendFirst(replica: RaftReplica): void {
  const outcome = { kind: 'conflict', prevIndex: 10, hintIndex: 0, hintTerm: 0, lastIndex: 0 } as const;
  const [first] = readsIn(
    hear(replica, 'r3', { kind: 'appendEntriesReply', term: 2, round: 0, voting: true, outcome }),
  );
  expect(first!.offset).toBe(0);
  const chunk = { snapshot, offset: 0, totalBytes, bytes: new Uint8Array(chunkBytes), checksum: 0 };
  const next = readsIn(replica.step({ at: 1003, kind: 'chunkRead', id: first!.id, chunk }));
  expect(next).toHaveLength(chunksInFlight - 1);
}

function holds(heldBytes: number): Message {
  return { kind: 'installSnapshotReply', term: 2, snapshot, heldBytes, state: 'receiving' };
}

test('a new leader goes on where the one before was interrupted, within its window', () => {
  const replica = leader();
  sendFirst(replica);
  const held = totalBytes / 2;
  const offsets = readsIn(hear(replica, 'r3', holds(held))).map(({ offset }) => offset);
  expect(offsets).toEqual(Array.from({ length: chunksInFlight }, (_, i) => held + i * chunkBytes));
});

test.each([totalBytes, 2 ** 53 - 1])('a follower that claims to hold %d bytes is sent nothing', (heldBytes) => {
  const replica = leader();
  sendFirst(replica);
  expect(readsIn(hear(replica, 'r3', holds(heldBytes)))).toEqual([]);
});
