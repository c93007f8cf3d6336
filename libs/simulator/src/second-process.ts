import type { Vocabulary } from '@synod/actor';
import { ELDER_ANSWERS_MS, ProcessMark } from '@synod/nats-transport';
import type { Machine } from './machine.js';
import type { Random } from './random.js';
import { Violation } from './violation.js';

export const secondProcesses = { ended: 'second processes that ended', unheard: 'second processes that heard nobody' };

/** Those that are younger wait for each other: neither takes part before their marks have decided. */
const decidedMs = 4 * ELDER_ANSWERS_MS;

/**
 * A second process in the name of a machine's, over a copy of its disk. As in production it asks for an elder and waits, then
 * ends. One that hears nobody would take part, and vote a second time: production calls that an operator's error and no group
 * can tell it from the original, so here it ends, too, and is counted apart. False when there is no elder yet.
 */
export function startSecondProcess<V extends Vocabulary>(machine: Machine<V>, random: Random): boolean {
  const { world, address, clock, life } = machine;
  if (life === undefined || life.ageMs < decidedMs) return false;
  const { timeline, counters, network } = world;
  let running = true;
  const process = {
    address,
    read: (take: () => void) => void (running && take()),
    later: (delayMs: number, run: () => void) => void timeline.after(delayMs, () => running && run()),
  };
  const end = (how: string): void => {
    if (!running) return;
    running = false;
    leave();
    counters.count(how);
  };
  const mark = new ProcessMark(() => machine.localTime, drawName(random));
  const leave = network.askForElder(process, mark, () => end(secondProcesses.ended));
  timeline.after(clock.trueDelay(ELDER_ANSWERS_MS), () => end(secondProcesses.unheard));
  // The elder asks every half second; one in ten of those falls into the younger one's wait, here each does.
  life.askForElder();
  return true;
}

export function drawName(random: Random): Buffer {
  return Buffer.from(Array.from({ length: 8 }, () => random.below(256)));
}

export function elderEnds(address: string): Violation {
  return new Violation('The Elder Stays', 'libs/nats-transport/src/process-mark.ts', `${address} is told to end by a younger process`); // prettier-ignore
}
