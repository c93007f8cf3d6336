import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ProcessGroup, bundleProgram } from '@synod/process-group';
import type { GroupOptions } from '@synod/process-group';
import { TraceStore, fromJaeger, traceEndpoint } from '@synod/telemetry';
import type { JaegerTrace, TraceSpan } from '@synod/telemetry';

export type StackOptions = Pick<GroupOptions, 'protocol' | 'spares' | 'traitors'>;

/** What `npm start` makes, in a directory of its own: a broker, one group, a trace store and the file that tells of them. */
export class TestStack {
  private constructor(
    readonly group: ProcessGroup,
    private readonly traceServer: Server,
    private readonly options: StackOptions,
  ) {}

  static async start(options: StackOptions = {}): Promise<TestStack> {
    const server = createServer(traceEndpoint(new TraceStore())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { protocol = 'raft', spares = 0, traitors = new Map() } = options;
    const group = await ProcessGroup.prepare({
      ...{ protocol, spares, traitors, cluster: 'local', group: protocol },
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
    const stack = new TestStack(group, server, options);
    mkdirSync(join(stack.directory, '.synod'));
    bundleProgram('apps/cli/src/main.ts', join(stack.directory, 'synod.mjs'));
    for (const name of group.names) stack.run(name);
    return stack;
  }

  /** Where to call `synod`. */
  get directory(): string {
    return this.group.directory;
  }

  /** All that the store holds. */
  async traces(): Promise<readonly TraceSpan[]> {
    const answer = await fetch(`${urlOf(this.traceServer)}/api/traces?limit=1000`);
    const { data } = (await answer.json()) as { readonly data: readonly JaegerTrace[] };
    return data.flatMap(fromJaeger);
  }

  pidOf(name: string): number {
    return this.group.replica(name).pid!;
  }

  logOf(name: string): string {
    return this.group.replica(name).log();
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

  private get roles(): Readonly<Record<string, readonly string[]>> {
    const roles = ['replica', 'proposer', 'acceptor'] as const;
    return Object.fromEntries(roles.map((role) => [role, this.group.namesOf(role)]));
  }

  private describe(): void {
    const { broker, cluster, group, names, replicas } = this.group;
    const { protocol = 'raft' } = this.options;
    const stack = {
      pid: process.pid,
      cluster,
      nats: broker.urls[0],
      traces: urlOf(this.traceServer),
      credentials: broker.credentialsDirectory,
      keys: join(this.directory, 'keys'),
      groups: { [group]: { protocol, everyone: 'replicas', members: names, roles: this.roles } },
      services: replicas.map(({ name, pid }) => ({ name, group, pid })),
    };
    writeFileSync(join(this.directory, '.synod', 'stack.json'), JSON.stringify(stack));
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
