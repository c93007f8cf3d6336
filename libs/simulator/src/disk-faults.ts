import type { Vocabulary } from '@synod/actor';
import type { FaultAtlas } from './fault-atlas.js';
import { restartLater } from './machine-faults.js';
import type { Machine } from './machine.js';
import type { Random } from './random.js';
import { numberIn } from './strike.js';
import type { Detail, FaultKind, Faults } from './strike.js';
import type { World } from './world.js';

const downMs = [10, 2000] as const;

/**
 * Disks that lose, rot, fail, fill up and hang. What destroys durable data asks the atlas. A sync that lies is not among them:
 * no protocol that counts on disks survives a replica that forgets without knowing it.
 */
export function diskFaults<V extends Vocabulary>(world: World<V>, atlas: FaultAtlas<V>): Faults {
  const machineFault = (
    counted: string,
    draw: (random: Random) => Detail,
    act: (machine: Machine<V>, detail: Detail) => boolean | void,
  ): FaultKind => ({
    counted,
    draw,
    strike: (target, detail) => (act(world.machine(target), detail) === false ? undefined : target),
  });
  /** It is found at the next start at the latest, and that comes soon. */
  const destructive = (
    counted: string,
    draw: (random: Random) => Detail,
    damage: (machine: Machine<V>, detail: Detail) => boolean,
  ): FaultKind =>
    machineFault(
      counted,
      (random) => ({ ...draw(random), downMs: random.between(...downMs) }),
      (machine, detail) => {
        if (machine.disk.empty || !atlas.claim(machine) || !damage(machine, detail)) return false;
        restartLater(world, machine, detail);
        return true;
      },
    );
  const drawPlace = (random: Random): Detail => ({ file: random.next(), place: random.next(), bit: random.below(8) });
  return {
    kinds: {
      wipe: destructive('lost disks', () => ({}), (machine) => (machine.wipe(), true)), // prettier-ignore
      flipBit: destructive('flipped bits', drawPlace, ({ disk }, detail) =>
        disk.flipBit(numberIn(detail, 'file'), numberIn(detail, 'place'), numberIn(detail, 'bit')),
      ),
      misdirect: destructive('misdirected writes', drawPlace, ({ disk }, detail) =>
        disk.misdirect(numberIn(detail, 'file'), numberIn(detail, 'place')),
      ),
      failSync: machineFault(
        'failed syncs',
        (random) => ({ outcome: random.pick(['kept', 'dropped']) }),
        ({ disk }, detail) => disk.failNextSync(detail['outcome'] as 'kept' | 'dropped'),
      ),
      failWrite: machineFault('failed writes', () => ({}), ({ disk }) => disk.failNextWrite()), // prettier-ignore
      full: machineFault(
        'full disks',
        (random) => ({ roomBytes: random.below(8192), forMs: random.between(50, 3000) }),
        ({ disk }, detail) => disk.fill(numberIn(detail, 'roomBytes'), numberIn(detail, 'forMs')),
      ),
      stall: machineFault(
        'stalled disks',
        (random) => ({ forMs: random.chance(0.8) ? random.between(20, 1000) : random.between(1000, 5000) }),
        (machine, detail) => machine.stall(numberIn(detail, 'forMs')),
      ),
    },
    heal: () => {
      for (const machine of world.machines.values()) machine.disk.heal();
    },
  };
}
