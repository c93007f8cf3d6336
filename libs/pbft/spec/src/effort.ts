import type { PbftVocabulary } from '@synod/pbft-core';
import { atMost } from '@synod/simulation';
import type { CalmRun, Effort } from '@synod/simulation';
import { timings } from './group.js';
import type { PbftSwarm } from './swarm.js';

/** Formation: hellos, answers, first statuses, their records. */
const start = 200;

/** LIMIT: of the checkpoints that replicas take, so many overtake the commits before them, where messages overtake each other. */
const overtaken = 1 / 200;

/**
 * What a calm run may cost, of n replicas:
 *
 *   requests at each replica: one for each operation, sessions that are opened, writes that clients repeat early on purpose, and
 *   reads that met a write and were ordered;
 *   batches: at most one for each request that one replica gets;
 *   publishes: a batch takes 1 pre-prepare, n - 1 prepares, n commits; every K-th one n checkpoints; besides, each replica tells its
 *   status once in a period while something is outstanding, and is helped at most by each other one;
 *   syncs: two for each batch at each replica, one for its checkpoint;
 *   no view change;
 *   no transfer where messages of one sender keep their order. Where they do not, a quorum's word of a checkpoint may overtake the
 *   commits that lead there (seed 102: 2 in 1757), and what is missing is fetched.
 */
export function checkEffort(
  effort: Effort<PbftVocabulary>,
  { replicas: n, clockDrift, limits, network }: PbftSwarm,
  { operations, elapsedMs }: CalmRun,
  citation: string,
): void {
  const requests = effort.received('request') / n;
  const reads = (effort.received('read linearizable') + effort.received('read stale')) / n;
  const batches = effort.observed('proposed');
  const checkpoints = effort.observed('checkpointTaken');
  const statuses = ((1 + clockDrift) * elapsedMs * n) / timings.statusMs;
  const due: readonly (readonly [what: string, count: number, bound: number])[] = [
    ['view changes', effort.observed('viewChangeStarted'), 0],
    ['complaints', effort.observed('complained'), 0],
    ['state transfers', effort.observed('transferBegan'), network === 'adversarial' ? checkpoints * overtaken : 0],
    ['requests and reads', requests + reads, 2 * operations + start],
    ['batches', batches, requests + 1],
    ['checkpoints', checkpoints, n * (batches / limits.checkpointInterval + 1)],
    ['publishes', effort.publishes, start + 2 * n * batches + 2 * checkpoints + n * statuses],
    ['syncs', effort.syncs, start + 2 * n * batches + 2 * checkpoints + 2 * effort.observed('snapshotTaken')],
  ];
  for (const [what, count, bound] of due) atMost(citation, what, count, bound);
}
