import { pause } from '@synod/process-group';
import type { ManagedProcess } from '@synod/process-group';
import type { Contender, Contenders } from './contenders.js';
import type { LoadProcess } from './load-process.js';
import { systemMs } from './load/probe.js';
import type { Options } from './options.js';
import type { Progress } from './progress.js';
import { quantile } from './statistics.js';
import { Etcd } from './systems/etcd.js';
import { Synod } from './systems/synod.js';

export interface FailoverReport {
  /** Milliseconds from each kill of the leader to the next write acknowledged, by contender. */
  readonly afterMs: Readonly<Record<string, readonly number[]>>;
  readonly about: Readonly<Record<string, string>>;
  readonly skipped: readonly string[];
}

const names = ['synod', 'synod paxos', 'etcd'];
const writers = 64;
const valueBytes = 128;
/** Between a killed one's return and the next kill. */
const calmMs = 500;

/** Kills the leaders in turn, under load; each kill is SIGKILL, and the killed one comes back before the next. */
export async function runFailover(
  contenders: Contenders,
  options: Options,
  progress: Progress,
): Promise<FailoverReport> {
  const missing = names.filter((name) => contenders.missing(name) !== undefined);
  const running = await contenders.only(names.filter((name) => !missing.includes(name)));
  const afterMs: Record<string, number[]> = Object.fromEntries(running.map(({ name }) => [name, []]));
  for (const { load } of running) await load.probe(writers, valueBytes);
  for (let kill = 1; kill <= options.kills; kill++) {
    for (const contender of running) {
      progress.now(`failover: kill ${kill} of ${options.kills}, ${contender.name}`);
      afterMs[contender.name]!.push(await killLeader(contender));
    }
  }
  progress.clear();
  return {
    afterMs,
    about: Object.fromEntries(running.map(({ name, system }) => [name, system.about])),
    skipped: missing.map((name) => `${name}: ${contenders.missing(name)}`),
  };
}

async function killLeader({ system, load }: Contender): Promise<number> {
  if (system instanceof Synod) return killReplica(system, load);
  if (system instanceof Etcd) return killMember(system, load);
  throw new Error('only synod and etcd are killed');
}

async function killReplica({ group }: Synod, load: LoadProcess): Promise<number> {
  const victim = group.replica(await group.leader());
  const afterMs = await kill(victim, load);
  victim.run();
  await group.until('all replicas are back', (states) => {
    const back = states.size === group.replicas.length;
    return (back && [...states.values()].every(({ standing }) => standing === 'active')) || undefined;
  });
  await pause(calmMs);
  return afterMs;
}

async function killMember(etcd: Etcd, load: LoadProcess): Promise<number> {
  const victim = await etcd.leader();
  const afterMs = await kill(etcd.cluster.process(victim), load);
  etcd.cluster.start(victim);
  await etcd.ready();
  await pause(calmMs);
  return afterMs;
}

async function kill(victim: ManagedProcess, load: LoadProcess): Promise<number> {
  const killedAt = systemMs();
  await victim.kill();
  return load.outage({ killedAt, goneAt: systemMs() });
}

export function failoverQuantiles(values: readonly number[]): { p50: number; p99: number; min: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), min: sorted[0]!, max: sorted.at(-1)! };
}
