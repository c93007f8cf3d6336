import type { LogIndex } from '@synod/log';
import { fail } from './claims.js';
import type { Watched } from './group-view.js';

/** What a client numbered once is executed at one position of the log, by whichever replica, in whichever life. */
export class AppliedOnce {
  private readonly positions = new Map<string, LogIndex>();
  /** In the step under way, whose entries may not be in our view of the log yet. */
  private readonly applied: LogIndex[] = [];

  /** A step begins; the last one may have been cut short by a crash. */
  stepping(): void {
    this.applied.length = 0;
  }

  apply(index: LogIndex): void {
    if (this.applied[this.applied.length - 1] !== index) this.applied.push(index);
  }

  stepped({ address, written }: Watched): void {
    for (const index of this.applied.splice(0)) {
      const batch = written.at(index)?.batch;
      if (batch === undefined) continue;
      const known = this.positions.get(batch);
      if (known === undefined) this.positions.set(batch, index);
      else if (known !== index)
        fail('appliedOnce', `${address} applies ${batch} at ${index}; it was applied at ${known}`);
    }
  }
}
