/** The fewest of `n` members of which any two groups share a member (Raft §5.2, Paxos). */
export function majority(n: number): number {
  return Math.floor(n / 2) + 1;
}

/** The most Byzantine members that `n` can tolerate: n ≥ 3f + 1 (PBFT §2). */
export function byzantineFaults(n: number): number {
  return Math.max(0, Math.floor((n - 1) / 3));
}

/** The fewest of `n` members of which any two groups share more than `f` members, so at least one correct one: ⌈(n+f+1)/2⌉. */
export function byzantineQuorum(n: number, f: number = byzantineFaults(n)): number {
  return Math.ceil((n + f + 1) / 2);
}
