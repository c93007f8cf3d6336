import type { Cell, Column } from '../table.js';
import type { Report } from './report.js';

/** A group as its replicas describe it. */
export interface Overview {
  readonly cluster: string;
  readonly group: string;
  readonly protocol: string | undefined;
  readonly leader: string | undefined;
  readonly term: number | undefined;
  readonly replicas: readonly Row[];
  /** Replicas that applied the same entries and have different states: never right. */
  readonly diverged: readonly string[];
}

export interface Row {
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

export interface Known {
  readonly cluster: string;
  readonly group: string;
  readonly members: readonly string[];
  /** What this machine knows of a replica that does not answer. */
  readonly absence: (replica: string) => string | undefined;
}

export function overviewOf(reports: ReadonlyMap<string, Report>, known: Known): Overview {
  const leader = leaderOf(reports);
  const all = new Set([...known.members, ...[...reports.values()].flatMap(({ members }) => members ?? [])]);
  const replicas = [...all].sort(byNumber).map((replica) => rowOf(replica, reports.get(replica), leader, known));
  const { cluster, group } = known;
  const protocol = [...reports.values()].find((report) => report.protocol !== undefined)?.protocol;
  const term = maximum([...reports.values()].map(({ state }) => state?.term));
  return { cluster, group, protocol, leader: leader?.replica, term, replicas, diverged: divergedOf(replicas) };
}

/** Of several that think so, the one with the latest term: the others have not heard of it yet. */
function leaderOf(reports: ReadonlyMap<string, Report>): Report | undefined {
  const leaders = [...reports.values()].filter(({ state }) => state?.role === 'leader');
  return leaders.sort((a, b) => (b.state?.term ?? 0) - (a.state?.term ?? 0))[0];
}

function rowOf(replica: string, report: Report | undefined, leader: Report | undefined, known: Known): Row {
  if (report === undefined) {
    const absence = known.absence(replica);
    return { replica, answers: false, notes: absence === undefined ? [] : [absence] };
  }
  const { role, term, commitIndex: commit, lastApplied: applied, stateHash } = report.state ?? {};
  const lag = report === leader ? 0 : leader?.state?.followers?.[replica]?.lag;
  return { replica, answers: true, role, term, commit, applied, lag, stateHash, notes: notesOf(report) };
}

function notesOf({ state, cutOff = [] }: Report): readonly string[] {
  const notes: string[] = [];
  if (state?.standing !== undefined && state.standing !== 'active') notes.push(state.standing);
  if (state?.diskStalled) notes.push('disk stalled');
  if (cutOff.length > 0) notes.push(`cut off from ${cutOff.join(', ')}`);
  return notes;
}

function divergedOf(rows: readonly Row[]): readonly string[] {
  return rows
    .filter(({ applied, stateHash }) =>
      rows.some((other) => other.applied === applied && applied !== undefined && other.stateHash !== stateHash),
    )
    .map(({ replica }) => replica);
}

const columns: readonly Column[] = [
  { title: 'REPLICA' },
  { title: 'ROLE' },
  { title: 'TERM', right: true },
  { title: 'COMMIT', right: true },
  { title: 'APPLIED', right: true },
  { title: 'LAG', right: true },
  { title: 'STATE HASH' },
  { title: 'NOTES' },
];

/** For `table`. */
export function tableOf({ replicas, diverged }: Overview): { columns: readonly Column[]; rows: readonly Cell[][] } {
  const withNotes = replicas.some(({ notes }) => notes.length > 0);
  const rows = replicas.map((row): Cell[] => {
    const notes: Cell = { text: row.notes.join('; '), style: 'yellow' };
    if (!row.answers) return [row.replica, { text: 'no answer', style: 'red' }, '', '', '', '', '', notes];
    const hash = shortHash(row.stateHash);
    return [
      row.replica,
      roleCell(row.role),
      ...[row.term, row.commit, row.applied, row.lag].map((number) => number?.toString() ?? '-'),
      diverged.includes(row.replica) ? { text: hash, style: 'red' } : hash,
      notes,
    ];
  });
  return withNotes ? { columns, rows } : { columns: columns.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
}

function roleCell(role = 'unknown'): Cell {
  if (role === 'leader') return { text: role, style: 'green' };
  return role === 'follower' ? role : { text: roleText(role), style: 'yellow' };
}

/** `preCandidate` as people write it. */
export function roleText(role: string): string {
  return role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Long enough to see that two are different; `--json` has all of it. */
function shortHash(hash = '-'): string {
  const [sessions = '', state] = hash.split('-');
  return state ? `${sessions.slice(0, 6)}-${state.slice(0, 6)}` : hash.slice(0, 16);
}

/** One line: what matters first. */
export function summaryOf({ cluster, group, protocol, leader, term, replicas }: Overview): string {
  const answering = replicas.filter(({ answers }) => answers).length;
  const led = leader === undefined ? 'no leader' : `leader ${leader}, term ${term ?? '-'}`;
  return `cluster ${cluster}, group ${group} (${protocol ?? 'protocol unknown'}): ${led}, ${answering} of ${replicas.length} answer`;
}

/** `r10` after `r9`. */
export function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function maximum(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
