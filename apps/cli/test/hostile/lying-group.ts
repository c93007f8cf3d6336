import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeReadBatch, decodeRequestBatch } from '@synod/api';
import { connectAs, parseSubject } from '@synod/nats-transport';
import type { Connection, Identity } from '@synod/nats-transport';
import { TestBroker } from '@synod/nats-transport/testing';
import { buildSync } from 'esbuild';
import type { Asked, Lie } from './answers.js';

export const members = ['raft-r1', 'raft-r2', 'raft-r3'];
const cluster = 'test';
const programs = {
  gateway: '../../../gateway/src/main.ts',
  replica: '../../../raft-replica/src/main.ts',
  synod: '../../src/main.ts',
} as const;

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
  private readonly children = new Map<string, ChildProcess>();
  private port = 0;

  private constructor(private readonly broker: TestBroker) {}

  static async start(): Promise<LyingGroup> {
    const identities: Identity[] = [
      ...members.map((name): Identity => ({ role: 'replica', name, multicasts: ['replicas'] })),
      { role: 'gateway', name: 'gateway' },
      { role: 'client', name: 'cli' },
      { role: 'admin', name: 'admin' },
      { role: 'observer', name: 'observer' },
    ];
    const group = new LyingGroup(await TestBroker.start(cluster, identities));
    for (const program of ['gateway', 'replica', 'synod'] as const) group.build(program);
    group.liars = await Promise.all(members.map((name) => group.lie(name)));
    group.run('gateway', 'gateway', { SYNOD_GROUPS: 'kv', SYNOD_HTTP_PORT: '0' });
    await group.until('the gateway listens', () => {
      group.port = Number(/"http":(\d+)/.exec(group.log('gateway'))?.[1] ?? 0);
      return group.port > 0;
    });
    return group;
  }

  /** The liars go, and real replicas come in their place. */
  async turnHonest(): Promise<void> {
    for (const liar of this.liars) await liar.close();
    this.liars = [];
    for (const name of members) {
      const data = join(this.broker.directory, name);
      const environment = {
        SYNOD_GROUP: 'kv',
        SYNOD_REPLICA: name,
        SYNOD_MEMBERS: members.join(','),
        SYNOD_DATA: data,
      };
      this.run('replica', name, { ...environment, SYNOD_ELECTION_MS: '600-1200', SYNOD_HEARTBEAT_MS: '100' });
    }
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Runs `synod` to its end, or until `meanwhile` is over: then it is interrupted. */
  async synod(args: readonly string[], meanwhile?: () => Promise<void>): Promise<Ended> {
    const before = performance.now();
    const child = spawn(process.execPath, [join(this.broker.directory, 'synod.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        SYNOD_NATS_URL: this.broker.url,
        SYNOD_CLUSTER: cluster,
        SYNOD_GROUP: 'kv',
        SYNOD_CREDENTIALS: join(this.broker.directory, 'credentials'),
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

  log(name: string): string {
    try {
      return readFileSync(join(this.broker.directory, `${name}.log`), 'utf8');
    } catch {
      return '';
    }
  }

  isAlive(name: string): boolean {
    const child = this.children.get(name)!;
    return child.exitCode === null && child.signalCode === null;
  }

  rssMiB(name: string): number {
    return Number(spawnSync('ps', ['-o', 'rss=', '-p', `${this.children.get(name)!.pid}`]).stdout.toString()) / 1024;
  }

  async until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await holds())) {
      if (performance.now() > deadline) {
        const logs = [...this.children.keys()].map((name) => `${name}:\n${this.log(name).slice(-1500)}`);
        throw new Error(`after ${withinMs / 1000} s still not: ${what}\n${logs.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async close(): Promise<void> {
    for (const liar of this.liars) await liar.close();
    for (const child of this.children.values()) child.kill('SIGKILL');
    await Promise.all(
      [...this.children.values()].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')),
    );
    await this.broker.close();
  }

  private async lie(name: string): Promise<Connection> {
    const credentials = this.broker.credentials(name);
    const connection = await connectAs({ servers: this.broker.url, credentials, name });
    for (const to of [name, 'replicas']) {
      connection.subscribe(`synod.${cluster}.*.*.${to}.>`, ({ subject, data }) => {
        const { group, from, kind } = parseSubject(subject)!;
        const asked = askedIn(kind, data, name);
        if (asked === undefined) return;
        for (const { bytes, client, times, headers } of this.lies) {
          const place = `synod.${cluster}.${group}.${name}.${from}.reply.${client ?? asked.client}`;
          const context = headers ? { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` } : undefined;
          for (let i = 0; i < times; i++) connection.publish(place, bytes(asked), context);
        }
      });
    }
    return connection;
  }

  private run(program: keyof typeof programs, name: string, more: Readonly<Record<string, string>>): void {
    const log = openSync(join(this.broker.directory, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(this.broker.directory, `${program}.mjs`)], {
      stdio: ['pipe', log, log],
      env: {
        PATH: process.env['PATH'],
        SYNOD_CLUSTER: cluster,
        SYNOD_NATS_URL: this.broker.url,
        SYNOD_CREDENTIALS_FILE: this.broker.credentialsPath(name),
        SYNOD_EXIT_WITH_STDIN: '1',
        OTEL_TRACES_EXPORTER: 'none',
        ...more,
      },
    });
    this.children.set(name, child);
  }

  /** From source, so that a test never runs yesterday's bundle. */
  private build(program: keyof typeof programs): void {
    buildSync({
      entryPoints: [join(__dirname, programs[program])],
      outfile: join(this.broker.directory, `${program}.mjs`),
      ...({ bundle: true, platform: 'node', format: 'esm', target: 'node20' } as const),
      conditions: ['@synod/source'],
      loader: { '.html': 'text', '.css': 'text', '.client.js': 'text' },
      banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
      logLevel: 'error',
    });
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
