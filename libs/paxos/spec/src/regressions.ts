import type { Regression } from '@synod/simulator';

/** Runs that failed, oldest first; `npm run sim -- paxos --regressions` and the tests run them all. */
export const paxosRegressions: readonly Regression[] = [
  {
    why: 'Recovery: when no founding acceptor has its disk left, a proposer that lost its own was never told who founded the group',
    failedAt: 'before f9a2a3d',
    seed: 5,
  },
  {
    why: 'Efficiency: a proposer put aside what a message said was chosen, to make room for what it proposed, and fetched snapshots',
    failedAt: 'before c09346d',
    seed: 131,
  },
  {
    why: 'A Ballot is Used by one Life: a proposer that lost its disk used a ballot that its former life had led with other acceptors',
    failedAt: 'before d3cf6fe',
    seed: 2040,
  },
  {
    why: 'One Value per Register: the checker counted votes of a removed acceptor, in an epoch in which it is none of the acceptors',
    failedAt: 'before baae75c',
    seed: 126,
  },
];
