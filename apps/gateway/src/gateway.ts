import { connect } from '@synod/client';
import type { Client } from '@synod/client';
import { trustIn } from '@synod/keys';
import { connectAs, readCredentials, registerService } from '@synod/nats-transport';
import type { Connection, ConnectionStatus, Credentials, Registration } from '@synod/nats-transport';
import {
  describeEnvironment,
  describeProcess,
  gatewaySettings,
  processSettings,
  tlsFiles,
  unreadVariables,
  version,
  withoutUserInfo,
} from '@synod/service';
import type { GatewaySettings, Running } from '@synod/service';
import { createLogger, startTracing } from '@synod/telemetry';
import { TokenAccess, openTo } from './access/access.js';
import { requireSafe } from './access/exposure.js';
import { Groups } from './groups.js';
import { Dispatcher } from './http/dispatcher.js';
import type { AnsweredRequest } from './http/dispatcher.js';
import { HttpServer } from './http/http-server.js';
import { RequestTracing } from './http/request-tracing.js';
import { Router } from './http/router.js';
import { readTls } from './http/tls.js';
import { GatewayMetrics } from './metrics.js';
import { allOperations } from './operations.js';
import { EventStreams } from './status/event-stream.js';
import type { Report } from './status/report.js';
import { StatusLine } from './status/status-line.js';
import { Traces } from './status/traces.js';
import { Watch } from './status/watch.js';

const app = 'gateway';
const discoverEveryMs = 250;
/** What is kept of the time to stop for the connections and for telemetry. */
const closingMs = 3000;

/** HTTP in front of groups: puts the parts together, starts and stops them. */
export class Gateway implements Running {
  private readonly logger;
  private readonly tracing;
  private readonly metrics = new GatewayMetrics();
  private readonly groups: Groups;
  private readonly watch: Watch;
  private readonly events: EventStreams;
  private readonly dispatcher: Dispatcher;
  private readonly starting = new AbortController();
  private readonly silent: Set<string>;
  private server: HttpServer | undefined;
  private connection: Connection | undefined;
  private status: StatusLine | undefined;
  private client: Client | undefined;
  private registration: Registration | undefined;
  private stopping = false;

  constructor(
    private readonly settings: GatewaySettings,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    const { cluster, groups, hosts, tokens } = settings;
    requireSafe(settings);
    const service = readCredentials(settings.credentials).user;
    this.logger = createLogger({ service, environment });
    this.tracing = startTracing({ service, cluster, version, app, roots: 'clients', environment });
    this.groups = new Groups(groups);
    this.silent = new Set(groups);
    this.watch = new Watch(groups, (group) => this.status?.ask(group) ?? Promise.resolve<readonly Report[]>([]));
    this.events = new EventStreams(this.watch);
    const complain = (error: Error): void => this.logger.error({ error: error.message }, 'tokens stay as they were');
    this.dispatcher = new Dispatcher({
      access: tokens === '' ? openTo(hosts) : new TokenAccess(tokens, complain).of,
      router: this.router(),
      tracing: new RequestTracing(this.tracing.tracer, groups),
      metrics: this.metrics,
      onBug: (error, where) => this.logger.error({ err: error, where }, 'a request met a bug'),
      onAnswered: (request) => this.logRequest(request),
    });
    this.gauges();
  }

  /** Listens first, so that its health can be asked for; requests are served once there is a connection. */
  async start(): Promise<void> {
    const { settings, environment, logger, tracing } = this;
    const shown = { ...describeEnvironment(gatewaySettings, environment), ...describeProcess(environment) };
    process.on('SIGUSR2', this.onLevelAsked);
    logger.info({ version, settings: shown, traces: withoutUserInfo(tracing.destination) }, 'starting');
    const read = { ...gatewaySettings, ...processSettings };
    for (const sentence of unreadVariables(read, environment)) logger.warn(sentence);
    this.server = await HttpServer.listen({
      host: settings.httpHost,
      port: settings.httpPort,
      ...(settings.certificate !== '' && { tls: readTls(settings) }),
      onRequest: this.dispatcher.onRequest,
      onMalformed: () => this.metrics.malformed.value++,
    });
    const scheme = settings.certificate === '' ? 'http' : 'https';
    logger.info({ http: this.server.port }, `HTTP on ${scheme}://${settings.httpHost}:${this.server.port}`);
    void this.connect().catch((error: unknown) => this.failed(error));
  }

  /** Not ready; no new connections; what is under way is answered; then the rest is closed. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping = true;
    this.dispatcher.stopping = true;
    this.logger.info('stopping');
    process.off('SIGUSR2', this.onLevelAsked);
    this.starting.abort();
    await this.drain(Math.max(0, deadlineMs - closingMs));
    await Promise.all([
      this.client?.close({ drainMs: 0 }),
      this.connection?.close(),
      this.registration?.close(),
      this.tracing.shutdown(2000),
    ]);
    this.metrics.process.close();
    this.logger.info('stopped');
  }

  /** `debug`, where each request is told of, and back again. */
  private readonly onLevelAsked = (): void => {
    const { logger, environment } = this;
    const usual = environment['SYNOD_LOG_LEVEL'] || 'info';
    const level = logger.level === 'debug' ? (usual === 'debug' ? 'info' : usual) : 'debug';
    logger.level = 'info';
    logger.info({ now: level }, `SIGUSR2: logs at level ${level} from now on`);
    logger.level = level;
  };

