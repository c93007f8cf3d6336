import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { protocols } from '@synod/topology';
import { chosenGroups, planOf } from './groups.js';
import type { StackGroup } from './groups.js';
import { Ports, preferredPorts } from './ports.js';
import type { Stack } from './stack.js';
import { betrayed, formerTraitors } from './traitors.js';

/** So many fit between the first port of the group `raft` and the one for traces. */
const replicasBeforeTraces = 7;

export interface Wanted {
  /** Names of groups; undefined: all. */
  readonly groups: readonly string[] | undefined;
  /** Of the group `raft`; undefined: as at the last start, else 3. */
  readonly replicas: number | undefined;
  /** Of the group `paxos`: acceptors that do not found it; undefined: as at the last start, else none. */
  readonly spares?: number | undefined;
  /** By member, how it does not keep to the protocol. */
  readonly traitors?: ReadonlyMap<string, string>;
  /** More of them than a group bears. */
  readonly force?: boolean;
}

/** Which services there are, and where each listens. */
export async function layOut(directory: string, wanted: Wanted, tell: (line: string) => void): Promise<Stack> {
  const ports = new Ports();
  const take = (what: string, preferred: number) =>
    ports.take(preferred, (port) => tell(`port ${preferred} for ${what} is taken; using ${port}`));
  const replicas = replicasOf(directory, wanted.replicas);
  const spares = sparesOf(directory, wanted.spares);
  const gateway = await take('the gateway', preferredPorts.gateway);
  const groups: StackGroup[] = [];
  const entries = chosenGroups(wanted.groups);
  const optionsOf = (protocol: string) => ({
    ...(protocol === 'raft' && { counts: { replica: replicas } }),
    ...(protocol === 'paxos' && { spares }),
  });
  const plans = entries.map((entry) => planOf(entry, optionsOf(entry.protocol)));
  for (const [place, plan] of betrayed(plans, wanted, formerTraitors(directory)).entries()) {
    const { firstPort } = entries[place]!;
    const taken = new Map<string, number>();
    for (const [i, { name }] of plan.services.entries()) taken.set(name, await take(name, firstPort + i));
    groups.push({ ...plan, ports: taken });
  }
  const traces = await take('traces', preferredPorts.traces + Math.max(0, replicas - replicasBeforeTraces));
  const given = process.env['NATS_URL'] ? Number(new URL(process.env['NATS_URL']).port || 4222) : undefined;
  const broker = given ?? (await take('NATS', preferredPorts.broker));
  const monitoring = await take('NATS monitoring', preferredPorts.monitoring);
  return { cluster: 'local', directory, ports: { broker, monitoring, gateway, traces }, groups };
}

/** The members of a group are part of its data: another number means another group. */
function replicasOf(directory: string, wanted: number | undefined): number {
  const data = join(directory, 'data');
  const kept = keptIn(data, /^raft-r\d+$/);
  if (kept > 0 && wanted !== undefined && wanted !== kept) {
    throw new Error(
      `the data in ${data} are of a group of ${kept} replicas, not ${wanted}; use --replicas ${kept}, or --fresh to forget them`,
    );
  }
  return kept > 0 ? kept : (wanted ?? 3);
}

/** Who was a spare may be a member by now: there may be more of them than before, and not fewer. */
function sparesOf(directory: string, wanted: number | undefined): number {
  const data = join(directory, 'data');
  const kept = Math.max(0, keptIn(data, /^paxos-a\d+$/) - protocols.paxos[1].count);
  if (wanted !== undefined && wanted < kept) {
    throw new Error(
      `the data in ${data} are of a group with spares: ${kept}, not ${wanted}; use --spares ${kept} or more, or --fresh to forget them`,
    );
  }
  return wanted ?? kept;
}

function keptIn(data: string, names: RegExp): number {
  return existsSync(data) ? readdirSync(data).filter((name) => names.test(name)).length : 0;
}
