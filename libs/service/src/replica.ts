import { DamagedState } from '@synod/actor';
import type { Actor, Vocabulary } from '@synod/actor';
import { ActorHost, eventLoop, monotonicClock, systemDice } from '@synod/actor-host';
import type { Transport } from '@synod/actor-host';
import { openStorage } from '@synod/journal';
import type { Storage } from '@synod/journal';
import { ReplicaConnection, readCredentials } from '@synod/nats-transport';
import type { ConnectionStatus, Registration } from '@synod/nats-transport';
import type { CounterByLabel, EventLog } from '@synod/telemetry';
import {
  CountingTransport,
  PinoEventLog,
  ReplicaMetrics,
  ReplicaView,
  RoundObserver,
  createLogger,
  logLevels,
  startTracing,
} from '@synod/telemetry';
import { AdminDoor } from './admin-door.js';
import { setAside, wasSetAside } from './damaged-state.js';
import { EnvironmentError, describeEnvironment, withoutUserInfo } from './environment.js';
import type { Settings, Values } from './environment.js';
import { EvidenceLog, EvidenceShelf } from './evidence.js';
import { FaultyTransport } from './faults.js';
import { inFlightOf, lostOf, queuesOf, registersOf } from './gauges.js';
import type { Parts } from './gauges.js';
import { portOf, serveHealth } from './health.js';
import type { Running } from './process.js';
import { register } from './registration.js';
import { tlsFiles } from './nats-settings.js';
import { registerKeysIn } from './register-keys.js';
import type { RegisterKeys, ReplicaKind } from './replica-kind.js';
import { describeProcess, processSettings } from './process-settings.js';
import { ReplicaRecorder } from './replica-recorder.js';
import type { Between } from './replica-recorder.js';
import { replicaSettings } from './replica-settings.js';
import type { ReplicaSettings } from './replica-settings.js';
import type { Membership, Role } from './roles/role.js';
import { unreadVariables } from './unread-variables.js';
import { features, version } from './version.js';

/** One process of a group, of whatever protocol and role: actor, host and adapters, put together and taken apart. */
export class Replica<V extends Vocabulary, S extends Settings, T> implements Running {
  private readonly timing: T;
  private readonly membership: Membership;
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
  private service: Partial<RegisterKeys> | undefined;
  private faulty: FaultyTransport | undefined;
  private readonly shelf: EvidenceShelf;
  private state: 'starting' | 'running' | 'stopping' = 'starting';
  private readonly recorder: ReplicaRecorder<V> | undefined;
  private readonly startedAt = performance.now();

  constructor(
    private readonly kind: ReplicaKind<V, S, T>,
    private readonly role: Role<S, T>,
    private readonly settings: ReplicaSettings & Values<S>,
  ) {
    const { self, cluster, group } = settings;
    const { rounds, app } = kind;
    this.timing = role.timing(settings);
    this.membership = role.membership(settings);
    this.shelf = new EvidenceShelf(settings.data);
    const { voters } = this.membership;
    this.logger = createLogger({ service: self, environment: process.env });
    this.tracing = startTracing({ service: self, cluster, version, app, roots: 'replicas', environment: process.env });
    this.view = new ReplicaView(self, role.name === 'acceptor' ? 'acceptor' : undefined);
    this.metrics = new ReplicaMetrics(rounds, group, this.view);
    this.gauges();
    this.observer = new RoundObserver<V>({
      identity: { cluster, group, self, members: voters, votes: voters.includes(self) },
      vocabulary: rounds,
      kindOf: (message) => kind.messages.kindOf(message),
      tracer: this.tracing.tracer,
      metrics: this.metrics,
      view: this.view,
      log: this.eventLog(),
      now: monotonicClock.now,
    });
    this.recorder = this.newRecorder();
    process.on('SIGUSR2', () => this.onRecordingAsked());
  }

