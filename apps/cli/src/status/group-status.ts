import type { Admin } from '../admin.js';
import type { Cluster } from '../cluster.js';
import { protocolNamed } from '../protocols/index.js';
import type { Protocol } from '../protocols/protocol.js';
import { processState } from '../stack.js';
import type { Known, Overview } from './overview.js';
import { readReport } from './report.js';
import type { Report } from './report.js';

/** How a group is: what each of its members says, and what that comes to in its protocol. */
export interface GroupStatus {
  readonly protocol: Protocol;
  readonly reports: ReadonlyMap<string, Report>;
  readonly overview: Overview;
}

/** Asks all members; resolves when all that are known have answered, or the time is over. */
export async function askStatus(admin: Admin, cluster: Cluster, timeoutMs: number): Promise<GroupStatus> {
  const all = (answers: ReadonlyMap<string, unknown>): boolean => {
    const members =
      cluster.members ?? [...answers].flatMap(([from, answer]) => readReport(from, answer)?.members ?? []);
    return members.length > 0 && members.every((member) => answers.has(member));
  };
  const answers = await admin.ask(cluster.everyone, 'status', {}, all, timeoutMs);
  const reports = new Map<string, Report>();
  for (const [from, answer] of answers) {
    const report = readReport(from, answer);
    if (report !== undefined) reports.set(from, report);
  }
  const told = [...reports.values()].find(({ protocol }) => protocol !== undefined)?.protocol;
  const protocol = protocolNamed(told ?? cluster.protocol);
  return { protocol, reports, overview: protocol.status.overview(reports, knownOf(cluster)) };
}

function knownOf({ name, group, members = [], roles = {}, stack }: Cluster): Known {
  const absence = (member: string): string | undefined => {
    if (stack === undefined) return undefined;
    const pid = stack.services.find((service) => service.name === member)?.pid;
    const state = pid === undefined ? 'gone' : processState(pid);
    return state === 'gone' ? 'process ended' : `pid ${pid} ${state}`;
  };
  return { cluster: name, group, members, roles, absence };
}
