import { fail } from './claims.js';
import type { Watched } from './group-view.js';

/** Whoever applied the same entries has the same state. Looked at whenever something was applied or restored. */
export class States {
  private readonly hashes: string[] = [];

  stepped({ address, now, before }: Watched, hash: () => string): void {
    const { lastApplied } = now;
    const moved = lastApplied !== before.lastApplied || (before.installing && !now.installing);
    if (!moved || lastApplied === 0 || now.installing) return;
    const state = hash();
    const known = this.hashes[lastApplied];
    if (known === undefined) this.hashes[lastApplied] = state;
    else if (known !== state)
      fail('sameState', `${address} applied through ${lastApplied} and has state ${state}; others had ${known}`);
  }
}
