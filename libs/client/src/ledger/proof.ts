import { sha256 } from '@synod/actor-host';
import { blockHash, leafHash, merklePath, provesLeaf } from '@synod/state-machine';
import type { Block, BlockHeader } from '@synod/state-machine';

/**
 * That a transaction stands in a block, without the block's other transactions: at most four hashes. It is JSON, to be given to
 * whoever knows the block's hash. Hashes are hexadecimal digits; names and data Base64, since they are any bytes.
 */
export interface TransactionProof {
  readonly block: {
    readonly height: number;
    readonly previous: string;
    readonly root: string;
    readonly time: number;
    readonly proposerBase64: string;
    readonly proposerTime: number;
    readonly count: number;
  };
  readonly position: number;
  readonly transaction: { readonly authorBase64: string; readonly time: number; readonly dataBase64: string };
  /** The siblings' hashes on the way from the transaction to the root (RFC 9162 §2.1.3). */
  readonly path: readonly string[];
}

/** Undefined when the block has no transaction there. */
export function proofOf(block: Block, position: number): TransactionProof | undefined {
  const transaction = block.transactions[position];
  if (transaction === undefined) return undefined;
  const { height, time, proposerTime, count } = block;
  const leaves = block.transactions.map((one) => leafHash(sha256, one));
  const header = { height, previous: text(block.previous, 'hex'), root: text(block.root, 'hex') };
  return {
    block: { ...header, time, proposerBase64: text(block.proposer, 'base64'), proposerTime, count },
    position,
    transaction: {
      authorBase64: text(transaction.author, 'base64'),
      time: transaction.time,
      dataBase64: text(transaction.data, 'base64'),
    },
    path: merklePath(sha256, leaves, position).map((hash) => text(hash, 'hex')),
  };
}

/** Whether the proof shows that its transaction stands in the block with this hash. Whatever is no proof shows nothing. */
export function verifyProof(proof: TransactionProof, hash: string): boolean {
  try {
    const header = headerIn(proof);
    if (text(blockHash(sha256, header), 'hex') !== hash) return false;
    const { authorBase64, time, dataBase64 } = proof.transaction;
    const transaction = {
      author: bytes(authorBase64, 'base64'),
      time: number(time),
      data: bytes(dataBase64, 'base64'),
    };
    const path = proof.path.map((sibling) => bytes(sibling, 'hex'));
    return provesLeaf(sha256, leafHash(sha256, transaction), proof.position, header.count, path, header.root);
  } catch {
    return false;
  }
}

function headerIn({ block }: TransactionProof): BlockHeader {
  const { height, previous, root, time, proposerBase64, proposerTime, count } = block;
  return {
    height: number(height),
    previous: hashIn(previous),
    root: hashIn(root),
    time: number(time),
    proposer: bytes(proposerBase64, 'base64'),
    proposerTime: number(proposerTime),
    count: number(count),
  };
}

function hashIn(hash: string): Uint8Array {
  const read = bytes(hash, 'hex');
  if (read.length !== 32) throw new Error('a hash has 32 bytes');
  return read;
}

function number(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error('a number that is none');
}

/** One text for the same bytes: what decodes leniently would let a proof be written in many ways. */
function bytes(value: string, encoding: 'hex' | 'base64'): Uint8Array {
  const read = Buffer.from(value, encoding);
  if (read.toString(encoding) !== value) throw new Error(`not ${encoding}`);
  return read;
}

function text(value: Uint8Array, encoding: 'hex' | 'base64'): string {
  return Buffer.from(value.buffer, value.byteOffset, value.length).toString(encoding);
}
