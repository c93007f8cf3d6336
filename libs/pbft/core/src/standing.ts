import { invariant } from '@synod/actor';
import { voteForCheckpoints } from './checkpoints.js';
import { castVotes } from './normal-case.js';
import { persist } from './durability.js';
import type { StandingRecord } from './records.js';
import type { Pbft } from './state.js';
import type { Sequence, View } from './statements.js';

/*
 * Who may sign (README, departure 7). The paper assumes that replicas remember what they said. One with an empty journal
 * cannot know whether it is new or has lost its disk, and one that signs again as its old self is as good as an adversary.
 *
 * A replica that lost its disk counts among the f faulty ones, and signs nothing until its own stable checkpoint is at or above
 * `floor`. Why nothing it then signs contradicts its former life:
 *
 *   The former life signed about sequences up to its own h + L only. Its h was proven by a quorum of checkpoint votes; at most
 *   f of those were of faulty members, itself included, so at least quorum - f, which is more than f, correct others had
 *   executed through h. It waits for the answers of n - 1 - f others, so one of those is among them. That one was at most L
 *   beyond its own stable checkpoint, which it proves. So h ≤ highest proven + L, and everything signed is at or below
 *   floor = highest proven + 2L. Nobody can raise the floor by lying, since each answer carries its proof.
 *
 *   Its view changes show what prepared above its stable checkpoint, hence above the floor, hence in this life only: nothing is
 *   left out that its former life prepared. As a new primary it counts its own view change, so it proposes above the floor only.
 *
 *   A view change also promises to vote in no older view, and one of the former life may turn up at any time. Say the highest
 *   view that it asked for was w. It asked when a quorum had come as far as w - 1, or f + 1 others had come to w; who of them
 *   came there first did so by the first reason. So at least quorum - f correct others had come to w - 1, and of those two at
 *   least are in any quorum of others that commits in a view v something that is beyond the floor, hence was not on its way
 *   before the loss. A correct replica does not go back: w ≤ v + 1. Having seen such a quorum it prepares and commits in
 *   `firstView` = v + 1 and later; in v it signs checkpoints, answers clients and changes views as everybody does.
 */
export function standingRecord(pbft: Pbft): StandingRecord {
  const { standing, floor, firstView, founders } = pbft;
  invariant(standing !== 'lost', 'who lost its data says so in no record: it would be taken for new');
  return { kind: 'standing', standing, floor, firstView, founders };
}

export function stand(pbft: Pbft, standing: 'active' | 'recovering', floor: Sequence, firstView: View): void {
  pbft.standing = standing;
  pbft.floor = floor;
  pbft.firstView = firstView;
  persist(pbft, standingRecord(pbft));
  pbft.out.observe({ kind: 'standing', standing, floor, view: pbft.view });
}

/** The stable checkpoint has risen, or something is committed: is everything that the former life may have signed behind us? */
export function considerRejoining(pbft: Pbft): void {
  if (pbft.standing !== 'recovering' || pbft.low < pbft.floor) return;
  // What is below the floor may have been on its way before the loss, and come late or again: in a view long left.
  const views = [...pbft.log.all].flatMap(({ sequence, committed, prepared }) =>
    sequence > pbft.floor && committed !== undefined ? prepared!.certificate.proposal.statement.view : [],
  );
  if (views.length === 0) return;
  stand(pbft, 'active', 0, Math.min(...views) + 1);
  for (const slot of pbft.log.all) castVotes(pbft, slot);
  voteForCheckpoints(pbft);
}
