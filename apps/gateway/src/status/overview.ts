import { eraIn } from '../era.js';
import type { Era } from '../era.js';
import { protocolNamed } from './protocols/index.js';
import type { Kind, Member, Report, Round } from './report.js';

/** A group as its members describe it. */
export interface Overview extends Era {
  readonly group: string;
  readonly protocol: string | undefined;
  /** Of several that think so, the one of the latest term or ballot. */
  readonly leader: string | undefined;
  readonly replicas: readonly MemberOverview[];
  /** Members that applied the same entries and have different states: never right. */
  readonly diverged: readonly string[];
}

export interface MemberOverview extends Era {
  readonly replica: string;
  readonly kind: Kind;
  /** It answered just now. All else is there only then. */
  readonly up: boolean;
  readonly role?: string;
  /** Whether it takes part: `active`, or what keeps it from that. */
  readonly standing?: string;
  readonly uptimeMs?: number;
  readonly version?: string;
  readonly diskStalled?: boolean;
  /** Peers that an experiment keeps it from. */
  readonly cutOff?: readonly string[];
  // Of those that execute.
  readonly commit?: number;
  readonly chosen?: number;
  readonly applied?: number;
  /** Entries that the leader has and this member has not, acknowledged or applied; null when no leader tells. */
  readonly lag?: number | null;
  readonly snapshot?: number;
  readonly stateHash?: string;
  // Of acceptors.
  readonly promised?: string;
  readonly accepted?: number;
  readonly trimmed?: number;
  readonly heldBytes?: number;
  readonly disk?: number;
  readonly registers?: number;
}

const kinds: readonly Kind[] = ['replica', 'proposer', 'acceptor'];

/** `members`: those known from before, so that who is down is shown as such. */
export function overviewOf(group: string, reports: readonly Report[], members: readonly Member[]): Overview {
  const byName = new Map(reports.map((report) => [report.replica, report]));
  const protocol = protocolNamed(reports[0]?.protocol ?? '');
  const leader = leaderOf(reports);
  const era = Math.max(0, ...reports.map(protocol.eraOf));
  const all = new Map(
    [...members, ...reports.flatMap((report) => report.members)].map(({ name, kind }) => [name, kind]),
  );
  for (const { replica, kind } of reports) all.set(replica, kind);
  const replicas = [...all].map(([name, kind]) => memberOf(name, kind, byName.get(name), leader));
  return {
    group,
    protocol: reports[0]?.protocol,
    leader: leader?.replica,
    ...eraIn(protocol, era),
    replicas: replicas.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byNumber(a.replica, b.replica)),
    diverged: divergedOf(replicas),
  };
}

/** All rounds, the newest first; one that several polls saw is there once, as it was seen last. */
export function mergeRounds(known: readonly Round[], reports: readonly Report[], most: number): readonly Round[] {
  const rounds = new Map<string, Round>();
  const told = reports.flatMap((report) => {
    const protocol = protocolNamed(report.protocol);
    return report.rounds.map(({ leader, era, ...round }): Round => ({ leader, ...eraIn(protocol, era), ...round }));
  });
  for (const round of [...known, ...told]) {
    const { leader, term, ballot, first } = round;
    rounds.set(`${leader}/${ballot ?? term}/${first}`, round);
  }
  return [...rounds.values()].sort((a, b) => b.startedAt - a.startedAt || b.first - a.first).slice(0, most);
}

function leaderOf(reports: readonly Report[]): Report | undefined {
  const leaders = reports.filter(({ role }) => role === 'leader');
  const eraOf = (report: Report): number => protocolNamed(report.protocol).eraOf(report);
  return leaders.sort((a, b) => eraOf(b) - eraOf(a))[0];
}

function memberOf(name: string, kind: Kind, report: Report | undefined, leader: Report | undefined): MemberOverview {
  if (report === undefined) return { replica: name, kind, up: false };
  const { role, standing, uptimeMs, version, state, cutOff } = report;
  const diskStalled = state['diskStalled'] === true;
  const common = { replica: name, kind, up: true, role, standing, uptimeMs, version, diskStalled, cutOff };
  return { ...common, ...protocolNamed(report.protocol).fieldsOf(report, leader) };
}

function divergedOf(members: readonly MemberOverview[]): readonly string[] {
  return members
    .filter(({ applied, stateHash }) =>
      members.some((other) => applied !== undefined && other.applied === applied && other.stateHash !== stateHash),
    )
    .map(({ replica }) => replica)
    .sort(byNumber);
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
