import type { Address } from '@synod/actor';
import type { Digest, NewViewClaim, Signed, View, ViewChangeClaim } from './statements.js';

/**
 * New views that wait for view changes which they name: the last one of each signer, and of what they name what came for it.
 * Nothing is kept that none of them names any more, so a primary that signs one new view after the other fills no memory.
 */
export class PendingNewViews {
  private readonly bySigner = new Map<Address, Signed<NewViewClaim>>();
  private readonly viewChanges = new Map<Digest, Signed<ViewChangeClaim>>();

  /** New views. */
  get size(): number {
    return this.bySigner.size;
  }

  /** View changes. */
  get named(): number {
    return this.viewChanges.size;
  }

  get all(): readonly Signed<NewViewClaim>[] {
    return [...this.bySigner.values()];
  }

  put(newView: Signed<NewViewClaim>): void {
    this.bySigner.set(newView.signer, newView);
    this.prune();
  }

  remove({ signer }: Signed<NewViewClaim>): void {
    this.bySigner.delete(signer);
    this.prune();
  }

  /** Those to `view` or later stay. */
  removeBelow(view: View): void {
    for (const [signer, { statement }] of this.bySigner) if (statement.view < view) this.bySigner.delete(signer);
    this.prune();
  }

  names(digest: Digest): boolean {
    return this.all.some(({ statement }) => statement.viewChanges.some((named) => named.digest === digest));
  }

  /** Of a view change that one of them names. */
  keep(digest: Digest, viewChange: Signed<ViewChangeClaim>): void {
    this.viewChanges.set(digest, viewChange);
  }

  viewChange(digest: Digest): Signed<ViewChangeClaim> | undefined {
    return this.viewChanges.get(digest);
  }

  private prune(): void {
    for (const digest of this.viewChanges.keys()) if (!this.names(digest)) this.viewChanges.delete(digest);
  }
}