  async start(): Promise<void> {
    const { settings, logger, kind, role, metrics } = this;
    const read = { ...replicaSettings, ...role.settings };
    const shown = { ...describeEnvironment(read, process.env), ...describeProcess(process.env) };
    logger.info({ version, settings: shown, traces: withoutUserInfo(this.tracing.destination) }, 'starting');
    for (const sentence of unreadVariables({ ...read, ...processSettings }, process.env)) logger.warn(sentence);
    this.health = await serveHealth(settings.httpHost, settings.httpPort, {
      live: () => true,
      ready: () => this.readiness(),
      metrics: () => this.scrape(),
    });
    this.connection = await this.connect();
    await this.startHost();
    const { app, rounds } = kind;
    const { askedKinds, name } = role;
    this.registration = await register({ settings, app, protocol: rounds.protocol, role: name, askedKinds, metrics });
    this.state = 'running';
    logger.info({ http: portOf(this.health) }, `${settings.self} serves group ${settings.group}`);
  }

  /** Once: a host that had to be opened again on another disk is read as the one before was. */
  private gauges(): void {
    const { metrics, kind, tracing } = this;
    metrics.queues(() => queuesOf(this.parts()));
    metrics.inFlight(() => inFlightOf(this.parts()));
    if (this.role.name === 'acceptor') metrics.registers(() => registersOf(this.parts()));
    metrics.readiness(() => this.readiness() === true);
    const connections = () => Object.values(this.connection?.statistics ?? {});
    metrics.network(
      () => lostOf(connections()),
      () => connections().reduce((total, { reconnects }) => total + reconnects, 0),
    );
    metrics.journal(() => this.storage?.journal.statistics);
    metrics.process.build(kind.app, version);
    metrics.process.spans(tracing.dropped);
  }

  private parts(): Parts {
    const { actor, host, connection } = this;
    return {
      state: actor?.inspect(),
      load: host?.load(),
      held: host?.held(),
      pendingBytes: connection?.pendingBytes,
    };
  }

  private scrape(): string {
    if (this.actor !== undefined) this.view.see(this.actor.inspect());
    return this.metrics.text();
  }

  private connect(): Promise<ReplicaConnection> {
    const { settings, kind, role } = this;
    const credentials = readCredentials(settings.credentials);
    if (credentials.user !== settings.self) {
      throw new EnvironmentError(
        `${settings.credentials} is for user "${credentials.user}", but SYNOD_REPLICA is "${settings.self}"`,
      );
    }
    return ReplicaConnection.connect({
      servers: settings.servers.split(','),
      credentials,
      tls: tlsFiles(settings),
      name: settings.self,
      cluster: settings.cluster,
      bulkKinds: kind.bulkKinds,
      askedKinds: role.askedKinds,
      refused: (from, reason, count) => this.observer.refused(from, reason, count),
      onStatus: (status) => this.onConnection(status),
      onElder: (error) => void this.failed(error),
    });
  }

  /** The actor's life on this disk; when the disk's state is damaged, on an empty one instead. */
  private async startHost(): Promise<void> {
    try {
      await this.openHost();
    } catch (error) {
      if (!(error instanceof DamagedState)) throw error;
      await this.setAside(error);
      this.recorder?.save(error.message);
      await this.openHost();
    }
  }

