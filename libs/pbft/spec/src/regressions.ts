import type { Regression } from '@synod/simulator';

/** Runs that failed once, oldest first; `npm run sim -- pbft --regressions` and the tests run them all. What else seeds found is in core/test/found-by-seeds.test.ts. */
export const pbftRegressions: readonly Regression[] = [
  {
    why: 'Liveness: who was given another proposal by an equivocating primary than those that committed was never shown theirs',
    failedAt: '158e906, without showing the proposal to who cannot prepare (showWhatCommitted)',
    seed: 148,
    swarm: {
      calm: false,
      replicas: 5,
      clients: 3,
      multiKey: false,
      thinkMs: 1000,
      virtualMs: 20000,
      clockDrift: 0.05,
      network: 'nats',
      weather: { loss: 0.2, duplication: 0.5, slow: 0.1, delayMs: [0.1, 2], slowMs: 100 },
      disk: { syncMs: [0.05, 0.2], otherMs: [0.5, 5], segmentBytes: 4096, recentBytes: 65536 },
      limits: {
        checkpointInterval: 5,
        logSize: 10,
        inFlight: 16,
        batchBytes: 131072,
        clientBytes: 2000,
        waitingRequests: 4096,
        waitingReads: 4096,
        executeBytes: 100,
        snapshotAfterBytes: 3000,
        snapshotAfterBatches: 30,
        chunkBytes: 65536,
        chunksInFlight: 1,
        helpBytes: 524288,
        transferBytes: 4194304,
        statusSlots: 32,
        earlyVotes: 4,
      },
      sessions: { window: 32, sessions: 6, keptBytes: 67108864, resultBytes: 200 },
      signatures: 'quick',
      traitors: { r2: 'equivocating-primary' },
    },
    strikes: [
      { atMs: 16169.88699361682, fault: 'serverKill', detail: { server: 4, downMs: 822.734612422064 } },
      { atMs: 19396.238558739424, fault: 'freezeAll', detail: { forMs: 185.78255728352815 } },
    ],
  },
];
