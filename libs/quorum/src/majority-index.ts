import { majority } from './size.js';

/**
 * The greatest index that a majority has reached, given what each voter has reached (Raft §5.3, Figure 2: "a majority of
 * matchIndex[i] ≥ N"); 0 without voters. Counts instead of sorting: no order to lose and nothing to allocate, and
 * configurations are small.
 */
export function majorityIndex(reached: readonly number[]): number {
  const needed = majority(reached.length);
  let best = 0;
  for (const candidate of reached) {
    if (candidate <= best) continue;
    let count = 0;
    for (const index of reached) if (index >= candidate) count++;
    if (count >= needed) best = candidate;
  }
  return best;
}

/** What both the old and the new configuration have reached (Raft §6). */
export function jointMajorityIndex(oldReached: readonly number[], newReached: readonly number[]): number {
  return Math.min(majorityIndex(oldReached), majorityIndex(newReached));
}
