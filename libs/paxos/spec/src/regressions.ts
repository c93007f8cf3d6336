import type { Regression } from '@synod/simulator';

/** Every run that ever failed, oldest first; `npm run sim -- paxos --regressions` and the tests run them all. */
export const paxosRegressions: readonly Regression[] = [];
