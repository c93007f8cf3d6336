import { eventLoop, monotonicClock, systemDice, type Clock, type Dice, type Scheduler } from '@synod/actor-host';

/**
 * What a group's logic needs of the world beside its connection: monotonic time, the end of the event loop's turn, chance.
 * The process's own by default; a simulation brings virtual ones, so that the very code that ships runs in it.
 */
export interface Surroundings extends Clock, Scheduler, Dice {}

export const processSurroundings: Surroundings = { ...monotonicClock, ...eventLoop, ...systemDice() };

/** 96 bits, as one subject token. */
export function randomToken(dice: Dice): string {
  const half = () =>
    Math.floor(dice.between(0, 2 ** 48 - 1))
      .toString(16)
      .padStart(12, '0');
  return half() + half();
}
