import type { Raft } from './state.js';

/**
 * Whether our own disk keeps up. A leader whose sync takes longer than half an election timeout could not vote or
 * acknowledge in time either, while its heartbeats would keep everyone waiting for it.
 */
export function clockOfDisk(raft: Raft): 'keeping up' | 'stalled' {
  const oldest = raft.unsynced[0];
  const sinceMs = oldest === undefined ? 0 : raft.now - oldest.at;
  const stalled = sinceMs > raft.configuration.electionTimeout.minMs / 2;
  if (stalled && !raft.diskStalled) raft.out.observe({ kind: 'diskStalled', sinceMs });
  raft.diskStalled = stalled;
  return stalled ? 'stalled' : 'keeping up';
}
