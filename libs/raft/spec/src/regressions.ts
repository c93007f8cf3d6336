import type { Regression } from '@synod/simulator';

/** Runs that failed and are not among the seeds of each push, oldest first; `npm run sim -- raft --regressions` and the tests run them all. */
export const raftRegressions: readonly Regression[] = [
  {
    why: 'No Storm: each of many messages behind one that was lost is refused, and each refusal was answered by all of them again',
    failedAt: '1ef4a62, without the window that shrinks at a refusal (Progress.hasRoom)',
    seed: 28,
    swarm: {
      calm: false,
      replicas: 3,
      clients: 3,
      multiKey: false,
      thinkMs: 1000,
      virtualMs: 9162,
      clockDrift: 0,
      network: 'adversarial',
      weather: { loss: 0, duplication: 0, slow: 0, delayMs: [0.1, 0.5], slowMs: 0 },
      disk: { syncMs: [0.05, 0.2], otherMs: [0.02, 0.2], segmentBytes: 4096, recentBytes: 0 },
      limits: {
        batchBytes: 200,
        inFlightBytes: 4194304,
        clientBytes: 262144,
        uncommittedBytes: 16777216,
        waitingReads: 1,
        applyBytes: 100,
        snapshotAfterBytes: 67108864,
        trailingEntries: 3,
        chunkBytes: 50,
        chunksInFlight: 1,
      },
      sessions: { window: 32, sessions: 100, keptBytes: 67108864, resultBytes: 131072 },
    },
    strikes: [
      {
        atMs: 7985.354081727564,
        fault: 'flipBit',
        target: 'r2',
        detail: {
          aim: 'leader',
          file: 0.7239714486058801,
          place: 0.6692448193207383,
          bit: 4,
          downMs: 1068.0697911721654,
        },
      },
    ],
  },
];
