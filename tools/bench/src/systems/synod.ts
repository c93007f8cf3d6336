import { poll, ProcessGroup } from '@synod/process-group';
import type { GroupOptions } from '@synod/process-group';
import type { Protocol } from '@synod/topology';
import type { TargetSettings } from '../load/target.js';
import { finishProfiles } from '../report/profile-sources.js';
import { brokerVariables, metricsAt } from '../scrape.js';
import type { Metrics } from '../scrape.js';
import type { Counts, System } from './system.js';

export interface SynodOptions extends Pick<GroupOptions, 'protocol' | 'counts' | 'program' | 'identities'> {
  /** Of all replicas. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A program to run each of them under, with its arguments. */
  readonly under?: readonly string[];
  /** A folder for V8's CPU profile of each replica, written when it ends. */
  readonly profile?: string;
}

const serveWithinMs = 60_000;

/** A group of one of our protocols over one broker. */
export class Synod implements System {
  private constructor(
    readonly group: ProcessGroup,
    readonly about: string,
    readonly protocol: Protocol,
    private readonly profile: string | undefined,
  ) {}

  /** Since its replicas were called. */
  private servedAfterMs = 0;

  static async start({ under = [], profile, ...options }: SynodOptions = {}): Promise<Synod> {
    const group = await ProcessGroup.prepare(options);
    try {
      const calledAt = performance.now();
      for (const replica of group.replicas)
        replica.run({ under, ...(profile !== undefined && { node: profiling(profile, replica.name) }) });
      await group.leader(undefined, serveWithinMs);
      const { version } = await brokerVariables(group.broker.servers[0]!.monitorPort);
      const members = group.roles.map((role) => `${group.namesOf(role).length} ${role}s`).join(' and ');
      const synod = new Synod(
        group,
        `${members}, nats-server ${version}, a sync before each answer`,
        options.protocol ?? 'raft',
        profile,
      );
      await synod.allServe();
      synod.servedAfterMs = performance.now() - calledAt;
      return synod;
    } catch (error) {
      await group.close();
      throw error;
    }
  }

  async processes(): Promise<ReadonlyMap<string, number>> {
    const leader = await this.group.leader();
    const processes = new Map([['leader', this.group.replica(leader).pid!]]);
    const add = (as: string, names: readonly string[]) => {
      const alive = names.map((name) => this.group.replica(name)).filter(({ isAlive }) => isAlive);
      alive.forEach(({ pid }, index) => processes.set(`${as} ${index + 1}`, pid!));
    };
    const answering = this.group.namesOf('answering');
    add(
      'follower',
      answering.filter((name) => name !== leader),
    );
    add('acceptor', this.group.namesOf('acceptor'));
    processes.set('broker', this.group.broker.servers[0]!.pid!);
    return processes;
  }

  async counts(): Promise<Counts> {
    const [{ in_msgs, out_bytes }, all] = await Promise.all([
      brokerVariables(this.group.broker.servers[0]!.monitorPort),
      this.metrics(),
    ]);
    const sum = (name: string) => all.reduce((total, metrics) => total + (metrics.get(name) ?? 0), 0);
    return {
      messages: in_msgs,
      bytes: out_bytes,
      syncs: sum('synod_journal_syncs_total'),
      written: sum('synod_journal_written_bytes_total'),
      rounds: sum('synod_round_duration_seconds_count{stage="total"}'),
    };
  }

  /** Of every member, in the order of their names. */
  metrics(names = this.group.names): Promise<readonly Metrics[]> {
    const ports = names.map((name) => this.group.replica(name).httpPort);
    return Promise.all(ports.map((port) => metricsAt(`http://127.0.0.1:${port}/metrics`)));
  }

  target(contender: string): TargetSettings {
    const { group, broker, keys } = this.group;
    const credentials = broker.credentialsPath('client');
    const servers = broker.urls.join(',');
    return { kind: kindOf(contender), servers, cluster: 'test', group, credentials, keys };
  }

  async stop(): Promise<void> {
    // A process that is killed writes no profile.
    if (this.profile !== undefined) {
      await Promise.all(this.group.replicas.map((replica) => replica.stop()));
      finishProfiles(this.profile, this.servedAfterMs);
    }
    await this.group.close();
  }

  /** A group just formed is measured once every replica takes part. */
  private async allServe(): Promise<void> {
    await this.group.inStep(serveWithinMs);
    const { replicas } = this.group;
    const logs = () => replicas.map((replica) => `${replica.name}:\n${replica.log().slice(-1500)}`).join('\n');
    await poll(
      () => replicas.every(({ httpPort }) => httpPort !== undefined) || undefined,
      serveWithinMs,
      () => `after ${serveWithinMs / 1000} s not every replica serves /metrics\n${logs()}`,
    );
  }
}

function profiling(directory: string, name: string): readonly string[] {
  return ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${directory}`, `--cpu-prof-name=${name}.cpuprofile`];
}

/** How a contender talks to its system. */
function kindOf(contender: string): 'synod' | 'singly' | 'foreign' {
  if (contender === 'foreign') return 'foreign';
  return contender === 'pbft singly' ? 'singly' : 'synod';
}
