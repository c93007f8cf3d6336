import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ProcessGroup, bundleProgram } from '@synod/process-group';
import { TraceStore, traceEndpoint } from '@synod/telemetry';

/** What `npm start` makes, in a directory of its own: a broker, three replicas, a trace store and the file that tells of them. */
export class TestStack {
  private constructor(
    readonly group: ProcessGroup,
    private readonly traceServer: Server,
  ) {}

  static async start(): Promise<TestStack> {
    const server = createServer(traceEndpoint(new TraceStore())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const group = await ProcessGroup.prepare({
      cluster: 'local',
      group: 'raft',
      identities: [
        { role: 'client', name: 'cli' },
        { role: 'observer', name: 'observer' },
      ],
      environment: {
        SYNOD_FAULTS: '1',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(server),
        OTEL_BSP_SCHEDULE_DELAY: '50',
      },
    });
    const stack = new TestStack(group, server);
    mkdirSync(join(stack.directory, '.synod'));
    bundleProgram('apps/cli/src/main.ts', join(stack.directory, 'synod.mjs'));
    for (const name of group.names) stack.run(name);
    return stack;
  }

  /** Where to call `synod`. */
  get directory(): string {
    return this.group.directory;
  }

  pidOf(name: string): number {
    return this.group.replica(name).pid!;
  }

  run(name: string): void {
    this.group.replica(name).run();
    this.describe();
  }

  async close(): Promise<void> {
    await this.group.close();
    this.traceServer.closeAllConnections();
    this.traceServer.close();
  }

  private describe(): void {
    const { broker, cluster, names, replicas } = this.group;
    const stack = {
      pid: process.pid,
      cluster,
      nats: broker.urls[0],
      traces: urlOf(this.traceServer),
      credentials: broker.credentialsDirectory,
      groups: { raft: { protocol: 'raft', everyone: 'replicas', members: names } },
      services: replicas.map(({ name, pid }) => ({ name, group: 'raft', pid })),
    };
    writeFileSync(join(this.directory, '.synod', 'stack.json'), JSON.stringify(stack));
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
