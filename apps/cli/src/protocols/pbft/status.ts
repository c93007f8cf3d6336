import {
  divergedOf,
  hashCell,
  maximum,
  memberTable,
  membersOf,
  notesOf,
  numberCell,
  roleCell,
} from '../../status/overview.js';
import type { Known, Overview } from '../../status/overview.js';
import type { Report } from '../../status/report.js';
import { duration, journalFiles } from '../../status/statistics.js';
import type { Column } from '../../table.js';
import type { Status } from '../protocol.js';

/** What a PBFT replica's core shows of itself. */
export interface PbftState {
  readonly role?: string;
  readonly standing?: string;
  readonly view?: number;
  readonly active?: boolean;
  readonly primary?: string;
  readonly floor?: number;
  readonly lowWaterMark?: number;
  readonly highWaterMark?: number;
  readonly stableCheckpoint?: number;
  readonly stableSnapshot?: number;
  readonly lastProposed?: number;
  readonly lastExecuted?: number;
  readonly position?: number;
  readonly stateHash?: string;
  readonly waitingRequests?: number;
  readonly complaints?: readonly string[];
  readonly faults?: { readonly members?: number; readonly tolerated?: number; readonly quorum?: number };
  readonly statistics?: Readonly<Record<string, number>>;
}

interface Row {
  readonly replica: string;
  readonly answers: boolean;
  readonly role?: string | undefined;
  readonly view?: number | undefined;
  readonly stable?: number | undefined;
  readonly high?: number | undefined;
  readonly executed?: number | undefined;
  readonly lag?: number | undefined;
  readonly stateHash?: string | undefined;
  readonly statistics?: Readonly<Record<string, number>> | undefined;
  readonly notes: readonly string[];
}

const columns: readonly Column[] = [
  { title: 'REPLICA' },
  { title: 'ROLE' },
  { title: 'VIEW', right: true },
  { title: 'STABLE', right: true },
  { title: 'HIGH', right: true },
  { title: 'EXECUTED', right: true },
  { title: 'LAG', right: true },
  { title: 'STATE HASH' },
];

export const pbftStatus: Status = { overview: overviewOf, life, journal, lastEntries: () => [] };

function stateOf(report: Report | undefined): PbftState {
  return report?.state ?? {};
}

function overviewOf(reports: ReadonlyMap<string, Report>, known: Known): Overview {
  const primary = primaryOf(reports);
  const ahead = maximum([...reports.values()].map((report) => stateOf(report).lastExecuted)) ?? 0;
  const rows = membersOf(reports, known).map((name) => rowOf(name, reports.get(name), ahead, known));
  const ran = rows.map(({ replica: name, executed: applied, stateHash }) => ({ name, applied, stateHash }));
  const diverged = divergedOf(ran);
  const view = maximum([...reports.values()].map((report) => stateOf(report).view));
  return {
    cluster: known.cluster,
    group: known.group,
    protocol: 'pbft',
    leader: primary?.replica,
    era: view === undefined ? undefined : `view ${view}`,
    members: rows.map(({ replica: name, answers }) => ({ name, answers })),
    diverged,
    tables: [tableOf(rows, diverged)],
    remarks: remarksOf(reports),
    document: { view, replicas: rows },
  };
}

/** Of several that think so, the one of the latest view: the others have not heard of it yet. */
function primaryOf(reports: ReadonlyMap<string, Report>): Report | undefined {
  const primaries = [...reports.values()].filter((report) => stateOf(report).role === 'primary');
  return primaries.sort((a, b) => (stateOf(b).view ?? 0) - (stateOf(a).view ?? 0))[0];
}

function rowOf(replica: string, report: Report | undefined, ahead: number, known: Known): Row {
  const notes = notesOf(report, replica, known);
  if (report === undefined) return { replica, answers: false, notes };
  const { role, view, stableCheckpoint: stable, highWaterMark: high, lastExecuted: executed } = stateOf(report);
  const { stateHash, complaints = [], statistics } = stateOf(report);
  const complains = complaints.length === 0 ? [] : [`complains of the primary: ${complaints.join(', ')}`];
  const place = { role, view, stable, high, executed, lag: executed === undefined ? undefined : ahead - executed };
  return { replica, answers: true, ...place, stateHash, statistics, notes: [...notes, ...complains] };
}

function tableOf(rows: readonly Row[], diverged: readonly string[]) {
  return memberTable(
    columns,
    rows.map(({ replica: name, answers, role, view, stable, high, executed, lag, stateHash, notes }) => {
      const numbers = [view, stable, high, executed, lag].map(numberCell);
      const cells = [roleCell(role), ...numbers, hashCell(stateHash, diverged.includes(name))];
      return { name, answers, cells, notes };
    }),
  );
}

function remarksOf(reports: ReadonlyMap<string, Report>): readonly string[] {
  const [faults] = [...reports.values()].flatMap((report) => stateOf(report).faults ?? []);
  if (faults === undefined) return [];
  const { members = 0, tolerated = 0, quorum = 0 } = faults;
  return [`${tolerated} of ${members} may do anything at all; ${quorum} are a quorum`];
}

function life(report: Report) {
  const { standing = '-', statistics = {} } = stateOf(report);
  const { uptimeMs = 0, version = '-' } = report;
  const names: Readonly<Record<string, string>> = {
    received: 'messages received',
    sent: 'messages sent',
    proposed: 'batches proposed',
    executedBatches: 'batches executed',
    executedRequests: 'requests executed',
    viewChanges: 'view changes',
  };
  const counts = Object.entries(statistics).map(([name, count]) => [names[name] ?? name, count]);
  return { uptime: duration(uptimeMs), version, standing, ...Object.fromEntries(counts) };
}

function journal(report: Report) {
  const { lowWaterMark = 0, highWaterMark = 0, stableSnapshot = 0, lastProposed = 0 } = stateOf(report);
  const log = {
    'low mark': lowWaterMark,
    'high mark': highWaterMark,
    proposed: lastProposed,
    snapshot: stableSnapshot,
  };
  return { ...log, ...journalFiles(report) };
}
