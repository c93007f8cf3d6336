import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@synod/client';
import type { Client, ClientOptions } from '@synod/client';
import type { Identity } from '@synod/nats-transport';
import { Broker, onLoopback } from './broker.js';
import type { BrokerServer, Place } from './broker.js';
import { bundleApp } from './bundle.js';
import { undoAtTheEnd } from './last-resort.js';
import { poll } from './polling.js';
import { ReplicaProcess } from './replica-process.js';
import { StatusDesk } from './status.js';
import type { ReplicaStatus } from './status.js';

const cluster = 'test';

export interface GroupOptions {
  /** How many; default 3. They are named raft-r1, raft-r2 and so on. */
  readonly replicas?: number;
  /** One nats-server for each; default: one server on loopback. Replica i is at server i modulo their number, and only there. */
  readonly places?: readonly Place[];
  /** Of all replicas, above the defaults. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The group's name; default `kv`. */
  readonly group?: string;
  /** An app whose main is a replica; default `raft-replica`. */
  readonly app?: string;
  /** Where each replica's data are; default: in the group's directory, under its name. */
  readonly dataOf?: (name: string, directory: string) => string;
  /** Everything of the group goes there and stays; default: a temporary one, which goes with the group. */
  readonly directory?: string;
  /** More users at the broker, beside `client` and `admin`. */
  readonly identities?: readonly Identity[];
}

/** A group as real processes over real brokers, in a temporary directory of its own. */
export class ProcessGroup {
  private readonly clients: Client[] = [];
  private readonly desk: StatusDesk;

  private constructor(
    readonly directory: string,
    readonly group: string,
    readonly broker: Broker,
    readonly replicas: readonly ReplicaProcess[],
    private readonly removeDirectory: () => void,
  ) {
    this.desk = new StatusDesk(broker, cluster, group);
  }

