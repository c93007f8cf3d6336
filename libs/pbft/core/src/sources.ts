import type { Address } from '@synod/actor';
import type { Pbft } from './state.js';

/*
 * Whom a state transfer asks. What a source gives can be right and little, or of what nobody else has. So each has a turn, in which it is asked
 * what it has, and the turns of each round are twice as long as those before: in the end one of a correct member is long enough for all of
 * it, whatever others did in theirs.
 */

/** LIMIT: a source's turn in the first round, in periods of `statusMs`: what a member that was away for a while lacks comes within it. */
const firstTurn = 50;

export function turnEnd({ now, configuration, others }: Pbft, turns: number): number {
  return now + firstTurn * configuration.timings.statusMs * 2 ** Math.floor(turns / others.length);
}

/** The member after `last` that says it has come as far as we want to; or simply the next one. */
export function anySource(pbft: Pbft, last: Address): Address | undefined {
  const { members } = pbft.group;
  const from = pbft.group.placeOf(last);
  const inTurn = members
    .map((_, step) => members[(from + 1 + step) % members.length]!)
    .filter((member) => member !== pbft.self);
  return inTurn.find((member) => (pbft.peers.get(member)!.status?.executed ?? 0) >= pbft.low) ?? inTurn[0];
}
