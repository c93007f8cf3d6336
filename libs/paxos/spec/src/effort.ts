import type { PaxosVocabulary } from '@synod/paxos-core';
import { atMost } from '@synod/simulation';
import type { CalmRun, Effort } from '@synod/simulation';
import { heartbeatMs } from './group.js';
import type { PaxosSwarm } from './swarm.js';

/** Formation and the first phase 1: hellos, canvasses, promises, their records. */
const start = 120;

/**
 * What a calm run may cost, of n acceptors and m proposers:
 *
 *   requests: one for each operation, but for sessions that are opened and writes that clients repeat early, on purpose;
 *   writes: at most one round each (several may share one); reads: at most one read round each;
 *   publishes: n + 1 for each round, read round and heartbeat: one multicast and the acceptors' answers; the other proposers say
 *   how far they are, and ask for the last values when nothing follows; and 5 % for windows that are full;
 *   syncs: n for each round, one for what a proposer has learned since the last one, at most with each round;
 *   one leader from beginning to end, or two: a grant binds nobody, so two proposers whose canvasses acceptors have granted before
 *   they hear either of them prepare both prepare, and the second takes over from the first (seeds 460, 2143; Paxos Made Simple
 *   §2.4: only time and chance keep two apart);
 *   and no snapshot fetched.
 */
export function checkEffort(
  effort: Effort<PaxosVocabulary>,
  { shape, clockDrift }: PaxosSwarm,
  { operations, elapsedMs }: CalmRun,
  citation: string,
): void {
  const [n, m] = [shape.acceptors + shape.spares, shape.proposers];
  const requests = effort.received('request');
  const reads = effort.received('read linearizable') + effort.received('read stale');
  const [rounds, readRounds] = [effort.observed('proposed'), effort.observed('readRoundBegan')];
  const beats = ((1 + clockDrift) * elapsedMs) / heartbeatMs;
  const told = (m - 1) * 2 * beats;
  const due: readonly (readonly [what: string, count: number, bound: number])[] = [
    ['leaders', effort.observed('becameLeader'), 2],
    ['snapshots fetched', effort.observed('snapshotFetching'), 0],
    ['requests', requests + reads, 1.6 * operations + start],
    ['rounds', rounds, requests + 1],
    ['read rounds', readRounds, reads],
    ['publishes between members', effort.publishes, start + 1.05 * ((n + 1) * (rounds + readRounds + beats) + told)],
    ['syncs', effort.syncs, start + (n + m) * rounds + 2 * effort.observed('snapshotTaken')],
  ];
  for (const [what, count, bound] of due) atMost(citation, what, count, bound);
}
