import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { freePorts, poll } from '@synod/process-group';
import type { TargetSettings } from '../load/target.js';
import { brokerVariables } from '../scrape.js';
import { Cluster } from './cluster.js';
import type { Counts, System } from './system.js';

const bucket = 'bench';
const readyWithinMs = 30_000;

interface Server {
  readonly name: string;
  readonly port: number;
  readonly monitor: number;
  readonly route: number;
}

/** Three nats-servers with one replicated key-value bucket. */
export class JetStream implements System {
  private leader = '';
  readonly about: string;

  private constructor(
    private readonly cluster: Cluster,
    private readonly servers: readonly Server[],
    version: string,
    syncAlways: boolean,
  ) {
    const durability = syncAlways
      ? 'sync_interval always: a sync before each answer'
      : 'the default sync_interval of 2 minutes: an answer before any sync';
    this.about = `nats-server ${version}, ${servers.length} servers, bucket of 3 replicas, ${durability}`;
  }

  static async start(path: string, version: string, syncAlways: boolean): Promise<JetStream> {
    const cluster = new Cluster('jetstream');
    const count = 3;
    const ports = await freePorts(3 * count);
    const servers = Array.from({ length: count }, (_, index) => ({
      name: `js-${index + 1}`,
      port: ports[index]!,
      monitor: ports[count + index]!,
      route: ports[2 * count + index]!,
    }));
    const jetStream = new JetStream(cluster, servers, version, syncAlways);
    try {
      for (const server of servers) {
        const configuration = join(cluster.directory, `${server.name}.conf`);
        writeFileSync(configuration, configurationOf(server, servers, cluster.directory, syncAlways));
        cluster.run({ name: server.name, command: [path, '-c', configuration] });
      }
      await jetStream.createBucket();
      return jetStream;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  processes(): Promise<ReadonlyMap<string, number>> {
    const followers = this.cluster.names.filter((name) => name !== this.leader);
    const processes = new Map([['leader', this.cluster.process(this.leader).pid!]]);
    followers.forEach((name, index) => processes.set(`follower ${index + 1}`, this.cluster.process(name).pid!));
    return Promise.resolve(processes);
  }

  async counts(): Promise<Counts> {
    const all = await Promise.all(this.servers.map(({ monitor }) => brokerVariables(monitor)));
    return {
      messages: all.reduce((sum, { in_msgs }) => sum + in_msgs, 0),
      bytes: all.reduce((sum, { out_bytes }) => sum + out_bytes, 0),
    };
  }

  /** The load goes to the server that leads the bucket: no hop in between. */
  target(): TargetSettings {
    const { port } = this.servers.find(({ name }) => name === this.leader)!;
    return { kind: 'jetstream', servers: `127.0.0.1:${port}`, bucket };
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }

  /** As the clients' libraries make one: ADR-8. */
  private async createBucket(): Promise<void> {
    const configuration = {
      name: `KV_${bucket}`,
      subjects: [`$KV.${bucket}.>`],
      max_msgs_per_subject: 1,
      discard: 'new',
      deny_delete: true,
      allow_rollup_hdrs: true,
      allow_direct: true,
      storage: 'file',
      num_replicas: this.servers.length,
      duplicate_window: 120_000_000_000,
    };
    const create = () => this.ask(`$JS.API.STREAM.CREATE.KV_${bucket}`, configuration).catch(() => undefined);
    const leads = async () => {
      this.cluster.requireAlive();
      return (await create())?.cluster?.leader;
    };
    this.leader = await poll(leads, readyWithinMs, () => 'JetStream made no bucket of 3 replicas');
  }

  private async ask(subject: string, question: object): Promise<{ readonly cluster?: { readonly leader?: string } }> {
    const connection = await connect({ servers: `127.0.0.1:${this.servers[0]!.port}`, timeout: 1000 });
    try {
      return (await connection.request(subject, JSON.stringify(question), { timeout: 2000 })).json();
    } finally {
      await connection.close();
    }
  }
}

function configurationOf(server: Server, all: readonly Server[], directory: string, syncAlways: boolean): string {
  const { name, port, monitor, route } = server;
  const routes = all.filter((other) => other !== server).map((other) => `"nats-route://127.0.0.1:${other.route}"`);
  return `server_name: "${name}"
listen: "127.0.0.1:${port}"
http: "127.0.0.1:${monitor}"
jetstream {
  store_dir: "${join(directory, name)}"
  max_memory_store: 256MB
  max_file_store: 16GB
${syncAlways ? '  sync_interval: always\n' : ''}}
cluster { name: "bench", listen: "127.0.0.1:${route}", routes: [${routes.join(', ')}] }
`;
}
