import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@synod/client';
import type { Client, ClientOptions } from '@synod/client';
import { groupKeysPath, makeKeys, trustIn } from '@synod/keys';
import { connectAs, whoAsks } from '@synod/nats-transport';
import type { Connection, Identity } from '@synod/nats-transport';
import { identitiesOf, isSigned, planGroup, serviceNamed, withTraitors } from '@synod/topology';
import type { GroupPlan, PlannedService, PlanOptions, Protocol, RoleName } from '@synod/topology';
import { Broker, onLoopback } from './broker.js';
import type { BrokerServer, Place } from './broker.js';
import { Bundles } from './bundle.js';
import { undoAtTheEnd } from './last-resort.js';
import { poll } from './polling.js';
import { ReplicaProcess } from './replica-process.js';
import { ServiceProcess } from './service-process.js';
import { gatewaySettings, memberSettings } from './settings.js';
import { StatusDesk } from './status.js';
import type { ReplicaStatus } from './status.js';

export interface GroupOptions {
  /** Default `raft`. */
  readonly protocol?: Protocol;
  /** How many of a role; default as the protocol has them. */
  readonly counts?: NonNullable<PlanOptions['counts']>;
  /** Members that are none until somebody has them added. */
  readonly spares?: number;
  /** By member, how it does not keep to the protocol. */
  readonly traitors?: PlanOptions['traitors'];
  /** One nats-server for each; default: one server on loopback. Member i is at server i modulo their number, and only there. */
  readonly places?: readonly Place[];
  /** Of all members, above the defaults. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The group's name; default `kv`. */
  readonly group?: string;
  /** Default `test`. */
  readonly cluster?: string;
  /** The main.ts of those that answer clients, as seen from the workspace; default that of the protocol's app. */
  readonly program?: string;
  /** Where each member's data are; default: in the group's directory, under its name. */
  readonly dataOf?: (name: string, directory: string) => string;
  /** Everything of the group goes there and stays; default: a temporary one, which goes with the group. */
  readonly directory?: string;
  /** More users at the broker, beside `client` and `admin`. */
  readonly identities?: readonly Identity[];
}

/** A group as real processes over real brokers, in a temporary directory of its own. */
export class ProcessGroup {
  private readonly clients: Client[] = [];
  private readonly connections: Connection[] = [];
  private readonly services: ServiceProcess[] = [];
  private readonly desk: StatusDesk;

  private constructor(
    readonly directory: string,
    readonly cluster: string,
    private readonly plan: GroupPlan,
    readonly broker: Broker,
    /** Its members, of whatever role, in the order of their names in the configuration. */
    readonly replicas: readonly ReplicaProcess[],
    private readonly bundles: Bundles,
    private readonly removeDirectory: () => void,
  ) {
    this.desk = new StatusDesk(broker, cluster, plan.name);
  }

