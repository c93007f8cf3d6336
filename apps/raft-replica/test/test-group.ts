import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@synod/client';
import type { Client, ClientLimits } from '@synod/client';
import { connectAs } from '@synod/nats-transport';
import type { Connection, Identity } from '@synod/nats-transport';
import { TestBroker } from '@synod/nats-transport/testing';
import { buildSync } from 'esbuild';

const cluster = 'test';
const group = 'kv';

interface State {
  readonly role: string;
  readonly standing: string;
  readonly term: number;
  readonly lastApplied: number;
  readonly firstIndex: number;
  readonly snapshotIndex: number;
  readonly stateHash: string;
}

/** Real replica processes over a real broker, in a directory of their own. */
export class TestGroup {
  readonly directory = mkdtempSync(join(tmpdir(), 'synod-group-'));
  private readonly children = new Map<string, ChildProcess>();
  private readonly clients: Client[] = [];
  private readonly connections: Connection[] = [];
  private admin: Connection | undefined;

  private constructor(
    readonly broker: TestBroker,
    readonly names: readonly string[],
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** `program` is the main.ts of the replicas, as seen from the workspace. */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    program = 'apps/raft-replica/src/main.ts',
  ): Promise<TestGroup> {
    const names = ['raft-r1', 'raft-r2', 'raft-r3'];
    const identities: Identity[] = [
      ...names.map((name): Identity => ({ role: 'replica', name, multicasts: ['replicas'] })),
      ...names.map((of): Identity => ({ role: 'service', of })),
      { role: 'client', name: 'client' },
      { role: 'client', name: 'mallory' },
      { role: 'gateway', name: 'gateway' },
      { role: 'observer', name: 'observer' },
      { role: 'admin', name: 'admin' },
    ];
    const started = new TestGroup(await TestBroker.start(cluster, identities), names, environment);
    started.build(program);
    for (const name of names) started.run(name);
    await started.leader();
    return started;
  }

