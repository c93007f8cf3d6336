import type { Address, Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';
import { numberIn } from './strike.js';
import type { Detail, FaultKind, Faults } from './strike.js';
import type { World } from './world.js';

/** Crashes, stops, pauses and disks. */
export function machineFaults<V extends Vocabulary>(
  world: World<V>,
  /** Whether this replica's disk may be lost now without losing more copies than the protocol tolerates. */
  mayWipe: (machine: Machine<V>) => boolean,
): Faults {
  const all = (): Machine<V>[] => [...world.machines.values()];
  return {
    kinds: {
      ...crashes(world),
      stopping: ending(world, 'graceful stops', (machine) => machine.life!.stop()),
      wipe: {
        ...restarting(world, 'lost disks', (machine) => machine.wipe()),
        strike: (target, detail) => {
          const machine = world.machine(target);
          if (!mayWipe(machine)) return undefined;
          machine.wipe();
          restartLater(world, machine, detail);
          return target;
        },
      },
      pause: lasting('pauses', [50, 3000], (target, forMs) => world.machine(target).pause(forMs)),
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
      stall: lasting('stalled disks', [20, 2000], (target, forMs) => world.machine(target).stall(forMs)),
    },
    heal: () => {
      for (const machine of all()) {
        if (machine.life !== undefined) machine.life.crashAfter = Number.POSITIVE_INFINITY;
        machine.recoverFaults();
        machine.start();
      }
    },
  };
}

function crashes<V extends Vocabulary>(world: World<V>): Faults['kinds'] {
  return {
    crash: ending(world, 'crashes', (machine) => machine.crash()),
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

function restartLater<V extends Vocabulary>(world: World<V>, machine: Machine<V>, detail: Detail): void {
  world.timeline.after(numberIn(detail, 'downMs'), () => {
    if (machine.life !== undefined) machine.crash();
    machine.start();
  });
}

function lasting(
  counted: string,
  span: readonly [number, number],
  begin: (target: Address, forMs: number) => void,
): FaultKind {
  return {
    counted,
    draw: (random) => ({ forMs: random.between(...span) }),
    strike: (target, detail) => {
      begin(target, numberIn(detail, 'forMs'));
      return target;
    },
  };
}
