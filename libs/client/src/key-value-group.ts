import { Group, type ReadOptions, type WriteOptions } from './group.js';
import * as codec from './key-value-codec.js';
import type {
  Bytes,
  CompareAndSetAnswer,
  Entry,
  GetAnswer,
  RangeAnswer,
  RangeQuery,
  Transaction,
  TransactionAnswer,
  WriteAnswer,
} from './key-value.js';
import { Backup } from './backup/backup.js';
import { Ledger } from './ledger/ledger.js';

/** A group with the state machine of Synod's own services: a key-value store, and a ledger beside it. */
export class KeyValueGroup extends Group {
  private ledgerOfGroup: Ledger | undefined;
  private backupOfGroup: Backup | undefined;

  /** Transactions in blocks that are chained by their hashes. */
  get ledger(): Ledger {
    return (this.ledgerOfGroup ??= new Ledger(this, this.settings.surroundings));
  }

  /** Saves the group's state, and restores one into an empty group: for the admin. */
  get backup(): Backup {
    return (this.backupOfGroup ??= new Backup(this));
  }

  override stop(): void {
    super.stop();
    this.ledgerOfGroup?.stop();
  }

  get(key: Bytes, options: ReadOptions = {}): Promise<GetAnswer> {
    return this.read(() => codec.encodeGet(key), codec.decodeGet, options);
  }

  put(key: Bytes, value: Bytes, options: WriteOptions = {}): Promise<WriteAnswer> {
    return this.write(() => codec.encodePut(key, value), codec.decodeWritten, options);
  }

  delete(key: Bytes, options: WriteOptions = {}): Promise<WriteAnswer> {
    return this.write(() => codec.encodeDelete(key), codec.decodeWritten, options);
  }

  /**
   * Writes `value`, or deletes the key when it is undefined, if the key's revision is the expected one; 0: only if there
   * is no such key. Otherwise nothing is changed, and the answer says `succeeded: false` and the present revision.
   */
  compareAndSet(
    key: Bytes,
    expectedRevision: number,
    value: Bytes | undefined,
    options: WriteOptions = {},
  ): Promise<CompareAndSetAnswer> {
    const encode = () => codec.encodeCompareAndSet(key, expectedRevision, value);
    return this.write(encode, codec.decodeCompareAndSet, options);
  }

  /** Several steps at once, all or none, depending on conditions. */
  transaction(transaction: Transaction, options: WriteOptions = {}): Promise<TransactionAnswer> {
    return this.write(() => codec.encodeTransaction(transaction), codec.decodeTransaction, options);
  }

  /** One page of keys. */
  range(query: RangeQuery = {}, options: ReadOptions = {}): Promise<RangeAnswer> {
    return this.read(() => codec.encodeRange(query), codec.decodeRange, options);
  }

  /** All of a range, page by page. Each page is read at its own moment. */
  async *scan(query: Omit<RangeQuery, 'startAfter'> = {}, options: ReadOptions = {}): AsyncGenerator<Entry> {
    let page = await this.range(query, options);
    for (;;) {
      yield* page.entries;
      const last = page.entries.at(-1);
      if (!page.more || last === undefined) return;
      page = await this.range({ ...query, startAfter: last.key }, options);
    }
  }
}
