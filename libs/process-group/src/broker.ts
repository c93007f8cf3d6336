import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  credentialsPath,
  ensureCredentials,
  publicKeysOf,
  readCredentials,
  serverConfiguration,
  userOf,
} from '@synod/nats-transport';
import type { Credentials, Identity } from '@synod/nats-transport';
import { writePrivately } from '@synod/private-file';
import { freePorts } from './free-ports.js';
import { ManagedProcess } from './managed-process.js';
import { poll } from './polling.js';

const READY_WITHIN_MS = 10_000;

/** Where a server runs: an address that everybody reaches, and how to get a program there. */
export interface Place {
  readonly host: string;
  /** Such as `ip netns exec one`; it must exec. */
  readonly prefix: readonly string[];
}

export const onLoopback: Place = { host: '127.0.0.1', prefix: [] };

/** One nats-server. */
export class BrokerServer extends ManagedProcess {
  constructor(
    name: string,
    private readonly configurationPath: string,
    readonly place: Place,
    readonly port: number,
    /** HTTP, on the loopback of its place. */
    readonly monitorPort: number,
    logPath: string,
  ) {
    super(name, logPath);
  }

  get url(): string {
    return `nats://${this.place.host}:${this.port}`;
  }

  /** Resolves when it takes connections. */
  async run(): Promise<void> {
    const program = process.env['SYNOD_NATS_SERVER'] ?? 'nats-server';
    this.start([...this.place.prefix, program, '-c', this.configurationPath], { PATH: searchPath() });
    await poll(
      async () => (this.isAlive ? (await this.answers()) || undefined : this.failed()),
      READY_WITHIN_MS,
      () => `${this.name} does not listen at ${this.url}:\n${this.log().slice(-2000)}`,
    );
  }

  private failed(): never {
    throw new Error(`${this.name} did not start; is nats-server installed?\n${this.log().slice(-2000)}`);
  }

  private async answers(): Promise<boolean> {
    const socket = connect(this.port, this.place.host);
    try {
      await once(socket, 'data', { signal: AbortSignal.timeout(500) });
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }
}

/** One nats-server, or several as one cluster of NATS; their users' credentials. */
export class Broker {
  private constructor(
    private readonly directory: string,
    readonly servers: readonly BrokerServer[],
  ) {}

  /** One server per place. */
  static async start(
    directory: string,
    cluster: string,
    identities: readonly Identity[],
    places: readonly Place[],
  ): Promise<Broker> {
    mkdirSync(directory, { recursive: true });
    const keys = publicKeysOf(ensureCredentials(join(directory, 'credentials'), identities.map(userOf)));
    const ports = await freePorts(places.length * 3);
    const routePorts = ports.slice(places.length * 2);
    const servers = places.map((place, i) => {
      const name = `nats-${i + 1}`;
      const path = join(directory, `${name}.conf`);
      const [port, monitorPort] = [ports[i]!, ports[places.length + i]!];
      const others = places.map(({ host }, j) => `${host}:${routePorts[j]}`).filter((_, j) => j !== i);
      const mesh = { name, host: place.host, port: routePorts[i]!, others, password: 'between-servers' };
      const host = place.host;
      const base = { cluster, identities, keys, host, port, monitorPort };
      writePrivately(path, serverConfiguration(places.length > 1 ? { ...base, mesh } : base));
      return new BrokerServer(name, path, place, port, monitorPort, join(directory, `${name}.log`));
    });
    const broker = new Broker(directory, servers);
    try {
      await Promise.all(servers.map((server) => server.run()));
    } catch (error) {
      await broker.kill();
      throw error;
    }
    return broker;
  }

  get urls(): readonly string[] {
    return this.servers.map(({ url }) => url);
  }

  /** Holds `<user>.json` of every user. */
  get credentialsDirectory(): string {
    return join(this.directory, 'credentials');
  }

  credentialsPath(user: string): string {
    return credentialsPath(this.credentialsDirectory, user);
  }

  credentials(user: string): Credentials {
    return readCredentials(this.credentialsPath(user));
  }

  async kill(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()));
  }
}

/** Ordinary users' PATHs leave out the folder where Debian puts nats-server. */
export function searchPath(): string {
  return `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
}
