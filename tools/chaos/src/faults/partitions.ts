import type { Fault } from '../fault.js';
import type { TestBed } from '../test-bed.js';

type Cut = readonly [from: number, to: number];

export const nonTransitive: Fault = partition(
  'partition-one-route',
  'two NATS servers cannot reach each other; all others reach both',
  async (bed) => {
    const [a, b] = (await leaderFirst(bed)) as [number, number];
    return [[a, b], [b, a]]; // prettier-ignore
  },
);

export const oneWay: Fault = partition(
  'partition-one-way',
  'what one NATS server sends to one other, or to all, is lost; the other direction works',
  async (bed) => {
    const [a, ...others] = await leaderFirst(bed);
    const [b] = others as [number];
    const [from, to] = [others.map((other): Cut => [a, other]), others.map((other): Cut => [other, a])];
    return bed.random.pick<readonly Cut[]>([[[a, b]], [[b, a]], from, to]);
  },
);

export const isolated: Fault = partition(
  'partition-isolated',
  'one NATS server and its replicas are cut off from the others',
  async (bed) => {
    const [a, ...others] = await leaderFirst(bed);
    return others.flatMap((other): Cut[] => [
      [a, other],
      [other, a],
    ]);
  },
);

function partition(name: string, what: string, choose: (bed: TestBed) => Promise<readonly Cut[]>): Fault {
  return {
    name,
    what,
    needs: ['namespaces'],
    strike: async (bed) => {
      const cuts = await choose(bed);
      await Promise.all(cuts.map(([from, to]) => bed.network.cut(from, to)));
      try {
        await bed.wait(3, 15);
      } finally {
        await bed.network.heal();
      }
      return cuts.map(([from, to]) => `${from + 1}→${to + 1}`).join(' ');
    },
  };
}

/** The leader's place is the most telling one to cut, most of the time. */
async function leaderFirst(bed: TestBed): Promise<readonly [number, ...number[]]> {
  const first = bed.machineOf(await bed.victim());
  const all = Array.from({ length: bed.machines }, (_, index) => index);
  return [first, ...bed.random.shuffle(all.filter((index) => index !== first))];
}
