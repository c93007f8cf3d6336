import { printBallot } from '@synod/paxos-core';
import type { AcceptorSet } from '@synod/paxos-core';
import { byNumber } from '../../status/overview.js';
import type { Known } from '../../status/overview.js';
import type { Report } from '../../status/report.js';

/** What a proposer's core shows of itself. */
export interface ProposerState {
  readonly role?: string;
  readonly standing?: string;
  /** Its own, or that of the leader that it follows. */
  readonly ballot?: number;
  readonly leader?: string;
  readonly firstSlot?: number;
  readonly chosenThrough?: number;
  readonly durableThrough?: number;
  readonly lastApplied?: number;
  readonly snapshotSlot?: number;
  readonly stateHash?: string;
  /** Those of the next slot. */
  readonly acceptors?: AcceptorSet;
  /** A change that is chosen and not in force yet, and from where on it is. */
  readonly nextAcceptors?: AcceptorSet;
  readonly nextAcceptorsFrom?: number;
  /** Of which version's acceptors the registers are. */
  readonly registersVersion?: number;
  /** Acceptors that have told their disk, the members among them too. */
  readonly joining?: Readonly<Record<string, number>>;
  /** A leader's: the acceptors that answer it, members or not. */
  readonly heard?: Readonly<Record<string, { readonly disk: number; readonly heardAgoMs: number }>>;
  /** A leader's: those before the acceptors of this version are needed no more; and what the newest change waits for. */
  readonly settledVersion?: number;
  readonly changeAwaits?: string;
  /** The newest first. */
  readonly lastEntries?: readonly {
    readonly index: number;
    readonly era: number;
    readonly kind: string;
    readonly from: string;
    readonly sizeBytes: number;
  }[];
}

/** What an acceptor's core shows of itself. */
export interface AcceptorState {
  readonly standing?: string;
  readonly disk?: number;
  readonly promised?: number;
  readonly lastAccepted?: number;
  readonly trimmedThrough?: number;
  readonly heldVotes?: number;
  readonly heldBytes?: number;
  readonly registers?: number;
  /** Proposers whose ballots are another one's by the list of proposers that this acceptor has. */
  readonly misnumbered?: Readonly<Record<string, string>>;
}

export function proposerState(report: Report | undefined): ProposerState {
  return report?.state ?? {};
}

export function acceptorState(report: Report | undefined): AcceptorState {
  return report?.state ?? {};
}

/** Of several that think so, the one with the highest ballot: the others have not heard of it yet. */
export function leaderOf(reports: ReadonlyMap<string, Report>): Report | undefined {
  const leaders = [...reports.values()].filter((report) => proposerState(report).role === 'leader');
  return leaders.sort((a, b) => (proposerState(b).ballot ?? 0) - (proposerState(a).ballot ?? 0))[0];
}

/** Who the acceptors are, as whoever has learned most says. */
export interface Sets {
  readonly now: AcceptorSet | undefined;
  readonly next: AcceptorSet | undefined;
  readonly nextFrom: number | undefined;
  readonly registersVersion: number;
  /** Those whose disk the leader knows and that are no members: they can be added. */
  readonly joining: Readonly<Record<string, number>>;
  /** No members, and heard by the leader once, but not lately. */
  readonly silent: readonly string[];
  /** As the leader says; 0 when there is none. */
  readonly settledVersion: number;
  readonly awaited: string | undefined;
}

/** LIMIT: an acceptor that was removed, and has not answered a leader for so long, may be gone. */
const silentMs = 5000;

export function setsOf(reports: ReadonlyMap<string, Report>): Sets {
  const proposers = [...reports.values()].filter(({ kind }) => kind !== 'acceptor').map(proposerState);
  const learned = ({ acceptors, nextAcceptors, chosenThrough = 0 }: ProposerState): number =>
    (nextAcceptors ?? acceptors)?.version === undefined ? -1 : chosenThrough;
  const [furthest] = proposers.sort((a, b) => learned(b) - learned(a));
  const leader = proposerState(leaderOf(reports));
  const { nextAcceptorsFrom, registersVersion = 0 } = furthest ?? {};
  const [now, next] = [setIn(furthest?.acceptors), setIn(furthest?.nextAcceptors)];
  const members = new Set([...(now?.acceptors ?? []), ...(next?.acceptors ?? [])].map(({ address }) => address));
  const joining = Object.entries(readyIn(leader)).filter(([name]) => !members.has(name));
  const ready = new Set(joining.map(([name]) => name));
  const silent = Object.keys(leader.heard ?? {}).filter((name) => !members.has(name) && !ready.has(name));
  return {
    now,
    next,
    nextFrom: next && nextAcceptorsFrom,
    registersVersion,
    settledVersion: leader.settledVersion ?? 0,
    awaited: leader.changeAwaits,
    joining: Object.fromEntries(joining.sort(([a], [b]) => byNumber(a, b))),
    silent: silent.sort(byNumber),
  };
}

/** One with a disk that was never counted tells that it joins; one that was removed keeps its disk, and answers the leader still. */
function readyIn({ joining, heard = {} }: ProposerState): Readonly<Record<string, number>> {
  const answering = Object.entries(heard).filter(([, { heardAgoMs }]) => heardAgoMs < silentMs);
  return { ...Object.fromEntries(answering.map(([name, { disk }]) => [name, disk])), ...joining };
}

/** Undefined for what is none. */
function setIn(value: unknown): AcceptorSet | undefined {
  const { version, acceptors } = (value ?? {}) as Partial<AcceptorSet>;
  if (typeof version !== 'number' || !Array.isArray(acceptors)) return undefined;
  const isAcceptor = (one: unknown): boolean => typeof (one as { address?: unknown } | null)?.address === 'string';
  return acceptors.every(isAcceptor) ? (value as AcceptorSet) : undefined;
}

/** All proposers and acceptors of whom anybody knows, in order. */
export function namesIn(reports: ReadonlyMap<string, Report>, known: Known, sets: Sets) {
  const { roles } = known;
  const said = [...reports.values()];
  const proposers = new Set([...(roles['proposer'] ?? []), ...said.flatMap((report) => report.proposers ?? [])]);
  const acceptors = new Set([
    ...(roles['acceptor'] ?? []),
    ...said.flatMap((report) => [...(report.acceptors ?? []), ...(report.spares ?? [])]),
    ...[sets.now, sets.next].flatMap((set) => set?.acceptors.map(({ address }) => address) ?? []),
    ...Object.keys(sets.joining),
  ]);
  for (const { kind, replica } of said) (kind === 'acceptor' ? acceptors : proposers).add(replica);
  return { proposers: [...proposers].sort(byNumber), acceptors: [...acceptors].sort(byNumber) };
}

/** `paxos-a1, paxos-a2, paxos-a3 (version 1); 2 must promise, 2 must accept` */
export function printSet({ version, acceptors, phase1, phase2 }: AcceptorSet): string {
  const names = acceptors.map(({ address }) => address).join(', ');
  return `${names} (version ${version}); ${phase1} must promise, ${phase2} must accept`;
}

export function ballotCell(ballot: number | undefined): string {
  return typeof ballot === 'number' && ballot > 0 ? printBallot(ballot) : '-';
}
