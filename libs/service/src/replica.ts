import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedState } from '@synod/actor';
import type { Actor, RoundVocabulary, Vocabulary } from '@synod/actor';
import { ActorHost, eventLoop, monotonicClock, systemDice } from '@synod/actor-host';
import type { MessageCodec, RecordCodec, Transport } from '@synod/actor-host';
import { openStorage } from '@synod/journal';
import type { Storage } from '@synod/journal';
import { ReplicaConnection, readCredentials, registerService } from '@synod/nats-transport';
import type { ConnectionStatus, Registration } from '@synod/nats-transport';
import type { ReplicatedService } from '@synod/state-machine';
import type { CounterByLabel } from '@synod/telemetry';
import {
  CountingTransport,
  PinoEventLog,
  ReplicaMetrics,
  ReplicaView,
  RoundObserver,
  createLogger,
  startTracing,
} from '@synod/telemetry';
import { AdminDoor } from './admin-door.js';
import { describeEnvironment, readEnvironment } from './environment.js';
import type { Values } from './environment.js';
import { FaultyTransport } from './faults.js';
import { portOf, serveHealth } from './health.js';
import type { Running } from './process.js';
import { replicaSettings, timingOf } from './replica-settings.js';
import type { Timing } from './replica-settings.js';

export type ReplicaSettings = Values<typeof replicaSettings>;

/** What makes a replica one of its protocol. */
export interface ReplicaKind<V extends Vocabulary> {
  /** `raft-replica` */
  readonly app: string;
  /** The multicast name of all members. */
  readonly everyone: string;
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  readonly rounds: RoundVocabulary<V>;
  /** Kinds of message that are long and can wait: they get a connection of their own. */
  readonly bulkKinds: ReadonlySet<string>;
  /** A new state and the actor that replicates it; asked again when the disk's state had to be set aside. */
  readonly make: (
    settings: ReplicaSettings & { readonly setAside: boolean },
    timing: Timing,
  ) => { readonly actor: Actor<V>; readonly service: ReplicatedService };
}

export const version = '0.1.0';

/** Why a replica that is not a full member is not ready, for people. */
const unready: Readonly<Record<string, string>> = {
  empty: 'waits for all members to start for the first time, or for those that have the state',
  lost: 'its state was damaged and set aside; waits until every other member has its own. If too many lost theirs, restore a backup',
  formed: 'waits for all members to start for the first time',
  recovering: 'gets its state back from the others',
};

/** Directories inside the data directory that hold what was damaged. */
const damagedPrefix = 'damaged-';

/** Puts a replica together from the environment and starts it. */
export async function startReplica<V extends Vocabulary>(kind: ReplicaKind<V>): Promise<Running> {
  const settings = readEnvironment(replicaSettings, process.env);
  if (!settings.members.includes(settings.self)) {
    throw new Error(`SYNOD_REPLICA ${settings.self} is not among SYNOD_MEMBERS ${settings.members.join(',')}`);
  }
  const replica = new Replica(kind, settings);
  try {
    await replica.start();
  } catch (error) {
    await replica.stop(0);
    throw error;
  }
  return replica;
}

class Replica<V extends Vocabulary> implements Running {
  private readonly timing: Timing;
  private readonly logger;
  private readonly tracing;
  private readonly view;
  private readonly metrics;
  private readonly observer;
  private connection: ReplicaConnection | undefined;
  private registration: Registration | undefined;
  private health: Awaited<ReturnType<typeof serveHealth>> | undefined;
  private storage: Storage | undefined;
  private host: ActorHost<V> | undefined;
  private actor: Actor<V> | undefined;
  private faulty: FaultyTransport | undefined;
  private state: 'starting' | 'running' | 'stopping' = 'starting';
  private readonly startedAt = performance.now();

