import type { Address } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import { adoptTerm, persistHardState } from './durability.js';
import { becomeCandidate, becomeFollower } from './election.js';
import type { AppendEntries, Rejoin } from './messages.js';
import type { Raft } from './state.js';

/*
 * A replica that lost its disk (README, "Departures"). Its former life may have voted, and may have acknowledged entries
 * that are committed only because of that. So it takes entries, but counts for nothing, until it holds an entry that was
 * committed in a term above `floor`: the highest term that any other member knew after the loss.
 *
 *   Votes: every candidate the former life may have voted for is another member, which had its term on disk before it
 *   asked. So all those terms are ≤ floor, and this life votes only above.
 *   Entries: a leader of a term above floor was elected without this replica, by a majority that intersects, in another
 *   member, every majority that committed an entry with the former life's acknowledgement. So its log holds them all, and
 *   whoever agrees with its log through an entry of its own term holds them too.
 */

/** Somebody votes already: our disk was lost. All others must have told the terms that our former life may have voted in. */
export function considerLost(raft: Raft): void {
  const answers = [...raft.answers.values()];
  if (answers.length < raft.others.length) return;
  if (answers.some(({ standing }) => standing !== 'active' && standing !== 'formed')) return;
  const { clusterId } = answers.find(({ standing }) => standing === 'active')!;
  beginRecovering(raft, clusterId, Math.max(...answers.map(({ era }) => era)));
}

/** Every other member has answered: this life begins. The term is above none of theirs. */
function beginRecovering(raft: Raft, clusterId: number, floor: number): void {
  raft.standing = 'recovering';
  raft.clusterId = clusterId;
  raft.floor = floor;
  adoptTerm(raft, floor);
  persistHardState(raft);
  raft.out.observe({ kind: 'standing', standing: 'recovering', clusterId, term: floor });
}

/** An append was taken while recovering: is the loss made good? If only the term is too low, ask for a newer one. */
export function afterLostDisk(raft: Raft, leader: Address, message: AppendEntries, verified: LogIndex): void {
  const committed = Math.min(message.commit, verified);
  if ((raft.log.termAt(committed) ?? 0) > raft.floor) {
    raft.standing = 'active';
    raft.floor = 0;
    persistHardState(raft);
    raft.out.observe({ kind: 'standing', standing: 'active', clusterId: raft.clusterId, term: raft.currentTerm });
  } else if (message.term <= raft.floor && verified >= message.commit) {
    raft.out.send(leader, { kind: 'rejoin', floor: raft.floor });
  }
}

/**
 * A recovering follower has caught up and needs a leader of a newer term: the leader stands for election again.
 *
 * @paper departure from Raft; the election itself is §5.2
 */
export function onRejoin(raft: Raft, from: Address, message: Rejoin): void {
  if (raft.role.kind !== 'leader' || raft.role.handOver || raft.currentTerm > message.floor) return;
  becomeFollower(raft, undefined, 'steppedAside');
  becomeCandidate(raft, 'rejoin', message.floor + 1);
}
