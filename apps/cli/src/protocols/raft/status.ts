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
import type { LogEntry, Status } from '../protocol.js';

/** What a Raft server's core shows of itself. */
export interface RaftState {
  readonly role?: string;
  readonly standing?: string;
  readonly term?: number;
  readonly leader?: string;
  readonly votedFor?: string;
  readonly firstIndex?: number;
  readonly lastIndex?: number;
  readonly durableIndex?: number;
  readonly commitIndex?: number;
  readonly lastApplied?: number;
  readonly snapshotIndex?: number;
  readonly stateHash?: string;
  readonly diskStalled?: boolean;
  /** The newest first. */
  readonly lastEntries?: readonly (Omit<LogEntry, 'position' | 'era'> & {
    readonly index: number;
    readonly term: number;
  })[];
  /** At a leader. */
  readonly followers?: Readonly<Record<string, { readonly lag?: number; readonly state?: string }>>;
}

interface Row {
  readonly replica: string;
  readonly answers: boolean;
  readonly role?: string | undefined;
  readonly term?: number | undefined;
  readonly commit?: number | undefined;
  readonly applied?: number | undefined;
  /** Entries that the leader has and this replica has not, as the leader knows it. */
  readonly lag?: number | undefined;
  readonly stateHash?: string | undefined;
  /** What is unusual about it. */
  readonly notes: readonly string[];
}

const columns: readonly Column[] = [
  { title: 'REPLICA' },
  { title: 'ROLE' },
  { title: 'TERM', right: true },
  { title: 'COMMIT', right: true },
  { title: 'APPLIED', right: true },
  { title: 'LAG', right: true },
  { title: 'STATE HASH' },
];

export const raftStatus: Status = { overview: overviewOf, life, journal, lastEntries };

function stateOf(report: Report | undefined): RaftState {
  return report?.state ?? {};
}

function overviewOf(reports: ReadonlyMap<string, Report>, known: Known): Overview {
  const leader = leaderOf(reports);
  const rows = membersOf(reports, known).map((name) => rowOf(name, reports.get(name), leader, known));
  const diverged = divergedOf(rows.map(({ replica: name, applied, stateHash }) => ({ name, applied, stateHash })));
  const term = maximum([...reports.values()].map((report) => stateOf(report).term));
  return {
    cluster: known.cluster,
    group: known.group,
    protocol: 'raft',
    leader: leader?.replica,
    era: term === undefined ? undefined : `term ${term}`,
    members: rows.map(({ replica: name, answers }) => ({ name, answers })),
    diverged,
    tables: [tableOf(rows, diverged)],
    remarks: [],
    document: { term, replicas: rows },
  };
}

/** Of several that think so, the one with the latest term: the others have not heard of it yet. */
function leaderOf(reports: ReadonlyMap<string, Report>): Report | undefined {
  const leaders = [...reports.values()].filter((report) => stateOf(report).role === 'leader');
  return leaders.sort((a, b) => (stateOf(b).term ?? 0) - (stateOf(a).term ?? 0))[0];
}

function rowOf(replica: string, report: Report | undefined, leader: Report | undefined, known: Known): Row {
  const notes = notesOf(report, replica, known);
  if (report === undefined) return { replica, answers: false, notes };
  const { role, term, commitIndex: commit, lastApplied: applied, stateHash } = stateOf(report);
  const lag = report === leader ? 0 : stateOf(leader).followers?.[replica]?.lag;
  return { replica, answers: true, role, term, commit, applied, lag, stateHash, notes };
}

function tableOf(rows: readonly Row[], diverged: readonly string[]) {
  return memberTable(
    columns,
    rows.map(({ replica: name, answers, role, term, commit, applied, lag, stateHash, notes }) => {
      const numbers = [term, commit, applied, lag].map(numberCell);
      const cells = [roleCell(role), ...numbers, hashCell(stateHash, diverged.includes(name))];
      return { name, answers, cells, notes };
    }),
  );
}

function life(report: Report) {
  const { standing = '-', votedFor = '-' } = stateOf(report);
  const { uptimeMs = 0, version = '-', elections = 0 } = report;
  return { uptime: duration(uptimeMs), version, standing, 'voted for': votedFor, elections };
}

function journal(report: Report) {
  const { firstIndex = 0, lastIndex = 0, durableIndex = 0, snapshotIndex = 0 } = stateOf(report);
  const log = { 'log from': firstIndex, 'log to': lastIndex, durable: durableIndex, snapshot: snapshotIndex };
  return { ...log, ...journalFiles(report) };
}

function lastEntries(report: Report): readonly LogEntry[] {
  const { lastEntries: entries = [] } = stateOf(report);
  return entries.map(({ index, term, kind, from, sizeBytes }) => ({
    position: index,
    era: term,
    kind,
    from,
    sizeBytes,
  }));
}
