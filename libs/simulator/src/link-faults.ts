import type { Address, Vocabulary } from '@synod/actor';
import type { AdversarialBus } from './bus/adversarial-bus.js';
import { Cuts } from './cuts.js';
import type { Links } from './links.js';
import type { Random } from './random.js';
import { addressesIn } from './strike.js';
import type { Detail, FaultKind, Faults } from './strike.js';
import type { World } from './world.js';

type CutOff = (links: Links, target: Address, others: readonly Address[], side: readonly Address[]) => void;

const without = (addresses: readonly Address[], gone: readonly Address[]): Address[] =>
  addresses.filter((address) => !gone.includes(address));

/** Partitions of every shape between members. */
export function linkFaults<V extends Vocabulary>(world: World<V>, bus: AdversarialBus): Faults {
  const cuts = new Cuts(bus.links, world.timeline, world.witness);
  const othersOf = (target: Address): Address[] => without([...world.machines.keys()], [target]);
  const cut = (counted: string, cutOff: CutOff): FaultKind =>
    cuts.lasting(counted, drawSide, (links, target, detail) =>
      cutOff(links, target, othersOf(target), without(addressesIn(detail, 'side'), [target])),
    );
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
      flapping: cuts.flapping(
        'flapping links',
        { timesMax: 9, cutMs: [10, 150], wholeMs: [10, 150] },
        (links, target) => links.separate([[target], othersOf(target)]),
      ),
    },
    heal: () => {
      cuts.end();
      bus.heal();
    },
  };
}

function drawSide(random: Random, target: Address, members: readonly Address[]): Detail {
  const others = random.shuffle(without(members, [target]));
  return { side: others.slice(0, random.below(others.length)), forMs: random.between(100, 3000) };
}