  /** From source, so that a test never runs yesterday's bundle. */
  private build(program: string): void {
    buildSync({
      entryPoints: [join(__dirname, '../../..', program)],
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

  /** Starts a replica; `under` is a program to run it under, with its arguments. */
  run(name: string, under: readonly string[] = []): ChildProcess {
    const command = [...under, process.execPath, join(this.directory, 'main.mjs')];
    const log = openSync(this.logOf(name), 'a');
    const child = spawn(command[0]!, command.slice(1), {
      stdio: ['pipe', log, log],
      env: {
        PATH: process.env['PATH'],
        SYNOD_CLUSTER: cluster,
        SYNOD_GROUP: group,
        SYNOD_REPLICA: name,
        SYNOD_MEMBERS: this.names.join(','),
        SYNOD_NATS_URL: this.broker.url,
        SYNOD_CREDENTIALS_FILE: this.broker.credentialsPath(name),
        SYNOD_REGISTRATION_FILE: this.broker.credentialsPath(`srv-${name}`),
        SYNOD_DATA: this.dataOf(name),
        SYNOD_EXIT_WITH_STDIN: '1',
        SYNOD_FAULTS: '1',
        OTEL_TRACES_EXPORTER: 'none',
        ...this.environment,
      },
    });
    this.children.set(name, child);
    return child;
  }

  dataOf(name: string): string {
    return join(this.directory, name);
  }

  logOf(name: string): string {
    return join(this.directory, `${name}.log`);
  }

  log(name: string): string {
    return readFileSync(this.logOf(name), 'utf8');
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.children.get(name)!.kill(signal);
  }

  async kill(name: string): Promise<void> {
    const child = this.children.get(name)!;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async client(limits: Partial<ClientLimits> = {}): Promise<Client> {
    const { user, password } = this.broker.credentials('client');
    const client = await connect({ servers: this.broker.url, cluster, user, password, timeoutMs: 20_000, limits });
    this.clients.push(client);
    return client;
  }

  /** A bare connection as any user of the broker, a replica's included. */
  async connectAs(user: string): Promise<Connection> {
    const credentials = this.broker.credentials(user);
    const connection = await connectAs({ servers: this.broker.url, credentials, name: 'test' });
    this.connections.push(connection);
    return connection;
  }

  isAlive(name: string): boolean {
    const child = this.children.get(name)!;
    return child.exitCode === null && child.signalCode === null;
  }

  rssMiB(name: string): number {
    return Number(spawnSync('ps', ['-o', 'rss=', '-p', `${this.children.get(name)!.pid}`]).stdout.toString()) / 1024;
  }

  /** The values of one of a replica's metrics, by the text of their labels. */
  async metric(name: string, metric: string): Promise<ReadonlyMap<string, number>> {
    const port = [...this.log(name).matchAll(/"http":(\d+)/g)].at(-1)![1];
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`));
    return new Map(
      lines.map((line) => [line.slice(metric.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  }

  /** Takes back what the admin has cut. */
  async reachAll(): Promise<void> {
    const admin = await this.connectAs('admin');
    await this.until('nobody is cut off', async () => {
      admin.publish(`synod.${cluster}.${group}.admin.replicas.fault`, Buffer.from('{"client":"test","cutOff":[]}'));
      const answers = await this.ask<{ cutOff: readonly string[] }>();
      return [...answers.values()].every(({ cutOff }) => cutOff.length === 0);
    });
  }

  /** Messages over which a handler threw, on any connection of a replica that answers. */
  async handlerFailures(name: string): Promise<number> {
    const networks = await this.ask<{ network: Readonly<Record<string, { handlerFailures: number }>> }>();
    const connections = Object.values(networks.get(name)!.network);
    return connections.reduce((sum, { handlerFailures }) => sum + handlerFailures, 0);
  }

  /** The states of those that answer. */
  async states(): Promise<ReadonlyMap<string, State>> {
    const answers = await this.ask<{ state: State }>();
    return new Map([...answers].map(([name, { state }]) => [name, state]));
  }

  /** What the replicas that answer say of themselves. */
  private async ask<Answer>(): Promise<ReadonlyMap<string, Answer>> {
    this.admin ??= await connectAs({
      servers: this.broker.url,
      credentials: this.broker.credentials('admin'),
      name: 'test',
    });
    const token = randomBytes(6).toString('hex');
    const answers = new Map<string, Answer>();
    const listening = this.admin.subscribe(`synod.${cluster}.${group}.*.admin.reply.${token}`, ({ subject, data }) => {
      answers.set(subject.split('.')[3]!, JSON.parse(Buffer.from(data).toString()) as Answer);
    });
    this.admin.publish(
      `synod.${cluster}.${group}.admin.replicas.status`,
      Buffer.from(JSON.stringify({ client: token })),
    );
    for (let waited = 0; waited < 300 && answers.size < this.names.length; waited += 10) await pause(10);
    listening.stop();
    return answers;
  }

  async leader(not?: string): Promise<string> {
    let leader: string | undefined;
    await this.until('there is a leader', (states) => {
      const leaders = [...states].filter(([name, { role }]) => role === 'leader' && name !== not);
      leader = leaders.sort(([, a], [, b]) => b.term - a.term)[0]?.[0];
      return leader !== undefined;
    });
    return leader!;
  }

  /** All replicas active, with the same state applied to the same place. */
  async inStep(): Promise<State> {
    let state: State | undefined;
    await this.until('all replicas have the same state', (states) => {
      const all = [...states.values()];
      state = all[0];
      const equal = all.every((one) => one.lastApplied === state!.lastApplied && one.stateHash === state!.stateHash);
      return all.length === this.names.length && equal && all.every(({ standing }) => standing === 'active');
    });
    return state!;
  }

  async until(what: string, holds: (states: ReadonlyMap<string, State>) => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 30_000;
    for (;;) {
      const states = await this.states();
      if (await holds(states)) return;
      if (performance.now() > deadline) {
        const logs = this.names
          .map((name) => `${name}:\n${this.log(name).split('\n').slice(-8).join('\n')}`)
          .join('\n');
        throw new Error(`after 30 s still not: ${what}; ${JSON.stringify([...states])}\n${logs}`);
      }
      await pause(50);
    }
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.close({ drainMs: 0 });
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.admin?.close();
    for (const child of this.children.values()) child.kill('SIGKILL');
    await Promise.all(
      [...this.children.values()].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')),
    );
    await this.broker.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
