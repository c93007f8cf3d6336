import type { Address, Chunk, SnapshotId } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { AppendEntries } from './messages.js';
import type { Raft } from './state.js';

/*
 * A follower that lacks what is committed is given it by the leader, which finds out how much that is (replication.ts,
 * snapshots.ts). Here the follower notes that, so that it can say once, and not with every message, what it is given and why.
 */
export interface CatchUp {
  readonly from: Address;
  readonly through: LogIndex;
  readonly snapshot: SnapshotId | undefined;
}

/**
 * An append follows entries that our log does not reach. Of what is not committed another leader may know nothing; but who lost
 * its disk lacks that, too.
 */
export function noteMissing(raft: Raft, from: Address, { prevIndex, commit }: AppendEntries): void {
  const isLost = raft.standing === 'recovering';
  const first = raft.log.lastIndex + 1;
  const last = isLost ? Math.max(prevIndex, commit) : commit;
  if (last < first || raft.catchUp?.from === from) return;
  raft.catchUp = { from, through: last, snapshot: undefined };
  raft.out.observe({ kind: 'catchingUp', from, first, last, why: isLost ? 'diskLost' : 'logBehind' });
}

/** A chunk of a snapshot came: the entries that it stands for are cut away at the leader. */
export function noteSnapshot(raft: Raft, from: Address, { snapshot, totalBytes: sizeBytes }: Chunk): void {
  const known = raft.catchUp;
  if (known?.from === from && known.snapshot?.index === snapshot.index && known.snapshot.era === snapshot.era) return;
  raft.catchUp = { from, through: Math.max(snapshot.index, known?.through ?? 0), snapshot };
  const why = raft.standing === 'recovering' ? 'diskLost' : 'logBehindSnapshot';
  const first = raft.commitIndex + 1;
  raft.out.observe({ kind: 'snapshotReceiving', snapshot, from, first, sizeBytes, why });
}

/** Our log agrees with the leader's through `index`. */
export function noteReached(raft: Raft, index: LogIndex): void {
  if (raft.catchUp === undefined || index < raft.catchUp.through) return;
  raft.catchUp = undefined;
  raft.out.observe({ kind: 'caughtUp', index });
}
