import { castVotes } from './normal-case.js';
import { persist } from './durability.js';
import type { StandingRecord } from './records.js';
import type { Pbft } from './state.js';
import type { Sequence } from './statements.js';

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
 */
export function standingRecord(pbft: Pbft): StandingRecord {
  const { floor, founders } = pbft;
  return { kind: 'standing', standing: pbft.standing === 'recovering' ? 'recovering' : 'active', floor, founders };
}

export function stand(pbft: Pbft, standing: 'active' | 'recovering', floor: Sequence): void {
  pbft.standing = standing;
  pbft.floor = floor;
  persist(pbft, standingRecord(pbft));
  pbft.out.observe({ kind: 'standing', standing, floor, view: pbft.view });
}

/** The stable checkpoint has risen: is everything that the former life may have signed below it? */
export function considerRejoining(pbft: Pbft): void {
  if (pbft.standing !== 'recovering' || pbft.low < pbft.floor) return;
  stand(pbft, 'active', 0);
  for (const slot of pbft.log.all) castVotes(pbft, slot);
}
