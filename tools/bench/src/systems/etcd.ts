import { join } from 'node:path';
import { freePorts, poll } from '@synod/process-group';
import type { TargetSettings } from '../load/target.js';
import { metricsAt } from '../scrape.js';
import { Cluster } from './cluster.js';
import type { Counts, System } from './system.js';

/** The timing of our replicas (election 150 to 300 ms): etcd draws from the timeout to twice the timeout, and wants 5 heartbeats in it. */
const heartbeatMs = 30;
const electionMs = 150;
const readyWithinMs = 20_000;
/** The packed transactions; etcd takes at most 128 operations in one unless told otherwise. */
const packed = 128;

interface EtcdMember {
  readonly name: string;
  readonly client: string;
  readonly peer: string;
}

/** Three etcd members with the defaults of the package, but our election timeouts and room for what a run writes. */
export class Etcd implements System {
  readonly about: string;

  private constructor(
    readonly cluster: Cluster,
    private readonly members: readonly EtcdMember[],
    version: string,
  ) {
    this.about = `etcd ${version}, ${members.length} members, heartbeat ${heartbeatMs} ms, election ${electionMs}–${2 * electionMs} ms, a sync before each answer`;
  }

  static async start(path: string, version: string, count = 3): Promise<Etcd> {
    const cluster = new Cluster('etcd');
    const ports = await freePorts(2 * count);
    const members = Array.from({ length: count }, (_, index) => ({
      name: `etcd-${index + 1}`,
      client: `http://127.0.0.1:${ports[index]}`,
      peer: `http://127.0.0.1:${ports[count + index]}`,
    }));
    const etcd = new Etcd(cluster, members, version);
    const initial = members.map(({ name, peer }) => `${name}=${peer}`).join(',');
    try {
      for (const member of members) {
        cluster.run({
          name: member.name,
          command: [path, ...argumentsOf(member, join(cluster.directory, member.name), initial)],
        });
      }
      await etcd.ready();
      return etcd;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  async processes(): Promise<ReadonlyMap<string, number>> {
    const leader = await this.leader();
    const processes = new Map([['leader', this.cluster.process(leader).pid!]]);
    const followers = this.cluster.names.filter((name) => name !== leader);
    followers.forEach((name, index) => processes.set(`follower ${index + 1}`, this.cluster.process(name).pid!));
    return processes;
  }

  async counts(): Promise<Counts> {
    const all = await Promise.all(this.members.map(({ client }) => metricsAt(`${client}/metrics`)));
    const sum = (name: string) => all.reduce((total, metrics) => total + (metrics.get(name) ?? 0), 0);
    return {
      bytes: sum('etcd_network_peer_sent_bytes_total') + sum('etcd_network_client_grpc_sent_bytes_total'),
      syncs: sum('etcd_disk_wal_fsync_duration_seconds_count') + sum('etcd_disk_backend_commit_duration_seconds_count'),
    };
  }

  target(kind: string): TargetSettings {
    return {
      kind: 'etcd',
      endpoints: this.members.map(({ client }) => client),
      pack: kind === 'etcd txn' ? packed : 1,
    };
  }

  /** The member that says of itself that it leads. */
  async leader(): Promise<string> {
    const find = async () => {
      for (const { name, client } of this.members) {
        const metrics = await metricsAt(`${client}/metrics`).catch(() => undefined);
        if (metrics?.get('etcd_server_is_leader') === 1) return name;
      }
      return undefined;
    };
    return poll(find, readyWithinMs, () => `etcd has no leader after ${readyWithinMs / 1000} s`);
  }

  /** All members know a leader. */
  async ready(): Promise<void> {
    const all = async () => {
      this.cluster.requireAlive();
      const asked = this.members.map(({ client }) => metricsAt(`${client}/metrics`).catch(() => undefined));
      const metrics = await Promise.all(asked);
      return metrics.every((one) => one?.get('etcd_server_has_leader') === 1) || undefined;
    };
    await poll(all, readyWithinMs, () => `etcd is not ready after ${readyWithinMs / 1000} s`);
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }
}

function argumentsOf({ name, client, peer }: EtcdMember, data: string, initial: string): readonly string[] {
  const options = {
    name,
    'data-dir': data,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': initial,
    'heartbeat-interval': heartbeatMs,
    'election-timeout': electionMs,
    'quota-backend-bytes': 16 * 1024 ** 3,
    logger: 'zap',
    'log-level': 'error',
  };
  return Object.entries(options).map(([option, value]) => `--${option}=${value}`);
}
