import type { Address } from '@synod/actor';
import { Cuts } from '../cuts.js';
import type { Links } from '../links.js';
import type { Random } from '../random.js';
import { numberIn } from '../strike.js';
import type { Detail, FaultKind, Faults } from '../strike.js';
import type { Witness } from '../witness.js';
import type { NatsBus } from './nats-bus.js';
import type { NatsServer } from './nats-server.js';

/** What breaks with NATS: servers, and the ways to them and between them. Slow consumers come of pauses. */
export function natsFaults(
  bus: NatsBus,
  told: Required<Pick<Witness<never>, 'fault'>>,
  /** Whether it is said between members. */
  isPeers: (subject: string) => boolean,
): Faults {
  const cuts = new Cuts(bus.links, bus.timeline, told, () => bus.waysChanged());
  return {
    kinds: {
      ...wayFaults(bus, cuts),
      ...serverFaults(bus),
      ...(bus.servers.length > 1 ? routeFaults(bus, cuts) : {}),
      natsOverlap: {
        // Members' messages only: what a client says of its own errors rests on each request's coming once at most.
        counted: 'overlapping subscriptions',
        draw: drawDuration,
        strike: (target, detail) => {
          const ends = bus.connectionsOf(target).map((connection) => connection.overlap(isPeers));
          bus.timeline.after(numberIn(detail, 'forMs'), () => ends.forEach((end) => end()));
          return target;
        },
      },
    },
    heal: () => {
      cuts.end();
      bus.heal();
    },
  };
}

const drawDuration = (random: Random): Detail => ({ forMs: random.between(100, 4000) });

/** Between a process and its servers. */
function wayFaults(bus: NatsBus, cuts: Cuts): Faults['kinds'] {
  const servers = bus.servers.map(({ name }) => name);
  const cutOff = (links: Links, target: Address): void => links.separate([[target], servers]);
  return {
    natsCut: cuts.lasting('processes cut from NATS', drawDuration, cutOff),
    natsMute: cuts.lasting('ways to NATS cut', drawDuration, (links, target) => links.oneWay([target], servers)),
    natsDeaf: cuts.lasting('ways from NATS cut', drawDuration, (links, target) => links.oneWay(servers, [target])),
    natsFlapping: cuts.flapping(
      'flapping ways to NATS',
      { timesMax: 7, cutMs: [10, 2500], wholeMs: [10, 300] },
      cutOff,
    ),
  };
}

function serverIn(bus: NatsBus, detail: Detail, name = 'server'): NatsServer {
  return bus.servers[numberIn(detail, name) % bus.servers.length]!;
}

function serverFaults(bus: NatsBus): Faults['kinds'] {
  const { timeline } = bus;
  return {
    serverKill: {
      counted: 'NATS servers killed',
      everyone: true,
      draw: (random) => ({ server: random.below(6), downMs: random.between(10, 2500) }),
      strike: (_target, detail) => {
        const server = serverIn(bus, detail);
        if (!server.up) return undefined;
        server.kill();
        timeline.after(numberIn(detail, 'downMs'), () => server.start());
        return server.name;
      },
    },
    serverFreeze: {
      counted: 'NATS servers frozen',
      everyone: true,
      draw: (random) => ({ server: random.below(6), forMs: random.between(20, 3000) }),
      strike: (_target, detail) => {
        const server = serverIn(bus, detail);
        if (!server.up || server.frozen) return undefined;
        server.freeze();
        bus.waysChanged();
        timeline.after(numberIn(detail, 'forMs'), () => {
          if (!server.frozen) return;
          server.thaw();
          bus.waysChanged();
        });
        return server.name;
      },
    },
  };
}

/** One hop only: two replicas whose servers have lost each other still hear the third. */
function routeFaults(bus: NatsBus, cuts: Cuts): Faults['kinds'] {
  const { servers } = bus;
  const homeOf = (target: Address): string => (bus.connectionsOf(target)[0]?.server ?? servers[0]!).name;
  const others = (name: string): string[] => servers.map((server) => server.name).filter((other) => other !== name);
  const cut = (counted: string, act: (links: Links, home: string, others: readonly string[]) => void): FaultKind =>
    cuts.lasting(counted, drawDuration, (links, target) => act(links, homeOf(target), others(homeOf(target))));
  return {
    routeCut: cut('routes between NATS servers cut', (links, home, [other]) => links.separate([[home], [other!]])),
    routeMute: cut('routes between NATS servers cut one way', (links, home, [other]) => links.oneWay([home], [other!])),
    serverAlone: cut('NATS servers cut from the others', (links, home, all) => links.separate([[home], all])),
  };
}
