import { Hasher } from '../hash.js';
import { PageReader, PageWriter } from '../pages.js';
import type { SnapshotTarget } from '../state-machine.js';
import { leafHash, transactionSize, writeTransaction } from './block.js';
import type { Sha256, Transaction } from './block.js';
import type { BlockLog } from './block-log.js';
import { ChainVerifier } from './chain.js';
import { ledgerLimits } from './operations.js';
import { readRecord, readTransaction, recordMost } from './records.js';
import { LedgerState } from './state.js';

/** Pages of a ledger begin with it: it tells them from the key-value store's, and from those of a later version. */
export const ledgerPageFormat = 2;

// Stream: number of blocks, of pending transactions, hash; then each block's record and each pending transaction, behind their
// lengths. Pages are full but the last one. So equal ledgers have equal pages.
const headerBytes = 20;

/** The pages of a ledger as it is now: what it holds of memory is a page and the transactions of one block. */
export function ledgerPages(state: LedgerState, hasher: Hasher): Iterator<Uint8Array> {
  state.hashInto(hasher);
  const writer = new PageWriter(ledgerPageFormat);
  writer.integer(state.log.count);
  writer.uint32(state.pending.length);
  writer.uint32(hasher.low);
  writer.uint32(hasher.high);
  return pagesOf(writer, state.log, state.log.count, state.pending.slice());
}

function* pagesOf(
  writer: PageWriter,
  log: BlockLog,
  count: number,
  pending: readonly Transaction[],
): Generator<Uint8Array, undefined> {
  for (let i = 0; i < count; i++) {
    writeItem(writer, log.at(i));
    while (writer.hasPage) yield writer.take();
  }
  for (const transaction of pending) {
    const bytes = new Uint8Array(transactionSize(transaction));
    writeTransaction(transaction, bytes, 0);
    writeItem(writer, bytes);
    while (writer.hasPage) yield writer.take();
  }
  if (!writer.isEmpty) yield writer.take();
  return undefined;
}

function writeItem(writer: PageWriter, bytes: Uint8Array): void {
  writer.uint32(bytes.length);
  writer.bytes(bytes);
}

interface Expected {
  readonly blocks: number;
  readonly pending: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Builds a ledger aside and computes its whole chain again: no replica serves blocks that it has not checked. Without a page it is
 * an empty ledger.
 */
export class LedgerTarget implements SnapshotTarget {
  private readonly state = new LedgerState();
  private readonly reader = new PageReader(ledgerPageFormat);
  private readonly verifier: ChainVerifier;
  private expected: Expected | undefined;
  private hasPages = false;

  constructor(
    private readonly sha256: Sha256,
    private readonly handOver: (state: LedgerState) => void,
  ) {
    this.verifier = new ChainVerifier(sha256);
  }

  page(bytes: Uint8Array): void {
    const { reader } = this;
    this.hasPages = true;
    reader.push(bytes);
    if (this.expected === undefined && reader.available >= headerBytes) {
      this.expected = { blocks: reader.integer(), pending: reader.uint32(), low: reader.uint32() | 0, high: reader.uint32() | 0 }; // prettier-ignore
      requireSound(this.expected);
    }
    if (this.expected !== undefined) while (this.readItem(this.expected));
  }

  get isEmpty(): boolean {
    return !this.hasPages;
  }

  hash(): string {
    const hasher = new Hasher();
    this.state.hashInto(hasher);
    return hasher.toString();
  }

  finish(): void {
    this.check();
    this.handOver(this.state);
  }

  /** Throws unless all is there and right. */
  check(): void {
    const { state, expected, reader, hasPages } = this;
    if (!hasPages) return;
    if (expected === undefined || reader.available > 0) throw new Error('a snapshot whose ledger is not whole');
    const isWhole = state.log.count === expected.blocks && state.pending.length === expected.pending;
    if (!isWhole) throw new Error('a snapshot whose ledger is not whole');
    const hasher = new Hasher();
    state.hashInto(hasher);
    if (hasher.low === expected.low && hasher.high === expected.high) return;
    throw new Error('a snapshot whose ledger does not have the hash that it states');
  }

  /** Whether the next item was whole. */
  private readItem({ blocks, pending }: Expected): boolean {
    const { reader, state } = this;
    if (reader.available < 4) return false;
    const length = reader.peekUint32(0);
    if (length > recordMost) throw new Error(`a snapshot of a ledger with an item of ${length} bytes`);
    if (reader.available < 4 + length) return false;
    reader.take(4);
    const item = reader.take(length);
    if (state.log.count < blocks) this.takeBlock(item);
    else if (state.pending.length < pending) this.takePending(item);
    else throw new Error('a snapshot with more of a ledger than it states');
    return true;
  }

  private takeBlock(record: Uint8Array): void {
    const block = readRecord(record);
    const fault = this.verifier.take(block);
    if (fault !== undefined) throw new Error(`a snapshot of a ledger whose block ${this.verifier.next} has a wrong ${fault}`); // prettier-ignore
    this.state.append(block);
  }

  private takePending(bytes: Uint8Array): void {
    const { author, time, data } = readTransaction(bytes);
    const transaction = { author: author.slice(), time, data: data.slice() };
    this.state.pending.push(transaction);
    this.state.leaves.push(leafHash(this.sha256, transaction).slice());
  }
}

function requireSound({ blocks, pending }: Expected): void {
  if (pending >= ledgerLimits.blockTransactions) throw new Error('a snapshot of a ledger whose open block is full');
  if (blocks === 0 && pending === 0) throw new Error('a snapshot with pages of an empty ledger');
}
