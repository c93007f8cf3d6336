import type { Regression } from '@synod/simulator';

/** Every run that ever failed, oldest first; `npm run sim -- raft --regressions` and the tests run them all. */
export const raftRegressions: readonly Regression[] = [];
