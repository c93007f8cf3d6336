import type { Block, BlockHeader, LedgerTransaction as Transaction } from '@synod/state-machine';
import type { Source } from '../batch.js';
import { proofOf, type TransactionProof } from './proof.js';

const decoder = new TextDecoder();

/** What a block's hash covers. Hashes are 64 hexadecimal digits, times milliseconds since 1970. */
export interface LedgerHeader {
  /** From 1, without a gap. */
  readonly height: number;
  readonly hash: string;
  /** Hash of the block before; of the first one zeros. */
  readonly previous: string;
  /** Of the Merkle tree over the transactions. */
  readonly root: string;
  /** Agreed, and never before the block before. */
  readonly time: number;
  /** The user who closed the block: by its tenth transaction, or by a cut. */
  readonly proposer: string;
  /** What the proposer's own clock said. */
  readonly proposerTime: number;
  /** Transactions in it. */
  readonly count: number;
}

/** One transaction of a block. */
export class LedgerTransaction {
  constructor(private readonly transaction: Transaction) {}

  /** The user who submitted it, as the broker or his signature vouches for it. */
  get author(): string {
    return decoder.decode(this.transaction.author);
  }

  /** What its author's clock said. */
  get time(): number {
    return this.transaction.time;
  }

  get data(): Uint8Array {
    return this.transaction.data;
  }

  get text(): string {
    return decoder.decode(this.data);
  }
}

/** A closed block: it will be the same for ever, and for everybody. */
export class LedgerBlock implements LedgerHeader {
  readonly transactions: readonly LedgerTransaction[];

  /** `block`: as the group gave it. */
  constructor(readonly block: Block) {
    this.transactions = block.transactions.map((transaction) => new LedgerTransaction(transaction));
  }

  get height(): number {
    return this.block.height;
  }

  get hash(): string {
    return hex(this.block.hash);
  }

  get previous(): string {
    return hex(this.block.previous);
  }

  get root(): string {
    return hex(this.block.root);
  }

  get time(): number {
    return this.block.time;
  }

  get proposer(): string {
    return decoder.decode(this.block.proposer);
  }

  get proposerTime(): number {
    return this.block.proposerTime;
  }

  get count(): number {
    return this.block.count;
  }

  /** That the transaction at this position belongs to the block, for those who know the block's hash alone. */
  proof(position: number): TransactionProof | undefined {
    return proofOf(this.block, position);
  }
}

export interface HeadAnswer {
  /** The newest closed block; undefined when there is none. */
  readonly head: LedgerHeader | undefined;
  /** Of all closed blocks. */
  readonly transactions: number;
  /** Transactions of the block that is open. */
  readonly pending: number;
  readonly source: Source;
}

export interface BlocksAnswer {
  /** In order of height. */
  readonly blocks: readonly LedgerBlock[];
  /** There are others after the last one. */
  readonly more: boolean;
  readonly source: Source;
}

export function headerOf(header: BlockHeader & { readonly hash: Uint8Array }): LedgerHeader {
  const { height, time, proposerTime, count } = header;
  const [hash, previous, root] = [hex(header.hash), hex(header.previous), hex(header.root)];
  return { height, hash, previous, root, time, proposer: decoder.decode(header.proposer), proposerTime, count };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
