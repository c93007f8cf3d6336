import type { Address } from '@synod/actor';
import type { AnyVote, View } from './statements.js';

/**
 * Votes for a view that has not begun here: after a view change the others' votes overtake the new view. A few of each member;
 * whatever is dropped is sent again when our status shows that it is missing.
 */
export class EarlyVotes {
  private readonly bySigner = new Map<Address, AnyVote[]>();

  constructor(private readonly mostOfEach: number) {}

  get size(): number {
    let size = 0;
    for (const votes of this.bySigner.values()) size += votes.length;
    return size;
  }

  /** `present`: the view that this replica is in, or on its way to. What was for an earlier one is of no use any more. */
  put(vote: AnyVote, present: View): void {
    const votes = (this.bySigner.get(vote.signer) ?? []).filter(({ statement }) => statement.view >= present);
    if (votes.length < this.mostOfEach) votes.push(vote);
    this.bySigner.set(vote.signer, votes);
  }

  /** Those for the view that begins. */
  take(view: View): readonly AnyVote[] {
    const taken: AnyVote[] = [];
    for (const [signer, votes] of this.bySigner) {
      taken.push(...votes.filter(({ statement }) => statement.view === view));
      const later = votes.filter(({ statement }) => statement.view > view);
      if (later.length > 0) this.bySigner.set(signer, later);
      else this.bySigner.delete(signer);
    }
    return taken;
  }
}