  private async openHost(): Promise<void> {
    const { settings, kind, observer } = this;
    this.storage = await openStorage({ directory: settings.data, cluster: settings.cluster, replica: settings.self });
    await this.connection!.requireNoElder();
    const told = { ...settings, setAside: wasSetAside(settings.data) };
    const make = (between?: Between) => kind.make(told, this.timing, between);
    const { actor, service } = this.recorder?.life(make) ?? make();
    const members = new Set(this.membership.members);
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
      ...(kind.authenticator && { authenticator: kind.authenticator }),
      onFailed: (error) => void this.failed(error),
    });
    this.actor = actor;
    this.service = service;
    this.host = host;
    await host.start();
  }

  private transport(members: ReadonlySet<string>): Transport {
    const { settings } = this;
    const { group, faults } = settings;
    const { everyone, messages } = this.kind;
    const joined = this.connection!.join({ group, everyone, members, peerKinds: messages.peerKinds });
    this.faulty = faults ? new FaultyTransport(joined) : undefined;
    const counted = new CountingTransport(this.faulty ?? joined, this.metrics);
    return new AdminDoor(counted, members, {
      status: () => this.status(),
      fault: (question) => this.fault(question),
      evidence: (question) => this.evidence(question),
      'log-level': (question) => this.logLevel(question),
      registers: (question) => registerKeysIn(this.service, settings.self, question, this.actor?.inspect()),
    });
  }

  /** Damage must not be voted from. One copy among several can be had again from the others; the only one cannot. */
  private async setAside(damage: DamagedState): Promise<void> {
    const { data } = this.settings;
    const { name, afterDamage } = this.role;
    await this.host?.stop(0);
    this.storage?.release();
    if (this.membership.copies.length === 1) {
      throw new Error(
        `${damage.message} in ${data}; this is the only ${name} of its group, so nothing can replace it: restore a backup`,
      );
    }
    const aside = setAside(data);
    this.logger.error({ aside }, `${damage.message}: set aside. ${afterDamage}, and keep ${aside}`);
  }

  private status(): unknown {
    const { self, group, cluster } = this.settings;
    return {
      replica: self,
      cluster,
      group,
      protocol: this.kind.rounds.protocol,
      kind: this.role.name,
      version,
      features,
      ...this.membership.lists,
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
    const { members } = this.membership;
    if (!Array.isArray(cutOff) || !cutOff.every((name) => members.includes(name as string))) {
      throw new Error(`cutOff must list members of ${members.join(', ')}`);
    }
    this.faulty.cutOff(cutOff as string[]);
    if (cutOff.length === 0) this.logger.info('reaches all its peers again, as the admin asked');
    else this.logger.warn({ cutOff }, 'cut off from peers, as the admin asked');
    return { replica: this.settings.self, cutOff };
  }

  /** Which files of evidence there are; or, when one is named, what is in it. */
  private evidence(question: unknown): unknown {
    const { self: replica } = this.settings;
    const { file } = question as { file?: unknown };
    if (file === undefined) return { replica, files: this.shelf.files() };
    return { replica, file, bytes: Buffer.from(this.shelf.read(file)).toString('base64') };
  }

  /** The level of the log; another one from now on, when one is named. */
  private logLevel(question: unknown): unknown {
    const { self: replica } = this.settings;
    const { logger } = this;
    const { level } = question as { level?: unknown };
    if (level !== undefined) {
      const known = logLevels.find((one) => one === level);
      if (known === undefined) throw new Error(`level must be one of ${logLevels.join(', ')}`);
      // Said at whatever level, or nobody would know why a log has begun or ended.
      logger.level = 'info';
      logger.info({ now: known }, `logs at level ${known} from now on, as the admin asked`);
      logger.level = known;
    }
    return { replica, level: logger.level };
  }

  private eventLog(): EventLog<V> {
    const { kind, logger } = this;
    const log = new PinoEventLog<V>(logger, kind.rounds);
    if (kind.evidenceOf === undefined) return log;
    return new EvidenceLog(log, this.shelf, kind.evidenceOf, (path) =>
      logger.error({ path }, 'a member is proven to be faulty; anybody can check it: synod verify'),
    );
  }

  private newRecorder(): ReplicaRecorder<V> | undefined {
    const { data: directory, cluster, group, self: replica } = this.settings;
    const { recordMiB: maxMiB = 0 } = this.settings as { readonly recordMiB?: number };
    const { recording: recordable, recordingFacts, rounds } = this.kind;
    if (maxMiB === 0 || recordable === undefined) return undefined;
    const told = describeEnvironment({ ...replicaSettings, ...this.role.settings }, process.env);
    const settings = { ...told, ...recordingFacts };
    const header = { protocol: rounds.protocol, release: version, cluster, group, replica, settings };
    return new ReplicaRecorder<V>({ recordable, maxMiB, directory, header, log: this.logger });
  }

  /** Without a listener the signal would end the process. */
  private onRecordingAsked(): void {
    if (this.recorder === undefined) this.logger.warn('SIGUSR2: nothing is recorded (SYNOD_RECORD)');
    else this.recorder.save('SIGUSR2');
  }

  private readiness(): true | string {
    if (this.state !== 'running') return this.state;
    if (!this.connection?.connected) return 'no connection to NATS';
    return this.role.unready({ state: this.actor!.inspect(), leader: this.view.leader }) ?? true;
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
      this.recorder?.save(error.message);
      await this.tracing.shutdown(500);
      process.exit(1);
    }
  }

  async stop(deadlineMs: number): Promise<void> {
    this.state = 'stopping';
    this.logger.info('stopping');
    await this.host?.stop(Math.max(0, deadlineMs - 3_000));
    this.recorder?.save('stopped');
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