  /** Sampled requests, of which there are few, and failures of the group; the others only where they are asked for. */
  private logRequest({ method, route, status, tookMs, principal, traceId }: AnsweredRequest): void {
    const level = status >= 500 ? 'warn' : traceId ? 'info' : 'debug';
    const trace = traceId && { trace_id: traceId };
    this.logger[level](
      { method, route, status, tookMs: Math.round(tookMs * 10) / 10, ...(principal && { principal }), ...trace },
      `${method} ${route} ${status}`,
    );
  }

  private async drain(withinMs: number): Promise<void> {
    if (this.server === undefined) return;
    const drained = this.server.drain();
    this.events.close();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([drained, new Promise((resolve) => (timer = setTimeout(resolve, withinMs)))]);
    clearTimeout(timer);
    this.server.abort();
    await drained;
  }

  private async connect(): Promise<void> {
    const { settings } = this;
    const { cluster, registration } = settings;
    const credentials = readCredentials(settings.credentials);
    const servers = settings.servers.split(',');
    const nats = { servers, name: app, tls: tlsFiles(settings), signal: this.starting.signal };
    this.connection = await connectAs({ ...nats, credentials, onStatus: (status) => this.onConnection(status) });
    this.status = new StatusLine(this.connection, cluster, credentials.user);
    this.client = await this.connectClient(credentials);
    this.groups.connected(this.client);
    if (registration !== '') {
      const id = credentials.user;
      const metadata = { cluster, groups: settings.groups.join(',') };
      const description = 'HTTP for groups of the cluster';
      this.registration = await registerService(
        { ...nats, name: `${app} registration`, credentials: readCredentials(registration) },
        { name: app, id, version, description, metadata, endpoints: [] },
        () => ({ requests: 0, errors: 0, processingMs: 0 }),
      );
    }
    await this.discover();
  }

  /** The broker answered a moment ago; should it be gone again, it is waited for. */
  private async connectClient(credentials: Credentials): Promise<Client> {
    const { servers, cluster, keys, groups } = this.settings;
    const trust = (group: string) => (keys === '' ? undefined : trustIn(keys, group, credentials.user));
    // What is wrong with a key is said at the start, not to who asks.
    for (const group of groups) trust(group);
    for (;;) {
      try {
        return await connect({
          servers: servers.split(','),
          tls: tlsFiles(this.settings),
          cluster,
          trust,
          ...credentials,
        });
      } catch (error) {
        if (this.stopping || (error as { readonly code?: string }).code !== 'unavailable') throw error;
        await pause(discoverEveryMs);
      }
    }
  }

  /** Ready is who has heard of a group; of which not, is said. */
  private async discover(): Promise<void> {
    let told = Infinity;
    while (this.silent.size > 0 && !this.stopping) {
      for (const name of [...this.silent]) {
        const found = await this.client!.group(name).describe(discoverEveryMs);
        if (found.length > 0) this.silent.delete(name);
      }
      if (this.silent.size === 0) break;
      if (this.silent.size < told)
        this.logger.info({ groups: [...this.silent] }, 'waits for the first answer of groups');
      told = this.silent.size;
      await pause(discoverEveryMs);
    }
    if (!this.stopping) this.logger.info({ groups: this.settings.groups }, 'all groups have answered');
  }

  private router(): Router {
    const { groups, watch, events, metrics } = this;
    return new Router(
      allOperations({
        groups,
        watch,
        events,
        traces: new Traces(this.settings.traces),
        ready: () => this.readiness(),
        metrics: () => metrics.registry.text(),
      }),
    );
  }

  private readiness(): true | string {
    if (this.stopping) return 'stopping';
    if (!this.connection?.connected) return 'no connection to NATS';
    // One that is down keeps nobody from the others. Which ones is in the log: who asks here need not say who he is.
    return this.silent.size < this.groups.names.length || 'no group has answered yet';
  }

  private gauges(): void {
    const { registry, process: own } = this.metrics;
    own.build(app, version);
    own.spans(this.tracing.dropped);
    registry.gauge('synod_ready', '1 while it can serve, as /readyz says.', () => (this.readiness() === true ? 1 : 0));
    const { admission } = this.dispatcher;
    registry.gauge('synod_gateway_connections', 'Open connections.', () => this.server?.connections ?? 0);
    registry.gauge('synod_gateway_requests_in_flight', 'Requests under way.', () => admission.requests);
    registry.gauge(
      'synod_gateway_body_bytes',
      'Bytes kept for bodies that are being received.',
      () => admission.bodyBytes,
    );
    registry.gauge('synod_gateway_event_streams', 'Pages that are kept up to date.', () => this.events.count);
    registry.gaugeBy('synod_gateway_idempotency_keys', 'Idempotency keys remembered, by group.', 'group', () =>
      Object.fromEntries(this.groups.names.map((name) => [name, this.groups.idempotencyOf(name).size])),
    );
    registry.counted('synod_gateway_refused_total', 'Requests refused at a bound on work.', () => admission.refused);
  }

  private onConnection({ kind, ...rest }: ConnectionStatus): void {
    const level = kind === 'connected' ? 'info' : kind === 'closed' ? 'debug' : 'warn';
    this.logger[level](rest, `NATS: ${kind}`);
  }

  /** Wrong credentials, or an address that is none: waiting would not help. */
  private failed(error: unknown): void {
    if (this.stopping) return;
    this.logger.error({ error: (error as Error).message }, 'the gateway cannot serve');
    void this.tracing.shutdown(500).finally(() => process.exit(1));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
