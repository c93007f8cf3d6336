import type { RaftVocabulary } from '@synod/raft-core';
import { atMost } from '@synod/simulation';
import type { CalmRun, Effort } from '@synod/simulation';
import { heartbeatMs } from './group.js';
import type { RaftSwarm } from './swarm.js';

/** Formation and the first election: hellos, votes, their records, the first probe of each follower. */
const start = 60;

/**
 * What a calm run may cost:
 *
 *   requests: one for each operation, but for sessions that are opened and writes that clients repeat early, on purpose;
 *   writes: at most one round each (several may share one); reads: at most one read round each;
 *   publishes: n for each round, read round and heartbeat: one multicast and n - 1 answers; and 5 % for windows that are full;
 *   syncs: n for each round, two for each snapshot;
 *   one leader from beginning to end, who probes nobody after its election and sends no snapshot.
 */
export function checkEffort(
  effort: Effort<RaftVocabulary>,
  { replicas, clockDrift }: RaftSwarm,
  { operations, elapsedMs }: CalmRun,
  citation: string,
): void {
  const requests = effort.received('request');
  const reads = effort.received('read linearizable') + effort.received('read stale');
  const [rounds, readRounds] = [effort.observed('proposed'), effort.observed('readRoundBegan')];
  const beats = ((1 + clockDrift) * elapsedMs) / heartbeatMs;
  const due: readonly (readonly [what: string, count: number, bound: number])[] = [
    ['leaders', effort.observed('becameLeader'), 1],
    ['snapshots sent', effort.observed('snapshotSending'), 0],
    ['requests', requests + reads, 1.6 * operations + start],
    ['rounds', rounds, requests + 1],
    ['read rounds', readRounds, reads],
    ['publishes between replicas', effort.publishes, start + 1.05 * replicas * (rounds + readRounds + beats)],
    ['syncs', effort.syncs, start + replicas * rounds + 2 * effort.observed('snapshotTaken')],
  ];
  for (const [what, count, bound] of due) atMost(citation, what, count, bound);
}
