import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '@synod/nats-transport';
import { TestBroker } from '@synod/nats-transport/testing';
import { TraceStore, traceEndpoint } from '@synod/telemetry';
import { buildSync } from 'esbuild';

export const group = 'kv';
const cluster = 'test';
const replicas = ['raft-r1', 'raft-r2', 'raft-r3'];
const apps = { replica: '../../raft-replica/src/main.ts', gateway: '../src/main.ts' } as const;

/** A real broker; three replicas and a gateway as processes; and a trace store. */
export class LocalGroup {
  readonly traces = new TraceStore();
  private readonly collector = createServer(traceEndpoint(this.traces));
  private readonly directory = mkdtempSync(join(tmpdir(), 'synod-gateway-'));
  private readonly children = new Map<string, ChildProcess>();
  private port = 0;

  private constructor(readonly broker: TestBroker) {}

  static async start(): Promise<LocalGroup> {
    const identities: Identity[] = [
      ...replicas.map((name): Identity => ({ role: 'replica', name, multicasts: ['replicas'] })),
      { role: 'gateway', name: 'gateway' },
      { role: 'service', of: 'gateway' },
      { role: 'admin', name: 'admin' },
    ];
    const local = new LocalGroup(await TestBroker.start(cluster, identities));
    local.collector.listen(0, '127.0.0.1');
    await once(local.collector, 'listening');
    for (const app of ['replica', 'gateway'] as const) local.build(app);
    for (const name of replicas) local.startReplica(name);
    await local.startGateway();
    await local.ready();
    return local;
  }

  get members(): readonly string[] {
    return replicas;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A URL of the group. */
  of(path: string): string {
    return `${this.url}/v1/groups/${group}${path}`;
  }

  get httpPort(): number {
    return this.port;
  }

  /** Resolves when it listens, unless it is not meant to. */
  async startGateway(more: Readonly<Record<string, string>> = {}, listens = true): Promise<void> {
    const before = this.log('gateway').length;
    this.run('gateway', 'gateway', {
      SYNOD_GROUPS: group,
      SYNOD_REGISTRATION_FILE: this.broker.credentialsPath('srv-gateway'),
      SYNOD_HTTP_PORT: '0',
      SYNOD_TRACES_URL: this.tracesUrl,
      ...more,
    });
    if (!listens) return;
    await this.until('the gateway listens', () => {
      const [, port] = /"http":(\d+)/.exec(this.log('gateway').slice(before)) ?? [];
      this.port = Number(port ?? 0);
      return this.port > 0;
    });
  }

  ready(): Promise<void> {
    return this.until('the gateway is ready', async () => (await fetch(`${this.url}/readyz`)).ok);
  }

  startReplica(name: string): void {
    this.run('replica', name, {
      SYNOD_GROUP: group,
      SYNOD_REPLICA: name,
      SYNOD_MEMBERS: replicas.join(','),
      SYNOD_DATA: join(this.directory, name),
      // On a machine that does much else, a leader must not lose its place because it had to wait for its turn.
      SYNOD_ELECTION_MS: '600-1200',
      SYNOD_HEARTBEAT_MS: '100',
    });
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.children.get(name)!.kill(signal);
  }

  /** Its exit code once it has ended. */
  async ended(name: string): Promise<number | null> {
    const child = this.children.get(name)!;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode;
  }

  log(name: string): string {
    try {
      return readFileSync(join(this.directory, `${name}.log`), 'utf8');
    } catch {
      return '';
    }
  }

  async until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await holds())) {
      if (performance.now() > deadline) {
        const logs = [...this.children.keys()].map((name) => this.log(name).slice(-1500));
        throw new Error(`after ${withinMs / 1000} s still not: ${what}\n${logs.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async close(): Promise<void> {
    for (const child of this.children.values()) child.kill('SIGKILL');
    await Promise.all([...this.children.keys()].map((name) => this.ended(name)));
    this.collector.closeAllConnections();
    this.collector.close();
    await this.broker.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get tracesUrl(): string {
    return `http://127.0.0.1:${(this.collector.address() as AddressInfo).port}`;
  }

  private run(app: keyof typeof apps, name: string, more: Readonly<Record<string, string>>): void {
    const log = openSync(join(this.directory, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(this.directory, `${app}.mjs`)], {
      stdio: ['pipe', log, log],
      env: {
        PATH: process.env['PATH'],
        SYNOD_CLUSTER: cluster,
        SYNOD_NATS_URL: this.broker.url,
        SYNOD_CREDENTIALS_FILE: this.broker.credentialsPath(name),
        SYNOD_EXIT_WITH_STDIN: '1',
        OTEL_EXPORTER_OTLP_ENDPOINT: this.tracesUrl,
        OTEL_BSP_SCHEDULE_DELAY: '50',
        ...more,
      },
    });
    this.children.set(name, child);
  }

  /** From source, so that a test never runs yesterday's bundle. */
  private build(app: keyof typeof apps): void {
    buildSync({
      entryPoints: [join(__dirname, apps[app])],
      outfile: join(this.directory, `${app}.mjs`),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      conditions: ['@synod/source'],
      loader: { '.html': 'text', '.css': 'text', '.client.js': 'text' },
      banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
      logLevel: 'error',
    });
  }
}
