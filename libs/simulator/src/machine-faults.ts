import type { Address, Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';
import { Random } from './random.js';
import type { Life } from './life.js';
import { secondProcesses, startBeside, startInPlace } from './second-process.js';
import { numberIn } from './strike.js';
import type { Detail, FaultKind, Faults } from './strike.js';
import type { World } from './world.js';

/** Crashes, stops and pauses; second processes of one identity. */
export function machineFaults<V extends Vocabulary>(
  world: World<V>,
  /** Whether what a process of this address says to itself arrives. */
  reaches: (address: Address) => boolean = () => true,
): Faults {
  const stopped = new Set<Life<V>>();
  const all = (): Machine<V>[] => [...world.machines.values()];
  world.counters.expect(secondProcesses.ended, secondProcesses.tookOver);
  return {
    kinds: {
      ...crashes(world),
      ...doubleStarts(world, reaches, stopped),
      stopping: ending(world, 'graceful stops', (machine) => machine.life!.stop()),
      pause: lasting('pauses', pauseMs, (target, forMs) => world.machine(target).pause(forMs)),
      // As a virtual machine that was moved: everyone wakes at once, and every timer is due.
      freezeAll: {
        counted: 'freezes of all',
        everyone: true,
        draw: (random) => ({ forMs: random.between(100, 1000) }),
        strike: (_target, detail) => {
          for (const machine of all()) machine.pause(numberIn(detail, 'forMs'));
          return '';
        },
      },
    },
    heal: () => {
      for (const life of stopped) life.end();
      for (const machine of all()) {
        if (machine.life !== undefined) machine.life.crashAfter = Number.POSITIVE_INFINITY;
        machine.disk.crashAfter = Number.POSITIVE_INFINITY;
        machine.resume();
        machine.start();
      }
    },
  };
}

function crashes<V extends Vocabulary>(world: World<V>): Faults['kinds'] {
  return {
    crash: ending(world, 'crashes', (machine) => machine.crash()),
    kill: ending(world, 'killed processes', (machine) => machine.kill()),
    crashMidDisk: {
      ...ending(world, 'crashes in the middle of disk work', (machine, detail) => {
        machine.disk.crashAfter = numberIn(detail, 'operations');
      }),
      draw: (random) => ({ operations: random.below(10), downMs: random.between(10, 2000) }),
    },
    crashMidStep: {
      ...ending(world, 'crashes between two effects', (machine, detail) => {
        machine.life!.crashAfter = numberIn(detail, 'effects');
      }),
      draw: (random) => ({ effects: random.below(12), downMs: random.between(10, 2000) }),
    },
    powerCut: {
      counted: 'power cuts of all',
      everyone: true,
      draw: (random) => ({ downMs: random.between(10, 1500), apartMs: random.between(0, 300) }),
      strike: (_target, detail) => {
        [...world.machines.values()].forEach((machine, i) => {
          machine.crash();
          const downMs = numberIn(detail, 'downMs') + i * numberIn(detail, 'apartMs');
          restartLater(world, machine, { downMs });
        });
        return '';
      },
    },
  };
}

/** A second process of one identity: over the directory of the first, or over a copy of it. */
function doubleStarts<V extends Vocabulary>(
  world: World<V>,
  reaches: (address: Address) => boolean,
  /** Whose place was taken. */
  stopped: Set<Life<V>>,
): Faults['kinds'] {
  const randomOf = (detail: Detail): Random => new Random(`second process ${numberIn(detail, 'name')}`);
  return {
    doubleStart: {
      counted: 'second starts refused by the lock',
      draw: () => ({}),
      strike: (target) => {
        const machine = world.machine(target);
        return machine.life === undefined || machine.start() ? undefined : target;
      },
    },
    doubleStartCopy: {
      counted: 'second processes over a copy',
      draw: (random) => ({ name: random.below(1_000_000) }),
      strike: (target, detail) =>
        startBeside(world.machine(target), randomOf(detail), () => reaches(target)) ? target : undefined,
    },
    takeOver: {
      counted: 'second processes beside one that is stopped',
      draw: (random) => ({ name: random.below(1_000_000), endsMs: random.between(10, 3000) }),
      strike: (target, detail) => {
        const done = (first: Life<V>): void => {
          stopped.add(first);
          world.timeline.after(numberIn(detail, 'endsMs'), () => stopped.delete(first) && first.end());
        };
        return startInPlace(world.machine(target), randomOf(detail), done) ? target : undefined;
      },
    },
  };
}

/** Ends a life, and starts the next one later. */
function restarting<V extends Vocabulary>(
  world: World<V>,
  counted: string,
  end: (machine: Machine<V>, detail: Detail) => void,
): FaultKind {
  return {
    counted,
    draw: (random) => ({ downMs: random.between(10, 2000) }),
    strike: (target, detail) => {
      const machine = world.machine(target);
      end(machine, detail);
      restartLater(world, machine, detail);
      return target;
    },
  };
}

/** The same, for machines that are up. */
function ending<V extends Vocabulary>(
  world: World<V>,
  counted: string,
  end: (machine: Machine<V>, detail: Detail) => void,
): FaultKind {
  const kind = restarting(world, counted, end);
  return {
    ...kind,
    strike: (target, detail) => (world.machine(target).life === undefined ? undefined : kind.strike(target, detail)),
  };
}

/** Whatever has become of it by then. */
export function restartLater<V extends Vocabulary>(world: World<V>, machine: Machine<V>, detail: Detail): void {
  world.timeline.after(numberIn(detail, 'downMs'), () => {
    if (machine.life !== undefined) machine.crash();
    machine.start();
  });
}

/** Now and then longer than anything waits for; the heal ends what is left of it. */
function pauseMs(random: Random): number {
  return random.chance(0.9) ? random.between(50, 3000) : random.between(3000, 30_000);
}

function lasting(
  counted: string,
  duration: (random: Random) => number,
  begin: (target: Address, forMs: number) => void,
): FaultKind {
  return {
    counted,
    draw: (random) => ({ forMs: duration(random) }),
    strike: (target, detail) => {
      begin(target, numberIn(detail, 'forMs'));
      return target;
    },
  };
}
