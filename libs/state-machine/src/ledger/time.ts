import type { BlockHeader, Transaction } from './block.js';
import { ledgerLimits } from './operations.js';

type Words = Pick<BlockHeader, 'proposer' | 'proposerTime'> & { readonly transactions: readonly Transaction[] };

/**
 * A block's time. No replica's clock is asked: it would be one's word on all, and the others could not check it. What clients said
 * in operations of their own is what everybody sees alike:
 *
 * - each author of the block has one word, the last one that he said in it; the proposer's is what he said when he closed it;
 * - the time is their lower median, so a minority of a block's authors carries it no further than others say. One of two can
 *   hold it back, for that block;
 * - who is alone in a block carries it at most a day beyond the block before. The first block has none before it: whoever
 *   writes alone then is believed, so look at it before you found anything on it;
 * - it never goes back. After a wrong clock it stands still until the right ones have come so far.
 *
 * All of it is in the block, so everybody can compute it again. What each author's own clock said stays beside his transaction.
 */
export function agreedTime({ proposer, proposerTime, transactions }: Words, previous: number | undefined): number {
  const words = new Map<string, number>();
  for (const { author, time } of transactions) words.set(String(author), time);
  words.set(String(proposer), proposerTime);
  const sorted = [...words.values()].sort((a, b) => a - b);
  const median = sorted[(sorted.length - 1) >> 1]!;
  if (previous === undefined) return median;
  const bound = sorted.length === 1 ? Math.min(median, previous + ledgerLimits.loneStepMs) : median;
  return Math.max(previous, bound);
}
