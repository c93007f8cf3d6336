import { Hasher } from '../hash.js';
import type { SnapshotTarget, StateMachine } from '../state-machine.js';
import { blockHash, leafHash, noHash, utf8 } from './block.js';
import type { Block, BlockHeader, Sha256 } from './block.js';
import { ledgerPages, LedgerTarget } from './ledger-snapshot.js';
import { merkleRoot } from './merkle.js';
import { ledgerLimits } from './operations.js';
import type {
  AskBlocks,
  Blocks,
  Cut,
  Head,
  LedgerCodec,
  LedgerErrorCode,
  LedgerOperation,
  LedgerQuery,
  LedgerResult,
  Submit,
} from './operations.js';
import { readRecord, recordMost } from './records.js';
import { LedgerState } from './state.js';
import { agreedTime } from './time.js';

/**
 * A hash-chained ledger: transactions gather in a block, which is closed when it is full or by a cut. Every block names the
 * hash of the one before, so whoever knows one hash can check all that was written up to it, and nothing can be taken out or put
 * in afterwards. All blocks are kept.
 *
 * Replicas compute the same blocks because a block is a function of the operations in the log alone: who submitted what, in
 * which order, and what each said about the time.
 */
export class Ledger implements StateMachine {
  private state = new LedgerState();
  private readonly hasher = new Hasher();

  constructor(
    private readonly codec: LedgerCodec,
    private readonly sha256: Sha256,
    /** Replicas decide by it, so it must be the same on all of them. */
    private readonly ledgerBytes: number = ledgerLimits.ledgerBytes,
  ) {}

  /** Nothing was ever written. */
  get isEmpty(): boolean {
    return this.state.log.count === 0 && this.state.pending.length === 0;
  }

  /** Closed blocks. */
  get height(): number {
    return this.state.log.count;
  }

  apply(operation: Uint8Array, _index: number, user: string): Uint8Array {
    let decoded: LedgerOperation | undefined;
    try {
      decoded = this.codec.decodeOperation(operation);
    } catch {
      return this.error('malformed');
    }
    if (decoded === undefined) return this.error('unknown');
    const author = utf8(user);
    if (author.length > ledgerLimits.authorBytes) return this.error('authorInvalid');
    if (!isTime(decoded.time)) return this.error('timeInvalid');
    const result = decoded.kind === 'submit' ? this.submit(decoded, author) : this.cut(decoded, author);
    return this.codec.encodeResult(result);
  }

  query(operation: Uint8Array): Uint8Array {
    let query: LedgerQuery | undefined;
    try {
      query = this.codec.decodeQuery(operation);
    } catch {
      return this.error('malformed');
    }
    if (query === undefined) return this.error('unknown');
    return this.codec.encodeResult(query.kind === 'head' ? this.head() : this.blocks(query));
  }

  hash(): string {
    this.state.hashInto(this.hasher);
    return this.hasher.toString();
  }

  /** None of an empty ledger. */
  snapshot(): Iterator<Uint8Array> {
    return this.isEmpty ? [][Symbol.iterator]() : ledgerPages(this.state, this.hasher);
  }

  restore(): LedgerTarget & SnapshotTarget {
    return new LedgerTarget(this.sha256, (state) => (this.state = state));
  }

  private submit({ data, time }: Submit, author: Uint8Array): LedgerResult {
    const { log, pending, leaves } = this.state;
    if (data.length === 0) return { kind: 'error', code: 'empty' };
    if (data.length > ledgerLimits.transactionBytes) return { kind: 'error', code: 'tooLarge' };
    // As if the open block were as large as any: then there is always room to close it.
    if (log.bytes + recordMost > this.ledgerBytes) return { kind: 'error', code: 'full' };
    const transaction = { author, time, data: data.slice() };
    const [height, position] = [log.count + 1, pending.length];
    pending.push(transaction);
    leaves.push(leafHash(this.sha256, transaction).slice());
    const closed = pending.length === ledgerLimits.blockTransactions;
    if (closed) this.close(author, time);
    return { kind: 'submitted', height, position, closed };
  }

  private cut({ height, time }: Cut, author: Uint8Array): LedgerResult {
    const { log, pending } = this.state;
    const byThis = height === log.count + 1 && pending.length > 0;
    if (byThis) this.close(author, time);
    if (height === 0 || height > log.count) return { kind: 'error', code: 'nothingToCut' };
    return { kind: 'cut', height, hash: readRecord(log.at(height - 1), true).hash, byThis };
  }

  private close(proposer: Uint8Array, proposerTime: number): void {
    const { state, sha256 } = this;
    const transactions = state.pending.splice(0);
    const header: BlockHeader = {
      height: state.log.count + 1,
      previous: state.head?.hash ?? noHash,
      root: merkleRoot(sha256, state.leaves.splice(0)),
      time: agreedTime({ proposer, proposerTime, transactions }, state.head?.time),
      proposer,
      proposerTime,
      count: transactions.length,
    };
    state.append({ ...header, hash: blockHash(sha256, header), transactions });
  }

  private head(): Head {
    const { head, transactions, pending } = this.state;
    return { kind: 'head', head, transactions, pending: pending.length };
  }

  private blocks({ from, limit, headersOnly }: AskBlocks): Blocks {
    const { log } = this.state;
    const most = Math.min(limit || ledgerLimits.queryBlocks, ledgerLimits.queryBlocks);
    const blocks: Block[] = [];
    let bytes = 0;
    for (let height = Math.max(1, from); height <= log.count; height++) {
      const record = log.at(height - 1);
      bytes += headersOnly ? 0 : record.length;
      if (blocks.length === most || (blocks.length > 0 && bytes > ledgerLimits.queryBytes)) {
        return { kind: 'blocks', blocks, more: true };
      }
      blocks.push(readRecord(record, headersOnly));
    }
    return { kind: 'blocks', blocks, more: false };
  }

  /** An operation or a query is refused. */
  error(code: LedgerErrorCode): Uint8Array {
    return this.codec.encodeResult({ kind: 'error', code });
  }
}

function isTime(time: number): boolean {
  return Number.isSafeInteger(time) && time >= 0 && time <= ledgerLimits.time;
}
