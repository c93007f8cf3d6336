import type { Address } from '@synod/actor';
import type { Counters } from '../counters.js';
import { Links } from '../links.js';
import type { Random } from '../random.js';
import type { Timeline } from '../timeline.js';
import type { Bus, Process } from './bus.js';
import { NatsConnection } from './nats-connection.js';
import { NatsServer } from './nats-server.js';
import { Pipe } from './pipe.js';

export interface NatsWeather {
  /** One way between a process and its server, and between two servers. */
  readonly delayMs: readonly [number, number];
  /** What a process that does not read has in its own socket; it reads that, stale, when it goes on. */
  readonly socketBytes: number;
  /** What the server holds beyond that for a reader, before it cuts it off. */
  readonly pendingBytes: number;
}

/** As `libs/nats-transport` configures the server, on a good day. */
export const fairWeather: NatsWeather = { delayMs: [0.1, 0.5], socketBytes: 262_144, pendingBytes: 8_388_608 };

export interface NatsBusOptions {
  readonly timeline: Timeline;
  readonly counters: Counters;
  readonly random: Random;
  readonly weather: NatsWeather;
  /** One, or three that form a cluster. */
  readonly servers: number;
  /** A replica stays at one server, so that servers fail replicas one by one; others may go to any. */
  readonly homeOf: (process: Process) => number | undefined;
}

/**
 * NATS as it is: each process holds TCP connections to a server, and a message of one publisher never overtakes another of the
 * same; no order holds between publishers. What breaks is connections, and with them everything in flight.
 */
export class NatsBus implements Bus {
  /** Between a process's address and a server's name, or two servers. After a change call `waysChanged`. */
  readonly links = new Links();
  readonly servers: readonly NatsServer[];
  readonly timeline: Timeline;
  readonly counters: Counters;
  weather: NatsWeather;
  private readonly connections = new Set<NatsConnection>();
  private connected = 0;

  constructor(private readonly options: NatsBusOptions) {
    this.timeline = options.timeline;
    this.counters = options.counters;
    this.weather = options.weather;
    this.servers = Array.from({ length: options.servers }, (_, i) => new NatsServer(`nats-${i + 1}`));
    const routes = options.random.fork('routes');
    for (const server of this.servers)
      for (const other of this.servers)
        if (other !== server) server.routes.set(other, this.route(server, other, routes));
  }

  connect(process: Process): NatsConnection {
    const home = this.options.homeOf(process);
    const random = this.options.random.fork(`connection ${++this.connected} of ${process.address}`);
    const servers = home === undefined ? random.shuffle(this.servers) : [this.servers[home % this.servers.length]!];
    const connection = new NatsConnection(this, process, servers, random);
    this.connections.add(connection);
    return connection;
  }

  /** Whether both directions work, and, unless `established`, whether a new connection would be answered. */
  reaches({ address }: Process, server: NatsServer, established = false): boolean {
    if (server.frozen || (!established && !server.up)) return false;
    return !this.links.blocks(address, server.name) && !this.links.blocks(server.name, address);
  }

  delayMs(random: Random): number {
    return random.between(...this.weather.delayMs);
  }

  connectionsOf(address: Address): readonly NatsConnection[] {
    return [...this.connections].filter(({ process }) => process.address === address);
  }

  /** Whether all connections of an address work, in both directions. */
  isConnected(address: Address): boolean {
    return this.connectionsOf(address).every(
      ({ process, server }) => server !== undefined && server.up && this.reaches(process, server, true),
    );
  }

  /** Of connections, routes or frozen servers: what waited flows, and what is dead will be noticed. */
  waysChanged(): void {
    for (const connection of this.connections) connection.wayChanged();
    for (const server of this.servers) server.flow();
  }

  /** Everything that is broken is repaired, and the weather is fair. */
  heal(): void {
    this.weather = fairWeather;
    this.links.heal();
    for (const server of this.servers) {
      if (server.frozen) server.thaw();
      server.start();
    }
    this.waysChanged();
  }

  /** For a connection that is closed. */
  closed(connection: NatsConnection): void {
    this.connections.delete(connection);
  }

  /** One hop only: what a cut route does not carry takes no other way. */
  private route(from: NatsServer, to: NatsServer, random: Random): Pipe {
    const isShut = (): boolean => to.frozen || this.links.blocks(from.name, to.name);
    return new Pipe(this.timeline, () => this.delayMs(random), isShut);
  }
}
