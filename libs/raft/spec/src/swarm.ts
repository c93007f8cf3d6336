import type { RaftLimits } from '@synod/raft-core';
import { drawSwarm } from '@synod/simulator';
import type { Random, Swarm } from '@synod/simulator';
import { sessionLimits } from '@synod/state-machine';
import type { SessionLimits } from '@synod/state-machine';

export interface RaftSwarm extends Swarm {
  readonly limits: Partial<RaftLimits>;
  readonly sessions: SessionLimits;
}

export function drawRaftSwarm(random: Random): RaftSwarm {
  return { ...drawSwarm(random), limits: drawLimits(random), sessions: drawSessionLimits(random) };
}

/** Small limits make rare things common: snapshots every few entries, windows of a few messages, one chunk at a time. */
function drawLimits(random: Random): Partial<RaftLimits> {
  const of = (name: string, choices: readonly number[]): number => random.fork(name).pick(choices);
  return {
    batchBytes: of('batchBytes', [200, 128 * 1024]),
    inFlightBytes: of('inFlightBytes', [300, 4 * 1024 * 1024]),
    clientBytes: of('clientBytes', [300, 256 * 1024]),
    uncommittedBytes: of('uncommittedBytes', [400, 16 * 1024 * 1024, 16 * 1024 * 1024]),
    waitingReads: of('waitingReads', [1, 4096, 4096]),
    applyBytes: of('applyBytes', [100, 256 * 1024]),
    snapshotAfterBytes: of('snapshotAfterBytes', [400, 2000, 64 * 1024 * 1024]),
    trailingEntries: of('trailingEntries', [0, 3, 20]),
    chunkBytes: of('chunkBytes', [500, 64 * 1024]),
    chunksInFlight: of('chunksInFlight', [1, 8]),
  };
}

/** Room for few sessions makes evictions common. */
function drawSessionLimits(random: Random): SessionLimits {
  return {
    ...sessionLimits,
    sessions: random.fork('sessions').pick([6, 100]),
    resultBytes: random.fork('resultBytes').pick([200, sessionLimits.resultBytes]),
  };
}
