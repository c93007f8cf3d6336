import type { Address, Vocabulary } from '@synod/actor';
import { ELDER_ANSWERS_MS, ProcessMark } from '@synod/nats-transport';
import type { Life } from './life.js';
import type { Machine } from './machine.js';
import type { Random } from './random.js';
import { Violation } from './violation.js';

export const secondProcesses = {
  ended: 'second processes that ended',
  abandoned: 'second processes that were ended with the first',
  tookOver: 'second processes that took over',
};

/** Those that are younger wait for each other: neither takes part before their marks have decided. */
const decidedMs = 4 * ELDER_ANSWERS_MS;
/** How often it is looked whether the first process can still answer. */
const lookEveryMs = 2;

/**
 * A second process in the name of a machine's, over a copy of its disk, while the first one lives and can answer: as in
 * production it asks for an elder and waits, and must hear of it before it takes part. Production promises no more (a copy
 * that is older than the last vote is an operator's error, and no group can tell it from the original), so it is ended
 * when the first one cannot answer any more. False when there is no first one.
 */
export function startBeside<V extends Vocabulary>(
  machine: Machine<V>,
  random: Random,
  reaches: () => boolean,
): boolean {
  const { life: first, world } = machine;
  const canAnswer = (): boolean => machine.life === first && !machine.paused && reaches();
  if (first === undefined || first.ageMs < decidedMs || !canAnswer()) return false;
  new Newcomer(machine, random).ask({
    elder: () => world.counters.count(secondProcesses.ended),
    nobody: () => world.timeline.fail(takesPart(machine.address)),
    whilst: canAnswer,
  });
  // The elder asks every half second; one in ten of those falls into the younger one's wait, here each does.
  first.askForElder();
  return true;
}

/**
 * The same while the first one is stopped and will never go on: the second hears nobody, takes part, and votes. The copy is made
 * of a stopped process's disk, so it is not older than the last vote. `done` is given the first process, which still
 * has its connections, for somebody to end it.
 */
export function startInPlace<V extends Vocabulary>(
  machine: Machine<V>,
  random: Random,
  done: (first: Life<V>) => void,
): boolean {
  const { life: first, world } = machine;
  if (first === undefined || first.ageMs < decidedMs || machine.isStopped) return false;
  machine.pause(Infinity);
  const second = new Newcomer(machine, random);
  second.ask({
    // It goes on after all.
    elder: () => world.counters.count(secondProcesses.ended),
    nobody: () => {
      world.counters.count(secondProcesses.tookOver);
      machine.takeOver(second.mark);
      done(first);
    },
    whilst: () => machine.life === first && machine.isStopped,
  });
  return true;
}

export function elderEnds(address: Address): Violation {
  return new Violation('The Elder Stays', 'libs/nats-transport/src/process-mark.ts', `${address} is told to end by a younger process`); // prettier-ignore
}

function takesPart(address: Address): Violation {
  return new Violation('The Younger Ends', 'libs/nats-transport/src/replica-connection.ts', `a second process of ${address} takes part, though the first could answer all along`); // prettier-ignore
}

export function drawName(random: Random): Buffer {
  return Buffer.from(Array.from({ length: 8 }, () => random.below(256)));
}

interface Hears {
  elder(): void;
  nobody(): void;
  /** It is ended when this does not hold any more. */
  whilst(): boolean;
}

/** A process that does not take part yet. */
class Newcomer<V extends Vocabulary> {
  readonly mark: ProcessMark;
  private leave: () => void = () => undefined;
  private running = true;

  constructor(
    private readonly machine: Machine<V>,
    random: Random,
  ) {
    this.mark = new ProcessMark(() => machine.localTime, drawName(random));
  }

  /** Asks, and waits as production does. */
  ask(hears: Hears): void {
    const { machine, mark } = this;
    const { address, clock, world } = machine;
    const process = {
      address,
      read: (take: () => void) => void (this.running && take()),
      later: (delayMs: number, run: () => void) => void world.timeline.after(delayMs, () => this.running && run()),
    };
    this.leave = world.network.askForElder(process, mark, () => this.end(hears.elder));
    process.later(clock.trueDelay(ELDER_ANSWERS_MS), () => this.look(hears) && this.end(hears.nobody));
    this.watch(hears);
  }

  private watch(hears: Hears): void {
    this.machine.world.timeline.after(lookEveryMs, () => {
      if (this.running && this.look(hears)) this.watch(hears);
    });
  }

  private look({ whilst }: Hears): boolean {
    if (whilst()) return true;
    this.end(() => this.machine.world.counters.count(secondProcesses.abandoned));
    return false;
  }

  private end(then: () => void): void {
    if (!this.running) return;
    this.running = false;
    this.leave();
    then();
  }
}
