import { sha256 } from '@synod/actor-host';
import { ChainVerifier, type BlockFault } from '@synod/state-machine';
import { SynodError } from '../errors.js';
import type { BlocksAnswer, HeadAnswer, LedgerHeader } from './block.js';

export interface VerifyOptions {
  /** A block whose hash is known from elsewhere, in hexadecimal digits; default: the beginning, which needs no trust. */
  readonly trusted?: { readonly height: number; readonly hash: string };
  /** Told after each page how far it has come. */
  readonly onProgress?: (height: number) => void;
  readonly signal?: AbortSignal;
}

/** What came out: the chain is sound up to its head, or breaks at `height`. */
export type Verification =
  | {
      readonly isSound: true;
      /** The head when verification began; undefined of a ledger without blocks. */
      readonly head: LedgerHeader | undefined;
      /** Blocks and transactions that were computed again. */
      readonly blocks: number;
      readonly transactions: number;
    }
  | { readonly isSound: false; readonly height: number; readonly reason: string };

const reasons: Readonly<Record<BlockFault, string>> = {
  height: 'another height was given in its place',
  previous: 'it does not name the hash of the block before',
  count: 'it has not as many transactions as it states, or more than a block may have',
  root: 'its transactions are not those that its header covers',
  hash: 'its hash is not that of its header',
  time: 'its time is not what its authors said',
  trusted: 'its hash is not the trusted one',
};

interface Readable {
  head(): Promise<HeadAnswer>;
  blocks(from: number): Promise<BlocksAnswer>;
}

/** Computes the chain again, page by page, up to where it ends now. */
export async function verify(ledger: Readable, options: VerifyOptions): Promise<Verification> {
  const { trusted, onProgress, signal } = options;
  const { head } = await ledger.head();
  const verifier = new ChainVerifier(sha256, trusted && { height: trusted.height, hash: trustedHash(trusted.hash) });
  const first = verifier.next;
  if (trusted !== undefined && trusted.height > (head?.height ?? 0)) return missing(trusted.height);
  let transactions = 0;
  let last = '';
  while (head !== undefined && verifier.next <= head.height) {
    signal?.throwIfAborted();
    const { blocks } = await ledger.blocks(verifier.next);
    if (blocks.length === 0) return missing(verifier.next);
    for (const { block, hash } of blocks) {
      if (verifier.next > head.height) break;
      const fault = verifier.take(block);
      if (fault !== undefined) return { isSound: false, height: verifier.next, reason: reasons[fault] };
      transactions += block.count;
      last = hash;
    }
    onProgress?.(verifier.next - 1);
  }
  if (head !== undefined && last !== head.hash) {
    return { isSound: false, height: head.height, reason: 'its hash is not that of the head' };
  }
  return { isSound: true, head, blocks: verifier.next - first, transactions };
}

function missing(height: number): Verification {
  return { isSound: false, height, reason: 'the group does not have it' };
}

function trustedHash(hash: string): Uint8Array {
  if (/^[0-9a-f]{64}$/i.test(hash)) return Buffer.from(hash, 'hex');
  throw new SynodError('invalid', `a block's hash has 64 hexadecimal digits, not ${JSON.stringify(hash)}`);
}