  /** Resolves when the servers run; members are to be started with `startAll` or one by one. */
  static async prepare(options: GroupOptions = {}): Promise<ProcessGroup> {
    const { protocol = 'raft', counts = {}, spares = 0, traitors = new Map() } = options;
    const { places = [onLoopback], group: name = 'kv', cluster = 'test' } = options;
    const plan = planGroup({ name, protocol, counts, spares, traitors });
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'synod-group-'));
    const remove = undoAtTheEnd(() => {
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
    });
    try {
      const identities = [...identitiesOf([plan]), ...users, ...(options.identities ?? [])];
      const broker = await Broker.start(join(directory, 'broker'), cluster, identities, places);
      const keys = keysIn(directory);
      if (isSigned(protocol)) makeGroupKeys(keys, cluster, plan, identities);
      const bundles = new Bundles(directory);
      const replicas = plan.services.map((service, i) => {
        const server = broker.servers[i % broker.servers.length]!;
        const settings = { ...memberSettings(cluster, plan, service, server, broker, keys), ...options.environment };
        const data = options.dataOf?.(service.name, directory) ?? join(directory, service.name);
        const program = bundles.of(programOf(service, options));
        const log = join(directory, `${service.name}.log`);
        return new ReplicaProcess(service.name, log, program, server.place.prefix, settings, data);
      });
      return new ProcessGroup(directory, cluster, plan, broker, replicas, bundles, remove);
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

  /**
   * Ends a member and starts it anew over its data as one that does not keep to the protocol; `run` after `kill` makes it honest
   * again. Throws when the protocol knows no such thing.
   */
  async betray(name: string, treason: string): Promise<void> {
    const { app } = serviceNamed(withTraitors(this.plan, new Map([[name, treason]])), name);
    const program = this.bundles.of(`apps/${app}/src/main.ts`);
    const replica = this.replica(name);
    await replica.kill();
    replica.run({ program, environment: { SYNOD_TREASON: treason } });
  }

  /** The group's own name. */
  get group(): string {
    return this.plan.name;
  }

  get names(): readonly string[] {
    return this.replicas.map(({ name }) => name);
  }

  get roles(): readonly RoleName[] {
    return [...new Set(this.plan.services.map(({ role }) => role))];
  }

  /** The members of one role, or those that answer clients. */
  namesOf(role: RoleName | 'answering'): readonly string[] {
    const wanted = (service: PlannedService) => (role === 'answering' ? service.answersClients : service.role === role);
    return this.plan.services.filter(wanted).map(({ name }) => name);
  }

  /** Throws when there is none of that name. */
  replica(name: string): ReplicaProcess {
    const found = this.replicas.find((replica) => replica.name === name);
    if (!found) throw new Error(`there is no replica ${name}; there are ${this.names.join(', ')}`);
    return found;
  }

  /** The server that a member is connected to. */
  serverOf(name: string): BrokerServer {
    return this.broker.servers[this.names.indexOf(name) % this.broker.servers.length]!;
  }

  /** The directory with the keys of a group whose members sign; of another there are none in it. */
  get keys(): string {
    return keysIn(this.directory);
  }

  /** A gateway in front of the group, as a user that `identities` must have; not started yet. Ended with the group. */
  gateway(user = 'gateway', environment: Readonly<Record<string, string>> = {}): ServiceProcess {
    const { keys } = this;
    const settings = { ...gatewaySettings(this.cluster, this.group, user, this.broker, keys), ...environment };
    const program = this.bundles.of('apps/gateway/src/main.ts');
    const gateway = new ServiceProcess(user, join(this.directory, `${user}.log`), program, [], settings);
    this.services.push(gateway);
    return gateway;
  }

  /** The production client; by default it knows all servers. Closed with the group. */
  async client(options: Partial<ClientOptions> = {}): Promise<Client> {
    const { user, seed } = this.broker.credentials(options.user ?? 'client');
    const servers = this.broker.urls;
    const trust = (group: string) => trustIn(this.keys, group, user);
    const where = { servers, cluster: this.cluster, timeoutMs: 20_000, trust };
    const client = await connect({ ...where, ...options, user, seed });
    this.clients.push(client);
    return client;
  }

  /** A bare connection as any user of the broker, a member's included. Closed with the group. */
  async connectAs(user: string): Promise<Connection> {
    const credentials = this.broker.credentials(user);
    const connection = await connectAs({ servers: this.broker.urls, credentials, name: `bare ${user}` });
    this.connections.push(connection);
    return connection;
  }

  /** The states of those members that answer. */
  states(): Promise<ReadonlyMap<string, ReplicaStatus>> {
    return this.desk.ask(this.replicas.filter(({ isAlive }) => isAlive).map(({ name }) => name));
  }

  /** The leader of the highest term or ballot, once there is one; `not` is not meant. */
  leader(not?: string, withinMs = 30_000): Promise<string> {
    return this.until('there is a leader', (states) => this.leaderAmong(states, not), withinMs);
  }

  leaderAmong(states: ReadonlyMap<string, ReplicaStatus>, not?: string): string | undefined {
    const leaders = [...states].filter(([name, { role }]) => leading.has(role) && name !== not);
    return leaders.sort(([, a], [, b]) => eraOf(b) - eraOf(a))[0]?.[0];
  }

  /** All members active and counted, with the same state applied up to the same place by those that have one. */
  inStep(withinMs = 30_000): Promise<ReplicaStatus> {
    return this.until('all replicas have the same state', (states) => this.commonState(states), withinMs);
  }

  /** The state, if all members are active and those that execute have the same one. */
  commonState(states: ReadonlyMap<string, ReplicaStatus>): ReplicaStatus | undefined {
    const answering = this.namesOf('answering').map((name) => states.get(name));
    const [first] = answering;
    if (!first || states.size < this.replicas.length) return undefined;
    const equal = answering.every(
      (one) => one !== undefined && appliedBy(one) === appliedBy(first) && one.stateHash === first.stateHash,
    );
    const active = [...states.values()].every(({ standing }) => standing === 'active');
    return equal && active && this.allCounted(states, first) ? first : undefined;
  }

  /** An acceptor that lost its disk is active before anybody counts its new one. */
  private allCounted(states: ReadonlyMap<string, ReplicaStatus>, { acceptors }: ReplicaStatus): boolean {
    const disks = new Map(acceptors?.acceptors.map(({ address, disk }) => [address, disk]));
    return this.namesOf('acceptor').every((name) => disks.get(name) === states.get(name)?.disk);
  }

  /** Throws, with the states and the ends of the logs, when `find` still finds nothing after `withinMs`. */
  until<T>(
    what: string,
    find: (states: ReadonlyMap<string, ReplicaStatus>) => T | undefined | false,
    withinMs = 30_000,
  ): Promise<T> {
    let states: ReadonlyMap<string, ReplicaStatus> = new Map();
    const complain = () => `after ${withinMs / 1000} s still not: ${what}\n${this.picture(states)}`;
    return poll(async () => find((states = await this.states())), withinMs, complain);
  }

  private picture(states: ReadonlyMap<string, ReplicaStatus>): string {
    return [...this.replicas, ...this.services]
      .map((process) => {
        const lines = process.log().trim().split('\n').slice(-8).join('\n');
        return `${process.name}: ${JSON.stringify(states.get(process.name))}\n${lines}`;
      })
      .join('\n');
  }

  /** Ends everything for certain. */
  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close({ drainMs: 0 })));
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.desk.close();
    await Promise.all([...this.services, ...this.replicas].map((process) => process.kill()));
    await this.broker.kill();
    this.removeDirectory();
  }
}

/** What a protocol calls who leads. */
const leading: ReadonlySet<string> = new Set(['leader', 'primary']);

function eraOf({ term, ballot, view }: ReplicaStatus): number {
  return term ?? ballot ?? view ?? 0;
}

function appliedBy({ lastApplied, lastExecuted }: ReplicaStatus): number | undefined {
  return lastApplied ?? lastExecuted;
}

/** Where the keys of a group are whose members sign. */
function keysIn(directory: string): string {
  return join(directory, 'keys');
}

/** For each member, and for each user that asks. */
function makeGroupKeys(directory: string, cluster: string, plan: GroupPlan, identities: readonly Identity[]): void {
  const users = whoAsks(identities);
  const members = plan.services.map(({ name }) => name);
  if (existsSync(groupKeysPath(directory, plan.name))) return;
  makeKeys({ directory, cluster, group: plan.name, members, users });
}

const users: readonly Identity[] = [
  { role: 'client', name: 'client' },
  { role: 'admin', name: 'admin' },
];

function programOf({ app, answersClients }: PlannedService, { program }: GroupOptions): string {
  return answersClients && program !== undefined ? program : `apps/${app}/src/main.ts`;
}
