import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '@synod/nats-transport';
import { TestBroker } from '@synod/nats-transport/testing';
import { readEnvironment } from '@synod/service';
import { TraceStore, traceEndpoint } from '@synod/telemetry';
import { buildSync } from 'esbuild';
import { Gateway } from '../src/gateway.js';
import { gatewaySettings } from '../src/settings.js';

export const group = 'kv';
const cluster = 'test';
const names = ['raft-r1', 'raft-r2', 'raft-r3'];

/** A real broker, three real replicas as processes, a trace store and the gateway, the last two in this process. */
export class LocalGroup {
  readonly traces = new TraceStore();
  private readonly directory = mkdtempSync(join(tmpdir(), 'synod-gateway-'));
  private readonly children = new Map<string, ChildProcess>();
  private readonly collector: Server = createServer(traceEndpoint(this.traces));
  private gateway: Gateway | undefined;

  private constructor(readonly broker: TestBroker) {}

  static async start(): Promise<LocalGroup> {
    const identities: Identity[] = [
      ...names.map((name): Identity => ({ role: 'replica', name, multicasts: ['replicas'] })),
      ...[...names, 'gateway'].map((of): Identity => ({ role: 'service', of })),
      { role: 'gateway', name: 'gateway' },
    ];
    const local = new LocalGroup(await TestBroker.start(cluster, identities));
    local.collector.listen(0, '127.0.0.1');
    await once(local.collector, 'listening');
    local.build();
    for (const name of names) local.run(name);
    await local.startGateway();
    return local;
  }

  get members(): readonly string[] {
    return names;
  }

  get port(): number {
    return this.gateway!.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get tracesUrl(): string {
    return `http://127.0.0.1:${(this.collector.address() as AddressInfo).port}`;
  }

  /** A URL of the group. */
  of(path: string): string {
    return `${this.url}/v1/groups/${group}${path}`;
  }

  /** A gateway of this process, ready unless `wait` is false. */
  async startGateway(more: Readonly<Record<string, string>> = {}, wait = true): Promise<Gateway> {
    const environment = {
      SYNOD_CLUSTER: cluster,
      SYNOD_GROUPS: group,
      SYNOD_NATS_URL: this.broker.url,
      SYNOD_CREDENTIALS_FILE: this.broker.credentialsPath('gateway'),
      SYNOD_REGISTRATION_FILE: this.broker.credentialsPath('srv-gateway'),
      SYNOD_HTTP_PORT: '0',
      SYNOD_TRACES_URL: this.tracesUrl,
      SYNOD_LOG_LEVEL: 'silent',
      OTEL_EXPORTER_OTLP_ENDPOINT: this.tracesUrl,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      ...more,
    };
    const gateway = new Gateway(readEnvironment(gatewaySettings, environment), environment);
    await gateway.start();
    this.gateway = gateway;
    if (wait) await this.until('the gateway is ready', async () => (await fetch(`${this.url}/readyz`)).ok);
    return gateway;
  }

  async stopGateway(): Promise<void> {
    await this.gateway?.stop(5000);
  }

  run(name: string): void {
    const log = openSync(join(this.directory, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(this.directory, 'main.mjs')], {
      stdio: ['pipe', log, log],
      env: {
        PATH: process.env['PATH'],
        SYNOD_CLUSTER: cluster,
        SYNOD_GROUP: group,
        SYNOD_REPLICA: name,
        SYNOD_MEMBERS: names.join(','),
        SYNOD_NATS_URL: this.broker.url,
        SYNOD_CREDENTIALS_FILE: this.broker.credentialsPath(name),
        SYNOD_DATA: join(this.directory, name),
        SYNOD_EXIT_WITH_STDIN: '1',
        OTEL_EXPORTER_OTLP_ENDPOINT: this.tracesUrl,
        OTEL_BSP_SCHEDULE_DELAY: '50',
      },
    });
    this.children.set(name, child);
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.children.get(name)!.kill(signal);
  }

  async until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await holds())) {
      if (performance.now() > deadline) {
        const logs = names.map((name) => readFileSync(join(this.directory, `${name}.log`), 'utf8').slice(-1500));
        throw new Error(`after ${withinMs / 1000} s still not: ${what}\n${logs.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async close(): Promise<void> {
    await this.stopGateway();
    for (const child of this.children.values()) child.kill('SIGKILL');
    await Promise.all([...this.children.values()].map((child) => child.signalCode ?? once(child, 'exit')));
    this.collector.closeAllConnections();
    this.collector.close();
    await this.broker.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** From source, so that a test never runs yesterday's bundle. */
  private build(): void {
    buildSync({
      entryPoints: [join(__dirname, '../../raft-replica/src/main.ts')],
      outfile: join(this.directory, 'main.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      conditions: ['@synod/source'],
      banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
      logLevel: 'error',
    });
  }
}
