import { invariant } from '@synod/actor';

/**
 * A ballot is a round and the number of the proposer that may use it: totally ordered, by round first, and no two proposers
 * ever have the same one (Part-Time Parliament §2.1; Paxos Made Simple §2.2: "different proposers choose their numbers from
 * disjoint sets"). Kept in one number, because every message carries one: `round × 64 + proposer`. 0 is below every ballot.
 */
export type Ballot = number;

/** LIMIT: proposers of a group, ever; a proposer's number is its place in the configured list, which only grows at its end. */
export const mostProposers = 64;

/** Elections never get a group here; a ballot above it is a broken or hostile sender's, and would end all elections. */
export const greatestRound = 2 ** 46;

export function ballot(round: number, proposer: number): Ballot {
  invariant(proposer >= 0 && proposer < mostProposers, `proposer number ${proposer} is not below ${mostProposers}`);
  return round * mostProposers + proposer;
}

export function roundOfBallot(of: Ballot): number {
  return Math.floor(of / mostProposers);
}

export function proposerOfBallot(of: Ballot): number {
  return of % mostProposers;
}

/** For people: `3.1` is round 3 of proposer 1. */
export function printBallot(of: Ballot): string {
  return `${roundOfBallot(of)}.${proposerOfBallot(of)}`;
}
