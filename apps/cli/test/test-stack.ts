import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TestBroker } from '@synod/nats-transport/testing';
import { TraceStore, traceEndpoint } from '@synod/telemetry';
import { buildSync } from 'esbuild';
import { identitiesOf } from '../src/identities.js';

const names = ['raft-r1', 'raft-r2', 'raft-r3'];

/** What `npm start` makes, in a directory of its own: a broker, three replicas, a trace store and the file that tells of them. */
export class TestStack {
  readonly traces = new TraceStore();
  private readonly children = new Map<string, ChildProcess>();

  private constructor(
    readonly broker: TestBroker,
    private readonly traceServer: Server,
  ) {}

  static async start(): Promise<TestStack> {
    const broker = await TestBroker.start('local', identitiesOf(names, []));
    const server = createServer();
    const stack = new TestStack(broker, server);
    server.on('request', traceEndpoint(stack.traces)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    mkdirSync(join(stack.directory, '.synod'));
    stack.build('../../raft-replica/src/main.ts', 'replica.mjs');
    stack.build('../src/main.ts', 'synod.mjs');
    for (const name of names) stack.run(name);
    return stack;
  }

  /** Where to call `synod`. */
  get directory(): string {
    return this.broker.directory;
  }

  get tracesUrl(): string {
    return `http://127.0.0.1:${(this.traceServer.address() as AddressInfo).port}`;
  }

  get credentials(): string {
    return join(this.directory, 'credentials');
  }

  pidOf(name: string): number {
    return this.children.get(name)!.pid!;
  }

  run(name: string): void {
    const log = openSync(join(this.directory, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(this.directory, 'replica.mjs')], {
      stdio: ['pipe', log, log],
      env: {
        PATH: process.env['PATH'],
        SYNOD_GROUP: 'raft',
        SYNOD_REPLICA: name,
        SYNOD_MEMBERS: names.join(','),
        SYNOD_NATS_URL: this.broker.url,
        SYNOD_CREDENTIALS_FILE: this.broker.credentialsPath(name),
        SYNOD_DATA: join(this.directory, name),
        SYNOD_EXIT_WITH_STDIN: '1',
        SYNOD_FAULTS: '1',
        OTEL_EXPORTER_OTLP_ENDPOINT: this.tracesUrl,
        OTEL_BSP_SCHEDULE_DELAY: '50',
      },
    });
    this.children.set(name, child);
    this.describe();
  }

  /** Without a replica, as the launcher leaves it between two lives. */
  async stop(name: string): Promise<void> {
    const child = this.children.get(name)!;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  async close(): Promise<void> {
    for (const name of this.children.keys()) await this.stop(name);
    this.traceServer.closeAllConnections();
    this.traceServer.close();
    await this.broker.close();
  }

  /** From source, so that a test never runs yesterday's bundle. */
  private build(source: string, program: string): void {
    buildSync({
      entryPoints: [join(__dirname, source)],
      outfile: join(this.directory, program),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      conditions: ['@synod/source'],
      banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
      logLevel: 'error',
    });
  }

  private describe(): void {
    const stack = {
      pid: process.pid,
      cluster: 'local',
      nats: this.broker.url,
      traces: this.tracesUrl,
      credentials: this.credentials,
      groups: { raft: { protocol: 'raft', everyone: 'replicas', members: names } },
      services: names.map((name) => ({ name, group: 'raft', pid: this.children.get(name)?.pid })),
    };
    writeFileSync(join(this.directory, '.synod', 'stack.json'), JSON.stringify(stack));
  }
}
