import type { Address } from '@synod/actor';
import type { Proposer } from './state.js';

/*
 * Acceptors that all lost their disks found a group anew when no proposer's word reaches them (README, departure 2). A proposer of
 * the group before hears of that when it asks who would promise. What it has was chosen by acceptors that are gone: no round confirms
 * it any more, and the group that has their names decides otherwise. So it serves nobody, not even what it knows to be decided, and
 * tells nobody that its group is there, until people have emptied its disk or brought the acceptors' disks back.
 */

/** An acceptor has answered in this life, as one of our group or of another one. */
export function noteGroupOf(proposer: Proposer, acceptor: Address, clusterId: number): void {
  const was = isOutlived(proposer);
  if (clusterId === proposer.clusterId) proposer.ofOthers.delete(acceptor);
  else proposer.ofOthers.add(acceptor);
  if (!was && isOutlived(proposer)) proposer.out.observe({ kind: 'outlived', by: clusterId });
}

/** So many acceptors are of another group that no quorum of ours is left, of neither kind. */
export function isOutlived({ sets, chosen, ofOthers }: Proposer): boolean {
  if (ofOthers.size === 0 || sets === undefined) return false;
  const { acceptors, phase1, phase2 } = sets.at(chosen.through + 1);
  const ours = acceptors.filter(({ address }) => !ofOthers.has(address));
  return ours.length < Math.min(phase1, phase2);
}
