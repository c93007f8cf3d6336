import type { SnapshotId } from '@synod/actor';
import type { EntryBatch, LogIndex } from '@synod/log';
import type { Log } from './log.js';

/**
 * Rebuilds the log from the journal's records, which a cut may have bereft of their beginning. Then the first entry that is
 * left serves as the base, because the term of the one before it is not known any more. The cut was made for a snapshot
 * whose mark comes later; what earlier marks and truncations say about the missing part does not matter.
 */
export class LogRecovery {
  /** The base is an entry that the journal holds, so a truncation may void it. */
  private provisional = false;
  /** A truncation voided the provisional base: the next entries begin anew. */
  private voided = false;
  /** The latest mark, whether the log began behind it or not. */
  private mark: SnapshotId | undefined;

  constructor(private readonly log: Log) {}

  entries(batch: EntryBatch): void {
    const { log } = this;
    if (this.voided || batch.first > log.lastIndex + 1) {
      log.reset({ index: batch.first, era: batch.era });
      this.provisional = true;
      this.voided = false;
    }
    if (batch.last > log.lastIndex) log.append(batch.from(log.lastIndex + 1));
  }

  truncate(from: LogIndex): void {
    const { log, mark } = this;
    if (!this.provisional || from > log.base.index) return log.truncate(Math.max(from, log.base.index + 1));
    if (mark === undefined) this.voided = true;
    else this.beginAt(mark); // the mark took the place of a longer log: what is left of that is void
  }

  snapshot(mark: SnapshotId): void {
    const { log } = this;
    this.mark = mark;
    log.bytesSinceSnapshot = 0;
    if (this.provisional && !this.voided && mark.index < log.base.index) return;
    if (!this.voided && log.termAt(mark.index) === mark.era) return;
    this.beginAt(mark);
  }

  private beginAt(mark: SnapshotId): void {
    this.log.reset(mark);
    this.provisional = false;
    this.voided = false;
  }
}
