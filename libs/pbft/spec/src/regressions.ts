import type { Regression } from '@synod/simulator';

/** Every run that ever failed, oldest first; `npm run sim -- pbft --regressions` and the tests run them all. */
export const pbftRegressions: readonly Regression[] = [];
