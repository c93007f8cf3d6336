import type { Fault } from '../fault.js';
import type { TestBed } from '../test-bed.js';

type Cut = readonly [from: number, to: number];

export const nonTransitive: Fault = partition(
  'partition-one-route',
  'two NATS servers cannot reach each other; the third reaches both',
  async (bed) => {
    const [a, b] = await leaderFirst(bed);
    return [[a, b], [b, a]]; // prettier-ignore
  },
);

export const oneWay: Fault = partition(
  'partition-one-way',
  'what one NATS server sends to one other, or to all, is lost; the other direction works',
  async (bed) => {
    const [a, b, c] = await leaderFirst(bed);
    const cuts: readonly (readonly Cut[])[] = [[[a, b]], [[b, a]], [[a, b], [a, c]], [[b, a], [c, a]]]; // prettier-ignore
    return bed.random.pick(cuts);
  },
);

export const isolated: Fault = partition(
  'partition-isolated',
  'one NATS server and its replicas are cut off from the others',
  async (bed) => {
    const [a, b, c] = await leaderFirst(bed);
    return [[a, b], [b, a], [a, c], [c, a]]; // prettier-ignore
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
async function leaderFirst(bed: TestBed): Promise<readonly [number, number, number]> {
  const first = bed.machineOf(await bed.victim());
  const [second, third] = bed.random.shuffle([0, 1, 2].filter((index) => index !== first));
  return [first, second!, third!];
}
