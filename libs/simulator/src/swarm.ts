import type { DiskTiming } from './disk.js';
import { calm as calmWeather } from './bus/adversarial-bus.js';
import type { Weather } from './bus/adversarial-bus.js';
import { busModels, drawWeather } from './bus/draw-bus.js';
import type { BusModel } from './bus/draw-bus.js';
import type { Random } from './random.js';

type Span = readonly [number, number];

/**
 * What a seed decides about a run before it begins, as plain data: printed with a failure, kept with a regression, changed
 * by the shrinker. A protocol adds its own limits.
 */
export interface Swarm {
  /** Performance seeds: no faults, a calm network, and counts that are asserted. */
  readonly calm: boolean;
  readonly replicas: number;
  readonly clients: number;
  /** Transactions and ranges too: their history is judged as a whole, not key by key. */
  readonly multiKey: boolean;
  /** A client pauses up to so long between two operations. */
  readonly thinkMs: number;
  /** Until everything is healed. */
  readonly virtualMs: number;
  /** Clocks run by up to this fraction fast or slow. */
  readonly clockDrift: number;
  readonly network: BusModel;
  /** Of the adversarial network. */
  readonly weather: Weather;
  readonly disk: DiskSwarm;
}

export type DiskSwarm = Pick<DiskTiming, 'syncMs' | 'otherMs' | 'segmentBytes' | 'recentBytes'>;

/** One seed in so many is calm. */
const calmEvery = 10;

/** Every choice has a stream of its own, so that a new one does not change the others. */
export function drawSwarm(random: Random): Swarm {
  const calm = random.fork('calm').below(calmEvery) === 0;
  const of = <T>(name: string, choices: readonly T[]): T => random.fork(name).pick(choices);
  return {
    calm,
    replicas: of('replicas', [3, 3, 3, 5]),
    clients: 3,
    multiKey: random.fork('multiKey').chance(0.25),
    thinkMs: of('think', [200, 500, 1000]),
    virtualMs: 20_000,
    clockDrift: calm ? 0.01 : 0.05,
    network: of('network', busModels),
    weather: calm ? calmWeather : drawWeather(random.fork('weather')),
    disk: {
      syncMs: of<Span>('sync', calm ? [[0.05, 0.2], [0.5, 2]] : [[0.05, 0.2], [0.5, 2], [2, 20]]), // prettier-ignore
      otherMs: of<Span>('other', [[0.02, 0.2], [0.5, 5]]), // prettier-ignore
      segmentBytes: of('segment', [4096, 32 * 1024]),
      recentBytes: of('recent', [0, 2000, 64 * 1024]),
    },
  };
}
