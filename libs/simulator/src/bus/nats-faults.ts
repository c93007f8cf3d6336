import type { Address } from '@synod/actor';
import type { Links } from '../links.js';
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
  const ways = new Ways(bus, told);
  return {
    kinds: {
      ...ways.kinds,
      ...serverFaults(bus),
      ...(bus.servers.length > 1 ? routeFaults(bus, ways) : {}),
      natsOverlap: {
        // Members' messages only: what a client says of its own errors rests on each request's coming once at most.
        counted: 'overlapping subscriptions',
        draw: (random) => ({ forMs: random.between(100, 4000) }),
        strike: (target, detail) => {
          const ends = bus.connectionsOf(target).map((connection) => connection.overlap(isPeers));
          bus.timeline.after(numberIn(detail, 'forMs'), () => ends.forEach((end) => end()));
          return target;
        },
      },
    },
    heal: () => {
      ways.healed = true;
      bus.heal();
    },
  };
}

/** One disturbance of the ways at a time. */
class Ways {
  healed = false;

  constructor(
    private readonly bus: NatsBus,
    private readonly told: Required<Pick<Witness<never>, 'fault'>>,
  ) {}

  get kinds(): Faults['kinds'] {
    const servers = this.bus.servers.map(({ name }) => name);
    return {
      natsCut: this.cutting('processes cut from NATS', (links, target) => links.separate([[target], servers])),
      natsMute: this.cutting('ways to NATS cut', (links, target) => links.oneWay([target], servers)),
      natsDeaf: this.cutting('ways from NATS cut', (links, target) => links.oneWay(servers, [target])),
      natsFlapping: {
        counted: 'flapping ways to NATS',
        draw: (random) => ({
          times: 2 + random.below(6),
          cutMs: random.between(10, 2500),
          wholeMs: random.between(10, 300),
        }),
        strike: (target, detail) => {
          if (!this.bus.links.whole) return undefined;
          this.flap(target, servers, detail, numberIn(detail, 'times'));
          return target;
        },
      },
    };
  }

  cutting(counted: string, act: (links: Links, target: Address) => void): FaultKind {
    const { bus } = this;
    return {
      counted,
      draw: (random) => ({ forMs: random.between(100, 4000) }),
      strike: (target, detail) => {
        if (!bus.links.whole) return undefined;
        act(bus.links, target);
        bus.waysChanged();
        bus.timeline.after(numberIn(detail, 'forMs'), () => {
          this.mend();
          this.told.fault('ways of NATS mended');
        });
        return target;
      },
    };
  }

  private flap(target: Address, servers: readonly string[], detail: Detail, times: number): void {
    const { bus } = this;
    bus.links.separate([[target], servers]);
    bus.waysChanged();
    bus.timeline.after(numberIn(detail, 'cutMs'), () => {
      this.mend();
      if (times === 0) return;
      bus.timeline.after(numberIn(detail, 'wholeMs'), () => {
        if (!this.healed && bus.links.whole) this.flap(target, servers, detail, times - 1);
      });
    });
  }

  private mend(): void {
    this.bus.links.heal();
    this.bus.waysChanged();
  }
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
function routeFaults(bus: NatsBus, ways: Ways): Faults['kinds'] {
  const { servers } = bus;
  const homeOf = (target: Address): string => (bus.connectionsOf(target)[0]?.server ?? servers[0]!).name;
  const others = (name: string): string[] => servers.map((server) => server.name).filter((other) => other !== name);
  const route = (target: Address): [string, string] => [homeOf(target), others(homeOf(target))[0]!];
  return {
    routeCut: ways.cutting('routes between NATS servers cut', (links, target) => {
      const [home, other] = route(target);
      links.separate([[home], [other]]);
    }),
    routeMute: ways.cutting('routes between NATS servers cut one way', (links, target) => {
      const [home, other] = route(target);
      links.oneWay([home], [other]);
    }),
    serverAlone: ways.cutting('NATS servers cut from the others', (links, target) => {
      links.separate([[homeOf(target)], others(homeOf(target))]);
    }),
  };
}
