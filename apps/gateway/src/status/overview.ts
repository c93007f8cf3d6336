import type { Report, Round } from './report.js';

/** A group as its replicas describe it. */
export interface Overview {
  readonly group: string;
  readonly protocol: string | undefined;
  /** Of several that think so, the one with the latest term. */
  readonly leader: string | undefined;
  readonly term: number;
  readonly replicas: readonly ReplicaOverview[];
  /** Replicas that applied the same entries and have different states: never right. */
  readonly diverged: readonly string[];
}

export interface ReplicaOverview {
  readonly replica: string;
  /** It answered just now. All else is there only then. */
  readonly up: boolean;
  readonly role?: string;
  /** Whether it takes part: `active`, or what keeps it from that. */
  readonly standing?: string;
  readonly term?: number;
  readonly commit?: number;
  readonly applied?: number;
  /** Entries that the leader has and this replica has not acknowledged; null when no leader tells. */
  readonly lag?: number | null;
  readonly stateHash?: string;
  readonly uptimeMs?: number;
  readonly version?: string;
  readonly diskStalled?: boolean;
  /** Peers that an experiment keeps it from. */
  readonly cutOff?: readonly string[];
}

/** `members`: those known from before, so that who is down is shown as such. */
export function overviewOf(group: string, reports: readonly Report[], members: readonly string[]): Overview {
  const byName = new Map(reports.map((report) => [report.replica, report]));
  const leader = leaderOf(reports);
  const names = [...new Set([...members, ...reports.flatMap((report) => report.members), ...byName.keys()])];
  return {
    group,
    protocol: reports[0]?.protocol,
    leader: leader?.replica,
    term: Math.max(0, ...reports.map(({ term }) => term)),
    replicas: names.sort(byNumber).map((name) => replicaOf(name, byName.get(name), leader)),
    diverged: divergedOf(reports),
  };
}

/** All rounds, the newest first; one that several polls saw is there once, as it was seen last. */
export function mergeRounds(known: readonly Round[], reports: readonly Report[], most: number): readonly Round[] {
  const rounds = new Map<string, Round>();
  const all = [...known, ...reports.flatMap((report) => report.rounds)];
  for (const round of all) rounds.set(`${round.leader}/${round.term}/${round.first}`, round);
  return [...rounds.values()].sort((a, b) => b.startedAt - a.startedAt || b.first - a.first).slice(0, most);
}

function leaderOf(reports: readonly Report[]): Report | undefined {
  return reports.filter(({ role }) => role === 'leader').sort((a, b) => b.term - a.term)[0];
}

function replicaOf(replica: string, report: Report | undefined, leader: Report | undefined): ReplicaOverview {
  if (report === undefined) return { replica, up: false };
  const { role, standing, term, commitIndex, lastApplied, stateHash, uptimeMs, version, diskStalled, cutOff } = report;
  const lag = report === leader ? 0 : (leader?.lagOf[replica] ?? null);
  const numbers = { term, commit: commitIndex, applied: lastApplied, lag };
  return { replica, up: true, role, standing, ...numbers, stateHash, uptimeMs, version, diskStalled, cutOff };
}

function divergedOf(reports: readonly Report[]): readonly string[] {
  return reports
    .filter(({ lastApplied, stateHash }) =>
      reports.some((other) => other.lastApplied === lastApplied && other.stateHash !== stateHash),
    )
    .map(({ replica }) => replica)
    .sort(byNumber);
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
