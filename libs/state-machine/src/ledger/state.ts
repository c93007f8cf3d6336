import type { Hasher } from '../hash.js';
import { noHash } from './block.js';
import type { Block, Transaction } from './block.js';
import { BlockLog } from './block-log.js';
import { readRecord, writeRecord } from './records.js';

const stateSeed = 0x1ed6;

/** What a ledger holds. */
export class LedgerState {
  readonly log = new BlockLog();
  /** Header and hash of the newest block. */
  head: Block | undefined;
  /** Of all closed blocks. */
  transactions = 0;
  /** Of the block that is open, and their leaves in its tree. */
  readonly pending: Transaction[] = [];
  readonly leaves: Uint8Array[] = [];

  append(block: Block): void {
    const record = writeRecord(block);
    this.log.append(record);
    this.head = readRecord(record, true);
    this.transactions += block.count;
  }

  /** What equal ledgers share, and others do not. */
  hashInto(hasher: Hasher): void {
    hasher.begin(stateSeed);
    hasher.integer(this.log.count);
    hasher.bytes(this.head?.hash ?? noHash);
    for (const leaf of this.leaves) hasher.bytes(leaf);
    hasher.end();
  }
}
