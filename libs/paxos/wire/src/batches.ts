import { DecodeError, decodeEntryBatch, logLimits } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import { ballotOf } from './ballots.js';

/** A batch whose era is a ballot. The entries' bytes are views of `bytes`, which must not change any more. */
export function decodePaxosBatch(bytes: Uint8Array, budget?: number): EntryBatch {
  const batch = decodeEntryBatch(bytes, budget);
  ballotOf(batch.era);
  return batch;
}

/** The batches of one message, ascending; together they may hold as many entries as one. */
export class Batches {
  readonly list: EntryBatch[] = [];
  private entries = 0;

  /** Copies what it keeps. */
  add(bytes: Uint8Array): EntryBatch {
    const batch = decodePaxosBatch(new Uint8Array(bytes), logLimits.entries - this.entries);
    if (batch.first <= this.last) throw new DecodeError(`a batch at slot ${batch.first} after slot ${this.last}`);
    this.entries += batch.entries.length;
    this.list.push(batch);
    return batch;
  }

  get first(): number {
    return this.list.length === 0 ? 0 : this.list[0]!.first;
  }

  get last(): number {
    return this.list.length === 0 ? 0 : this.list[this.list.length - 1]!.last;
  }

  /** Ascending, without overlaps: contiguous when there are as many slots as entries. */
  requireContiguous(): void {
    if (this.list.length > 0 && this.last - this.first + 1 !== this.entries) {
      throw new DecodeError('batches with a gap between their slots');
    }
  }

  static of(encoded: readonly Uint8Array[]): Batches {
    const batches = new Batches();
    for (const bytes of encoded) batches.add(bytes);
    return batches;
  }
}
