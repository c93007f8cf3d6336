import type { KeyValueGroup } from '@synod/client';
import { Admin } from '../admin.js';
import type { Cluster } from '../cluster.js';
import type { Call } from '../command.js';
import { CommandError } from '../exit-codes.js';
import { protocolNamed } from '../protocols/index.js';
import { askStatus } from '../status/group-status.js';
import type { GroupStatus } from '../status/group-status.js';

const patienceMs = 1000;

/** How the group's members are, before anything is asked of it. */
export async function lookAt(admin: Admin, cluster: Cluster): Promise<GroupStatus> {
  const status = await askStatus(admin, cluster, patienceMs);
  if (status.reports.size > 0) return status;
  throw new CommandError('noCluster', `no member of group ${cluster.group} answers`);
}

export async function withAdmin<T>(call: Call, cluster: Cluster, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = await Admin.connect(call, cluster);
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

export function hasRegisters({ protocol }: KeyValueGroup): boolean {
  return protocolNamed(protocol).hasRegisters;
}

/** The number that a group gave itself when it was formed, as most of its members say: one may be of another group, or lie. */
export function clusterIdOf({ reports }: GroupStatus): string {
  const counts = new Map<string, number>();
  for (const { state } of reports.values()) {
    const id = state?.['clusterId'] ?? state?.['epoch'];
    if (typeof id === 'number' || typeof id === 'string') counts.set(`${id}`, (counts.get(`${id}`) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'unknown';
}

/**
 * Throws unless each member that executes is there and says that it can. A command that one member executes and another, of an earlier
 * version, does not know would make them differ; a member that is away might be such a one.
 */
export function requireFeature({ reports, overview }: GroupStatus, cluster: Cluster, feature: string): void {
  const { acceptors = [], members = [] } = [...reports.values()].find((one) => one.members !== undefined) ?? {};
  const said = [...reports.values()].flatMap((one) => [...(one.members ?? []), ...(one.proposers ?? [])]);
  const executing = [...new Set([...members, ...said, ...(cluster.members ?? []), ...reports.keys()])].filter(
    (name) => {
      const isAcceptor = acceptors.includes(name) || reports.get(name)?.kind === 'acceptor';
      return !isAcceptor && !(cluster.roles?.['acceptor'] ?? []).includes(name);
    },
  );
  const problems = executing.flatMap((name) => {
    const report = reports.get(name);
    if (report === undefined) return [`${name} does not answer`];
    const { features = [], version = 'unknown' } = report;
    return features.includes(feature) ? [] : [`${name} is of version ${version}, which does not know it`];
  });
  if (problems.length === 0) return;
  throw new CommandError(
    'noCluster',
    `not begun: every member of group ${overview.group} that executes commands must know this one, and ${problems.join(', ')}`,
  );
}
