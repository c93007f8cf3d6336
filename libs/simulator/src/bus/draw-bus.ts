import type { Address, Vocabulary } from '@synod/actor';
import { parseSubject } from '@synod/nats-transport';
import type { Random } from '../random.js';
import type { Faults } from '../strike.js';
import type { Swarm } from '../swarm.js';
import type { World } from '../world.js';
import { linkFaults } from '../link-faults.js';
import { reportLosses } from '../network.js';
import { AdversarialBus } from './adversarial-bus.js';
import type { LocalWeather, Weather } from './adversarial-bus.js';
import type { Bus } from './bus.js';
import { NatsBus, fairWeather } from './nats-bus.js';
import type { NatsWeather } from './nats-bus.js';
import { natsFaults } from './nats-faults.js';

/** Messages that anything may happen to; or connections to one NATS server; or to three that form a cluster. */
export type BusModel = 'adversarial' | 'nats' | 'natsCluster';

export const busModels: readonly BusModel[] = ['adversarial', 'nats', 'natsCluster'];

export interface DrawnBus {
  readonly bus: Bus;
  readonly faults: Faults;
  /** Whether the network itself doubled a message from or to this process in that time. */
  doubled(address: Address, fromMs: number, toMs: number): boolean;
  /** Whether what a process of this address says to itself arrives now, but for the weather. */
  reaches(address: Address): boolean;
}

/** The network of one run and what may befall it. */
export function drawBus<V extends Vocabulary>(
  { network, weather, calm }: Pick<Swarm, 'network' | 'weather' | 'calm'>,
  world: World<V>,
  random: Random,
  members: readonly Address[],
  /** Those that may have a weather of their own. */
  kinds: readonly string[],
): DrawnBus {
  const { timeline, counters } = world;
  const ground = { timeline, counters, random: random.fork('bus') };
  const drawn = random.fork('weather');
  if (network === 'adversarial') {
    const local = calm ? [] : drawLocalWeather(drawn, members, kinds);
    const bus = new AdversarialBus({ ...ground, weather, local, lost: reportLosses(world) });
    return { bus, faults: linkFaults(world, bus), doubled: bus.doubled.bind(bus), reaches: () => true };
  }
  const bus = new NatsBus({
    ...ground,
    weather: calm ? fairWeather : drawNatsWeather(drawn),
    servers: network === 'nats' ? 1 : 3,
    homeOf: ({ address }) => (members.includes(address) ? members.indexOf(address) : undefined),
  });
  return {
    bus,
    doubled: () => false,
    reaches: (address) => bus.isConnected(address),
    faults: natsFaults(bus, world.witness, (subject) =>
      world.messages.peerKinds.has(parseSubject(subject)?.kind ?? ''),
    ),
  };
}

/** Networks lose, double and delay, each to its own degree. */
export function drawWeather(random: Random): Weather {
  return {
    loss: random.pick([0, 0.01, 0.05, 0.2]),
    duplication: random.pick([0, 0.01, 0.1, 0.5]),
    slow: random.pick([0, 0.01, 0.1, 0.3]),
    delayMs: [0.1, random.pick([0.5, 2, 10])],
    slowMs: random.pick([10, 100, 1000, 5000]),
  };
}

/** At times one kind of message, or one direction between two members, fares much worse than the rest, by minutes at most. */
function drawLocalWeather(random: Random, members: readonly Address[], kinds: readonly string[]): LocalWeather[] {
  return Array.from({ length: random.pick([0, 0, 1, 2]) }, () => {
    const [from, to] = random.shuffle(members) as [Address, Address];
    return {
      ...(random.chance(0.5) ? { kind: random.pick(kinds) } : { from, to }),
      loss: random.pick([0, 0.3, 0.9]),
      duplication: random.pick([0, 0.5]),
      slow: random.pick([0, 0.3, 0.9]),
      delayMs: [0.1, random.pick([1, 20])],
      slowMs: random.pick([100, 2000, 180_000]),
    };
  });
}

/** Small queues, so that a pause of seconds fills them with a few hundred messages. */
function drawNatsWeather(random: Random): NatsWeather {
  return {
    delayMs: [0.05, random.pick([0.2, 1, 5])],
    socketBytes: random.pick([300, 3000, 60_000]),
    pendingBytes: random.pick([1000, 20_000, 8_388_608]),
  };
}