  /** Resolves when the servers run; replicas are to be started with `startAll` or one by one. */
  static async prepare(options: GroupOptions = {}): Promise<ProcessGroup> {
    const { replicas: count = 3, places = [onLoopback], group = 'kv', app = 'raft-replica' } = options;
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'synod-group-'));
    const remove = undoAtTheEnd(() => {
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
    });
    try {
      const names = Array.from({ length: count }, (_, i) => `raft-r${i + 1}`);
      const identities = identitiesOf(names, options.identities ?? []);
      const broker = await Broker.start(join(directory, 'broker'), cluster, identities, places);
      const program = join(directory, 'replica.mjs');
      bundleApp(app, program);
      const replicas = names.map((name, i) => {
        const server = broker.servers[i % broker.servers.length]!;
        const settings = { ...settingsOf(name, names, group, server, broker), ...options.environment };
        const data = options.dataOf?.(name, directory) ?? join(directory, name);
        return new ReplicaProcess(name, join(directory, `${name}.log`), program, server.place.prefix, settings, data);
      });
      return new ProcessGroup(directory, group, broker, replicas, remove);
    } catch (error) {
      remove();
      throw error;
    }
  }

  /** Resolves when the group has a leader. */
  static async start(options: GroupOptions = {}): Promise<ProcessGroup> {
    const group = await ProcessGroup.prepare(options);
    try {
      group.startAll();
      await group.leader();
      return group;
    } catch (error) {
      await group.close();
      throw error;
    }
  }

  startAll(): void {
    for (const replica of this.replicas) if (!replica.isAlive) replica.run();
  }

  get names(): readonly string[] {
    return this.replicas.map(({ name }) => name);
  }

  /** Throws when there is none of that name. */
  replica(name: string): ReplicaProcess {
    const found = this.replicas.find((replica) => replica.name === name);
    if (!found) throw new Error(`there is no replica ${name}; there are ${this.names.join(', ')}`);
    return found;
  }

  /** The server that a replica is connected to. */
  serverOf(name: string): BrokerServer {
    return this.broker.servers[this.names.indexOf(name) % this.broker.servers.length]!;
  }

  /** The production client; by default it knows all servers. Closed with the group. */
  async client(options: Partial<ClientOptions> = {}): Promise<Client> {
    const { user, password } = this.broker.credentials(options.user ?? 'client');
    const client = await connect({ servers: this.broker.urls, cluster, ...options, user, password });
    this.clients.push(client);
    return client;
  }

  /** The states of those replicas that answer. */
  states(): Promise<ReadonlyMap<string, ReplicaStatus>> {
    return this.desk.ask(this.replicas.filter(({ isAlive }) => isAlive).map(({ name }) => name));
  }

  /** The leader of the highest term, once there is one; `not` is not meant. */
  leader(not?: string, withinMs = 30_000): Promise<string> {
    return this.until(
      'there is a leader',
      (states) => {
        const leaders = [...states].filter(([name, { role }]) => role === 'leader' && name !== not);
        return leaders.sort(([, a], [, b]) => b.term - a.term)[0]?.[0];
      },
      withinMs,
    );
  }

  /** All replicas active, with the same state applied up to the same place. */
  inStep(withinMs = 30_000): Promise<ReplicaStatus> {
    return this.until('all replicas have the same state', (states) => this.commonState(states), withinMs);
  }

  /** The state, if all replicas are active and have the same one. */
  commonState(states: ReadonlyMap<string, ReplicaStatus>): ReplicaStatus | undefined {
    const all = [...states.values()];
    const [first] = all;
    if (!first || all.length < this.replicas.length) return undefined;
    const equal = all.every((one) => one.lastApplied === first.lastApplied && one.stateHash === first.stateHash);
    return equal && all.every(({ standing }) => standing === 'active') ? first : undefined;
  }

  /** Throws, with the states and the ends of the logs, when `find` still finds nothing after `withinMs`. */
  until<T>(
    what: string,
    find: (states: ReadonlyMap<string, ReplicaStatus>) => T | undefined,
    withinMs = 30_000,
  ): Promise<T> {
    let states: ReadonlyMap<string, ReplicaStatus> = new Map();
    const complain = () => `after ${withinMs / 1000} s still not: ${what}\n${this.picture(states)}`;
    return poll(async () => find((states = await this.states())), withinMs, complain);
  }

  private picture(states: ReadonlyMap<string, ReplicaStatus>): string {
    return this.replicas
      .map((replica) => {
        const lines = replica.log().trim().split('\n').slice(-8).join('\n');
        return `${replica.name}: ${JSON.stringify(states.get(replica.name))}\n${lines}`;
      })
      .join('\n');
  }

  /** Ends everything for certain. */
  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close({ drainMs: 0 })));
    await this.desk.close();
    await Promise.all(this.replicas.map((replica) => replica.kill()));
    await this.broker.kill();
    this.removeDirectory();
  }
}

function identitiesOf(names: readonly string[], more: readonly Identity[]): readonly Identity[] {
  return [
    ...names.map((name): Identity => ({ role: 'replica', name, multicasts: ['replicas'] })),
    ...names.map((of): Identity => ({ role: 'service', of })),
    { role: 'client', name: 'client' },
    { role: 'admin', name: 'admin' },
    ...more,
  ];
}

function settingsOf(name: string, names: readonly string[], group: string, server: BrokerServer, broker: Broker) {
  return {
    SYNOD_CLUSTER: cluster,
    SYNOD_GROUP: group,
    SYNOD_REPLICA: name,
    SYNOD_MEMBERS: names.join(','),
    SYNOD_NATS_URL: server.url,
    SYNOD_CREDENTIALS_FILE: broker.credentialsPath(name),
    SYNOD_REGISTRATION_FILE: broker.credentialsPath(`srv-${name}`),
    SYNOD_EXIT_WITH_STDIN: '1',
    OTEL_TRACES_EXPORTER: 'none',
  };
}
