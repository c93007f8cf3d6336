import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProcessGroup, poll } from '@synod/process-group';
import type { BrokerServer, GroupOptions, ServiceProcess } from '@synod/process-group';
import { TraceStore, traceEndpoint } from '@synod/telemetry';

/** A real broker; a group and a gateway as processes; and a trace store. */
export class LocalGroup {
  private constructor(
    readonly group: ProcessGroup,
    readonly gateway: ServiceProcess,
    readonly traces: TraceStore,
    /** Where spans go, and where the gateway asks for them. */
    readonly collected: string,
    private readonly collector: Server,
  ) {}

  /** With an `elsewhere` spans go to that collector. */
  static async start(protocol: GroupOptions['protocol'] & string = 'raft', elsewhere?: string): Promise<LocalGroup> {
    const traces = new TraceStore();
    const collector = createServer(traceEndpoint(traces)).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const collected = elsewhere ?? `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const tracing = {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: collected,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
    const group = await ProcessGroup.prepare({
      protocol,
      identities: [
        { role: 'gateway', name: 'gateway' },
        { role: 'service', of: 'gateway' },
      ],
      // On a machine that does much else, a leader must not lose its place because it had to wait for its turn.
      environment: { ...tracing, SYNOD_ELECTION_MS: '600-1200', SYNOD_HEARTBEAT_MS: '100' },
    });
    const gateway = group.gateway('gateway', { ...tracing, SYNOD_TRACES_URL: collected });
    const local = new LocalGroup(group, gateway, traces, collected, collector);
    group.startAll();
    await local.startGateway();
    await local.ready();
    return local;
  }

  get members(): readonly string[] {
    return this.group.names;
  }

  get broker(): BrokerServer {
    return this.group.broker.servers[0]!;
  }

  get httpPort(): number {
    return this.gateway.httpPort!;
  }

  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  /** A URL of the group. */
  of(path: string): string {
    return `${this.url}/v1/groups/${this.group.group}${path}`;
  }

  /** Resolves when it listens. */
  async startGateway(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.gateway.run({ environment });
    await this.until('the gateway listens', () => this.gateway.httpPort !== undefined);
  }

  ready(): Promise<void> {
    return this.until('the gateway is ready', async () => (await fetch(`${this.url}/readyz`)).ok);
  }

  async until(
    what: string,
    holds: () => Promise<boolean> | boolean,
    seen = () => this.gateway.log().slice(-1500),
  ): Promise<void> {
    await poll(holds, 20_000, () => `still not: ${what}\n${seen()}`);
  }

  async close(): Promise<void> {
    await this.group.close();
    this.collector.closeAllConnections();
    this.collector.close();
  }
}
