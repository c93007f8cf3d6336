import type { Leader, Raft } from './state.js';

/** A sync that takes so many times as long as the ones before it is not slow, but stuck. */
const STUCK = 3;

/**
 * Whether our own disk keeps up: not when its sync takes longer than half an election timeout and much longer than it
 * usually does. Where every disk is slow, the next leader's would be, too.
 */
function clockOfDisk(raft: Raft): 'keeping up' | 'stalled' {
  const oldest = raft.unsynced[0];
  const sinceMs = oldest === undefined ? 0 : raft.now - oldest.at;
  const stalled = sinceMs > Math.max(raft.configuration.electionTimeout.minMs / 2, STUCK * raft.usualSyncMs);
  if (stalled && !raft.diskStalled) raft.out.observe({ kind: 'diskStalled', sinceMs });
  raft.diskStalled = stalled;
  return stalled ? 'stalled' : 'keeping up';
}

/** A sync has ended that was asked for at `at`. Rises at once, falls slowly; above an election timeout nothing is usual. */
export function measureSync(raft: Raft, at: number): void {
  const tookMs = Math.min(raft.now - at, raft.configuration.electionTimeout.maxMs);
  raft.usualSyncMs = Math.max(tookMs, raft.usualSyncMs * 0.95);
}

/**
 * Our disk does not get done what some follower's has: then, and only then, another leader helps. Where all disks are slow
 * leadership would be handed round, and each change of it costs more syncs.
 */
export function shouldYield(raft: Raft, role: Leader): boolean {
  if (clockOfDisk(raft) === 'keeping up') return false;
  for (const { voting, match } of role.followers.values()) if (voting && match > raft.durableIndex) return true;
  return false;
}