  constructor(
    private readonly kind: ReplicaKind<V>,
    private readonly settings: ReplicaSettings,
  ) {
    const { self, cluster, group, members } = settings;
    const { rounds, app } = kind;
    this.timing = timingOf(settings);
    this.logger = createLogger({ service: self, environment: process.env });
    this.tracing = startTracing({ service: self, cluster, version, app, roots: 'replicas', environment: process.env });
    this.view = new ReplicaView(self);
    this.metrics = new ReplicaMetrics(rounds.protocol, group, this.view);
    this.observer = new RoundObserver<V>({
      identity: { cluster, group, self, members, votes: true },
      vocabulary: rounds,
      kindOf: (message) => kind.messages.kindOf(message),
      tracer: this.tracing.tracer,
      metrics: this.metrics,
      view: this.view,
      log: new PinoEventLog<V>(this.logger, rounds),
      now: monotonicClock.now,
    });
  }

  async start(): Promise<void> {
    const { settings, logger } = this;
    logger.info(
      { version, settings: describeEnvironment(replicaSettings, process.env), traces: this.tracing.destination },
      'starting',
    );
    this.health = await serveHealth(settings.httpHost, settings.httpPort, {
      live: () => true,
      ready: () => this.readiness(),
      metrics: () => this.metrics.text(),
    });
    const credentials = readCredentials(settings.credentials);
    if (credentials.user !== settings.self) {
      throw new Error(
        `${settings.credentials} is for user "${credentials.user}", but SYNOD_REPLICA is "${settings.self}"`,
      );
    }
    this.connection = await ReplicaConnection.connect({
      servers: settings.servers.split(','),
      credentials,
      name: settings.self,
      cluster: settings.cluster,
      bulkKinds: this.kind.bulkKinds,
      refused: (from, reason) => this.observer.refused(from, reason),
      onStatus: (status) => this.onConnection(status),
      onElder: (error) => void this.failed(error),
    });
    await this.startHost();
    await this.register();
    this.state = 'running';
    logger.info({ http: portOf(this.health) }, `${settings.self} serves group ${settings.group}`);
  }

  /** The actor's life on this disk; when the disk's state is damaged, on an empty one instead. */
  private async startHost(): Promise<void> {
    try {
      await this.openHost();
    } catch (error) {
      if (!(error instanceof DamagedState)) throw error;
      await this.setAside(error);
      await this.openHost();
    }
  }

  private async openHost(): Promise<void> {
    const { settings, kind, metrics, observer } = this;
    this.storage = await openStorage({ directory: settings.data, cluster: settings.cluster, replica: settings.self });
    await this.connection!.requireNoElder();
    metrics.journal(this.storage.journal.statistics);
    const setAside = readdirSync(settings.data).some((name) => name.startsWith(damagedPrefix));
    const { actor, service } = kind.make({ ...settings, setAside }, this.timing);
    const members = new Set(settings.members);
    const host = new ActorHost<V>({
      actor,
      members,
      messages: kind.messages,
      records: kind.records,
      state: service,
      transport: this.transport(members),
      journal: this.storage.journal,
      snapshots: this.storage.snapshots,
      clock: monotonicClock,
      scheduler: eventLoop,
      dice: systemDice(),
      observer,
      onFailed: (error) => void this.failed(error),
    });
    this.actor = actor;
    this.host = host;
    metrics.queues(() => ({ ...host.load() }));
    await host.start();
  }

  private transport(members: ReadonlySet<string>): Transport {
    const { group, faults } = this.settings;
    const { everyone, messages } = this.kind;
    const joined = this.connection!.join({ group, everyone, members, peerKinds: messages.peerKinds });
    this.faulty = faults ? new FaultyTransport(joined) : undefined;
    const counted = new CountingTransport(this.faulty ?? joined, this.metrics);
    return new AdminDoor(counted, members, { status: () => this.status(), fault: (question) => this.fault(question) });
  }

  /**
   * Damage must not be voted from. One copy among several can be had again from the others; the only one cannot. The damaged
   * files stay inside the data directory, which may be a mount point; while they are there, this replica never takes an empty
   * journal for a new group.
   */
  private async setAside(damage: DamagedState): Promise<void> {
    const { data, members } = this.settings;
    await this.host?.stop(0);
    this.storage?.release();
    if (members.length === 1) {
      throw new Error(
        `${damage.message} in ${data}; this is the only replica of its group, so nothing can replace it: restore a backup`,
      );
    }
    const aside = join(data, `${damagedPrefix}${Date.now()}`);
    mkdirSync(aside, { mode: 0o700 });
    for (const name of readdirSync(data)) {
      if (!name.startsWith(damagedPrefix)) renameSync(join(data, name), join(aside, name));
    }
    this.logger.error(
      { aside },
      `${damage.message}: set aside. This replica gets its state back from the others, if a majority of them has theirs; else restore a backup, and keep ${aside}`,
    );
  }

