import type { Address, Effect } from '@synod/actor';
import { Group } from '@synod/pbft-core';
import type { PbftVocabulary, Sequence } from '@synod/pbft-core';
import { atMost } from '@synod/simulation';
import type { CalmRun, Effort } from '@synod/simulation';
import { timings } from './group.js';
import { membersOf } from './swarm.js';
import type { PbftSwarm } from './swarm.js';

/** Formation: hellos, answers, first statuses, their records. */
const start = 200;

/**
 * What a calm run may cost, of n replicas:
 *
 *   requests at each replica: one for each operation, sessions that are opened, writes that clients repeat early on purpose, and
 *   reads that met a write and were ordered;
 *   batches: at most one for each request that one replica gets; who was not founded yet did not get all of them (seed 500);
 *   publishes: a batch takes 1 pre-prepare, n - 1 prepares, n commits; every K-th one n checkpoints; besides, each replica tells its
 *   status once in a period while something is outstanding, and is helped at most by each other one;
 *   syncs: two for each batch at each replica, one for its checkpoint;
 *   no view change;
 *   no transfer but of who is founded after a quorum has begun: what came before it was founded it did not hear, and where a
 *   checkpoint is stable after each batch or two nobody can send it again (seed 102). It begins at the beginning; beyond a quorum
 *   there are n - quorum of those. What has become stable meanwhile is fetched from where that one ended (seed 2325).
 */
export function checkEffort(
  effort: Effort<PbftVocabulary>,
  { replicas: n, clockDrift, limits }: PbftSwarm,
  { operations, elapsedMs }: CalmRun,
  transfers: Transfers,
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
    ['state transfers', transfers.fromTheBeginning, n - new Group(membersOf(n)).quorum],
    ['state transfers of who has executed something', transfers.later, 0],
    ['requests and reads', requests + reads, 2 * operations + start],
    ['batches', batches, Math.ceil(requests) + 1],
    ['checkpoints', checkpoints, n * (batches / limits.checkpointInterval + 1)],
    ['publishes', effort.publishes, start + 2 * n * batches + 2 * checkpoints + n * statuses],
    ['syncs', effort.syncs, start + 2 * n * batches + 2 * checkpoints + 2 * effort.observed('snapshotTaken')],
  ];
  for (const [what, count, bound] of due) atMost(citation, what, count, bound);
}

/** How many state transfers there were, as replicas tell of them. */
export class Transfers {
  fromTheBeginning = 0;
  /** Of replicas that had executed something otherwise than by the transfer before. */
  later = 0;
  private readonly ended = new Map<Address, Sequence>();

  hear(replica: Address, effect: Effect<PbftVocabulary>): void {
    if (effect.kind !== 'observe') return;
    const { event } = effect;
    if (event.kind === 'transferEnded') this.ended.set(replica, event.executed);
    if (event.kind !== 'transferBegan') return;
    if (event.from === 1) this.fromTheBeginning++;
    else if (this.ended.get(replica) !== event.from - 1) this.later++;
  }
}
