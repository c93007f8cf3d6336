import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { decodeReadBatch, decodeRequestBatch } from '@synod/api';
import { REPORT, parseSubject } from '@synod/nats-transport';
import type { Connection } from '@synod/nats-transport';
import { Bundles, ProcessGroup, poll } from '@synod/process-group';
import type { ServiceProcess } from '@synod/process-group';
import type { Asked, Lie } from './answers.js';

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly tookMs: number;
}

/** A real broker, a gateway and the command line as processes, and a group of which every member lies. */
export class LyingGroup {
  lies: readonly Lie[] = [];
  private liars: readonly Connection[] = [];

  private constructor(
    private readonly group: ProcessGroup,
    readonly gateway: ServiceProcess,
    /** The bundled command line. */
    private readonly program: string,
  ) {}

  static async start(): Promise<LyingGroup> {
    const group = await ProcessGroup.prepare({
      // On a machine that does much else, a leader must not lose its place because it had to wait for its turn.
      environment: { SYNOD_ELECTION_MS: '600-1200', SYNOD_HEARTBEAT_MS: '100' },
      identities: [
        { role: 'gateway', name: 'gateway' },
        { role: 'service', of: 'gateway' },
        { role: 'client', name: 'cli' },
        { role: 'observer', name: 'observer' },
      ],
    });
    const program = new Bundles(group.directory).of('apps/cli/src/main.ts');
    const lying = new LyingGroup(group, group.gateway(), program);
    lying.liars = await Promise.all(group.names.map((name) => lying.lie(name)));
    lying.gateway.run();
    await lying.until('the gateway listens', () => lying.gateway.httpPort !== undefined);
    return lying;
  }

  get members(): readonly ServiceProcess[] {
    return this.group.replicas;
  }

  /** The liars go, and real replicas come in their place. */
  async turnHonest(): Promise<void> {
    for (const liar of this.liars) await liar.close();
    this.group.startAll();
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.gateway.httpPort}${path}`;
  }

  /** Runs `synod` to its end, or until `meanwhile` is over: then it is interrupted. */
  async synod(args: readonly string[], meanwhile?: () => Promise<void>): Promise<Ended> {
    const before = performance.now();
    const child = spawn(process.execPath, [this.program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        SYNOD_NATS_URL: this.group.broker.urls.join(),
        SYNOD_CLUSTER: this.group.cluster,
        SYNOD_GROUP: this.group.group,
        SYNOD_CREDENTIALS: dirname(this.group.broker.credentialsPath('cli')),
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const ended = once(child, 'close') as Promise<[number | null]>;
    if (meanwhile) {
      await this.until('it is on its way', () => said !== '' || child.exitCode !== null);
      await meanwhile();
      child.kill('SIGINT');
    }
    const [code] = await ended;
    return { code, said, tookMs: performance.now() - before };
  }

  until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<true> {
    const complain = (): string => `after ${withinMs / 1000} s still not: ${what}\n${this.gateway.log().slice(-3000)}`;
    return poll(async () => (await holds()) || undefined, withinMs, complain);
  }

  close(): Promise<void> {
    return this.group.close();
  }

  private async lie(name: string): Promise<Connection> {
    const connection = await this.group.connectAs(name);
    const { cluster, group } = this.group;
    for (const to of [name, 'replicas']) {
      connection.subscribe(`synod.${cluster}.${group}.*.${to}.>`, ({ subject, data }) => {
        const { from, kind } = parseSubject(subject)!;
        const asked = askedIn(kind, data, name);
        if (asked === undefined) return;
        const verb = kind === 'status' ? REPORT : 'reply';
        for (const { bytes, client, times, headers } of this.lies) {
          const place = `synod.${cluster}.${group}.${name}.${from}.${verb}.${client ?? asked.client}`;
          const context = headers ? { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` } : undefined;
          for (let i = 0; i < times; i++) connection.publish(place, bytes(asked), context);
        }
      });
    }
    return connection;
  }
}

function askedIn(kind: string, data: Uint8Array, replica: string): Asked | undefined {
  const common = { kind, replica, session: 0, sequence: 0, count: 0, discovers: false };
  if (kind === 'request') {
    const { operations, ...header } = decodeRequestBatch(data);
    return { ...common, ...header, count: operations.length };
  }
  if (kind === 'read') {
    const { queries, level, ...header } = decodeReadBatch(data);
    return { ...common, ...header, count: queries.length, discovers: level === 'discover' };
  }
  if (kind !== 'status') return undefined;
  return { ...common, client: (JSON.parse(Buffer.from(data).toString()) as { client: string }).client };
}