  private async register(): Promise<void> {
    const { registration, servers, self, group, cluster } = this.settings;
    if (registration === '') return;
    const credentials = readCredentials(registration);
    const endpoints = ['request', 'read'].map((name) => ({
      name,
      subject: `synod.${cluster}.${group}.*.${self}.${name}`,
    }));
    const description = `${this.kind.rounds.protocol} replica of group ${group}`;
    this.registration = await registerService(
      { servers: servers.split(','), credentials, name: `${self} registration` },
      { name: this.kind.app, id: self, version, description, metadata: { group, cluster }, endpoints },
      (endpoint) => ({ requests: this.metrics.received.messages.of(endpoint).value, errors: 0, processingMs: 0 }),
    );
  }

  private status(): unknown {
    const { self, group, members, cluster } = this.settings;
    return {
      replica: self,
      cluster,
      group,
      protocol: this.kind.rounds.protocol,
      version,
      members,
      uptimeMs: Math.round(performance.now() - this.startedAt),
      state: this.actor?.inspect(),
      load: this.host?.load(),
      journal: this.storage?.journal.statistics,
      network: this.connection?.statistics,
      sent: countsOf(this.metrics.sent.messages),
      received: countsOf(this.metrics.received.messages),
      rejected: countsOf(this.metrics.rejected),
      elections: this.metrics.elections.value,
      rounds: this.observer.lastRounds(10),
      cutOff: this.faulty?.cutPeers ?? [],
    };
  }

  private fault(question: unknown): unknown {
    if (!this.faulty) throw new Error(`${this.settings.self} does not take faults; start it with SYNOD_FAULTS=1`);
    const { cutOff } = question as { cutOff?: unknown };
    const { members } = this.settings;
    if (!Array.isArray(cutOff) || !cutOff.every((name) => members.includes(name as string))) {
      throw new Error(`cutOff must list members of ${members.join(', ')}`);
    }
    this.faulty.cutOff(cutOff as string[]);
    if (cutOff.length === 0) this.logger.info('reaches all its peers again, as the admin asked');
    else this.logger.warn({ cutOff }, 'cut off from peers, as the admin asked');
    return { replica: this.settings.self, cutOff };
  }

  private readiness(): true | string {
    if (this.state !== 'running') return this.state;
    if (!this.connection?.connected) return 'no connection to NATS';
    const standing = String(this.actor?.inspect()['standing']);
    if (standing in unready) return unready[standing]!;
    return this.view.leader === undefined ? 'no leader is known' : true;
  }

  private onConnection(status: ConnectionStatus): void {
    const { kind, ...rest } = status;
    const level = kind === 'connected' ? 'info' : kind === 'closed' ? 'debug' : 'warn';
    this.logger[level](rest, `NATS: ${kind}`);
  }

  /** A replica that does not know its own state any more, or whose disk failed, ends; a supervisor starts it again. */
  private async failed(error: Error): Promise<void> {
    this.logger.error({ error: error.message, stack: error.stack }, 'this replica has failed');
    try {
      if (error instanceof DamagedState) await this.setAside(error);
    } finally {
      await this.tracing.shutdown(500);
      process.exit(1);
    }
  }

  async stop(deadlineMs: number): Promise<void> {
    this.state = 'stopping';
    this.logger.info('stopping');
    await this.host?.stop(Math.max(0, deadlineMs - 3_000));
    await Promise.all([this.registration?.close(), this.connection?.close()]);
    this.storage?.release();
    this.health?.close();
    this.metrics.close();
    await this.tracing.shutdown(2_000);
    this.logger.info('stopped');
  }
}

function countsOf(counters: CounterByLabel): Readonly<Record<string, number>> {
  return Object.fromEntries([...counters.entries()].map(([label, { value }]) => [label, value]));
}
