import type { Address, Vocabulary } from '@synod/actor';
import type { Links } from './links.js';
import type { AdversarialBus } from './bus/adversarial-bus.js';
import type { Random } from './random.js';
import { addressesIn, numberIn } from './strike.js';
import type { Detail, FaultKind, Faults } from './strike.js';
import type { World } from './world.js';

type Cut = (links: Links, target: Address, others: readonly Address[], side: readonly Address[]) => void;

const without = (addresses: readonly Address[], gone: readonly Address[]): Address[] =>
  addresses.filter((address) => !gone.includes(address));

/** One disturbance of the links at a time: partitions of every shape. */
export function linkFaults<V extends Vocabulary>(world: World<V>, bus: AdversarialBus): Faults {
  let healed = false;
  const { links } = bus;
  const cut = (counted: string, act: Cut): FaultKind => ({
    counted,
    draw: drawSide,
    strike: (target, detail) => {
      if (!links.whole) return undefined;
      const others = without([...world.machines.keys()], [target]);
      act(links, target, others, without(addressesIn(detail, 'side'), [target]));
      world.timeline.after(numberIn(detail, 'forMs'), () => {
        links.heal();
        world.witness.fault('links healed');
      });
      return target;
    },
  });
  return {
    kinds: {
      partition: cut('symmetric partitions', (it, target, others, side) =>
        it.separate([[target, ...side], without(others, side)]),
      ),
      isolateLeader: cut('isolated leaders', (it, target, others) => it.separate([[target], others])),
      mute: cut('one-way partitions', (it, target, others) => it.oneWay([target], others)),
      deaf: cut('one-way partitions', (it, target, others) => it.oneWay(others, [target])),
      bridge: cut('non-transitive partitions', (it, _target, others) => it.separate([[others[0]!], others.slice(1)])),
      burst: cut('stale bursts after a heal', (it, target, others) => it.separate([[target], others], 'hold')),
      flapping: {
        counted: 'flapping links',
        draw: (random) => ({
          times: 2 + random.below(8),
          cutMs: random.between(10, 150),
          wholeMs: random.between(10, 150),
        }),
        strike: (target, detail) => {
          if (!links.whole) return undefined;
          flap(target, detail, numberIn(detail, 'times'));
          return target;
        },
      },
    },
    heal: () => {
      healed = true;
      bus.heal();
    },
  };

  function flap(target: Address, detail: Detail, times: number): void {
    links.separate([[target], without([...world.machines.keys()], [target])]);
    world.timeline.after(numberIn(detail, 'cutMs'), () => {
      links.heal();
      if (times === 0) return;
      world.timeline.after(numberIn(detail, 'wholeMs'), () => {
        if (!healed && links.whole) flap(target, detail, times - 1);
      });
    });
  }
}

function drawSide(random: Random, target: Address, members: readonly Address[]): Detail {
  const others = random.shuffle(without(members, [target]));
  return { side: others.slice(0, random.below(others.length)), forMs: random.between(100, 3000) };
}
