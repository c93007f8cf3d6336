import { blockHash, equalBytes, leafHash, noHash } from './block.js';
import type { Block, Sha256 } from './block.js';
import { merkleRoot } from './merkle.js';
import { ledgerLimits } from './operations.js';
import { agreedTime } from './time.js';

/**
 * Why a block does not follow. `height`: not the next one. `previous`: it names another block before it. `count`: too many transactions,
 * none, or another number than its header states. `root`: its transactions are not those that its header covers.
 * `hash`: not that of its header. `time`: not what its authors' words give. `trusted`: not the block that is trusted.
 */
export type BlockFault = 'height' | 'previous' | 'count' | 'root' | 'hash' | 'time' | 'trusted';

/** A block whose hash is known from elsewhere. */
export interface TrustedBlock {
  readonly height: number;
  readonly hash: Uint8Array;
}

/**
 * Computes a chain again, block by block, from the first one or from one that is trusted. A chain is as good as the hash
 * that its last block is compared with: who can rewrite all blocks can make another one that is sound in itself.
 */
export class ChainVerifier {
  private last: { readonly height: number; readonly hash: Uint8Array; readonly time: number } | undefined;

  /** Of a chain that begins with a trusted block, that one is to be taken first. */
  constructor(
    private readonly sha256: Sha256,
    private readonly trusted?: TrustedBlock,
  ) {}

  /** The height that is to be taken next. */
  get next(): number {
    return this.last === undefined ? (this.trusted?.height ?? 1) : this.last.height + 1;
  }

  /** What is wrong with the next block; then it is not taken. */
  take(block: Block): BlockFault | undefined {
    const fault = this.faultOf(block);
    if (fault === undefined) this.last = { height: block.height, hash: block.hash.slice(), time: block.time };
    return fault;
  }

  private faultOf(block: Block): BlockFault | undefined {
    if (block.height !== this.next) return 'height';
    return this.contentFault(block) ?? (this.isBeginning ? this.trustFault(block) : this.linkFault(block));
  }

  private get isBeginning(): boolean {
    return this.trusted !== undefined && this.last === undefined;
  }

  private contentFault(block: Block): BlockFault | undefined {
    const { count, transactions, root, hash } = block;
    if (count < 1 || count > ledgerLimits.blockTransactions || transactions.length !== count) return 'count';
    const leaves = transactions.map((transaction) => leafHash(this.sha256, transaction));
    if (!equalBytes(merkleRoot(this.sha256, leaves), root)) return 'root';
    return equalBytes(blockHash(this.sha256, block), hash) ? undefined : 'hash';
  }

  /** Of the first block that is taken its time and the block before cannot be judged: the trusted hash covers them. */
  private trustFault({ hash }: Block): BlockFault | undefined {
    return equalBytes(hash, this.trusted!.hash) ? undefined : 'trusted';
  }

  private linkFault(block: Block): BlockFault | undefined {
    if (!equalBytes(block.previous, this.last?.hash ?? noHash)) return 'previous';
    return block.time === agreedTime(block, this.last?.time) ? undefined : 'time';
  }
}
